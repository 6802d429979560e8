"""What scripts see of a page: window, document, forms and their fields, the address, jQuery."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, auto
from functools import cached_property
from itertools import islice
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml import etree

from cqcrawler.reading.addresses import base_url, query_encoding, resolve
from cqcrawler.reading.page.document import Document
from cqcrawler.reading.scripts.comments import without_comments
from cqcrawler.reading.scripts.forms import Control, Form, Sent, read_forms, send
from cqcrawler.reading.scripts.syntax import LONGEST, Node, parse_value
from cqcrawler.reading.scripts.values import UNKNOWN, Value

_CONTROLS = ("input", "select", "textarea", "button")
# The last step of a selector: a tag, an id, a class or a name; what stands before it is left to
# the id or name, which is mostly the only one of the page.
_SELECTOR = re.compile(
    r"""(?:^|[\s>+~])(?P<tag>\w{1,20})?
    (?: \#(?P<id>[\w$.:-]{1,100}) | \.(?P<class>[\w-]{1,100})
      | \[\s*name\s*\$?=\s*["']?(?P<name>[\w$.:\[\]-]{1,100}?)["']?\s*\] )?
    (?::[\w-]{1,20})?\s*$""",
    re.VERBOSE,
)


class Host(Enum):
    """The objects of a browser that there is one of."""

    WINDOW = auto()
    DOCUMENT = auto()
    LOCATION = auto()
    FORMS = auto()
    MATH = auto()
    JQUERY = auto()


class Picked(NamedTuple):
    """What jQuery has picked out of a page."""

    things: tuple[Form | Control | etree._Element, ...]


# Places of a name that are looked at, and the last functions of that name that are read.
_MOST_PLACES, _MOST_DEFINITIONS = 1000, 3
_LONGEST_KEYWORD = 15  # `function` and white space, or `window.`
_WITHIN_NAME = re.compile(r"(?:[\w$]|(?<!\bwindow)\.)$")
_NAME_GOES_ON = re.compile(r"[\w$]")
_DECLARES = re.compile(r"(?<![\w$.])function\s{1,3}$")
_CALLED = re.compile(r"\s{0,3}\(")
_ASSIGNS = re.compile(r"\s{0,9}=(?![=>])\s{0,9}(?=(function\b)?)")
# What the scripts of one page may take: steps that run, characters that are read as code, fields
# that are sent. A select of a thousand pages takes half of it, and all of it is done in a second.
_MOST_WORK = 300_000
_WORK_OF_A_LOOKUP = 0.01  # for each character that is looked through

# Names that mean the same object everywhere.
HOSTS = {
    **dict.fromkeys(("window", "self", "top", "parent", "globalThis"), Host.WINDOW),
    "document": Host.DOCUMENT,
    "location": Host.LOCATION,
    "Math": Host.MATH,
    **dict.fromkeys(("$", "jQuery"), Host.JQUERY),
}
# What ASP.NET brings along in files of its own.
_ASP_NET = """
function __doPostBack(target, argument) {
  var form = document.getElementById("__EVENTTARGET").form;
  form.__EVENTTARGET.value = target;
  form.__EVENTARGUMENT.value = argument;
  form.submit();
}
function WebForm_PostBackOptions(target, argument) { return [target, argument]; }
function WebForm_DoPostBackWithOptions(options) { __doPostBack(options[0], options[1]); }
"""


class Browser:
    """A page with its forms, its address, and the functions and variables of its scripts."""

    def __init__(self, document: Document, scripts: Sequence[str]) -> None:
        self._document = document
        self._scripts = scripts
        self._definitions: dict[str, Node | None] = {}
        self._work_left: float = _MOST_WORK
        self.base = base_url(document)
        self.here = resolve(document.page.url, "") or document.page.url
        self.encoding = query_encoding(document)
        self.forms = read_forms(document.text)

    def work(self, amount: float) -> bool:
        """Take note of work that the scripts of the page ask for; return whether it may be done."""
        self._work_left -= amount
        return self._work_left > 0

    @cached_property
    def _code(self) -> tuple[str, ...]:
        return (_ASP_NET, *map(without_comments, self._scripts))

    @cached_property
    def _elements(self) -> dict[str, etree._Element]:
        found: dict[str, etree._Element] = {}
        for element in self._document.root.iter():
            if name := element.get("id"):
                found.setdefault(name, element)
        return found

    @cached_property
    def _controls(self) -> dict[etree._Element, Control]:
        """The controls by the elements of the tree, where both count the same ones."""
        elements = [*self._document.root.iter(*_CONTROLS)]
        pairs = zip(elements, self.forms.controls, strict=False)
        return {
            element: control
            for element, control in pairs
            if (element.tag, element.get("name", "")) == (control.tag, control.name)
        }

    def thing(self, element: etree._Element) -> Control | etree._Element:
        """Return what scripts see of an element: a control, if it is one."""
        return self._controls.get(element, element)

    def by_id(self, name: str) -> Value:
        """Return the form, control or element with an id, None if there is none.

        Old browsers take a name for an id where nothing has it, and old pages rely on that.
        """
        return self.forms.form(name) or self.forms.control(name) or self._elements.get(name)

    def pick(self, selector: str) -> Value:
        """Return what a selector of one tag, id, class or name picks; UNKNOWN for any other."""
        step = _SELECTOR.search(selector)
        if step is None or not any(step.groupdict().values()):
            return UNKNOWN
        if step["id"]:
            found = self.by_id(step["id"])
            return Picked(() if found is None else (found,))
        return Picked(tuple(self._matching(step["tag"], step["class"], step["name"])))

    def _matching(
        self, tag: str | None, style: str | None, name: str | None
    ) -> Iterator[Form | Control]:
        things: list[Form | Control] = [*self.forms.all] if tag in ("form", None) else []
        if tag != "form":
            things += [each for each in self.forms.controls if tag in (each.tag, None)]
        for thing in things:
            attributes = thing.attributes
            if style is not None and style not in attributes.get("class", "").split():
                continue
            if name is None or attributes.get("name") == name:
                yield thing

    def definition(self, name: str) -> Node | None:
        """Return what the scripts of the page say that a name is, None if they do not.

        Of several functions the last one counts, of several values of a variable the first.
        """
        if name not in self._definitions:
            work = _WORK_OF_A_LOOKUP * sum(map(len, self._code))
            self._definitions[name] = self._defined(name) if self.work(work) else None
        return self._definitions[name]

    def _defined(self, name: str) -> Node | None:
        functions: list[tuple[str, int]] = []
        values: list[tuple[str, int]] = []
        for code, start, end in islice(self._places(name), _MOST_PLACES):
            declared = _DECLARES.search(code, max(0, start - _LONGEST_KEYWORD), start)
            assigned = _ASSIGNS.match(code, end)
            if declared and _CALLED.match(code, end):
                functions.append((code, declared.start()))
            elif assigned:
                (functions if assigned[1] else values).append((code, assigned.end()))
        for code, at in functions[: -_MOST_DEFINITIONS - 1 : -1]:
            node = self._value(code, at)
            if node and node[0] == "function":
                return node
        return self._value(*values[0]) if values else None

    def _places(self, name: str) -> Iterator[tuple[str, int, int]]:
        """Yield where a name stands in the code that is no part of another one, or of an object
        other than the window."""
        for code in self._code:
            for found in re.finditer(re.escape(name), code):
                start, end = found.span()
                before = code[max(0, start - _LONGEST_KEYWORD) : start]
                if not _WITHIN_NAME.search(before) and not _NAME_GOES_ON.match(code, end):
                    yield code, start, end

    def _value(self, code: str, at: int) -> Node | None:
        text = code[at : at + LONGEST]
        return parse_value(text) if self.work(len(text)) else None

    def send(
        self,
        form: Form,
        values: Mapping[Control, str] | None = None,
        changed: Mapping[str, str] | None = None,
        clicked: Control | None = None,
    ) -> Sent | None:
        """Return a form of the page as `forms.send` does."""
        if not self.work(len(form.controls)):
            return None
        return send(form, self.here, self.base, values=values, changed=changed, clicked=clicked)

    def part_of_address(self, name: str) -> Value:
        """Return what `location` has under a name."""
        parts = urlsplit(self.here)
        return {
            "href": self.here,
            "pathname": parts.path,
            "search": f"?{parts.query}" if parts.query else "",
            "protocol": f"{parts.scheme}:",
            "host": parts.netloc,
            "hostname": parts.hostname,
            "origin": f"{parts.scheme}://{parts.netloc}",
        }.get(name, UNKNOWN)
