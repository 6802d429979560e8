"""Markup cut into tags and the texts between them: tokens of HTML, without a tree.

The lines that a reader sees need no tree, and building one takes twice as long as all the rest
of reading. Tokens lose no text either, where libxml2 drops what lies too deep, in too large a
node or behind a stray end tag, and take time linear in the size of the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from cqcrawler.text.normalize import collapse

# The name of a tag, with a slash before it where it is an end tag; what follows up to its end; and
# the value of a `style` in it, which the pattern may as well find on its way.
# A `>` inside a quoted value ends no tag, and a quotation mark begins a value only behind `=`.
# The possessive quantifiers keep this linear.
_TAG = re.compile(
    r"""<([a-zA-Z/!?][a-zA-Z0-9:_-]*+)
        ([^>=]*+
          (?:=
            (?:(?<=tyle=|TYLE=)("[^"]*+"|'[^']*+'|[^\s"'>]*+)|"[^"]*+"|'[^']*+'|)
          [^>=]*+)*+)
        >""",
    re.VERBOSE,
)
# What holds text that is no markup, and nothing for readers: comments, scripts and style sheets.
# Letters are paired because patterns without regard to case have no fast search.
_RAW = re.compile("<(?:!--|[sS](?:[cC][rR][iI][pP][tT]|[tT][yY][lL][eE]))")
_SCRIPT_END = re.compile("</[sS][cC][rR][iI][pP][tT]")
_STYLE_END = re.compile("</[sS][tT][yY][lL][eE]")
# A name is looked at from its first character only, or one of very many characters takes quadratic
# time.
_ATTRIBUTE = re.compile(
    r"""(?<![^\s"'<>/=])([^\s"'<>/=]++)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
)
# Beyond this a tag has nothing but an embedded image.
_LONGEST_TAG = 20_000

# How many pieces a tag makes with the text before it.
WIDTH = 4


def split_markup(markup: str) -> list[str]:
    """Return each text, with the name, the attributes and the style of the tag behind it; a text
    last.

    The name of an end tag begins with a slash; the attributes are what stands between the name
    and the bracket; the style is the value of that attribute as written, or None. Entities stay
    as they are.
    """
    # Behind the last `>` there is no tag, and to look for one at every `<` takes quadratic time.
    end = markup.rfind(">") + 1
    if "<" not in markup[end:]:
        return _TAG.split(markup)
    pieces = _TAG.split(markup[:end])
    pieces[-1] += markup[end:]
    return pieces


def without_raw(markup: str) -> str:
    """Cut out comments, scripts and style sheets, but for the end tags of these.

    From the left, as each may hold the others' signs.
    """
    kept = []
    start = 0
    last_comment_end = markup.rfind("-->")
    while opening := _RAW.search(markup, start):
        kept.append(markup[start : opening.start()])
        start = opening.end()
        if opening[0] != "<!--":
            closing = (_STYLE_END if opening[0][2] in "tT" else _SCRIPT_END).search(markup, start)
            if closing is None:
                return "".join(kept)
            start = closing.start()
        elif start <= last_comment_end:
            start = markup.find("-->", start) + 3
        # else a comment without an end hides the rest of the page in browsers, but not from us
    kept.append(markup[start:])
    return "".join(kept)


def read_attributes(attributes: str) -> dict[str, str]:
    """Return the attributes of a tag that have a value, names in lower case."""
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(attributes, 0, _LONGEST_TAG):
        found.setdefault(name.lower(), collapse(unescape("".join(values))))
    return found


def text_behind(pieces: Sequence[str], at: int, name: str) -> str:
    """Return the text on one line behind the tag named in `pieces[at]`, of an element that does
    not nest: up to its end tag, or to the next of its kind."""
    stop = at + WIDTH
    while stop < len(pieces) and pieces[stop].lower() not in (name, f"/{name}"):
        stop += WIDTH
    return collapse(unescape("".join(pieces[at + WIDTH - 1 : stop : WIDTH])))
