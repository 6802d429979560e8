"""A page to an article: lines, labels and the head of the page weighed together."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from cqcrawler.models import Article, Evidence, SectionKind
from cqcrawler.reading.addresses import resolve
from cqcrawler.reading.body.left_out import SENTENCES, holds_sentences, left_out
from cqcrawler.reading.fallback.cms_markers import marked_body
from cqcrawler.reading.fallback.hidden_text import HeldBack, find_held_back
from cqcrawler.reading.fallback.no_text import without_text
from cqcrawler.reading.fields.date import find_published
from cqcrawler.reading.fields.links import attachments, related_links
from cqcrawler.reading.fields.particulars import (
    find_author,
    find_place,
    find_region,
    find_source,
)
from cqcrawler.reading.fields.sections import find_section
from cqcrawler.reading.labels.tags import find_tags
from cqcrawler.reading.layout import Layout
from cqcrawler.reading.page.document import Document
from cqcrawler.reading.page.evidence import Found, found
from cqcrawler.reading.page.lines import Lines
from cqcrawler.reading.page.selectors import NOTICE_AS_EVER, NoticeSelectors, matches_nothing
from cqcrawler.reading.selected import fallen_back, read_selected, with_taken_out
from cqcrawler.reading.text_evidence import find_text
from cqcrawler.reading.title.candidate import (
    BESIDE_WEIGHT,
    WEAK,
    TitleCandidate,
    stands_above_labels,
)
from cqcrawler.reading.title.from_head import Statement
from cqcrawler.text.headline_tag import headline_tag
from cqcrawler.text.normalize import comparison_key, strip_invisible

NO_TITLE, NO_DATE, NO_BODY = "no title found", "no publication date found", "no body found"
# The confidence of a value that a page holds back: more than a weak guess, less than what readers
# see.
_HELD_BACK = 0.7


class _Reading(NamedTuple):
    """What one form of a page says: the fields of an article, tags and warnings."""

    fields: dict[str, Found | None]
    tags: tuple[str, ...]
    warnings: list[str]


def extract_article(
    document: Document, home: str = "", selectors: NoticeSelectors = NOTICE_AS_EVER
) -> Article:
    """Read the notice on a page; its paragraphs are not cleaned yet.

    `home` is the region of the portal, a name or a code, for pages that state none, `selectors`
    how the portal's file reads its notices. Whatever the page lacks stays empty, with a warning
    where a reader would miss it; never raises.
    """
    selected = read_selected(document, selectors)
    document, layout = selected.document, selected.layout
    if (empty := without_text(layout)) is not None and not layout.is_given:
        layout = layout.with_body(empty)
    held = None if layout.is_given else find_held_back(document, layout)
    marked = None if held or layout.is_given or layout.paragraphs else marked_body(document, layout)
    if marked:
        layout = layout.with_body(marked)
    reading = _read(document, layout)
    layouts = [layout]
    if held:
        layouts.append(held.layout)
        reading = _completed(reading, held)
    elif marked:
        text = layout.texts[marked.start]
        reading.fields["body"] = found("", "marked element", text, _HELD_BACK)
    shown = layouts[-1]
    others = tuple(left_out(shown.page, shown.text, shown.title))
    if "body" not in reading.fields:
        reading.fields["body"] = find_text(layout, reading.fields["title"], others)
    reading.fields.update(selected.fields)
    rule = f"{selectors.file} notice.exclude"
    left_out_lines = with_taken_out(others, selected, shown, rule)
    url = document.page.url
    base = resolve(layout.metadata.base, url) or url
    fields = reading.fields
    title = _value(fields["title"]) or ""
    tag = headline_tag(title)
    region = _value(fields["region"])
    place, fields["place"] = find_place(layout, region or "", tag or "", home)
    paragraphs = tuple(strip_invisible(text) for text in shown.paragraphs)
    doubts = (SENTENCES,) if holds_sentences(others) else ()
    return Article(
        url=url,
        title=title,
        headline_tag=tag,
        region=region,
        place=place,
        published=_value(fields["published"]),
        section=_value(fields["section"]),
        section_kind=SectionKind(kind.value) if (kind := fields["section_kind"]) else None,
        source=_value(fields["source"]),
        author=_value(fields["author"]),
        tags=reading.tags,
        paragraphs=paragraphs,
        items=shown.items,
        related=related_links(layout, base),
        attachments=attachments(layouts, base),
        left_out=left_out_lines,
        removed=left_out_lines,
        provenance=_provenance(fields, document),
        warnings=(
            *document.warnings,
            *reading.warnings,
            *(matches_nothing(selectors.file, name) for name in fallen_back(selected)),
            *doubts,
            *_missing(fields, paragraphs),
        ),
        unmatched=selected.unmatched,
    )


def _read(document: Document, layout: Layout) -> _Reading:
    published, warnings = find_published(layout, document)
    tags, tags_found = find_tags(layout.page, layout.labelled("tags"), *layout.below_title)
    section, kind = find_section(layout, document.page.url)
    fields = {
        "title": _find_title(layout),
        "region": find_region(layout),
        "published": published,
        "section": section,
        "section_kind": kind,
        "source": find_source(layout),
        "author": find_author(layout),
        "tags": tags_found,
    }
    return _Reading(fields, tags, warnings)


def _completed(visible: _Reading, held: HeldBack) -> _Reading:
    """Add what a page holds back to what it shows; a visible value stands unless it is weak."""
    fields, hidden = dict(visible.fields), _read(held.document, held.layout)
    for name, item in hidden.fields.items():
        shown = fields[name]
        if item and (
            shown is None
            or shown.evidence.confidence < _HELD_BACK
            or (name == "title" and held.layout.title and not _are_alike(item.value, shown.value))
        ):
            confidence = min(item.evidence.confidence, _HELD_BACK)
            fields[name] = Found(
                item.value, replace(item.evidence, origin=held.origin, confidence=confidence)
            )
    fields["body"] = found("", held.origin, held.layout.paragraphs[0], _HELD_BACK)
    warnings = [*visible.warnings, f"the page does not show its body ({held.origin})"]
    return _Reading(fields, visible.tags or hidden.tags, warnings)


def _are_alike(title: str, other: str) -> bool:
    """Whether one title may stand for the other; the one above the text is the notice's."""
    key, other_key = comparison_key(title), comparison_key(other)
    return key in other_key or other_key in key


