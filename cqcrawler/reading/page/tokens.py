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

_SCRIPT, _STYLE = "[cC][rR][iI][pP][tT]", "[tT][yY][lL][eE]"
# What holds no markup and nothing for readers: scripts and style sheets, up to the end of the page
# where they lack their own, and comments; and tags, between their brackets. A `>` inside a quoted
# value ends no tag, and a quotation mark begins a value only behind `=`. Letters are paired because
# patterns without regard to case have no fast search; possessive quantifiers keep this linear.
_TOKEN = re.compile(
    rf"""
    <(?: [sS](?: {_SCRIPT} [^<]*+ (?: <(?!/[sS]{_SCRIPT}) [^<]*+ )*+
               | {_STYLE} [^<]*+ (?: <(?!/[sS]{_STYLE}) [^<]*+ )*+ ) (?: <[^>]*+> )?+
       | !--[^-]*+ (?: -(?!->) [^-]*+ )*+ -->
       | ( [a-zA-Z/!?] [^>=]*+ (?: = (?: "[^"]*+" | '[^']*+' | ) [^>=]*+ )*+ )> )
    """,
    re.VERBOSE,
)
_UNFINISHED = re.compile("<(?=[a-zA-Z/!?]|$)")
_NAME = re.compile("[a-zA-Z/!?][a-zA-Z0-9:_-]*+")
# A name is looked at from its first character only, or one of very many characters takes quadratic
# time.
_ATTRIBUTE = re.compile(
    r"""(?<![^\s"'<>/=])([^\s"'<>/=]++)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
)
# In characters: what a tag has beyond this is an embedded image.
_LONGEST_TAG = 20_000


def split_markup(markup: str) -> tuple[list[str], list[str | None]]:
    """Cut a page into texts and the tags behind them, as written between their brackets.

    In place of a comment, a script or a style sheet stands None; there is one text more than
    tags. Entities stay as they are.
    """
    # A comment without an end hides the rest of the page in browsers, but not from us.
    last_end = markup.rfind("-->") + 1
    if markup.find("<!--", last_end) >= 0:
        markup = markup[:last_end] + markup[last_end:].replace("<!--", "")
    # Behind the last `>` there is no tag, and to look for one at every `<` takes quadratic time.
    # One that the end of the page cuts off is no text.
    last_end = markup.rfind(">") + 1
    if "<" in markup[last_end:]:
        rest = _UNFINISHED.split(markup[last_end:], maxsplit=1)[0]
        markup = markup[:last_end] + rest.replace("<", "&lt;")
    pieces = _TOKEN.split(markup)
    return pieces[::2], pieces[1::2]


def read_attributes(attributes: str) -> dict[str, str]:
    """Return the attributes of a tag that have a value, names in lower case."""
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(attributes, 0, _LONGEST_TAG):
        found.setdefault(name.lower(), collapse(unescape("".join(values))))
    return found


def name_of(tag: str | None) -> str:
    """Return the name of a tag in lower case; that of an end tag begins with a slash."""
    named = _NAME.match(tag) if tag else None
    return named[0].lower() if named else ""


def text_behind(texts: Sequence[str], tags: Sequence[str | None], at: int, name: str) -> str:
    """Return the text on one line behind the tag at an index, of an element that does not nest:
    up to its end tag, or to the next of its kind."""
    stop = at + 1
    while stop < len(tags) and name_of(tags[stop]) not in (name, f"/{name}"):
        stop += 1
    return collapse(unescape("".join(texts[at + 1 : stop + 1])))
