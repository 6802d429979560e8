"""Addresses: from what an attribute or a script call says to an absolute URL, and its kind.

Some pages are had by sending a form. Their addresses say so behind a mark that no server ever sees,
so that one string stays the identity of a page wherever addresses are kept: `#post:` with the form
that is sent, or `#postback:` with the number of a page that only a state leads to which the page
before it holds. Feeds and sitemaps that are read beside the listings have `#beside:`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import cast
from urllib.parse import SplitResult, urlencode, urljoin, urlsplit

from lxml import etree
from w3lib.url import safe_url_string

from cqcrawler.models import BESIDE
from cqcrawler.reading.page.document import Document
from cqcrawler.text.words import any_word

_DEFAULT_PORTS = {"http": 80, "https": 443}
# What we put behind addresses ourselves: none of it is ever sent as part of one.
_POST, _POSTBACK, CLUE = "#post:", "#postback:", "#clue:"
_FORM = re.compile(r"#(?:post(?:back)?|clue|beside):", re.ASCII)
# Tabs and line ends inside an address are dropped, and so are outer spaces and controls
# (WHATWG URL Standard, basic URL parser).
_LINE_ENDS = re.compile(r"[\t\n\r]")
_OUTER = "".join(map(chr, range(0x21)))
_USERINFO = re.compile(r"^(\s*(?:[a-z][a-z0-9+.-]*:)?[/\\]{2})[^/?#\\]*@", re.IGNORECASE)
_NEEDS_NO_ENCODING = re.compile(r"[!$%&'()*+,./0-9:;=?@A-Z_a-z~-]*")
# An address without a port that is written as it is normalised.
_IN_ONE_SPELLING = re.compile(
    r"https?://[a-z0-9-]++(?:\.[a-z0-9-]++)++/[\w.~/-]*+(?:\?[\w=&%./~-]++)?", re.ASCII
)
_CLICKABLE = etree.XPath(
    "//a | //area | //link[@rel='next'] | //button"
    " | //input[@type='button' or @type='submit' or @type='image']"
    " | //*[@onclick][not(self::a)]"
)
# The first quoted argument of a call, or what is assigned to `location`.
_SCRIPT_TARGET = re.compile(
    r"(?:\(|location(?:\.href)?\s?=)\s?(?:'([^']{1,1000})'|\"([^\"]{1,1000})\")"
)
_ADDRESS_LIKE = re.compile(
    r"(?:https?:)?//|\.{0,2}/|\?\w|[\w-][\w./-]{0,200}\.(?:s?html?|aspx?|jspx?|php|do|action)\b",
    re.IGNORECASE,
)
_LONGEST_NUMBER = 7  # digits
# Names of folders that stand so often in one path are no structure of a site.
_TOO_OFTEN = 4
# Numbers and identifiers: runs of digits, and of 16 and more hexadecimal digits.
_NUMBER_LIKE = re.compile(r"[0-9a-f]{16,}|\d+", re.IGNORECASE)
# A path from the root without dots to resolve or characters to encode.
_PLAIN_PATH = re.compile(r"(?:/[\w%~-][\w.%~-]*)+/?(?:\?[\w=&%./-]*)?", re.ASCII)
_SECTION_LIKE = re.compile(
    rf"/{any_word('section_file')}(?:[-_][^\W_]{{0,12}})*+(?:/|\.\w{{2,6}})?$"
    r"|/(?:list|channel|column|category|col|tags?)[-_/]?\d{1,12}(?:/|\.\w{2,6}|$)",
    re.IGNORECASE,
)
_FILE = re.compile(rf"\.{any_word('document', 'other_file', 'data_file')}$", re.IGNORECASE)
_DATA_FILE = re.compile(rf"\.{any_word('data_file')}$", re.IGNORECASE)


# The same addresses come back on page after page of a site.
@lru_cache(maxsize=8192)
def normalise(url: str, encoding: str = "utf-8") -> str | None:
    """Return the absolute http address `url` in its one spelling, or None for any other.

    Scheme and host are in lower case, default port, fragment, name and password go, an empty
    path is `/` (RFC 3986, 6.2), and what may not stand in a URL is percent-encoded: the path as
    UTF-8, the query in the page's `encoding`, as browsers do.
    """
    if _IN_ONE_SPELLING.fullmatch(url):
        return url  # As nearly all are; a sitemap may name fifty thousand.
    try:
        parts = urlsplit(url)
        if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
            return None
        plain = parts._replace(netloc=_netloc(parts), path=parts.path or "/", fragment="").geturl()
        if _NEEDS_NO_ENCODING.fullmatch(plain):
            return plain
        return safe_url_string(plain, encoding)
    except ValueError:
        return None


def _netloc(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if ":" in host:
        host = f"[{host}]"
    port = "" if parts.port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{parts.port}"
    return f"{host}{port}"


def without_userinfo(url: str) -> str:
    """Return an address, even a malformed one, without the name and password before its host."""
    return _USERINFO.sub(r"\1", url)


def resolve(href: str, base: str, encoding: str = "utf-8") -> str | None:
    """Return the absolute address that `href` means on a page at `base`.

    None for what leads to no page: fragments, scripts, mail, telephone and data addresses,
    and malformed ones. Without a base, relative addresses are returned as they stand.
    """
    href = _LINE_ENDS.sub("", href.strip(_OUTER))
    if not href or href.startswith("#"):
        return None
    if href[0] == "/" and _PLAIN_PATH.fullmatch(href) and (origin := _origin(base)):
        return origin + href
    path, mark, query = href.partition("?")
    href = path.replace("\\", "/") + mark + query
    try:
        if not base and not urlsplit(href).scheme:
            return href.partition("#")[0]
        return normalise(urljoin(base, href), encoding)
    except ValueError:
        return None


@lru_cache(maxsize=64)
def _origin(base: str) -> str:
    """Return scheme and host of `base`, so that most links need no parsing."""
    home = normalise(base)
    return "/".join(home.split("/", 3)[:3]) if home else ""


def post_address(url: str, fields: Iterable[tuple[str, str]], encoding: str = "utf-8") -> str:
    """Return the address of the page that `url` answers with when a form is sent to it."""
    return f"{url.partition('#')[0]}{_POST}{form_data(fields, encoding)}"


def form_data(fields: Iterable[tuple[str, str]], encoding: str = "utf-8") -> str:
    """Return the fields of a form as they are sent (`application/x-www-form-urlencoded`)."""
    return urlencode([*fields], encoding=encoding, errors="xmlcharrefreplace")


def postback_address(url: str, number: int) -> str:
    """Return the address of a page of the listing that begins at `url`, by its number."""
    return f"{url.partition('#')[0]}{_POSTBACK}{number}"


def postback_number(address: str) -> int | None:
    """Return the number of a page that only the page before it leads to, None of any other."""
    number = address.partition(_POSTBACK)[2]
    return int(number) if number.isdecimal() and len(number) < _LONGEST_NUMBER else None


def beside_address(url: str) -> str:
    """Return the address of a feed or sitemap as one that is read beside the listings."""
    return f"{url.partition('#')[0]}{BESIDE}"


def is_posted(address: str) -> bool:
    """Whether the page at an address is had by sending the form that stands in it."""
    return _POST in address


def split_form(address: str) -> tuple[str, str]:
    """Return an address without its form, and that with its mark; empty where there is none."""
    mark = _FORM.search(address)
    return (address[: mark.start()], address[mark.start() :]) if mark else (address, "")


def base_url(document: Document) -> str:
    """Return what relative addresses of the page are relative to: `<base href>` or its URL."""
    for element in document.root.iter("base"):
        if href := element.get("href"):
            return resolve(href, document.page.url) or document.page.url
    return document.page.url


def query_encoding(document: Document) -> str:
    """Return the encoding of queries in links: the page's own, unless it was UTF-16 or text."""
    chinese = document.encoding.startswith(("gb", "big5"))
    return document.encoding if chinese else "utf-8"


