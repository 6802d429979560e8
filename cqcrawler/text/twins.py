"""Addresses of one page for desks and for phones."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_PHONE = r"(?:m|wap|mobile|mobi|phone|touch|h5|3g)"
_HOST = re.compile(rf"^(?:{_PHONE}|www)\.(?=.*\.)")
_FOLDER = re.compile(rf"/{_PHONE}(?=/)")
_NAME = re.compile(rf"(?<=[\w])[-_.]{_PHONE}(?=\.\w+$)")
_PARAMETER = re.compile(rf"(?:is)?{_PHONE}(?:=(?:1|true|yes|y))?|(?:device|client|view)={_PHONE}")


def shared_address(url: str) -> str:
    """Return what the addresses of one page share, whether it is the form for phones or not.

    That two addresses share it proves nothing by itself: `/m/` may be a section.
    """
    parts = urlsplit(url.lower())
    pairs = [pair for pair in parts.query.split("&") if not _PARAMETER.fullmatch(pair)]
    path = _NAME.sub("", _FOLDER.sub("", parts.path))
    return f"{_HOST.sub('', parts.netloc)}{path}?{'&'.join(pairs)}"
