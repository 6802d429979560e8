"""Where in its container a body begins and ends: below title and labels, above what follows."""

from __future__ import annotations

import re

from cqcrawler.reading.body.container import COMMENTS, LONGEST_HEAD, names_neighbour
from cqcrawler.reading.body.flow import Flow, follow
from cqcrawler.reading.body.scores import Container
from cqcrawler.reading.labels.label_lines import POSTED
from cqcrawler.reading.labels.tags import TOPIC, tag_words
from cqcrawler.reading.page.lines import Lines
from cqcrawler.reading.title.candidate import TitleCandidate
from cqcrawler.text.prose import length_of_prose, reads_like_prose
from cqcrawler.text.words import any_word

# In lines: labels begin so close below the title, and lie no further apart than this.
_LONGEST_PARTICULARS = 10
_PARTICULARS_GAP = 3
_MOST_TAGS = 10
# A heading of comments has a link, a time or a button among the next lines (so many of them), and
# no more than the length of a comment, in characters, above that.
_LONGEST_COMMENTS_HEADING = 12
_OF_COMMENT = re.compile(rf"{any_word('comment_button')}[\W\d]*|.{{0,24}}(?:[时天钟]前|\d:\d\d)")
_FIRST_COMMENT, _COMMENT_LENGTH = 6, 80
# A date without its year, with the name of who posted it before it, or counts and a source behind
# it, but no event.
_LOOSE_DATE = re.compile(
    rf"(?:(?!.{{0,12}}(?:{any_word('date_noun')}|\d月))[\w·@ ]{{2,12}}?(?<!\d)\W{{0,3}})?"
    r"(?:(?:\d\d?[-/]\d\d?|\d\d?月\d\d?日|[今昨前]天)\s?\d\d?:\d\d|\d\d?\s?(?:分钟|小时|天)前)"
    r"(?::\d\d)?\W{0,3}"
    rf"(?:{any_word('count', 'source', 'author', 'beside_loose_date')}.{{0,20}})?$"
)
_BUTTONS = re.compile(rf"(?:{any_word('comment_button', 'comment_button_of_forum')}|[\W\d])+")
_BUTTON_WITHIN = 3
# Who wrote the posts of a forum, and when.
_REPLY = re.compile(rf"(?:{any_word('author', 'post')}|发表).*\d:\d\d|\d:\d\d.*{any_word('post')}")


def find_body(
    page: Lines,
    container: Container,
    title: TitleCandidate | None,
) -> Flow:
    """Return the text of the container: it begins below its title and labels, and ends where the
    notice does."""
    top = title.end if title and title.end <= container.first else container.start
    text = title.text if title else ""
    particulars = _below_labels(page, text, top, container.first)
    comments = _comments(page, container)
    below = comments if comments is not None else _neighbours(page, container)
    if below is not None:
        container = _above(page, container, below)
    begin = _begin(page, container, particulars)
    return follow(page, container, begin, particulars, title, comments)


def _comments(page: Lines, container: Container) -> int | None:
    """The line where comments of readers begin below the text in the same element."""
    inside = (i for i in page.label_lines if container.first < i < container.end)
    replies = [i for i in inside if _is_reply(page, i)]
    reply = replies[0] if len(replies) > 1 else container.end
    for i in range(container.first + 1, container.end):
        is_short = len(page.texts[i]) <= _LONGEST_COMMENTS_HEADING
        if i == reply or (is_short and _heads_comments(page, i)):
            return i
    return None


def _neighbours(page: Lines, container: Container) -> int | None:
    """The line that names the neighbours of the notice, if most sentences stand above it."""
    for i in range(container.first + 1, container.last):
        if page.linked[i] and names_neighbour(page.texts[i]):
            above = length_of_prose(page.texts[container.first : i])
            below = length_of_prose(page.texts[i : container.last + 1])
            return i if above > below else None
    return None


def _above(page: Lines, container: Container, line: int) -> Container:
    above = range(min(line - 1, container.last), container.first, -1)
    last = next((j for j in above if reads_like_prose(page.texts[j])), container.first)
    return container._replace(end=line, last=last)


def _is_reply(page: Lines, line: int) -> bool:
    """Whether a line of labels tells when someone else wrote below the text, or beside it."""
    text = page.texts[line]
    if POSTED.match(text):
        return True
    return page.linked[line] > 0 and (bool(_REPLY.search(text)) or _is_answered(page, line))


def _is_answered(page: Lines, line: int) -> bool:
    """Whether a button to answer stands close below a line."""
    below = range(line + 1, min(line + 1 + _BUTTON_WITHIN, len(page.texts)))
    return any(page.is_link(i) and _BUTTONS.fullmatch(page.texts[i]) for i in below)


def _heads_comments(page: Lines, line: int) -> bool:
    if page.is_link(line) or not COMMENTS.fullmatch(page.texts[line]):
        return False  # a button that leads to the comments stands above texts too
    below = range(line, min(line + _FIRST_COMMENT, len(page.texts)))
    marks = (
        i in page.label_lines or page.linked[i] or _OF_COMMENT.fullmatch(page.texts[i])
        for i in below
    )
    end = next((i for i, marked in zip(below, marks, strict=True) if marked), None)
    return end is not None and sum(map(len, page.texts[line + 1 : end])) <= _COMMENT_LENGTH


def _below_labels(page: Lines, title: str, top: int, first: int) -> int:
    """Return the line below the labels and tags that follow the title's end `top`, or `first`."""
    top = _tags_end(page, top, first)
    top = _particulars_end(page, title, top, first)
    return _tags_end(page, top, first)


def _particulars_end(page: Lines, title: str, top: int, first: int) -> int:
    """Return the end of the labels below the title, over tags, subtitles and the title once more
    between them; a date without its year is one where none stands above it."""
    end, reach = top, top + _LONGEST_PARTICULARS
    for i in range(top, first):
        if i >= reach:
            break
        if i in page.label_lines or (end == top and _LOOSE_DATE.match(page.texts[i])):
            end, reach = i + 1, i + 1 + _PARTICULARS_GAP
        elif page.texts[i] == title:
            reach = i + 1 + _PARTICULARS_GAP
    return end


def _tags_end(page: Lines, top: int, first: int) -> int:
    """Return the end of the tags from `top` on; without a topic among them, words on lines of
    their own may as well be headings or verses, and many words a list of names."""
    end = top
    tags: list[str] = []
    while end < first and (words := tag_words(page, end)):
        end += 1
        tags += words
    are_tags = end - top < len(tags) <= _MOST_TAGS or any(map(TOPIC.search, tags))
    return end if are_tags else top


def _begin(page: Lines, container: Container, particulars: int) -> int:
    """Go up from the first sentence over headings and short lines, as far as the labels.

    A link on the way says that what lies above belongs to the page; short lines outside the
    container belong to the notice only if they lead up to its labels without one.
    """
    begin = container.first
    for i in range(container.first - 1, particulars - 1, -1):
        if page.linked[i]:
            return begin
        if i >= container.start or reads_like_prose(page.texts[i]):
            begin = i
    return particulars if container.first - particulars <= LONGEST_HEAD else begin
