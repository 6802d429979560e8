"""Bytes to text, with the encoding that was used and why."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from resiliparse.parse.encoding import detect_encoding

from cqcrawler.reading.page.encodings import codec_of
from cqcrawler.text.normalize import count_han

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_META_WITHIN = 4096  # bytes from the beginning of the page

# Three characters or more: UTF-8 soon has a byte that is none of these.
_GB2312_RUN = re.compile(rb"(?:[\xa1-\xa3\xb0-\xf7][\xa1-\xfe]){3,}")
_OR_GB2312 = "cqcrawler.or_gb2312"
_GZIP = b"\x1f\x8b"
# Bytes of a page, unpacked: as many as a crawl takes (DOWNLOAD_MAXSIZE in settings.py).
LARGEST = 10 * 2**20
# How UTF-16 begins, which has zeros without being binary.
WIDE_BEGINNINGS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MAGIC = {
    b"%PDF": "a PDF document",
    b"PK\x03\x04": "a ZIP archive or Office document",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"\x89PNG": "a PNG image",
    b"GIF8": "a GIF image",
    b"\xff\xd8\xff": "a JPEG image",
    b"RIFF": "a RIFF media file",
    _GZIP: "a gzip file",
    b"SQLite format 3": "an SQLite database",
    b"\x7fELF": "a program",
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the encoding used, the reason for it, and what was wrong."""

    text: str
    encoding: str
    why: str
    warnings: tuple[str, ...] = ()


def decode(body: bytes, content_type: str = "") -> Decoded:
    """Decode the payload of a page, a feed or a sitemap; never raises.

    The order is: a byte order mark; the encoding that header, meta or XML declares, where the bytes
    decode under it and do not look like another; what the bytes look like. Stray bytes are
    counted in a warning. Input that is not text at all gives no text and a warning; a file that is
    packed (`sitemap.xml.gz`) is what is in it.
    """
    if body.startswith(_GZIP) and (unpacked := _unpacked(body)):
        return decode(unpacked, content_type)
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return _decoded(body[len(bom) :], encoding, "byte order mark")
    if kind := _binary_kind(body):
        return Decoded("", "binary", "signature", (f"not a text page: {kind}",))
    if body.isascii() and b"\x00" not in body:
        return Decoded(body.decode("ascii"), "ascii", "bytes")
    if utf16 := _utf16_by_zeros(body):
        return _decoded(body, utf16, "zero bytes")
    declared = _declarations(body, content_type)
    return (
        _by_declaration(body, declared)
        or _by_detection(body)
        or _with_losses(body, [*declared, ("bytes", _detected(body))])
    )


def _unpacked(body: bytes) -> bytes | None:
    """Return what a gzip file holds, as far as it came; None if that is too much, or another."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        content = unpacker.decompress(body, LARGEST)
    except zlib.error:
        return None
    return None if unpacker.unconsumed_tail or content.startswith(_GZIP) else content


def _binary_kind(body: bytes) -> str | None:
    if body.startswith(tuple(_MAGIC)):
        return next(kind for magic, kind in _MAGIC.items() if body.startswith(magic))
    start = body[:2048]
    # UTF-16 without a byte order mark has many zero bytes too, but nearly no other controls.
    controls = len(start) - len(start.translate(None, b"\x01\x02\x03\x04\x05\x06\x07\x0e\x0f"))
    return "binary data" if controls * 50 > len(start) else None


def _utf16_by_zeros(body: bytes) -> str | None:
    """Markup is ASCII, so UTF-16 without a mark has a zero in every other byte of its tags."""
    start = body[:1024]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) * 5 < len(start):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _by_declaration(body: bytes, declared: Sequence[tuple[str, str]]) -> Decoded | None:
    for where, encoding in declared:
        text = _strictly(body, encoding)
        if text is not None and not _contradicted(body, encoding):
            return Decoded(text, encoding, where)
    return None


def _declarations(body: bytes, content_type: str) -> list[tuple[str, str]]:
    """Where which encodings are declared, those that we know."""
    labels = []
    if match := _CHARSET.search(content_type):
        labels.append(("header", match[1]))
    if meta := _META_CHARSET.search(body, 0, _META_WITHIN):
        labels.append(("meta", meta[1].decode("ascii", "replace")))
    if xml := _XML_ENCODING.search(body, 0, _META_WITHIN):
        labels.append(("XML declaration", xml[1].decode("ascii", "replace")))
    return [(where, encoding) for where, label in labels if (encoding := codec_of(label))]


def _strictly(body: bytes, encoding: str) -> str | None:
    """Decode without tolerance, except for a character that the end of the page cuts in two."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(body)
    except (UnicodeError, ValueError):
        return None


def _contradicted(body: bytes, encoding: str) -> bool:
    """Whether the bytes look like another encoding; valid UTF-8 is never there by chance."""
    if encoding == "utf-8":
        return False
    return _strictly(body, "utf-8") is not None or _detected(body) not in (encoding, "utf-8")


def _by_detection(body: bytes) -> Decoded | None:
    if (text := _strictly(body, "utf-8")) is not None:
        return Decoded(text, "utf-8", "bytes")
    encoding = _detected(body)
    text = _strictly(body, encoding)
    return Decoded(text, encoding, "bytes") if text is not None else None


def _with_losses(body: bytes, candidates: Sequence[tuple[str, str]]) -> Decoded:
    """Decode bytes of which some belong to no encoding: as UTF-8 if that gives more Chinese
    characters than losses, which never happens by chance; else as the candidate that gives the
    most by this count."""
    if _gain(body.decode("utf-8", "replace")) > 0:
        where = next((where for where, name in candidates if name == "utf-8"), "bytes")
        return _decoded(body, "utf-8", where, on_error=_OR_GB2312)
    others = (_decoded(body, name, where) for where, name in candidates if name[:3] != "utf")
    return max((*others, _decoded(body, "gb18030", "bytes")), key=lambda way: _gain(way.text))


def _gain(text: str) -> int:
    return count_han(text) - text.count("\ufffd")


def _detected(body: bytes) -> str:
    """Detect on the bytes; what looks Western but decodes as GB18030 is a short Chinese text."""
    encoding = codec_of(detect_encoding(body) or "") or "utf-8"
    if encoding.startswith("cp12") and _strictly(body, "gb18030") is not None:
        return "gb18030"
    return encoding


def _or_gb2312(error: UnicodeError) -> tuple[str, int]:
    """Read on in GB 2312: many a page of UTF-8 includes a menu or a foot of an older one."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if run := _GB2312_RUN.match(error.object, error.start):
        return run[0].decode("gb18030"), run.end()
    return "\ufffd", error.end


codecs.register_error(_OR_GB2312, _or_gb2312)


def _decoded(body: bytes, encoding: str, why: str, on_error: str = "replace") -> Decoded:
    text = body.decode(encoding, "replace")
    lost = text.count("\ufffd")
    if lost and on_error != "replace":
        text = body.decode(encoding, on_error)
    warnings = (f"{lost} bytes or sequences could not be decoded as {encoding}",) if lost else ()
    return Decoded(text, encoding, why, warnings)
