"""What the head of a page says about it: meta tags, the title tag, JSON-LD."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cqcrawler.reading.page.lines import Lines
from cqcrawler.reading.page.tokens import read_attributes
from cqcrawler.text.words import word_list

# Names in lower case (sites write them in any), the surest first.
_NAMES = {
    "title": word_list("meta_title"),
    "published": word_list("meta_published"),
    "source": word_list("meta_source"),
    "author": word_list("meta_author"),
    "section": word_list("meta_section"),
    "section_type": word_list("meta_section_type"),
    "site": word_list("meta_site"),
    "site_code": word_list("meta_site_code"),
}
_FIELD_OF = {
    name: (field, rank) for field, names in _NAMES.items() for rank, name in enumerate(names)
}
_NAME = re.compile(
    r"""\s(?:name|property)\s*+=\s*+["']?\s*+([^\s"'>]+)|\s(href)\s*=""", re.IGNORECASE
)
_ITEMPROP = re.compile(r"""\sitemprop\s*+=\s*+["']?\s*+([^\s"'>]+)()""", re.IGNORECASE)
# In characters: what is longer names nothing, and every line of the page is compared with it.
_LONGEST = 500
# So forums end their titles, and such a line stands in their foot too.
_SOFTWARE = re.compile(r"\s?[-–—_|]\s?[Pp]owered by\b.*", re.DOTALL)
_LD_DATE = re.compile(r'"(?:datePublished|pubDate)"\s*:\s*"([^"\\]{8,40})"')


@dataclass(slots=True)
class Metadata:
    """`title_tag` is the text of `<title>`, `base` the `href` of `<base>`; `values` holds, for each
    field, what the meta tags say, the surest first, as (name of the tag, content)."""

    title_tag: str = ""
    base: str = ""
    values: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


def read_metadata(page: Lines, markup: str) -> Metadata:
    """Collect the head's statements; empty and placeholder values are left out."""
    found: dict[str, list[tuple[int, str, str]]] = {}
    base = ""
    for tag in page.metas:
        named = _NAME.search(tag) or _ITEMPROP.search(tag)
        if named is None:
            continue
        if named[2]:
            base = base or read_attributes(tag).get("href", "")
        elif known := _FIELD_OF.get(name := named[1].lower()):
            content = read_attributes(tag).get("content", "")[:_LONGEST]
            if content not in ("", "null", "undefined"):
                found.setdefault(known[0], []).append((known[1], name, content))
    values = {
        field: [(name, content) for _, name, content in sorted(entries)]
        for field, entries in found.items()
    }
    if "published" not in values and (date := _ld_date(markup)):
        values["published"] = [("json-ld", date)]
    return Metadata(_SOFTWARE.sub("", page.title_tag[:_LONGEST]), base, values)


def _ld_date(markup: str) -> str:
    # Most pages have neither name, and there are many quotation marks to begin with.
    named = "datePublished" in markup or "pubDate" in markup
    match = _LD_DATE.search(markup) if named else None
    return match[1] if match else ""
