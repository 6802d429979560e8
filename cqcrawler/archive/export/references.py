"""BibTeX and RIS, for programs that keep references: one entry an article."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO
from urllib.parse import urlsplit

from cqcrawler.archive.articles.citation import Citation
from cqcrawler.archive.export.columns import is_web_address

# What means something to LaTeX. Braces are named, as BibTeX counts those that are escaped, too.
_LATEX: Mapping[int, str] = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "#$%&_"},
        **{"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"},
        **{"{": r"\textbraceleft{}", "}": r"\textbraceright{}"},
    }
)
# An address is taken as it is, but for what would end the field.
_IN_ADDRESS: Mapping[int, str] = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")
_NOT_IN_KEYS = re.compile(r"[^a-z0-9.-]+")


def write_bib(citations: Iterable[Citation], file: BinaryIO) -> int:
    """Write entries for BibTeX and biblatex in UTF-8, and return their number."""
    return _write(map(_bib_entry, citations), file)


def write_ris(citations: Iterable[Citation], file: BinaryIO) -> int:
    """Write records of RIS in UTF-8, and return their number."""
    return _write(map(_ris_record, citations), file)


def _write(entries: Iterator[str], file: BinaryIO) -> int:
    count = 0
    for entry in entries:
        file.write(entry.encode())
        count += 1
    return count


def key_of(citation: Citation) -> str:
    """Return what an article is cited by: the same wherever its address is archived."""
    digest = hashlib.sha256(citation.url.encode()).hexdigest()[:16]
    host = _NOT_IN_KEYS.sub("", _host(citation.url))
    return f"{host}-{digest}" if host else digest


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _bib_entry(citation: Citation) -> str:
    by_itself = citation.publisher == citation.author
    fields = {
        # In braces of their own, nobody takes a firm for a first and a last name, nor makes
        # letters small.
        "author": f"{{{_latex(citation.author)}}}",
        "title": f"{{{_latex(citation.title)}}}",
        "organization": "" if by_itself else f"{{{_latex(citation.publisher)}}}",
        "date": citation.published or "",
        "url": _address(citation).translate(_IN_ADDRESS),
        "urldate": citation.accessed,
        "note": _latex("，".join(citation.notes)),
        # The name by which styles, those of GB/T 7714 among them, know it.
        "language": "chinese",
        "langid": "chinese",
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@online{{{key_of(citation)},\n{''.join(lines)}}}\n\n"


def _ris_record(citation: Citation) -> str:
    published = citation.published or ""
    fields = [
        ("TY", "ELEC"),
        ("ID", key_of(citation)),
        ("AU", citation.author),
        ("TI", citation.title),
        ("PB", citation.publisher),
        ("PY", published[:4]),
        ("DA", published.replace("-", "/")),
        ("UR", _address(citation)),
        ("Y2", citation.accessed.replace("-", "/")),
        ("LA", "zh"),
        ("N1", "，".join(citation.notes)),
    ]
    lines = [f"{tag}  - {_one_line(value)}\r\n" for tag, value in fields if value]
    return f"{''.join(lines)}ER  - \r\n\r\n"


def _address(citation: Citation) -> str:
    # Programs make links of it, and a page of a portal may have said anything.
    url = _one_line(citation.url)
    return url if is_web_address(url) else ""


def _latex(text: str) -> str:
    return _one_line(text).translate(_LATEX)


def _one_line(text: str) -> str:
    """Return text in which no line of its own can begin."""
    return _CONTROLS.sub("", " ".join(text.split()))
