"""Compose the notices of the portal from the hand-written material, always the same ones."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from cqcrawler.demo.body import compose_body
from cqcrawler.demo.draw import pick, shuffled
from cqcrawler.demo.money import investments
from cqcrawler.demo.notice import Notice
from cqcrawler.demo.resources import material
from cqcrawler.demo.retold import copies
from cqcrawler.demo.story import (
    STANDING,
    Material,
    Story,
    event_of,
    event_on,
    headlines,
    published_on,
    story,
)

COUNT, STANDING_COUNT = 320, 80
EDITED = 304
WITHDRAWN = 282
ADDED = (COUNT, COUNT + 1)

_FULL_WIDTH = str.maketrans("，：（）；", ",:();")


@cache
def notices(revision: int = 1) -> tuple[Notice, ...]:
    """Return the portal's notices, oldest first.

    Revision 2 is the portal a few days later: one notice edited, one withdrawn, two added.
    Standing pages, which are the same in both, come last.
    """
    composed: list[Notice] = []
    titles: set[str] = set()
    dated = range(COUNT if revision == 1 else COUNT + len(ADDED))
    for number in (*dated, *range(STANDING, STANDING + STANDING_COUNT)):
        notice = _compose(number, titles)
        titles.add(notice.headline)
        composed.append(notice)
    return tuple(composed) if revision == 1 else tuple(_second_revision(composed))


def _second_revision(composed: list[Notice]) -> list[Notice]:
    correction = "更正:此前发布的用工人数有误,现以企业最新报送的数字为准,其余内容不变。"
    edited = composed[EDITED]
    composed[EDITED] = replace(edited, paragraphs=(*edited.paragraphs, correction))
    del composed[WITHDRAWN]
    return composed


def _compose(number: int, taken: set[str]) -> Notice:
    copy = copies().get(number)
    if copy is None:
        tale = story(number)
        return _notice(tale, tale.event, taken, compose_body(tale))
    tale = story(copy.of)
    if copy.day:
        tale = tale.vague(copy.day)
    paragraphs = compose_body(tale)
    del paragraphs[-copy.cut]
    return replace(
        _notice(tale, event_of(number), taken, paragraphs),
        number=number,
        published=published_on(number),
        attachments=(),
    )


def _notice(tale: Story, event: Material, taken: set[str], paragraphs: list[str]) -> Notice:
    """Return what `tale` tells as the section of `event` prints it."""
    number, place = tale.number, tale.place
    tag = _headline_tag(number, place)
    narrow = event.get("narrow", False)
    headline = next(title for title in headlines(tale) if title not in taken)
    return Notice(
        number=number,
        kind=event["kind"],
        section_line=f"{place['name']}{event['section_line']}",
        title=_typeset(f"【{tag}】{headline}" if tag else headline, narrow),
        headline_tag=tag,
        **_where(number, place, tag),
        published=published_on(number),
        event=event_on(number),
        industry=tale.industry["name"],
        industries=tale.industries_in(f"{headline}\n{paragraphs[0]}", "\n".join(paragraphs)),
        stage=tale.stage_under(headline),
        investments=investments(tale, headline, paragraphs),
        tags=_tags(tale),
        source=place["office"],
        paragraphs=tuple(_typeset(text, narrow) for text in paragraphs),
        attachments=_attachments(tale),
    )


def _typeset(text: str, narrow: bool) -> str:
    """Some sections of real portals type Chinese text with half-width punctuation."""
    return text.translate(_FULL_WIDTH) if narrow else text


def _headline_tag(number: int, place: Material) -> str | None:
    """Two notices of three carry a tag; now and then one of another province."""
    if number % 53 == 17:
        return "重庆招商"
    return place["tag"] if number % 3 else None


def _where(number: int, place: Material, tag: str | None) -> dict[str, Any]:
    """Return the stated region, and the names that region and tag resolve to.

    Some pages state less than the place (`四川-成都` for 双流区), some nothing at all; then the
    tag decides, and without one the portal's home, 重庆.
    """
    levels, reach = tuple(place["levels"]), place["reach"]
    if number % 61 == 5:
        levels, reach = (), 0
    elif number % 5 == 2 and len(levels) > 1:
        levels, reach = levels[:-1], len(levels) - 1
    if tag == place["tag"]:
        reach = max(reach, place["tag_reach"])
    return {
        "levels": levels,
        "province": place["province"] if reach else "重庆市",
        "city": place.get("city") if reach >= 2 else None,
        "district": place.get("district") if reach == 3 else None,
    }


def _tags(tale: Story) -> tuple[str, ...]:
    own = [pick(tale.industry["tags"], tale.number, "tag")] if not tale.is_of_all_industries else []
    return tuple(dict.fromkeys([*tale.event["tags"], *own]))


def _attachments(tale: Story) -> tuple[str, ...]:
    if not tale.event.get("attachments", False) or tale.number % 3 == 0:
        return ()
    names = shuffled(material("common")["attachments"], tale.number, "attachments")
    return tuple(names[: 1 + tale.number % 2])
