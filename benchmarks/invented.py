"""Invented investment notices in any number, each from its number alone.

Half of a text is sentences of the bundled portal, the other half made-up words, so that there
are words of every frequency: a few in most notices, most in one or two, as Zipf's law has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any

from cqcrawler.demo.resources import material
from cqcrawler.models import Article, Attachment, Evidence, Link, Place, RemovedParagraph
from cqcrawler.text import regions

FIRST_DAY = date(2016, 1, 1)
_DAYS = 3652

_VOCABULARY = 60_000
_LENGTH, _SPREAD, _SHORTEST = 1500, 450, 120
# One in so many is longer than a cell of a spreadsheet can be.
_LONGEST, _LONG_ONE_IN = 36_000, 5_000
_SECTIONS = ("招商项目", "招商动态", "招商政策", "产业园区")
_PAPERS = ("本站", "新华网", "人民网", "中国经济网")


def published_on(number: int, count: int) -> date:
    """Return the day of one of `count` notices: in their order, over ten years, ever denser."""
    return FIRST_DAY + timedelta(days=int(_DAYS * ((number + 1) / count) ** 0.7))


def notice(number: int, url: str, published: date, *, edited: bool = False) -> Article:
    """Return notice `number`; `edited` has another title and one paragraph more."""
    rng = Random(number)
    place = rng.choices(_places(), cum_weights=_zipf(len(_places()), 0.6))[0]
    event = rng.choice(material("events")["event"])
    industry = rng.choice(material("industries")["industry"])
    facts = _facts(rng, place, industry, published)
    title = rng.choice(event["titles"]).format_map(facts)
    paragraphs = [rng.choice(event["leads"]).format_map(facts), *_paragraphs(rng, event, facts)]
    if edited:
        title += "（更正）"
        paragraphs.append(f"更正：用工人数以{facts['jobs']}人为准。")
    tags = dict.fromkeys([*event["tags"], rng.choice(industry["tags"])])
    return _article(number, rng, url, title, place, published, tuple(paragraphs), tuple(tags))


@cache
def vocabulary() -> tuple[str, ...]:
    """Return the made-up words of two to four characters, the commonest first."""
    rng = Random("vocabulary")
    counted = Counter(char for text in _texts() for char in text if "一" <= char <= "鿿")
    characters = [char for char, _ in counted.most_common()]
    weights = _zipf(len(characters), 0.7)
    words: dict[str, None] = {}
    while len(words) < _VOCABULARY:
        length = rng.choices((2, 3, 4), (6, 2, 2))[0]
        words["".join(rng.choices(characters, cum_weights=weights, k=length))] = None
    return tuple(words)


def _article(
    number: int,
    rng: Random,
    url: str,
    title: str,
    place: Place,
    published: date,
    paragraphs: tuple[str, ...],
    tags: tuple[str, ...],
) -> Article:
    day = None if number % 97 == 5 else published.isoformat()
    stated = "-".join(filter(None, (place.province, place.city, place.district)))
    office = f"{place.district or place.city}招商投资促进中心"
    evidence = {"title": Evidence("heading", title, 0.9), "region": Evidence("label", stated, 1.0)}
    return Article(
        url=url,
        title=title,
        region=stated,
        place=place,
        published=day,
        section=rng.choice(_SECTIONS),
        source=rng.choice((office, office, *_PAPERS)),
        tags=tags,
        paragraphs=paragraphs,
        related=tuple(Link(f"{url}?related={n}", f"相关项目{n}") for n in range(rng.randrange(4))),
        attachments=(Attachment(f"{url}.pdf", "项目册.pdf", "pdf"),) if number % 20 == 3 else (),
        removed=(RemovedParagraph(len(paragraphs), "tag line", "　".join(tags)),),
        provenance=evidence | ({"published": Evidence("label", day, 1.0)} if day else {}),
        warnings=() if day else ("no date found",),
    )


def _paragraphs(rng: Random, event: dict[str, Any], facts: dict[str, str]) -> list[str]:
    """Return paragraphs of some 1,500 characters in all."""
    length = _LONGEST if rng.randrange(_LONG_ONE_IN) == 0 else rng.gauss(_LENGTH, _SPREAD)
    known = [*event["sentences"], *event["points"], *material("common")["sentences"]]
    rng.shuffle(known)
    paragraphs: list[str] = []
    written = 0
    while written < max(_SHORTEST, length):
        sentences = [_made_up_sentence(rng) for _ in range(rng.randint(1, 3))]
        sentences += [known.pop().format_map(facts) for _ in range(2) if known]
        rng.shuffle(sentences)
        paragraphs.append("。".join(sentences) + "。")
        written += len(paragraphs[-1])
    return paragraphs


def _made_up_sentence(rng: Random) -> str:
    words = rng.choices(vocabulary(), cum_weights=_zipf(_VOCABULARY, 1.05), k=rng.randint(8, 20))
    joints = rng.choices(("", "", "", "的", "和", "，", "、"), k=len(words) - 1)
    return "".join(word + joint for word, joint in zip(words, [*joints, ""], strict=True))


@cache
def _places() -> list[Place]:
    codes = [
        row.code for row in regions.all_regions() if row.level != "province" and not row.valid_to
    ]
    Random("places").shuffle(codes)
    return [place for place in map(regions.find, codes) if place]


@cache
def _zipf(count: int, exponent: float) -> tuple[float, ...]:
    """Return cumulative weights of so many ranks."""
    return tuple(accumulate((rank + 2.7) ** -exponent for rank in range(count)))


def _texts() -> Iterator[str]:
    yield from (row.full_name for row in regions.all_regions())
    for file, table in (("events", "event"), ("industries", "industry"), ("places", "place")):
        for entry in material(file)[table]:
            yield from entry["sentences"]


def _facts(rng: Random, place: Place, industry: dict[str, Any], published: date) -> dict[str, str]:
    """Return what the slots of the bundled portal's sentences hold."""
    name = place.district or place.city or place.province
    product, product2 = rng.sample(industry["products"], 2)
    day = published - timedelta(days=rng.randint(1, 9))
    deadline = published + timedelta(days=rng.randint(30, 90))
    return {
        "place": name,
        "site": f"{name}产业园",
        "office": f"{name}投资促进局",
        "industry": industry["name"],
        "product": product,
        "product2": product2,
        "firm": rng.choice(industry["firms"]),
        "partner": rng.choice(material("common")["partners"]),
        "invest": f"{rng.randint(12, 148)}.{rng.randint(1, 9)}亿元",
        "part": f"{rng.randint(11, 99)}00万元",
        "output": f"{rng.randint(3, 60)}亿元",
        "tax": f"{rng.randint(8, 98)}00万元",
        "grant": f"{rng.randint(2, 20)}00万元",
        "count": str(rng.randint(3, 36)),
        "land": f"{rng.randint(40, 960)}亩",
        "floor": f"{rng.randint(2, 38)}.{rng.randint(1, 9)}万平方米",
        "jobs": str(rng.randint(60, 1800)),
        "guests": str(rng.randint(40, 420)),
        "months": str(rng.randint(3, 24)),
        "yield": str(rng.randint(2, 60)),
        "pct": f"{rng.randint(5, 68)}.{rng.randint(1, 9)}%",
        "day": f"{day.month}月{day.day}日",
        "past": f"{published.year - rng.randint(1, 4)}年",
        "deadline": f"{deadline.month}月{deadline.day}日",
    }
