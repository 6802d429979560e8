"""Region, source and author: what labels and the head state."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cqcrawler.models import Place
from cqcrawler.reading.labels.labels import Label, has_label
from cqcrawler.reading.layout import Layout
from cqcrawler.reading.page.evidence import Found, found
from cqcrawler.text import regions
from cqcrawler.text.boilerplate import match_line
from cqcrawler.text.dates import first_date
from cqcrawler.text.words import any_word, word_list

# What else ends the name of a source: a date, a clock time, a column of the byline, some label.
_SOURCE_END = re.compile(
    r"\s+(?=(?:19|20)\d\d|[\u4e00-\u9fff]{2,8}\s?[:：]|发[布表]于|\d\d?:\d\d|[【\[(（|]"
    rf"|{any_word('count', 'beside_source')})"
    rf"|\s*(?:[|｜丨]|举报$|{any_word('behind_source')}|[-+]大|\d*条评论|\d*次阅读)"
)
_NO_NAME = re.compile(r"\d+$")
_LONGEST_SOURCE = 60
_PUBLISHER = re.compile(rf"[\u4e00-\u9fffA-Za-z0-9]{{1,12}}{any_word('press', 'publisher')}")
# Who posts on a site of many accounts, in an element of its own at the beginning of the byline.
_ACCOUNT = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]{4,14}")
_SECTION = re.compile(f"{any_word('section_name')}$")
_BUTTONS = frozenset(word_list("page_tool"))
_CLOCK = re.compile(r"\d?\d:\d\d(?::\d\d)?")
_LONGEST_REGION = 30
# Six digits of GB/T 2260 and four of a serial number.
_SITE_CODE = re.compile(r"(\d{6})\d{4}")
_PRINTED_SITE_CODE = re.compile(
    rf"{any_word('label_site_code')}\s?[:：]?\s?{_SITE_CODE.pattern}(?!\d)"
)
_SITE_REGION = 0.6
# In lines: the foot of a site, in which that stands.
_FOOT = 60
_REGION_END = re.compile(
    r"[\s,，;；|｜(（\[【]|(?:19|20)\d\d"
    rf"|{any_word('label_publishing', 'label_published', 'date_noun', 'posted_verb')}"
    rf"|{any_word('label_source', 'source', 'author', 'count', 'label_unkept', 'label_tags')}"
)
_ENDS_LIKE_PLACE = re.compile("^[\u4e00-\u9fff ·-]{2,12}[省市区县州旗盟镇]$")
_MORE_OF_PLACE = re.compile(
    r"(?:[ ·/-]{1,3}[\u4e00-\u9fff]{2,6}[市区县州旗盟镇](?=$|\s|[,，;；|｜]))+"
)
_BEHIND_REGION = " ,，;；|｜-—/、·>"


def find_region(layout: Layout) -> Found | None:
    """Return the region as the page prints it."""
    for label in layout.labelled("region"):
        for value in _beginnings(label.value):
            if regions.resolve(value):
                value += _further_words(label.value[len(value) :])
                return found(value, f"label {label.name}", label.value, 0.98)
    for label in layout.labelled("region"):
        beside = label.sure and label.value in layout.texts[label.line]
        if beside and len(label.value) <= _LONGEST_REGION:
            return found(label.value, f"label {label.name}", label.value, 0.5)
        named = [value for value in _beginnings(label.value) if _ENDS_LIKE_PLACE.search(value)]
        if label.sure and named:  # no place that we know, with something else behind it
            return found(named[-1], f"label {label.name}", label.value, 0.5)
    return _region_by_form(layout)


def _further_words(behind: str) -> str:
    """What goes on with a place that we know, in words for parts of it that we do not."""
    more = _MORE_OF_PLACE.match(behind)
    return more[0] if more else ""


def _region_by_form(layout: Layout) -> Found | None:
    """A place behind a label that only looks like that of a region; the first of several places
    is no region of a notice, but a choice of regions."""
    for label in layout.labelled("place"):
        for value in _beginnings(label.value):
            if regions.names_place(value):
                behind = label.value[len(value) :].strip(_BEHIND_REGION)
                is_one = not any(map(regions.names_place, _beginnings(behind)))
                return found(value, f"label {label.name}", label.value, 0.9) if is_one else None
    return None


def _beginnings(value: str) -> Iterator[str]:
    """A value, whole and as far as each space, label or date in it, the longest first: a place
    may be printed in several words, with labels behind it that no colon divides from it."""
    ends = {len(value), *(match.start() for match in _REGION_END.finditer(value))}
    return (value[:end].rstrip(_BEHIND_REGION) for end in sorted(ends, reverse=True) if end)


def find_place(
    layout: Layout, region: str, tag: str, home: str
) -> tuple[Place | None, Found | None]:
    """Resolve a stated region, refined by the headline tag, or else the portal's own.

    Where nobody says what that is, it is the region of the site by its number, with evidence.
    """
    site = None if home else _site_region(layout)
    place = regions.resolve(region, tag, site.value if site else home)
    return place, None if place == regions.resolve(region, tag, home) else site


def _site_region(layout: Layout) -> Found | None:
    """The code of the region by which a government site is numbered; sites of the State Council's
    bodies have numbers without one."""
    for name, content in layout.metadata.values.get("site_code", ()):
        if code := _SITE_CODE.fullmatch(content):
            return found(code[1], f"meta {name}", content, _SITE_REGION)
    for text in reversed(layout.texts[-_FOOT:]):
        if code := _PRINTED_SITE_CODE.search(text):
            return found(code[1], "site code", text, _SITE_REGION)
    return None


def find_source(layout: Layout) -> Found | None:
    return _labelled_name(layout, "source") or _beside_date(layout) or _stated(layout, "source")


def find_author(layout: Layout) -> Found | None:
    return _labelled_name(layout, "author") or _stated(layout, "author")


def _labelled_name(layout: Layout, field: str) -> Found | None:
    for label in layout.labelled(field):
        value = _name(label) if label.sure else ""
        if value:
            return found(value, f"label {label.name}", label.value, 0.95)
    return None


def _beside_date(layout: Layout) -> Found | None:
    """The name of a publisher and a date, alone in a line below the title but for buttons."""
    for i in layout.page.label_lines:
        if layout.title and layout.title.end <= i < layout.head.stop:
            text = layout.page.spaced.get(i, layout.texts[i])
            if date := first_date(text):
                words = _CLOCK.sub("", text.replace(date.text, " ").strip("()（）[]")).split()
                names = [word for word in words if not _is_button(word)]
                if len(names) == 1 and _PUBLISHER.fullmatch(names[0]):
                    return found(names[0], "beside date", text, 0.85)
                name = text[: date.start].strip()
                if len(words) > 1 and _ACCOUNT.fullmatch(name) and not _SECTION.search(name):
                    return found(name, "before date", text, 0.6)
    return None


def _is_button(word: str) -> bool:
    return word in _BUTTONS or match_line(word) is not None


def _name(label: Label) -> str:
    value = _SOURCE_END.split(label.value)[0].strip()
    if date := first_date(value):
        value = value[: date.start].strip()
    return "" if len(value) > _LONGEST_SOURCE or has_label(value) else value


def _stated(layout: Layout, field: str) -> Found | None:
    for name, content in layout.metadata.values.get(field, ()):
        value = content.removeprefix("来源：")
        if not _NO_NAME.match(value):  # the number of an editor
            return found(value, f"meta {name}", content, 0.8)
    return None
