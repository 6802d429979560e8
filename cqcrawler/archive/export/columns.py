"""What the columns of an export hold, whatever the kind of file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import Enum, StrEnum, auto
from urllib.parse import urlsplit

from cqcrawler.archive.articles.stated import SourcedFact, StoredProject
from cqcrawler.archive.articles.stored import PLAIN_COLUMNS, ArticleVersion, StoredArticle

Rows = (
    Iterable[StoredArticle]
    | Iterable[ArticleVersion]
    | Iterable[SourcedFact]
    | Iterable[StoredProject]
)

SEPARATOR = ";"
# What holds the text of a notice, or sentences of it.
LONG_TEXTS = ("body", "sentence")

# What a spreadsheet takes for the beginning of a formula, in either width
# (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


class Kind(Enum):
    """DATE is an ISO date in Beijing time, TIME ISO 8601 in UTC, FLAG true or false; all but
    INTEGER may be None. OBJECT is for JSON only: what has parts of its own."""

    TEXT = auto()
    INTEGER = auto()
    NUMBER = auto()
    FLAG = auto()
    DATE = auto()
    TIME = auto()
    OBJECT = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """A field of the rows; what is text can be had with `text`, whatever it is in Python.

    `heading` is what a spreadsheet has above it. With `bare`, parts that repeat the text of a
    notice are left out of an OBJECT.
    """

    name: str
    kind: Kind
    heading: str
    bare: bool = False


def text(value: object) -> str | None:
    """Return the text of a TEXT field; lists become one text, with `;` between them."""
    if isinstance(value, tuple):
        # No tag was seen with the separator in it; one would not come apart again.
        return SEPARATOR.join(name.replace(SEPARATOR, "；") for name in value)
    assert value is None or isinstance(value, str)
    return value


def is_formula(value: str) -> bool:
    """Whether a spreadsheet might run what a cell begins with."""
    return value.startswith(_FORMULA_STARTS)


def is_web_address(url: str) -> bool:
    """Whether a program may make a link of it; `javascript:` and its like are none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


_KINDS = {
    **dict.fromkeys(("id", "article_id", "fact_id", "run_id"), Kind.INTEGER),
    **dict.fromkeys(("story_id", "project_id", "notices"), Kind.INTEGER),
    **dict.fromkeys(("version", "body_chars", "start", "stop"), Kind.INTEGER),
    **dict.fromkeys(("value", "value_max", "invested"), Kind.NUMBER),
    **dict.fromkeys(("first_seen", "last_seen", "changed_at", "withdrawn_at"), Kind.TIME),
    **dict.fromkeys(("published", "event_from", "event_to", "first_at", "last_at"), Kind.DATE),
    "captured_at": Kind.TIME,
    "stale": Kind.FLAG,
}


def _column(name: str) -> Column:
    return Column(name, _KINDS.get(name, Kind.TEXT), heading=name)


class Table(StrEnum):
    """What the rows of an export are."""

    ARTICLES = "articles"
    FACTS = "facts"
    PROJECTS = "projects"
    VERSIONS = "versions"


_OF_ARTICLES = (*PLAIN_COLUMNS, "tags", "industries", "places", "investors", "invested")
COLUMNS: Mapping[Table, Sequence[Column]] = {
    Table.ARTICLES: [_column(name) for name in _OF_ARTICLES],
    Table.FACTS: [_column(field.name) for field in fields(SourcedFact)],
    Table.PROJECTS: [_column(field.name) for field in fields(StoredProject)],
    Table.VERSIONS: [_column(field.name) for field in fields(ArticleVersion)],
}
# JSON has room for all that is known of a notice.
JSON_COLUMNS: Mapping[Table, Sequence[Column]] = {
    **COLUMNS,
    Table.ARTICLES: [
        replace(_column(field.name), kind=Kind.OBJECT) for field in fields(StoredArticle)
    ],
}
