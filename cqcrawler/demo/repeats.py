"""What a portal's templates print by mistake: the same text again, as it was or nearly so."""

from __future__ import annotations

from enum import StrEnum

from cqcrawler.demo.notice import Notice


class Repeat(StrEnum):
    """How the printed paragraphs of a page differ from those of the notice."""

    NONE = "none"
    BLOCK = "block"  # everything but the lead, again below, as on the seed page
    SINGLE = "single"  # one paragraph twice in a row
    SPACED = "spaced"  # a copy with other white space
    WHOLE = "whole"  # the whole body twice
    WIDTH = "width"  # a copy with the other width of punctuation and digits
    LATER = "later"  # one paragraph again at the end
    TITLE = "title"  # the title above the body as a paragraph of it


_WIDE = "，：；（）？！０１２３４５６７８９％"
_NARROW = ",:;()?!0123456789%"
_OTHER_WIDTH = str.maketrans(_WIDE + _NARROW, _NARROW + _WIDE)
_BREATHING = str.maketrans({mark: f"{mark} " for mark in "，。、：,:"})


def repeat_of(notice: Notice) -> Repeat:
    """Every section meets every kind of repeat."""
    kinds = tuple(Repeat)
    return kinds[notice.number // 8 % len(kinds)]


def printed(notice: Notice) -> list[str]:
    """Return the paragraphs of `notice` as its page prints them, repeats and all."""
    body = list(notice.paragraphs)
    longest = max(body, key=len)
    here = body.index(longest) + 1
    match repeat_of(notice):
        case Repeat.BLOCK:
            return body + (body[1:] or body)
        case Repeat.WHOLE:
            return body + body
        case Repeat.SINGLE:
            return [*body[:here], longest, *body[here:]]
        case Repeat.LATER:
            return [*body, longest]
        case Repeat.SPACED:
            return [*body[:here], " " + longest.translate(_BREATHING), *body[here:]]
        case Repeat.WIDTH:
            return [*body, longest.translate(_OTHER_WIDTH)]
        case Repeat.TITLE:
            return [notice.title, *body]
        case _:
            return body
