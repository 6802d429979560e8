"""The parameters of the API: what is said of each is what is checked of each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any
from urllib.parse import parse_qsl

from cqcrawler.archive import Order
from cqcrawler.archive.search.asked import FILTER_NAMES
from cqcrawler.archive.search.nearest import unknown
from cqcrawler.archive.search.paging import LONGEST_CURSOR
from cqcrawler.facts.model import Kind, Stage
from cqcrawler.site.api.problems import Refusal

# As long as what is typed on the pages may be.
_LONGEST = 300
MOST = 100
_USUAL = 20
_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an address, with JSON Schema for its value. An empty string is as none."""

    name: str
    description: str
    schema: Mapping[str, Any]
    required: bool = False

    def check(self, value: str) -> None:
        """Raise Refusal, or QueryError with the nearest, for a value that the schema rules out."""
        schema = self.schema
        if schema["type"] == "integer":
            least, most = schema["minimum"], schema["maximum"]
            if not _NUMBER.fullmatch(value) or not least <= int(value) <= most:
                raise Refusal(
                    400, f"{self.name}={_shown(value)} is no number from {least} to {most}"
                )
        elif value not in schema.get("enum", [value]):
            raise unknown(self.name, value, [known for known in schema["enum"] if known])
        elif len(value) > schema.get("maxLength", len(value)):
            raise Refusal(400, f"{self.name} has more than {schema['maxLength']} characters")


def _text(name: str, description: str, longest: int = _LONGEST) -> Parameter:
    return Parameter(name, description, {"type": "string", "maxLength": longest})


def _one_of(name: str, description: str, known: Sequence[str]) -> Parameter:
    return Parameter(name, description, {"type": "string", "enum": ["", *known]})


_DAYS = "a day or period: 2025-07-07, 2025-07, 2025H1, 2025Q3, 7d, 昨天"
_FILTERS = {
    "region": "The region that a notice states, or one that contains it: a name, a code of "
    "GB/T 2260, or a zone.",
    "portal": "The portal that published it, by its short name.",
    "tag": "A tag of it.",
    "since": f"Published then or later: {_DAYS}.",
    "until": f"Published then or earlier: {_DAYS}.",
    "section": "The section of its portal as printed, or the kind of section (news, policy, …).",
    "place": "The region, or a place that title or first sentence name.",
    "industry": "An industry of it.",
    "min": "States an investment of at least so much, in yuan: 10亿, 5000万, 1.2e9.",
    "event_since": f"What it tells of was on then or later: {_DAYS}.",
    "event_until": f"What it tells of was on then or earlier: {_DAYS}.",
    "source": "Whom it names as its source.",
}
FILTERS = tuple(
    _one_of(name, "How far its main event has come.", [stage.value for stage in Stage])
    if name == "stage"
    else _text(name, _FILTERS.get(name, ""))
    for name in FILTER_NAMES.values()
)
PAGE = (
    Parameter(
        "limit",
        "How many at most.",
        {"type": "integer", "minimum": 1, "maximum": MOST, "default": _USUAL},
    ),
    _text("cursor", "Where to go on, out of `next` of the page before.", LONGEST_CURSOR),
)
SEARCH = (
    _text(
        "q",
        "Terms, all of which stand in it: Chinese wherever it stands, letters and digits as "
        'whole words; OR between two wants one of them, "…" is a phrase, a leading - excludes.',
    ),
    *FILTERS,
    _one_of("sort", "What comes first; relevance gives the best 500.", [o.value for o in Order]),
    _one_of("substring", "1: letters and digits inside longer words, too.", ["0", "1"]),
)
FACETS = _one_of("facets", "1: count what was found by month, place, stage, …", ["0", "1"])
KIND = _one_of("kind", "Facts of one kind.", [kind.value for kind in Kind])
URL = Parameter(
    "url",
    "The address of a notice.",
    {"type": "string", "minLength": 1, "maxLength": 4000},
    required=True,
)


def read(query: str, parameters: Sequence[Parameter]) -> dict[str, str]:
    """Return what the query of an address gives, without what is empty.

    Raises Refusal or QueryError for what is no parameter, comes twice, or breaks its schema.
    """
    known = {parameter.name: parameter for parameter in parameters}
    given: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name not in known:
            raise Refusal(400, _no_parameter(name, list(known)))
        if name in given:
            raise Refusal(400, f"{name} is given twice")
        given[name] = _readable(value)
        known[name].check(given[name])
    for parameter in parameters:
        if parameter.required and not given.get(parameter.name, "").strip():
            raise Refusal(400, f"{parameter.name} is missing")
    return {name: value for name, text in given.items() if (value := text.strip())}


def _no_parameter(name: str, known: Sequence[str]) -> str:
    nearest = get_close_matches(name, known, n=2)
    hint = f"did you mean {' or '.join(nearest)}?" if nearest else f"there are {', '.join(known)}"
    return f"no parameter {_shown(name)}: {hint if known else 'there is none here'}"


def _readable(text: str) -> str:
    # Half of a surrogate pair cannot be asked of the archive, nor can a NUL.
    return text.encode("utf-8", "replace").decode().replace("\0", " ")


def _shown(text: str) -> str:
    return repr(text[:40])