def clickable(root: etree._Element) -> list[etree._Element]:
    """Return the elements that may lead to another page, in page order."""
    return cast("list[etree._Element]", _CLICKABLE(root))


def target(element: etree._Element, base: str, encoding: str = "utf-8") -> str | None:
    """Return where a click on `element` leads: its `href`, or the address its script opens."""
    href = element.get("href") or ""
    if url := resolve(href, base, encoding):
        return url
    call = _SCRIPT_TARGET.search(element.get("onclick") or href)
    address = (call[1] or call[2]) if call else ""
    return resolve(address, base, encoding) if _ADDRESS_LIKE.match(address) else None


def same_host(url: str, other: str) -> bool:
    """Whether two addresses are of one host, with `www.` or without; ports are part of it."""
    ours, theirs = urlsplit(url).netloc, urlsplit(other).netloc
    return ours.removeprefix("www.") == theirs.removeprefix("www.")


@lru_cache(maxsize=4096)
def url_shape(url: str) -> str:
    """Return what the addresses of pages of one kind have in common.

    Numbers and long hexadecimal names become `0`, a last part without either `w`. Where the
    last part tells a kind by itself (`t0_0.html`), the folders do not matter: one list often
    leads to notices of several sections.
    """
    parts = urlsplit(url)
    folders, _, name = _NUMBER_LIKE.sub("0", parts.path.rstrip("/")).rpartition("/")
    stem, dot, suffix = name.partition(".")
    if "0" not in stem and not parts.query:
        stem = "w"
    elif "0" in stem and stem.strip("0_-"):
        folders = ""
    query = "&".join(sorted(_NUMBER_LIKE.sub("0", pair) for pair in parts.query.split("&")))
    return f"{parts.netloc}{folders}/{stem}{dot}{suffix}?{query}"


