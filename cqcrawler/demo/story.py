"""What one notice is about: who, where, how much and when, by the slot names of the material."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cqcrawler.demo.draw import draw, in_turn, pick, shuffled
from cqcrawler.demo.resources import material

_FIRST_DAY = date(2025, 1, 6)
# From this number on a notice is a standing page, which nobody dates.
STANDING = 1000

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
        return text.format_map(self.facts | _figures(self.number, text))


def story(number: int) -> Story:
    events = material("standing" if number >= STANDING else "events")["event"]
    place = in_turn(material("places")["place"], number, "place")
    industry = in_turn(material("industries")["industry"], number, "industry")
    facts = _names(number, place, industry) | _sums(number) | _counts(number) | _days(number)
    return Story(number, events[number % len(events)], place, industry, facts)


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
