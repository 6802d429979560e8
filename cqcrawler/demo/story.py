"""What one notice is about: who, where, how much and when, by the slot names of the material."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain
from typing import Any

from cqcrawler.demo.draw import draw, in_turn, pick, shuffled
from cqcrawler.demo.resources import material
from cqcrawler.demo.retold import figures, signings

_FIRST_DAY = date(2025, 1, 6)
# From this number on a notice is a standing page, which nobody dates.
STANDING = 1000
# What stands behind the name of a product that a project makes.
_PROJECT = ("项目", "配套项目")

Material = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Story:
    """The subject of notice `number`; `facts` are what its slots hold throughout."""

    number: int
    event: Material
    place: Material
    industry: Material
    facts: dict[str, str]

    def tell(self, text: str) -> str:
        """Fill the slots of `text`: with the facts, and figures that each sentence has its own."""
        return text.format_map(_figures(self.number, text) | self.facts)

    @property
    def is_of_all_industries(self) -> bool:
        """Whether the notice tells of no industry more than of others."""
        return bool(self.event.get("of_all_industries"))

    def industries_in(self, head: str, text: str) -> tuple[str, ...]:
        """Return what the archive calls the industries of what title and lead (`head`) tell of, and
        of the projects that the whole text names."""
        if self.is_of_all_industries:
            return ()
        names, elsewhere = self.industry["names"], self.industry.get("elsewhere", {})
        products = self.industry["products"]
        told = [word for word in (self.industry["name"], *products, *elsewhere) if word in head]
        told += [word for word in products if any(f"{word}{end}" in text for end in _PROJECT)]
        return tuple(dict.fromkeys(chain.from_iterable(elsewhere.get(w, names) for w in told)))

    def stage_under(self, headline: str) -> str | None:
        """Return how far what the headline and the lead tell of has come."""
        for words, stage in self.event.get("headline_stages", {}).items():
            if words in headline:
                return str(stage)
        stages = self.event.get("stages")
        return (stages[lead_of(self)] or None) if stages else None

    def vague(self, day: str) -> Story:
        """Return the same with `day` in the place of the day of the event."""
        return replace(self, facts=self.facts | {"day": day})


def story(number: int) -> Story:
    """Return what notice `number` tells, before anybody copies another."""
    subject = signings().get(number, number)
    place = _place(subject)
    industry = in_turn(material("industries")["industry"], subject, "industry")
    facts = _names(subject, place, industry) | _sums(subject) | _counts(subject) | _days(number)
    if number in signings():
        facts["months"] = material("retold")["stages"]["months"]
    return Story(number, event_of(number), place, industry, facts)


def event_of(number: int) -> Material:
    """Return what kind of event notice `number` is of."""
    if number in figures():
        return dict(figures()[number]["event"])
    events = material("standing" if number >= STANDING else "events")["event"]
    return dict(events[number % len(events)])


def _place(number: int) -> Material:
    places = material("places")["place"]
    if number in figures():
        name = figures()[number]["place"]
        return dict(next(place for place in places if place["name"] == name))
    return dict(in_turn(places, number, "place"))


def lead_of(tale: Story) -> int:
    """Return the place of the lead that opens a notice, in the material of its kind of event."""
    if tale.number in signings():
        return int(material("retold")["stages"]["leads"][tale.event["kind"]])
    return draw(0, len(tale.event["leads"]) - 1, tale.number, "lead")


def headlines(tale: Story) -> Iterator[str]:
    """Return titles that suit the lead, in the order in which they are to be tried."""
    titles = tale.event["titles"]
    order = shuffled(range(len(titles)), tale.number, "title")
    if tale.number in signings():
        own = material("retold")["stages"]["titles"][tale.event["kind"]]
        order.sort(key=lambda title: title != own)
    suits = tale.event.get("titles_of")
    fitting = (title for title in order if suits is None or title in suits[lead_of(tale)])
    return (tale.tell(titles[title]) for title in fitting)


def published_on(number: int) -> date:
    """Notices come out about six a week, in the order of their numbers."""
    return _FIRST_DAY + timedelta(days=number * 5 // 6)


def event_on(number: int) -> date:
    """What a notice tells of lies one to nine days before its publication."""
    return published_on(number) - timedelta(days=draw(1, 9, number, "event"))


def _names(number: int, place: Material, industry: Material) -> dict[str, str]:
    product, product2 = shuffled(industry["products"], number, "product")[:2]
    return {
        "place": place["name"],
        "site": pick(place["sites"], number, "site"),
        "office": place["office"],
        "industry": industry["name"],
        "product": product,
        "product2": product2,
        "firm": pick(industry["firms"], number, "firm"),
        "partner": pick(material("common")["partners"], number, "partner"),
    }


def _sums(number: int) -> dict[str, str]:
    tenths = draw(0, 9, number, "tenths")
    invest = draw(12, 148, number, "invest")
    part = pick(["{n}.{t}亿元", "{n}{t}00万元", "{n}{t}00万美元"], number, "part")
    return {
        **figures().get(number, {}).get("sums", {}),
        "invest": f"{invest}.{tenths}亿元" if tenths > 5 else f"{invest}亿元",
        "part": part.format(n=draw(1, 9, number, "units"), t=tenths or 5),
        "output": f"{draw(3, 60, number, 'output')}亿元",
        "tax": f"{draw(8, 98, number, 'tax')}00万元",
    }


def _counts(number: int) -> dict[str, str]:
    return {
        "count": str(draw(3, 36, number, "count")),
        "land": f"{draw(40, 960, number, 'land')}亩",
        "floor": f"{draw(2, 38, number, 'floor')}.{draw(1, 9, number, 'floor')}万平方米",
        "jobs": str(draw(6, 180, number, "jobs") * 10),
        "guests": str(draw(40, 420, number, "guests")),
    }


def _figures(number: int, text: str) -> dict[str, str]:
    return {
        "grant": f"{draw(2, 20, number, text, 'grant')}00万元",
        "months": str(draw(3, 24, number, text, "months")),
        "yield": str(draw(2, 60, number, text, "yield")),
        "pct": f"{draw(5, 68, number, text, 'pct')}.{draw(1, 9, number, text, 'tenths')}%",
    }


def _days(number: int) -> dict[str, str]:
    event = event_on(number)
    deadline = published_on(number) + timedelta(days=draw(30, 90, number, "deadline"))
    past = draw(2019, 2023, number, "past")
    day = pick(["{d.month}月{d.day}日", "{d.year}年{d.month}月{d.day}日"], number, "day")
    return {
        "day": day.format(d=event),
        "past": pick(["{y}年", "{y}年3月", "{y}年下半年", "{y}年一季度"], number, "past").format(
            y=past
        ),
        "deadline": f"{deadline.month}月{deadline.day}日",
    }
