"""What stands in the text's column and is not in the body, each line with the rule that says why.

So that reading loses nothing in silence: title, body and these are all lines from the title to
the end of the column. (The page's own head, menus and foot are in the raw page.)
"""

from __future__ import annotations

from collections.abc import Iterable

from cqcrawler.models import RemovedParagraph
from cqcrawler.reading.body.flow import ASIDE, BELOW, LINK, UNLIKE, Flow
from cqcrawler.reading.page.lines import Lines
from cqcrawler.reading.title.candidate import TitleCandidate
from cqcrawler.text.boilerplate import match_either
from cqcrawler.text.normalize import strip_invisible
from cqcrawler.text.prose import is_plainly_prose

TITLE, LABELS, ABOVE = "title", "label line", "above the text"
SENTENCES = "sentences in the column of the text are not in the body"
# What such a rule leaves out may be text after all; a whole sentence in a link of its own too.
_DOUBTFUL = frozenset((ABOVE, BELOW, LINK, ASIDE, UNLIKE))


def left_out(page: Lines, text: Flow, title: TitleCandidate | None) -> list[RemovedParagraph]:
    """Return the lines below the title that are in the column and not in the body."""
    kept, rules, texts = set(text.lines), text.left_out, page.texts
    first = text.lines[0] if text.lines else text.end
    column = range(min(title.end, first) if title else first, text.end)
    return [
        RemovedParagraph(
            at, rules.get(i) or _rule(page, i, first, title), strip_invisible(texts[i])
        )
        for at, i in enumerate(column)
        if i not in kept
    ]


def _rule(page: Lines, line: int, first: int, title: TitleCandidate | None) -> str:
    """What a line is that the text was not looked for in; its first line is `first`."""
    words = page.texts[line]
    if title and words == title.text:
        return TITLE
    if known := match_either(words):
        return known.name
    if page.is_link(line):
        return LINK
    if line in page.label_lines:
        return LABELS
    return ABOVE if line < first else BELOW


def holds_sentences(lines: Iterable[RemovedParagraph]) -> bool:
    """Whether any line that was left out for where it stands is a sentence."""
    return any(line.rule in _DOUBTFUL and is_plainly_prose(line.text) for line in lines)
