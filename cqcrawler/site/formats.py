"""How values of the archive look on a page."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from math import floor, log10
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from markupsafe import Markup, escape

from cqcrawler.archive.search.passage import Passage
from cqcrawler.text.clock import beijing_minute
from cqcrawler.text.typed_amounts import shown_amount


def marked(passage: Passage) -> Markup:
    """Return a passage with what was searched for in `<mark>`; all else is escaped."""
    at, parts = 0, []
    for start, end in passage.marks:
        parts += [escape(passage.text[at:start]), Markup("<mark>")]
        parts += [escape(passage.text[start:end]), Markup("</mark>")]
        at = end
    return Markup("").join([*parts, escape(passage.text[at:])])


def number(value: int) -> str:
    """Return a number with its thousands set apart."""
    return f"{value:,}"


def yuan(value: float) -> str:
    """Return an amount as notices print it (122.8亿元), to four digits."""
    if not value:
        return shown_amount(0)
    digits = 3 - floor(log10(abs(value)))
    return shown_amount(round(value, digits))


def moment(at: str | None) -> str:
    """Return a time of the archive as clocks in China show it, to the minute."""
    return beijing_minute(at) if at else ""


def web_link(url: str) -> str:
    """Return `url` if a browser may follow it, or nothing for `javascript:` and its like."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


def other_language(request: Any, language: str) -> str:
    """Return the address of the same page in another language."""
    # Datasette takes `lang` for a column, and nothing that begins with `_`.
    asked = [(k, v) for k, v in parse_qsl(request.query_string) if k not in ("lang", "_lang")]
    name = "_lang" if request.path.startswith(("/archive", "/-/")) else "lang"
    return f"{quote(request.path)}?{urlencode([*asked, (name, language)])}"


@cache
def version_of_assets() -> str:
    """Return what changes with our style sheets, so that browsers fetch them again."""
    folder = files("cqcrawler.site").joinpath("static")
    texts = sorted((file.name, file.read_bytes()) for file in folder.iterdir())
    return hashlib.sha256(b"".join(text for _, text in texts)).hexdigest()[:8]
