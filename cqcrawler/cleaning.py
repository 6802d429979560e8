"""An article without what its page repeats and without what belongs to the portal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from cqcrawler.models import Article, RemovedParagraph
from cqcrawler.text.boilerplate import line_key, match_line
from cqcrawler.text.dates import find_dates
from cqcrawler.text.event_times import day_label, is_day_of_text, says_nothing_else, states_event
from cqcrawler.text.headline_tag import without_tags
from cqcrawler.text.lines import TITLE, Lines
from cqcrawler.text.normalize import comparison_key
from cqcrawler.text.own_lines import NO_LINES, OwnLines, key_of
from cqcrawler.text.repeats import find_repeats
from cqcrawler.text.surroundings import HEAD, take_single_lines, take_surroundings
from cqcrawler.text.traditional import fold

# In characters. A line that repeats a title this long is the title wherever it stands; a shorter
# one may be a heading in the text.
_LONG_TITLE = 20


def clean(article: Article, own: OwnLines = NO_LINES) -> Article:
    """Move repeated paragraphs and boilerplate lines from `paragraphs` to `removed`.

    First copies stay, in their order, and no paragraph changes: `restore` undoes it. An article
    that is clean already is restored first, so cleaning it again gives the same. `own` are the
    lines that its portal prints; what they take off the title stays in its evidence.
    """
    article = replace(article, title=own.without_end(article.title))
    lines = restore(article)
    left_out = {line.position for line in article.left_out}
    read = [i for i in range(len(lines)) if i not in left_out]
    rules = _find_removals([lines[i] for i in read], article, own)
    taken = (RemovedParagraph(read[i], rule, lines[read[i]]) for i, rule in rules.items())
    return replace(
        article,
        paragraphs=tuple(lines[position] for i, position in enumerate(read) if i not in rules),
        removed=tuple(sorted((*article.left_out, *taken), key=attrgetter("position"))),
    )


def restore(article: Article) -> tuple[str, ...]:
    """Return all lines of the text's column: the paragraphs and, in their places, what reading
    left out and what cleaning took out."""
    removed = {line.position: line.text for line in article.removed or article.left_out}
    kept = iter(article.paragraphs)
    count = len(article.paragraphs) + len(removed)
    return tuple(removed[i] if i in removed else next(kept) for i in range(count))


def _find_removals(texts: Sequence[str], article: Article, own: OwnLines) -> dict[int, str]:
    """Return the rule for every paragraph to take out, by its index."""
    keys = [line_key(text) for text in texts]
    stated = _stated_lines(article)
    lines = Lines(
        texts,
        rules={
            i: rule
            for i, text in enumerate(texts)
            if (rule := match_line(text))
            and not (rule.scope in HEAD and _dates_event(texts, i, article.published))
        },
        stated={i: stated[key] for i, key in enumerate(keys) if key in stated},
    )
    for i, text in enumerate(texts if own.keys else ()):
        if key_of(text) in own.keys:
            lines.take(i, own.file)
    for i, name in lines.stated.items():
        if name == TITLE and len(keys[i]) >= _LONG_TITLE:
            lines.take(i, name)
    take_single_lines(lines)
    left = list(lines.left(0, len(texts)))
    items = {rank: article.items[i] for rank, i in enumerate(left) if i in article.items}
    found = find_repeats([texts[i] for i in left], items)
    repeats = {left[rank]: rule for rank, rule in found.items()}
    lines.gone.update(repeats)
    take_surroundings(lines, repeats.keys())
    return lines.gone


def _dates_event(texts: Sequence[str], i: int, published: str | None) -> bool:
    """Whether a line that looks like a label says when something happens, or a speech was held."""
    if states_event(texts, i):
        return True
    if is_day_of_text(texts[i]):
        return published is not None and find_dates(texts[i])[0].date.isoformat() != published
    label = day_label(texts[i])
    days = find_dates(label.rest) if label and label.is_open and says_nothing_else(label) else ()
    return published is not None and any(day.date.isoformat() > published for day in days)


def _stated_lines(article: Article) -> dict[str, str]:
    """Return the lines that would only say what a field of the article says, by their keys."""
    labels = [article.region, article.source, article.author, *_dates(article.published)]
    lines: dict[str | None, str] = {
        **dict.fromkeys(labels, "label line"),
        article.section: "section line",
        **dict.fromkeys([*article.tags, "".join(article.tags)], "tag line"),
        article.title: TITLE,
        without_tags(article.title): TITLE,
    }
    return {comparison_key(fold(text)): name for text, name in lines.items() if text}


def _dates(published: str | None) -> Sequence[str]:
    if not published:
        return ()
    year, month, day = published.split("-")
    return (
        published,
        f"{year}年{month}月{day}日",
        f"{year}年{int(month)}月{int(day)}日",
    )
