"""What the columns of an export hold, whatever the kind of file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from enum import Enum, auto

from cqcrawler.archive.articles.stored import PLAIN_COLUMNS, ArticleVersion, StoredArticle

Rows = Iterable[StoredArticle] | Iterable[ArticleVersion]

SEPARATOR = ";"

# What a spreadsheet takes for the beginning of a formula, in either width
# (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


class Kind(Enum):
    """DATE is an ISO date in Beijing time, TIME ISO 8601 in UTC; all but INTEGER may be None."""

    TEXT = auto()
    INTEGER = auto()
    DATE = auto()
    TIME = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """A field of the rows; what is text can be had with `text`, whatever it is in Python."""

    name: str
    kind: Kind


def text(value: object) -> str | None:
    """Return the text of a TEXT field; tags become one text, with `;` between them."""
    if isinstance(value, tuple):
        # No tag was seen with the separator in it; one would not come apart again.
        return SEPARATOR.join(tag.replace(SEPARATOR, "；") for tag in value)
    assert value is None or isinstance(value, str)
    return value


def is_formula(value: str) -> bool:
    """Whether a spreadsheet might run what a cell begins with."""
    return value.startswith(_FORMULA_STARTS)


_INTEGERS = {"id", "article_id", "run_id", "version", "body_chars"}
_TIMES = {"first_seen", "last_seen", "changed_at", "withdrawn_at", "captured_at"}


def _column(name: str) -> Column:
    if name in _INTEGERS:
        return Column(name, Kind.INTEGER)
    if name in _TIMES:
        return Column(name, Kind.TIME)
    return Column(name, Kind.DATE if name == "published" else Kind.TEXT)


ARTICLES: Sequence[Column] = [_column(name) for name in (*PLAIN_COLUMNS, "tags")]
VERSIONS: Sequence[Column] = [_column(field.name) for field in fields(ArticleVersion)]
