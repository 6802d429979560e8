"""What the scripts of a page say of its list: the address that they ask for it, and with what.

Scripts put such addresses together: `'/search/' + id + '?page=' + n`. What the parts come to is
looked up as far as they are texts, numbers, fields of the page, and variables that hold one of
these. Nothing is run.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree

from cqcrawler.platforms.canonical import clue_of
from cqcrawler.reading.addresses import base_url, resolve, same_host
from cqcrawler.reading.page.document import Document
from cqcrawler.reading.scripts.comments import without_comments
from cqcrawler.reading.scripts.syntax import Node, parse_value
from cqcrawler.text.words import any_word

# In characters: what is read of the code, and of one expression in it.
_MOST_CODE, _LONGEST = 400_000, 500
# Variables that lead to variables, assignments to one, and variables in all that are looked up.
_DEEPEST, _MOST_ASSIGNMENTS, _MOST_VARIABLES = 4, 5, 60
_MOST_SCRIPTS = 8

# Functions that give what they are given.
_WRAPPING = ("parseInt", "Number", "String", "encodeURI", "encodeURIComponent", "trim")
_PICKING = ("$", "jQuery", "querySelector", "getElementById")
_SELECTOR = re.compile(r"(?:(\w+)?\[name\s*=\s*['\"]?([\w.-]+)['\"]?\]|#?([\w-]+))")
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
        return self.value(("name", name)) or self._read(f"#{name}", "val", "")

    def value(self, node: Node, depth: int = 0) -> str | None:
        """Return what an expression comes to as a text, None where that cannot be told."""
        match node:
            case _ if depth > _DEEPEST:
                return None
            case ("value", bool(said)):
                return str(said).lower()
            case ("value", str(text)):
                return text
            case ("value", int(number)):
                return str(number)
            case ("name", name):
                return self._variable(name, depth)
            case ("call", function, [argument, *_]) if _name(function) in _WRAPPING:
                return self.value(argument, depth + 1)
            case ("call", ("member", picked, ("value", what)), arguments):
                return self._of_element(picked, what, arguments)
            case ("member", thing, ("value", str(name))):
                value = self._of_element(thing, name, ())
                return self._variable(name, depth) if value is None else value
        return None

    def _of_element(self, node: Node, what: str, arguments: Sequence[Node]) -> str | None:
        match node:
            case ("call", function, [("value", str(selector))]) if _name(function) in _PICKING:
                named = arguments[0][1] if arguments else ""
                return self._read(selector, what, named) if isinstance(named, str) else None
        return None

    def _variable(self, name: str, depth: int) -> str | None:
        if name not in self._known and len(self._known) < _MOST_VARIABLES:
            self._known[name] = None  # while it is looked up, or else it may lead to itself
            self._known[name] = self._assigned(re.escape(name), depth)
        return self._known.get(name)

    def _assigned(self, name: str, depth: int) -> str | None:
        # `=` gives a variable, `:` a member of an object.
        gives = re.compile(rf"(?<![\w$])['\"]?{name}['\"]?\s{{0,9}}(?:=(?!=)|:)")
        for given in islice(gives.finditer(self.code), _MOST_ASSIGNMENTS):
            node = parse_value(self.code[given.end() : given.end() + _LONGEST])
            if node and (value := self.value(node, depth + 1)) is not None:
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


def _name(function: Node) -> str:
    """Return the last name of what is called: `querySelector` of a document."""
    match function:
        case ("name", str(name)) | ("member", _, ("value", str(name))):
            return name
    return ""
