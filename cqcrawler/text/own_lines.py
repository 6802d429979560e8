"""The lines that one portal prints around its notices, as its own file names them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from cqcrawler.text.normalize import comparison_key
from cqcrawler.text.traditional import fold

# In characters of a key: what is shorter may stand in any text.
SHORTEST = 4


@dataclass(frozen=True)
class OwnLines:
    """What a portal prints on its notices and is no part of them.

    `file` is the name of the portal's file, which readers of the archive see as the rule. `lines`
    are taken out wherever they stand as lines of their own, `title_ends` where a title ends with
    them. Of lines, spacing, width and case do not count.
    """

    file: str = ""
    lines: tuple[str, ...] = ()
    title_ends: tuple[str, ...] = ()

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of the lines."""
        return frozenset(map(key_of, self.lines))

    @property
    def digest(self) -> str:
        """Eight characters that change with what is taken out; empty where nothing is."""
        if not (self.lines or self.title_ends):
            return ""
        said = (sorted(self.keys), sorted(self.title_ends))
        return sha256(repr(said).encode()).hexdigest()[:8]

    def without_end(self, title: str) -> str:
        """Return a title without what the portal puts behind it; one of nothing else stays."""
        end = next((each for each in self.title_ends if title.endswith(each)), "")
        return title.removesuffix(end).rstrip() or title


NO_LINES = OwnLines()


def key_of(line: str) -> str:
    """Return what two copies of a line share."""
    return comparison_key(fold(line))
