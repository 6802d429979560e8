"""Lines that a portal prints around its notices: the rules, and the line that each one matches.

The rules are data, in `resources/boilerplate.toml`, which also explains them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources

from cqcrawler.text.normalize import comparison_key
from cqcrawler.text.traditional import fold
from cqcrawler.text.words import any_word, load_groups, word_list

# In characters: longer lines are text, or a statement of the site's; and the longest statement.
_LONGEST_LINE = 120
_LONGEST_STATEMENT = 1500
# The lines of a page or two: several steps of reading ask about the same line.
_REMEMBERED = 2048
# What a page gives its script to read aloud begins like this.
_NO_TEXT = ("：", "，", "。")
# Neither is what is marked as an advertisement, whatever sentences it has.
_MARKED = re.compile(rf"[【〖\[（(※★*][一-鿿]{{0,4}}{any_word('advertisement_mark')}[】〗\]）)※★*]")
# Most sentences hold no word of a statement, and looking for one costs less than the rules do: very
# little where every alternative begins with a letter rather than with a set of letters.
_STATES = re.compile(any_word("statement_word"))
# One that no rule knows: its length in characters, and how many kinds of claims it makes.
_LONGEST_CLAIMS, _CLAIMS = 160, 2
_SUBJECT = re.compile(any_word("statement_subject"))
_CLAIM = re.compile("|".join(f"({claim})" for claim in word_list("statement_claim")))
_SENTENCE = re.compile("[，。,]")  # Links of a foot have the same words.
# The terms of a contest, and what a law says, are no claims of the site.
_ELSEWHERE = re.compile(any_word("own_terms"))
# Brackets, bullets and the like on either side of a line.
_SIGNS = r"[\W_]{0,4}"


class Scope(StrEnum):
    """Where a line that a rule matches is boilerplate."""

    LINE = "line"
    PAIR = "pair"
    ALONE = "alone"
    MARK = "mark"
    AMID = "amid"
    BELOW = "below"
    HEAD = "head"
    DATE = "date"
    END = "end"
    STATEMENT = "statement"
    RUN = "run"
    FOOT = "foot"
    BESIDE_FOOT = "beside foot"
    LIST = "list"
    HEADING = "heading"
    TAGGED = "tagged"
    DATED = "dated"
    FIELD = "field"
    ATTACHMENT = "attachment"


# Lines with such rules are parts of the notice; the others head lists of other notices.
DETAILS = frozenset((Scope.FIELD, Scope.ATTACHMENT))
HEADINGS = frozenset((Scope.LIST, Scope.HEADING, Scope.RUN))
# Rules for lines that only the foot of a page has.
FOOT_MARKS = ("registration", "copyright")


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of line; `name` is what readers of the archive see, `pattern` matches its key."""

    name: str
    scope: Scope
    pattern: str = ""
    reason: str = ""
    examples: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()


# The rule for a statement that is known by its claims alone: likely, not sure.
BY_CLAIMS = Rule("statement", Scope.STATEMENT)


@cache
def load_rules() -> tuple[Rule, ...]:
    """Return the rules in their order."""
    source = resources.files("cqcrawler.resources").joinpath("boilerplate.toml")
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    shared = {name: group.words for name, group in load_groups().items()}
    words = {
        f"<{name}>": _any_of(sorted(members, key=len, reverse=True))
        for name, members in (shared | table["words"]).items()
    }
    return tuple(_rule(entry, words) for entry in table["rule"])


def _any_of(words: Sequence[str]) -> str:
    """A pattern for any of the words, which the engine leaves at once where none of them begins:
    it would try one after the other."""
    letters = "".join(dict.fromkeys(word[0] for word in words))
    return f"(?=[{letters}])(?:{'|'.join(words)})" if letters.isalnum() else "|".join(words)


def _rule(entry: Mapping[str, str], words: Mapping[str, str]) -> Rule:
    pattern = entry["pattern"]
    for name, alternatives in words.items():
        pattern = pattern.replace(name, alternatives)
    return Rule(
        name=entry["name"],
        scope=Scope(entry["scope"]),
        pattern=pattern,
        reason=entry["reason"],
        examples=tuple(entry["examples"]),
        keeps=tuple(entry["keeps"]),
    )


@lru_cache(_REMEMBERED)
def line_key(line: str) -> str:
    """Return what rules for lines are matched against, or nothing for a line that is text."""
    is_text = len(line) > _LONGEST_LINE or ("。" in line[:-1] and not _is_of_page(line))
    return "" if is_text else comparison_key(fold(line))


def _is_of_page(line: str) -> bool:
    return line.startswith(_NO_TEXT) or _MARKED.match(line) is not None


@lru_cache(_REMEMBERED)
def match_line(line: str) -> Rule | None:
    """Return the rule for a line, or None; a matter of the line alone."""
    key = line_key(line)
    return _match(key, statements=False) if key else None


@lru_cache(_REMEMBERED)
def match_statement(line: str) -> Rule | None:
    """Return the rule for a sentence in which the site speaks of itself, or None."""
    if len(line) > _LONGEST_STATEMENT or not _STATES.search(line := fold(line)):
        return None
    rule = _match(comparison_key(line), statements=True)
    return BY_CLAIMS if rule is None and _claims_much(line) else rule


def _claims_much(line: str) -> bool:
    """Whether a sentence makes several claims on a text, as no rule knows all wordings."""
    if len(line) > _LONGEST_CLAIMS or not _SENTENCE.search(line):
        return False
    if _ELSEWHERE.search(line) or not _SUBJECT.search(line):
        return False
    return len({match.lastindex for match in _CLAIM.finditer(line)}) >= _CLAIMS


def match_either(line: str) -> Rule | None:
    """Return the rule for a line or for a sentence in which the site speaks of itself, or None."""
    return match_line(line) or match_statement(line)


def _match(key: str, *, statements: bool) -> Rule | None:
    rules, pattern = _compiled(statements=statements)
    match = pattern.fullmatch(key)
    return rules[match.lastindex - 1] if match and match.lastindex else None


@cache
def _compiled(*, statements: bool) -> tuple[tuple[Rule, ...], re.Pattern[str]]:
    """Join the rules into one pattern with an empty group behind each: one around it would have to
    be entered to see that the rule does not match."""
    rules = tuple(rule for rule in load_rules() if (rule.scope is Scope.STATEMENT) == statements)
    groups = "|".join(f"(?:{rule.pattern})()" for rule in rules)
    return rules, re.compile(f"{_SIGNS}?(?:{groups}){_SIGNS}", re.VERBOSE)
