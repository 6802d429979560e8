"""What the scripts of a page say of its list: the address that they ask for it, and with what.

Scripts put such addresses together: `'/search/' + id + '?page=' + n`. What the parts come to is
looked up as far as they are texts, numbers, fields of the page, and variables that hold one of
these. Nothing is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree

from cqcrawler.platforms.canonical import clue_of
from cqcrawler.reading.addresses import base_url, resolve, same_host
from cqcrawler.reading.page.document import Document
from cqcrawler.reading.scripts.comments import without_comments
from cqcrawler.text.words import any_word

# In characters: what is read of the code, and of one expression or object in it.
_MOST_CODE, _LONGEST = 400_000, 3000
# Variables that lead to variables, assignments to one, and variables in all that are looked up.
_DEEPEST, _MOST_ASSIGNMENTS, _MOST_VARIABLES = 4, 5, 60
_MOST_SCRIPTS = 8

_QUOTES, _OPENING, _CLOSING = "'\"`", "([{", ")]}"
_TEXT = re.compile(r"(['\"`])((?:(?!\1).)*)\1", re.DOTALL)
_PLAIN = re.compile(r"\d{1,9}|true|false")
_WRAPPED = re.compile(
    r"(?:parseInt|Number|String|\$\.trim|encodeURI(?:Component)?)\s*\((.*?)(?:,\s*10\s*)?\)",
    re.DOTALL,
)
_ELEMENT = re.compile(
    r"(?:(?:\$|jQuery)\s*\(|document\.(?:querySelector|getElementById)\()\s*(['\"])(?P<which>.+?)\1"
    r"\s*\)\s*\.(?P<what>\w+)(?:\(\s*(?:['\"](?P<name>[\w-]+)['\"]\s*)?\))?"
)
_SELECTOR = re.compile(r"(?:(\w+)?\[name\s*=\s*['\"]?([\w.-]+)['\"]?\]|#?([\w-]+))")
_VARIABLE = re.compile(r"[\w$]+(?:\.[\w$]+){0,3}")
_INSERTED = re.compile(r"\$\{([^{}]*)\}")
_LIBRARY = re.compile(any_word("script_library"), re.IGNORECASE)


@dataclass(frozen=True)
class Scripts:
    """The scripts of a page, or a script file: all of that is code."""

    document: Document
    _known: dict[str, str | None] = field(default_factory=dict)

    @cached_property
    def code(self) -> str:
        """The code without its comments."""
        document = self.document
        if clue_of(document.page.url):
            return without_comments(document.text[:_MOST_CODE])
        texts = (script.text or "" for script in document.root.iter("script"))
        return without_comments("\n".join(texts)[:_MOST_CODE])

    def files(self) -> list[str]:
        """Return the addresses of the page's own script files that may ask for its list."""
        here, base = self.document.page.url, base_url(self.document)
        sources = (script.get("src") or "" for script in self.document.root.iter("script"))
        urls = (url for source in sources if (url := resolve(source, base)))
        own = (url for url in urls if same_host(url, here) and not _is_library(url))
        return list(islice(dict.fromkeys(own), _MOST_SCRIPTS))

    def setting(self, name: str) -> str | None:
        """Return what a variable holds, or else the field of the page that is called so."""
        return self.value(name) or self._read(f"#{name}", "val", "")

    def value(self, expression: str, depth: int = 0) -> str | None:
        """Return what an expression comes to, None where that cannot be told."""
        expression = expression.strip()
        if depth > _DEEPEST or not expression:
            return None
        if (text := literal(expression)) is not None:
            return text
        if _PLAIN.fullmatch(expression):
            return expression
        if wrapped := _WRAPPED.fullmatch(expression):
            return self.value(wrapped[1], depth + 1)
        if element := _ELEMENT.fullmatch(expression):
            return self._read(element["which"], element["what"], element["name"] or "")
        if not _VARIABLE.fullmatch(expression):
            return None
        name = expression.rpartition(".")[2]
        if name not in self._known and len(self._known) < _MOST_VARIABLES:
            self._known[name] = None  # while it is looked up, or else it may lead to itself
            self._known[name] = self._assigned(re.escape(name), depth)
        return self._known.get(name)

    def _assigned(self, name: str, depth: int) -> str | None:
        # `=` gives a variable, `:` a member of an object.
        gives = re.compile(rf"(?<![\w$])['\"]?{name}['\"]?\s{{0,9}}(?:=(?!=)|:)")
        for given in islice(gives.finditer(self.code), _MOST_ASSIGNMENTS):
            expression = next(pieces(self.code, given.end(), ","), "")
            if (value := self.value(expression.partition("\n")[0], depth + 1)) is not None:
                return value
        return None

    def _read(self, selector: str, what: str, name: str) -> str | None:
        element = self._element(selector)
        if element is None:
            return None
        match what:
            case "val" | "value":
                return element.get("value") or ""
            case "attr":
                return element.get(name)
            case "data":
                return element.get(f"data-{name}")
            case "text" | "html" | "innerHTML" | "innerText":
                return (element.text or "").strip()
        return element.get(what)

    def _element(self, selector: str) -> etree._Element | None:
        found = _SELECTOR.fullmatch(selector)
        if found is None or clue_of(self.document.page.url):
            return None
        tag, name, key = found.groups()
        attribute, wanted = ("name", name) if name else ("id", key)
        elements = self.document.root.iter(tag) if tag else self.document.root.iter()
        return next((each for each in elements if each.get(attribute) == wanted), None)


def _is_library(url: str) -> bool:
    return _LIBRARY.search(urlsplit(url).path) is not None


def literal(expression: str) -> str | None:
    """Return the text of an expression that is nothing but a text in quotes."""
    found = _TEXT.fullmatch(expression.strip())
    return found[2] if found and "${" not in found[2] else None


def terms(code: str, start: int) -> Iterator[str]:
    """Yield the terms of the sum of texts that begins at `start`."""
    for piece in map(str.strip, pieces(code, start, "+")):
        parts = _INSERTED.split(piece) if piece.startswith("`") else [piece]
        if len(parts) == 1:
            yield piece
            continue
        for at, part in enumerate(parts):
            yield part if at % 2 else f"`{part.strip('`')}`"


def pieces(code: str, start: int, separator: str) -> Iterator[str]:
    """Yield what stands between separators from `start` on, up to the end of the expression.

    What stands in quotes or brackets is of one piece.
    """
    depth, quote, begin = 0, "", start
    end = min(len(code), start + _LONGEST)
    for at in range(start, end):
        sign = code[at]
        if quote:
            quote = "" if sign == quote and code[at - 1] != "\\" else quote
        elif sign in _QUOTES:
            quote = sign
        elif sign in _OPENING:
            depth += 1
        elif depth and sign in _CLOSING:
            depth -= 1
        elif not depth and sign == separator:
            yield code[begin:at]
            begin = at + 1
        elif not depth and (sign in _CLOSING or sign in ";,"):
            end = at
            break
    yield code[begin:end]


def members(code: str, start: int) -> dict[str, str]:
    """Return the expressions of the object whose brace opens before `start`, by their keys."""
    pairs = (piece.partition(":") for piece in pieces(code, start, ","))
    return {key.strip().strip("'\""): value.strip() for key, colon, value in pairs if colon}