def leads_to_detail(url: str) -> bool:
    """Whether an address names one of many pages: by a number or identifier."""
    parts = urlsplit(url)
    name = parts.path.rstrip("/").rpartition("/")[2]
    numbered = any(map(str.isdigit, name)) or bool(_NUMBER_LIKE.search(parts.query))
    return numbered and not leads_to_section(url)


def leads_to_section(url: str) -> bool:
    """Whether an address looks like that of a section: a folder, an index, a list."""
    path = urlsplit(url).path
    folder = path.endswith("/") and not any(map(str.isdigit, path.rstrip("/").rpartition("/")[2]))
    return folder or bool(_SECTION_LIKE.search(path))


def path_of(url: str) -> str:
    """Return the path of an address; what is no address has none."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def folders(url: str) -> list[str]:
    """Return the names of the folders of an address, the innermost first; what is no address has
    none."""
    return [name for name in reversed(path_of(url).split("/")[:-1]) if name]


def is_file(url: str) -> bool:
    """Whether an address is that of a file other than a page."""
    if not _FILE.search(url.partition("#")[0].partition("?")[0]):
        return False  # Nearly always, and cheaper than taking it apart.
    return bool(_FILE.search(urlsplit(url).path))


def is_data_file(url: str) -> bool:
    """Whether an address is that of a file that scripts are made of or read."""
    return bool(_DATA_FILE.search(urlsplit(url).path))


def goes_in_circles(url: str) -> bool:
    """Whether a folder stands in an address for the fourth time: `/a/b/a/a/b/a/`.

    Servers that answer any path, with links relative to it, have addresses without end. Numbers
    do not count, as they may be days.
    """
    if (url.partition("//")[2] or url).count("/") <= _TOO_OFTEN:
        return False
    folders = Counter(urlsplit(url).path.split("/")[1:-1])
    return any(
        count >= _TOO_OFTEN and not name.isdecimal() for name, count in folders.items() if name
    )
