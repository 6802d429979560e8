"""What the words that one half of the gold uses are worth on the other half.

The modules of facts compile their words when they are imported, so each half is read in a process
of its own, whose vocabulary is cut before that.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.corpus import ROOT
from cqcrawler.facts import vocabulary
from cqcrawler.facts.sentences import narrowed
from cqcrawler.text.words import Group

# As in `fact_scores`, which cannot be imported before the words are cut.
Notice = dict[str, Any]

# Those that decide what a number is, and of which industry; all other files stay whole.
FILES = ("cues", "counted", "contexts", "industries")
# As `facts/context.py` has it: a digit of a word stands for any.
_DIGIT = re.compile("[1-9]")


def half_of(notice_id: str) -> int:
    """Return 0 or 1: the half that a notice belongs to, by the last figure of its number."""
    return int(re.sub(r"\D", "", notice_id)) % 2


def only_used(groups: Mapping[str, Group], texts: Iterable[str]) -> dict[str, Group]:
    """Return the groups with those words only that occur in a text, also within longer words."""
    used = _DIGIT.sub("0", "\n".join(texts))
    return {
        name: replace(group, words=tuple(w for w in group.words if _DIGIT.sub("0", w) in used))
        for name, group in groups.items()
    }


def read_with_words_of(gold: Path, half: int) -> list[Notice]:
    """Return what is read of the other half's notices, with the words of one half only."""
    command = [sys.executable, "-m", "benchmarks.fact_words", str(gold), str(half)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def count_words(notices: list[Notice]) -> tuple[int, int]:
    """Return how many words one half of the notices uses, the mean of both, and all there are."""
    known = [vocabulary.vocabulary(file) for file in FILES]
    texts = [_texts(notices, half) for half in (0, 1)]
    used = sum(_count(only_used(groups, some)) for groups in known for some in texts)
    return round(used / 2), sum(map(_count, known))


def _count(groups: Mapping[str, Group]) -> int:
    return sum(len(group.words) for group in groups.values())


def _texts(notices: Iterable[Notice], half: int) -> list[str]:
    return [
        narrowed(f"{notice['title']}\n{notice['body']}")
        for notice in notices
        if half_of(notice["id"]) == half
    ]


def _main(gold: str, half: str) -> None:
    notices = [json.loads(line) for line in Path(gold).read_text(encoding="utf-8").splitlines()]
    whole, texts = vocabulary.vocabulary, _texts(notices, int(half))
    cut = {file: only_used(whole(file), texts) for file in FILES}
    vocabulary.vocabulary = lambda file: cut.get(file) or whole(file)  # type: ignore[assignment]

    from benchmarks.fact_scores import predict  # Only now: its modules compile what words are left.

    for notice in notices:
        if half_of(notice["id"]) != int(half):
            print(json.dumps(predict(notice), ensure_ascii=False))


if __name__ == "__main__":
    _main(*sys.argv[1:])
