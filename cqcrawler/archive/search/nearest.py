"""What a name may have been meant for that names nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from cqcrawler.exceptions import QueryError

_MOST_NAMED = 3
# Of all that are known, what is like a name may be one of so many that are met most.
_MOST_COMPARED = 5_000


def unknown(what: str, name: str, known: Sequence[str]) -> QueryError:
    """Return the error for a name that is none of `known`: those like it, or else all."""
    like = alike(name, known)
    hint = f"did you mean {' or '.join(like)}?" if like else f"it is one of {', '.join(known)}"
    return QueryError(f"no {what} {name!r}: {hint}")


def not_held(db: sqlite3.Connection, what: str, name: str, table: str, column: str) -> QueryError:
    """Return the error for a name that no notice of the archive has: those like it, if any."""
    known = [
        str(row[0])
        for row in db.execute(
            f"""SELECT {column} FROM {table} WHERE {column} > ''
            GROUP BY 1 ORDER BY count(*) DESC LIMIT ?""",
            [_MOST_COMPARED],
        )
    ]
    like = alike(name, known)
    hint = f": did you mean {' or '.join(like)}?" if like else ""
    return QueryError(f"no {what} {name!r} in this archive{hint}")


def alike(name: str, known: Sequence[str]) -> list[str]:
    """Return what has the name in it, or else what is written like it, those first met most."""
    import difflib

    having = [other for other in known if name in other or other in name] if name else []
    return having[:_MOST_NAMED] or difflib.get_close_matches(name, known, n=_MOST_NAMED, cutoff=0.4)
