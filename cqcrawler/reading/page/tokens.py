"""Markup cut into tags and the texts between them: tokens of HTML, without a tree.

The lines that a reader sees need no tree, and building one takes twice as long as all the rest
of reading. Tokens lose no text either, where libxml2 drops what lies too deep, in too large a
node or behind a stray end tag, and take time linear in the size of the page.

They begin and end where the HTML Living Standard says (section 13.2.5), except where a page is
cut off: browsers show nothing behind an attribute or a comment that never ends, and we do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape
from html.entities import html5
from typing import NamedTuple

from cqcrawler.text.normalize import collapse


def _name(letters: str) -> str:
    """A pattern for the name of a tag, or its rest. Patterns without regard to case have no fast
    search."""
    return "".join(f"[{letter}{letter.upper()}]" for letter in letters) + rf"(?=[{_SPACE}/>])"


# Possessive quantifiers keep all of these linear.
_SPACE = r"\t\n\f\r\x20"
_ATTRIBUTE = rf"""[^{_SPACE}/>=]++
    (?: [{_SPACE}]*+ = [{_SPACE}]*+ (?: "[^"]*+" | '[^']*+' | [^{_SPACE}>]*+ ) )?+"""
# Most attributes are written as in the first line, and most tags end behind them.
_ATTRIBUTES = rf"""
    (?: \x20[^{_SPACE}/>=]++="[^"]*+" )*+
    (?: (?=>) | (?: [{_SPACE}/]++ (?: {_ATTRIBUTE} )?+ | {_ATTRIBUTE} | = )*+ )"""
_CRIPT, _TYLE = _name("cript"), _name("tyle")
# A comment inside a script, up to its end or to the end tag of the script, which is none behind
# another script that began in the comment.
_COMMENT_IN_SCRIPT = rf"""
    !--(?!-?>) (?: [^<-]++ | -(?!->) | <(?!/?[sS]{_CRIPT})
        | <(?!/) (?: [^<-]++ | -(?!->) | <(?!/[sS]{_CRIPT}) )++ (?: <(?=/) | (?=-) | \Z ) )*+"""


def _tokens(attributes: str) -> re.Pattern[str]:
    """A pattern for what holds no markup and nothing for readers, and for tags, which it captures
    between their brackets. Scripts and style sheets last up to the end of the page where they
    lack their own."""
    return re.compile(
        rf"""
        <(?: [sS](?: {_CRIPT}{attributes}> [^<]*+
                        (?: <(?!/[sS]{_CRIPT}) (?: {_COMMENT_IN_SCRIPT} )?+ [^<]*+ )*+
                   | {_TYLE}{attributes}> [^<]*+ (?: <(?!/[sS]{_TYLE}) [^<]*+ )*+
                   ) (?: <[^>]*+> )?+
           | !--(?: -?> | [^-]*+ (?: -(?!-!?>) [^-]*+ )*+ --!?> )
           | ( [a-zA-Z][^{_SPACE}/>]*+ {attributes}
             | / (?: [^>=]*+ (?=>) | [a-zA-Z][^{_SPACE}/>]*+ {attributes} | [^>]*+ )
             | [!?][^>]*+
             ) (?: > | \Z ) )
        """,
        re.VERBOSE,
    )


_TOKEN = _tokens(_ATTRIBUTES)
# For the rest of a page whose quotation marks do not pair up.
_TOKEN_WITHOUT_QUOTES = _tokens("[^>]*+")
_UNFINISHED = re.compile("<(?=[a-zA-Z/!?]|$)")
_TAG_NAME = re.compile(rf"/?[a-zA-Z][^{_SPACE}/>]*+|[/!?]")
_NAMED_VALUE = re.compile(
    rf"""(=?+[^{_SPACE}/>=]++|=)
    (?: [{_SPACE}]*+ = [{_SPACE}]*+ (?: "([^"]*+)" | '([^']*+)' | ([^{_SPACE}>]*+) ) )?+""",
    re.VERBOSE,
)
# `&currentPage=2` in an address is no `&curren;`.
_REFERENCE = re.compile(r"&(?:#\w++;?+|([a-zA-Z][a-zA-Z0-9]*+;?+)(?!=))")
# In characters: what a tag has beyond this is an embedded image.
_LONGEST_TAG = 20_000

# Elements of raw text that readers see, and those that they do not.
RAW_TEXT = ("xmp", "plaintext")
UNSEEN_RAW_TEXT = ("title", "noscript", "noframes", "noembed", "iframe", "textarea")
_RAW_TEXT_ENDS = {
    **{name: re.compile(f"</{_name(name)}[^>]*+>") for name in UNSEEN_RAW_TEXT},
    "xmp": re.compile(rf"</{_name('xmp')}[^>]*+>|\Z"),
    "plaintext": re.compile(r"\Z"),
}
_ANY_TAG = re.compile("<[a-zA-Z/][^>]*+>")


def split_markup(markup: str) -> tuple[list[str], list[str | None]]:
    """Cut a page into texts and the tags behind them, as written between their brackets.

    In place of a comment, a script or a style sheet stands None; there is one text more than
    tags. Entities stay as they are, and raw text is cut like any other: see `escape_raw_text`.
    """
    markup = _without_loose_ends(markup)
    pieces = _TOKEN.split(markup)
    # A quotation mark that is never closed may hide the last `>`.
    if len(pieces) > 1 and pieces[-2] and markup.endswith(f"<{pieces[-2]}"):
        *pieces, text, tag, _ = pieces
        first, *others = _TOKEN_WITHOUT_QUOTES.split(f"<{tag}")
        pieces += [text + first, *others]
    return pieces[::2], pieces[1::2]


class TagPlace(NamedTuple):
    """Where a tag stands in a page, with its name in lower case; that of an end tag begins with a
    slash. A script or a style sheet is a single one, `is_whole`, with all that it holds."""

    start: int
    end: int
    name: str
    is_whole: bool = False


def tag_places(markup: str) -> tuple[str, list[TagPlace]]:
    """Return a page without what its end cuts off, and where its tags stand."""
    markup = _without_loose_ends(markup)
    found = []
    for token in _TOKEN.finditer(markup):
        start, end = token.span()
        if token[1]:
            found.append(TagPlace(start, end, name_of(token[1])))
        elif not markup.startswith("<!", start):
            name = "script" if markup[start + 2] in "cC" else "style"
            found.append(TagPlace(start, end, name, is_whole=True))
    return markup, found


def _without_loose_ends(markup: str) -> str:
    """Return a page without a comment or a tag that the end of the page cuts off."""
    # A comment without an end hides the rest of the page in browsers, but not from us.
    last_end = markup.rfind("-->") + 1
    if markup.find("<!--", last_end) >= 0:
        last_end = max(last_end, markup.rfind("--!>", last_end) + 1)
        markup = markup[:last_end] + markup[last_end:].replace("<!--", "")
    # Behind the last `>` there is no tag, and to look for one at every `<` takes quadratic time.
    # One that the end of the page cuts off is no text.
    last_end = markup.rfind(">") + 1
    if "<" in markup[last_end:]:
        rest = _UNFINISHED.split(markup[last_end:], maxsplit=1)[0]
        markup = markup[:last_end] + rest.replace("<", "&lt;")
    return markup


def escape_raw_text(markup: str) -> str:
    """Return a page in which no tag, comment or script begins inside an element of raw text: those
    that are shown become `<pre>`, titles without the tags in them, the others without text."""
    markup = _without_loose_ends(markup)
    ends = dict(_RAW_TEXT_ENDS)
    done: list[str] = []
    at = 0
    while token := _TOKEN.search(markup, at):
        name = name_of(token[1])
        end = ends[name].search(markup, token.end()) if name in ends else None
        done.append(markup[at : token.start()])
        if end:
            done.append(_escaped(token[1], name, markup[token.end() : end.start()]))
        else:
            ends.pop(name, None)  # the next one has no end either
            done.append(token[0])
        at = (end or token).end()
    return "".join([*done, markup[at:]])


def is_text_area(tag: str) -> bool:
    """Whether a tag begins a field of a form that holds text to be read rather than filled in."""
    return name_of(tag) == "textarea" and "readonly" in read_attributes(tag)


def _escaped(tag: str, name: str, text: str) -> str:
    if is_text_area(tag):
        return f"<pre{tag[len(name) :]}>{text.replace('<', '&lt;')}</pre>"
    if name in RAW_TEXT:
        return f"<pre>{escape(text)}</pre>"
    if name == "title":
        return f"<title>{_ANY_TAG.sub('', text).replace('<', '&lt;')}</title>"
    return f"<{name}></{name}>"


def read_attributes(tag: str) -> dict[str, str]:
    """Return the attributes of a tag, names in lower case; those without a value have none."""
    found: dict[str, str] = {}
    start = _TAG_NAME.match(tag)
    for name, *values in _NAMED_VALUE.findall(tag, start.end() if start else 0, _LONGEST_TAG):
        value = "".join(values)
        if "&" in value:
            value = _REFERENCE.sub(_resolve, value)
        found.setdefault(name.lower(), collapse(value))
    return found


def exact_attributes(tag: str) -> dict[str, str]:
    """Return the attributes of a tag with their values as they are, however long: what is sent
    back to the server must be what it wrote."""
    found: dict[str, str] = {}
    start = _TAG_NAME.match(tag)
    for name, *values in _NAMED_VALUE.findall(tag, start.end() if start else 0):
        found.setdefault(name.lower(), _REFERENCE.sub(_resolve, "".join(values)))
    return found


def _resolve(reference: re.Match[str]) -> str:
    """Return the text of a character reference in a value."""
    name = reference[1]
    return html5.get(name, reference[0]) if name else unescape(reference[0])


def name_of(tag: str | None) -> str:
    """Return the name of a tag in lower case; that of an end tag begins with a slash."""
    named = _TAG_NAME.match(tag) if tag else None
    return named[0].lower() if named else ""


def text_behind(texts: Sequence[str], tags: Sequence[str | None], at: int, name: str) -> str:
    """Return the text on one line behind the tag at an index, of an element that does not nest:
    up to its end tag, or to the next of its kind."""
    stop = at + 1
    while stop < len(tags) and name_of(tags[stop]) not in (name, f"/{name}"):
        stop += 1
    return collapse(unescape("".join(texts[at + 1 : stop + 1])))
