"""Lists that only a script file knows how to ask for: it is read as a page of the list.

What is known of the list goes along in the address of the script (see `clue_address`), with the
scripts that are left: so one leads to the next until one tells the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cqcrawler.platforms.base import Part
from cqcrawler.platforms.canonical import clue_address, clue_of
from cqcrawler.platforms.scripts import Scripts
from cqcrawler.reading.page.document import Document

_OF, _LEFT = "of", "left"


def is_clue(document: Document, platform: str) -> bool:
    """Whether a document is a script file that may tell `platform` of a list."""
    return clue_of(document.page.url).get(_OF) == platform


def known_of(document: Document) -> dict[str, str]:
    """Return what was known of the list when this script was asked for."""
    known = clue_of(document.page.url)
    return {key: value for key, value in known.items() if key not in (_OF, _LEFT)}


def lead(
    document: Document,
    platform: str,
    known: Mapping[str, str],
    address: str | None,
    *,
    lacks: str,
    sure: bool = True,
) -> Part:
    """Return the part of a page without rows, or of one of its scripts, that leads to them.

    They are at `address`; without it, the scripts are asked that are left, with what is `known`.
    `lacks` says what nobody tells if none is left. Where it is not `sure` that there is more than
    the page shows, its scripts are asked only if it shows no rows.
    """
    asked = clue_of(document.page.url)
    files = asked.get(_LEFT, "").split() if asked else Scripts(document).files()
    following = address or _ask(files, platform, known) or ""
    if not sure:
        return Part(clue=following, is_shell=True) if following else Part()
    return Part(
        rows=() if asked else None,
        pages=(following,) if following else (),
        beyond="" if following else lacks,
        is_shell=True,
    )


def _ask(files: Sequence[str], platform: str, known: Mapping[str, str]) -> str | None:
    if not files:
        return None
    first, *left = files
    return clue_address(first, {_OF: platform, **known, _LEFT: " ".join(left)})
