"""What the row of a listing says of the notice that it leads to: it stands in for what the page
itself does not show, and makes sure what both say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cqcrawler.filing import Filed, filed_under
from cqcrawler.models import FROM_ROW, UNDATED, Article, Evidence, FrontierPage
from cqcrawler.reading.article import NO_DATE
from cqcrawler.text.headline_tag import without_tags
from cqcrawler.text.normalize import comparison_key
from cqcrawler.text.sections import has_dates
from cqcrawler.text.traditional import fold

# An address or a signature dates a page less surely than its row, and what `<title>` alone says is
# often the name of the site.
_ROW = 0.7
# So sure is it that a section's pages have no dates: sure enough to be no doubt.
_HAS_NO_DATE = 0.9
# A title or a date is as sure as this where the row says the same.
_AGREED = 0.95


def with_row(article: Article, page: FrontierPage, promised: bool) -> Article:
    """Return an article with what the rows of listings say of it: the date, the section, and the
    title if the page does not show the one that was `promised`."""
    title, published = page.title, page.published
    agreed = []
    if published and published == article.published:
        agreed.append("published")
    if title and _key(title) == _key(article.title):
        agreed.append("title")
    article = _dated(article, published)
    if not promised:
        article = _titled(article, title)
    return _undated(_filed(_surer(article, agreed), page.sections))


def _key(title: str) -> str:
    """What a title shares with its copies, whole: a row that is cut off says less."""
    return comparison_key(fold(without_tags(title)))


def _dated(article: Article, listed: str | None) -> Article:
    if not listed or _is_sure(article, "published"):
        return article
    evidence = {**article.provenance, "published": Evidence(FROM_ROW, listed, _ROW)}
    warnings = tuple(text for text in article.warnings if text != NO_DATE)
    return replace(article, published=listed, provenance=evidence, warnings=warnings)


def _titled(article: Article, listed: str | None) -> Article:
    if not listed or _is_sure(article, "title"):
        return article
    evidence = {**article.provenance, "title": Evidence(FROM_ROW, listed, _ROW)}
    return replace(article, title=listed, provenance=evidence)


def _filed(article: Article, sections: Sequence[str]) -> Article:
    known = Filed(article.section, article.section_kind, article.provenance)
    section, kind, evidence = filed_under(sections, known)
    return replace(article, section=section, section_kind=kind, provenance=evidence)


def _undated(article: Article) -> Article:
    """Take it for no fault that an article has no date, where those of its section have none."""
    if article.published or has_dates(article.section_kind):
        return article
    evidence = {
        **article.provenance,
        "published": Evidence(UNDATED, article.section or "", _HAS_NO_DATE),
    }
    warnings = tuple(text for text in article.warnings if text != NO_DATE)
    return replace(article, provenance=evidence, warnings=warnings)


def _is_sure(article: Article, field: str) -> bool:
    known = article.provenance.get(field)
    return known is not None and known.confidence >= _ROW


def _surer(article: Article, agreed: list[str]) -> Article:
    known = {field: article.provenance[field] for field in agreed if field in article.provenance}
    surer = {
        field: replace(evidence, confidence=max(evidence.confidence, _AGREED))
        for field, evidence in known.items()
    }
    return replace(article, provenance={**article.provenance, **surer})
