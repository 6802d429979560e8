"""The tokenizer tests of html5lib: no text that the HTML standard emits is lost, none is made up.

What counts is the text outside of scripts, style sheets and comments: lines are made of nothing
else. Cases that begin in another state than that of text begin inside an element here. CDATA
sections are left out: they are parts of drawings.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from cqcrawler.models import Page
from cqcrawler.reading.page.document import open_page
from cqcrawler.reading.page.lines import read_lines
from tests.shared import shared

LISTED = tomllib.loads(Path(__file__).with_name("html5lib.toml").read_text("utf-8"))["difference"]
# The element that begins each state, shown but for scripts.
STATES = {
    "Data state": "",
    "PLAINTEXT state": "plaintext",
    "RCDATA state": "title",
    "RAWTEXT state": "xmp",
    "Script data state": "script",
}
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})")


class Case(NamedTuple):
    markup: str
    text: str


def cases(folder: Path) -> Iterator[Case]:
    for path in sorted(folder.glob("*.test")):
        for test in json.loads(path.read_text("utf-8"))["tests"]:
            if test.get("doubleEscaped"):
                test = unescaped(test)
            for state in test.get("initialStates", ["Data state"]):
                if state in STATES:
                    yield case_in(test, STATES[state])


def case_in(test: dict[str, Any], name: str) -> Case:
    """Write a case inside of an element, which has another name in the test."""
    markup, tokens = test["input"], test["output"]
    if name:
        of_test = re.compile(f"(?<=[</]){test.get('lastStartTag') or name}", re.IGNORECASE)
        markup = f"<{name}>{of_test.sub(name, markup)}"
        tokens = [[kind, of_test.sub(name, f"<{text}")[1:], *_] for kind, text, *_ in tokens]
    shown, parts = name != "script", []
    for kind, text, *_ in tokens:
        if (kind, text) == ("EndTag", name):
            shown = True
        elif kind == "Character" and shown:
            parts.append(text)
    return Case(markup, "".join(parts))


def unescaped(value: Any) -> Any:
    if isinstance(value, str):
        return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), value)
    if isinstance(value, dict):
        return {name: unescaped(item) for name, item in value.items()}
    return [unescaped(item) for item in value] if isinstance(value, list) else value


def read(markup: str) -> str:
    page = read_lines(open_page(Page("http://a.test/", markup)).text)
    return page.title_tag + "".join(page.texts)


def squeeze(text: str) -> str:
    """Without white space, which lines collapse, and NUL, which browsers show in no text."""
    return "".join(text.replace("\0", "").split())


def test_text_is_that_of_the_standard() -> None:
    all_cases = list(cases(shared("peers/html5lib-tokenizer")))
    assert len(all_cases) > 2000
    differing = [c for c in all_cases if squeeze(read(c.markup)) != squeeze(c.text)]
    patterns = [re.compile(row["pattern"], re.DOTALL) for row in LISTED]
    found = [0] * len(LISTED)
    for case in differing:
        which = [i for i, pattern in enumerate(patterns) if pattern.search(case.markup)]
        assert which, (case, read(case.markup))
        found[which[0]] += 1
    assert found == [row["cases"] for row in LISTED]
