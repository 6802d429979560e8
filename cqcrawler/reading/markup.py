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

# A `>` inside a quoted value ends no tag, and a quotation mark begins a value only behind `=`.
# The possessive quantifiers keep this linear.
_TAG = re.compile(r"""<([a-zA-Z/!?][^>=]*+(?:=(?:"[^"]*+"|'[^']*+'|)[^>=]*+)*+)>""")
# What holds text that is no markup, and nothing for readers: comments, scripts and style sheets.
# Letters are paired because patterns without regard to case have no fast search.
_RAW = re.compile("<(?:!--|[sS](?:[cC][rR][iI][pP][tT]|[tT][yY][lL][eE]))")
_SCRIPT_END = re.compile("</[sS][cC][rR][iI][pP][tT]")
_STYLE_END = re.compile("</[sS][tT][yY][lL][eE]")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


def split_markup(markup: str) -> list[str]:
    """Return texts and tags in turn, a text first and last; tags come without their brackets.

    Comments, scripts and style sheets are left out, but for their end tags. Entities stay as they
    are, but for `&nbsp;`, the most frequent by far.
    """
    markup = _without_raw(markup).replace("&nbsp;", "\xa0")
    # Behind the last `>` there is no tag, and to look for one at every `<` takes quadratic time.
    end = markup.rfind(">") + 1
    pieces = _TAG.split(markup[:end])
    pieces[-1] += markup[end:]
    return pieces


def _without_raw(markup: str) -> str:
    """Cut out comments, scripts and style sheets, from the left, as each may hold the others'
    signs."""
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


def attributes(tag: str) -> dict[str, str]:
    """Return the attributes of a tag that have a value, names in lower case."""
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(tag):
        found.setdefault(name.lower(), collapse(unescape("".join(values))))
    return found


def text_behind(pieces: Sequence[str], at: int, end: str) -> str:
    """Return the text on a line behind the tag `pieces[at]`, up to the next tag `end`."""
    stop = at + 2
    while stop < len(pieces) and not pieces[stop].lower().startswith(end):
        stop += 2
    return collapse(unescape("".join(pieces[at + 1 : stop : 2])))
