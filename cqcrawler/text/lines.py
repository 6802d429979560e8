"""The lines of an article while its surroundings are taken out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cqcrawler.text.boilerplate import DETAILS, Rule, Scope

TITLE = "title"


@dataclass(slots=True)
class Lines:
    """The lines of an article while its surroundings are taken out.

    By index: `rules` holds the rules that lines match, `stated` the rules for lines that say
    again what a field of the article says (`TITLE` is one), `gone` the names of the rules that
    took lines out.
    """

    texts: Sequence[str]
    rules: dict[int, Rule]
    stated: Mapping[int, str] = field(default_factory=dict)
    gone: dict[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.texts)

    def scope(self, i: int) -> Scope | None:
        """The scope of the rule for line `i`; None without a rule, and beyond the lines."""
        rule = self.rules.get(i)
        return rule.scope if rule else None

    def is_detail(self, i: int) -> bool:
        """Whether a rule knows line `i` for a part of the notice."""
        return self.scope(i) in DETAILS

    def take(self, i: int, name: str = "") -> None:
        """Take line `i` out under `name`, or under the name of its rule."""
        self.gone.setdefault(i, name or self.rules[i].name)

    def left(self, start: int, end: int) -> Iterator[int]:
        """The lines from `start` to `end` (exclusive) that are left."""
        return (i for i in range(start, end) if i not in self.gone)

    def beside(self, i: int, step: int = 1) -> int:
        """The next line that is left, or one beyond the lines."""
        i += step
        while i in self.gone:
            i += step
        return i
