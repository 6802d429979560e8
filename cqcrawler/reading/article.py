"""A page to an article: lines, labels and the head of the page weighed together."""

from __future__ import annotations

from types import MappingProxyType

from cqcrawler.models import Article, Evidence
from cqcrawler.reading.dating import find_published
from cqcrawler.reading.document import Document
from cqcrawler.reading.found import Found, found
from cqcrawler.reading.headline import stated_title
from cqcrawler.reading.layout import Layout, read_layout
from cqcrawler.reading.links import attachments, related_links
from cqcrawler.reading.particulars import (
    find_author,
    find_place,
    find_region,
    find_section,
    find_source,
    headline_tag,
)
from cqcrawler.reading.tags import find_tags
from cqcrawler.reading.urls import resolve
from cqcrawler.text.normalize import strip_invisible

NO_TITLE, NO_DATE, NO_BODY = "no title found", "no publication date found", "no body found"


def extract_article(document: Document, home: str = "") -> Article:
    """Read the notice on a page; its paragraphs are not cleaned yet.

    `home` is the region of the portal, a name or a code, for pages that state none. Whatever
    the page lacks stays empty, with a warning where a reader would miss it; never raises.
    """
    layout = read_layout(document)
    url = document.page.url
    base = resolve(layout.metadata.base, url) or url
    title = _find_title(layout)
    tag = headline_tag(title.value) if title else None
    region = find_region(layout)
    published, date_warnings = find_published(layout, url, document.page.fetched_at)
    section, source, author = find_section(layout), find_source(layout), find_author(layout)
    tags, tags_found = find_tags(layout.blocks, layout.labelled("tags"), layout.below_title)
    evidence = {
        "title": title,
        "region": region,
        "published": published,
        "section": section,
        "source": source,
        "author": author,
        "tags": tags_found,
    }
    paragraphs = tuple(strip_invisible(text) for text in layout.paragraphs)
    return Article(
        url=url,
        title=_value(title) or "",
        headline_tag=tag,
        region=_value(region),
        place=find_place(_value(region) or "", tag or "", home),
        published=_value(published),
        section=_value(section),
        source=_value(source),
        author=_value(author),
        tags=tags,
        paragraphs=paragraphs,
        related=related_links(layout, base),
        attachments=attachments(layout, base),
        provenance=_provenance(evidence, document),
        warnings=(*document.warnings, *date_warnings, *_missing(title, published, paragraphs)),
    )


def _find_title(layout: Layout) -> Found | None:
    headline, stated = layout.headline, stated_title(layout.metadata)
    if headline is None:
        return found(stated, "title tag", stated, 0.5) if stated else None
    text = strip_invisible(headline.text)
    confidence = 0.98 if text in layout.metadata.title_tag else 0.8
    return found(text, headline.origin, text, confidence)


def _value(item: Found | None) -> str | None:
    return strip_invisible(item.value) if item else None


def _provenance(
    fields: dict[str, Found | None], document: Document
) -> MappingProxyType[str, Evidence]:
    evidence = {name: item.evidence for name, item in fields.items() if item}
    evidence["encoding"] = Evidence(document.encoding_why, document.encoding, 1.0)
    return MappingProxyType(evidence)


def _missing(
    title: Found | None, published: Found | None, paragraphs: tuple[str, ...]
) -> list[str]:
    present = {NO_TITLE: title, NO_DATE: published, NO_BODY: paragraphs}
    return [warning for warning, value in present.items() if not value]