def _find_title(layout: Layout) -> Found | None:
    title, head = layout.title, layout.statement
    if title is None:
        return found(head.title, "title tag", head.title, 0.5) if head.title else None
    text = strip_invisible(title.text)
    return found(text, title.origin, text, _title_confidence(layout.page, title, head))


def _title_confidence(page: Lines, title: TitleCandidate, head: Statement) -> float:
    """How sure a title is: stated by the head too, a heading above labels, a line of its own kind
    above labels, beside labels, or just the next line above the text."""
    if head.states(title.text):
        return 0.98
    if title.text not in head.names and stands_above_labels(page, title.end):
        if any(start <= title.start < end for _, start, end in page.headings):
            return 0.95
        if title.weight >= BESIDE_WEIGHT and not _has_like_neighbour(page, title):
            return 0.93
    return 0.8 if title.weight > WEAK else 0.6


def _has_like_neighbour(page: Lines, title: TitleCandidate) -> bool:
    """Whether the line above a title or below it, neither labels nor a link, looks like it: one of
    several captions, contacts or parts of a title."""
    look = page.look(title.start)
    return any(
        page.look(i) == look and i not in page.label_lines and not page.is_link(i)
        for i in (title.start - 1, title.end)
        if 0 <= i < len(page.texts)
    )


def _value(item: Found | None) -> str | None:
    return strip_invisible(item.value) if item else None


def _provenance(
    fields: dict[str, Found | None], document: Document
) -> MappingProxyType[str, Evidence]:
    evidence = {name: item.evidence for name, item in fields.items() if item}
    if evidence.get("section_kind") == evidence.get("section"):  # the section's own name tells it
        evidence.pop("section_kind", None)
    evidence["encoding"] = Evidence(document.encoding_why, document.encoding, 1.0)
    return MappingProxyType(evidence)


def _missing(fields: dict[str, Found | None], paragraphs: tuple[str, ...]) -> list[str]:
    present = {NO_TITLE: fields["title"], NO_DATE: fields["published"], NO_BODY: paragraphs}
    return [warning for warning, value in present.items() if not value]
