"""The section in which a notice stands, as its page prints it, and of what kind that is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from cqcrawler.models import FROM_FOLDER
from cqcrawler.reading.addresses import folders
from cqcrawler.reading.labels.crumbs import names_column, read_bare_path, read_path
from cqcrawler.reading.layout import Layout
from cqcrawler.reading.page.evidence import Found, found
from cqcrawler.text.sections import section_kind
from cqcrawler.text.words import any_word

_SECTION_LINE = re.compile(rf"[\u4e00-\u9fff]{{2,10}}{any_word('section_name')}")
_NAME = re.compile("[\u4e00-\u9fff]{2,12}")
_LONGEST_LABELLED = 30
# In lines: how far above the title the path stands.
_ABOVE = 6
# How sure each is; of the path, the last step and those before it.
_LABELLED, _LAST_STEP, _EARLIER_STEP, _STATED, _ABOVE_TITLE = 0.95, 0.9, 0.7, 0.8, 0.7
_TYPE, _FOLDER = 0.6, 0.5


def find_section(layout: Layout, url: str) -> tuple[Found | None, Found | None]:
    """Return the column of the site and of what kind it is.

    The column is labelled, the last step of the path, a line above the title, or in a meta tag; the
    kind is told by the first name that tells one: the column as printed, meta tags, the columns
    around it, the folders of the address.
    """
    printed = list(_printed(layout))
    names = (*printed[:1], *_stated(layout, "section", _STATED))
    around = (
        *printed[1:],
        *_stated(layout, "section_type", _TYPE),
        *(found(name, FROM_FOLDER, url, _FOLDER) for name in folders(url)),
    )
    kinds = ((section_kind(name.value), name.evidence) for name in (*names, *around))
    told = next((Found(kind.value, evidence) for kind, evidence in kinds if kind), None)
    return next(iter(names), None), told


def _printed(layout: Layout) -> Iterator[Found]:
    for label in layout.labelled("section"):
        if label.sure and len(label.value) <= _LONGEST_LABELLED:
            yield found(label.value, f"label {label.name}", label.value, _LABELLED)
    yield from _path(layout)
    yield from _line_above(layout)


def _path(layout: Layout) -> Iterator[Found]:
    if layout.title is None:
        return
    texts, title = layout.texts, layout.title
    above = range(max(title.start - _ABOVE, 0), title.start)
    paths = (read_path(texts, i, title.start, title.text) for i in reversed(above))
    linked = (i for i in reversed(above) if layout.page.linked[i])
    bare = (read_bare_path(texts[i], title.text) for i in linked)
    path = next(filter(None, chain(paths, bare)), None)
    for step, name in enumerate(path.names if path else ()):
        confidence = _EARLIER_STEP if step else _LAST_STEP
        yield found(name, "breadcrumb", path.text if path else "", confidence)


def _line_above(layout: Layout) -> Iterator[Found]:
    """The line above the title, if it ends like the name of a column, or tells a kind of section
    and stands alone; the last link of a menu is neither."""
    line, page = (layout.title.start - 1 if layout.title else -1), layout.page
    if line < 0 or len(page.anchors_in(line, line + 1)) > 1:
        return
    text, before = layout.texts[line], layout.texts[line - 1] if line else ""
    if _NAME.fullmatch(before) and page.is_link(line) and page.is_link(line - 1):
        return
    tells = _NAME.fullmatch(text) and names_column(text) and section_kind(text)
    if _SECTION_LINE.fullmatch(text) or (tells and not _NAME.fullmatch(before)):
        yield found(text, "above title", text, _ABOVE_TITLE)


def _stated(layout: Layout, field: str, confidence: float) -> Iterator[Found]:
    title = layout.title.text if layout.title else ""
    for name, content in layout.metadata.values.get(field, ()):
        if content != title:
            yield found(content, f"meta {name}", content, confidence)
