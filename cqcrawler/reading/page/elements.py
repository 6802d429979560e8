"""What the tags of HTML do to the lines of a page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from cqcrawler.reading.page.tokens import is_text_area, name_of, read_attributes
from cqcrawler.reading.page.visibility import (
    EMPTY,
    NEVER_HIDDEN,
    NEVER_SHOWN,
    declarations,
    hides_all,
    letters,
    may_hide,
)

# Plain numbers, since looking up the members of an enumeration for every tag costs too much.
# From `END` on they end a line, from `BLOCK` on they begin one that an end tag ends. Faint elements
# hide letters that are not shown again inside (`styled.settle` finds these), and inline elements
# that a style makes lines last up to their own end tags (`styled.end_lines`).
(
    INLINE,
    BULLET,
    LINK,
    LINK_END,
    UNSEEN,
    IMAGE,
    META,
    FAINT,
    END,
    LINE,
    LINK_LINE,
    LINK_LINE_END,
    BREAK,
    UNSEEN_BLOCK,
    FAINT_BLOCK,
    BLOCK,
    HEADING,
    PREFORMATTED,
) = range(18)

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "ucaptitle"))
# Elements that begin and end a line (HTML Living Standard, rendering), and those that the UCAP
# system prints around a title and a body.
_BLOCKS = (
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h5 h6 header hgroup html legend li main menu "
    "nav ol p search section summary table caption tbody thead tfoot tr td th ul ucapcontent"
).split()
_PREFORMATTED = ("pre", "listing", "plaintext", "xmp")
# Beside what is never shown, what holds no words for readers: controls, images, films and frames,
# with what stands in for them. (A tree is not asked for these: many lack an end tag, so that a tree
# has the rest of the page inside of them; and pagers are made of controls.)
_UNSEEN = (
    *NEVER_SHOWN,
    *"select button iframe frameset object svg math canvas video audio map".split(),
    *"noframes noembed meter progress rp".split(),
)
# Those among them that show something, as images do.
FILMS = frozenset(("video", "object"))
# These are here for being frequent: whatever else there is has no role either.
_INLINE = "span b strong i em u font input label option link".split()
_ROLES = {
    **dict.fromkeys(_INLINE, INLINE),
    **dict.fromkeys(_BLOCKS, BLOCK),
    **dict.fromkeys(HEADINGS, HEADING),
    **dict.fromkeys(_PREFORMATTED, PREFORMATTED),
    **dict.fromkeys(("br", "hr"), BREAK),
    **dict.fromkeys(("meta", "base"), META),
    **dict.fromkeys(_UNSEEN, UNSEEN),
    **dict.fromkeys(("img", "embed"), IMAGE),
    "a": LINK,
}
_END_ROLES = {
    **{name: END for name, role in _ROLES.items() if role >= BLOCK},
    "a": LINK_END,
    # What stands behind a stray end of the page is text all the same.
    **dict.fromkeys(("br", "body", "html"), BREAK),
}
# Implied end tags: the elements that the beginning of another one ends, by its name.
_CELLS = ("p", "td", "th")
_ENDS = {
    **dict.fromkeys((*_BLOCKS, *HEADINGS, *_PREFORMATTED), ("p",)),
    "li": ("p", "li"),
    **dict.fromkeys(("dt", "dd"), ("p", "dt", "dd")),
    **dict.fromkeys(("td", "th"), _CELLS),
    "tr": (*_CELLS, "tr"),
    **dict.fromkeys(("tbody", "thead", "tfoot"), (*_CELLS, "tr", "tbody", "thead", "tfoot")),
}
# The end of an element inside a table ends none that began outside of it.
TABLE = frozenset("table caption tbody thead tfoot tr td th".split())
# How many open elements an end tag looks through for its own.
_REACH = 200
# Values of `display` that make lines of their own of elements that have none.
_LINES = re.compile(r"(?:-webkit-)?(?:block|flex|box|grid|table|list-item|flow-root)")
_HIDDEN = re.compile(r"""hidden(?<=[\s"'/]hidden)(?=[\s=/]|$)""")
_HIDING_ATTRIBUTE = re.compile(
    r"""(?<=[\s"'/])(?:hidden(?=[\s=/>]|$)|style\s*=\s*(?:"[^"]*+"|'[^']*+'|[^\s"'>]*+))""",
    re.IGNORECASE,
)
# An anchor without an address is a bookmark: Word leaves them around headings and names. With a
# handler it is a link to readers.
_ADDRESS = re.compile(
    r"""href\s*=\s*(?:["']\s*)?[^\s"'>]|\bon[a-z]+\s*=|click\s*=""", re.IGNORECASE
)
# How most links begin: to check this takes less time.
_OF_SOMEBODY = re.compile(r"""\bhref\s{0,3}=\s{0,3}["']?\s{0,3}(?:mailto|tel):[^?"'\s]""")
_LINKS = ('a href="/', 'a href="h', 'a href="j')
# Elements other than styled ones that may begin it: `<font face=Symbol>`, `<![if !supportLists]>`.
_MAY_MARK = ("font", "!")
# How Word writes the mark of a list's item: in a font of symbols (named first, or browsers would
# take another), or with a note of its own. `Wingdings 2` has the boxes of forms.
_BULLET = re.compile(
    r"""(?<![\w-])f(?:ont(?:-family)?\s*:(?:[^;,"]|&quot;){0,40}?|ace\s*=\s*["']?)\b
    (?:wingdings(?!\s*2)|webdings|symbol)\b | mso-list:\s*ignore | ^!\[if\s!supportlists""",
    re.VERBOSE,
)


# How many tags are remembered: those of ten pages; and how long they are at most, in characters.
_REMEMBERED, _LONGEST_REMEMBERED = 4096, 500

# What a tag does, the name of its element, and those that end where it begins.
Element = tuple[int, str, tuple[str, ...]]

# What comments and scripts do, and elements that end in the tag that begins them.
_NOTHING: Element = (INLINE, "", ())
_BY_NAME: dict[str | None, Element] = {
    None: _NOTHING,
    **{name: (role, name, _ENDS.get(name, ())) for name, role in _ROLES.items()},
    **{f"/{name}": (role, name, ()) for name, role in _END_ROLES.items()},
    **{f"/{name}": (INLINE, name, ()) for name in (*_UNSEEN, *_INLINE)},
}


class Elements(dict[str | None, Element]):
    """Elements by tags as written between their brackets. A page writes most tags many times, and
    the pages of a site share most of theirs: these are remembered from page to page, the last
    `most` of them or fewer."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._forget()

    def _forget(self) -> None:
        self.clear()
        self.update(_BY_NAME)
        self["a"] = _element("a")  # without an address

    def __missing__(self, tag: str | None) -> Element:
        element = _element(tag or "")
        if len(tag or "") <= _LONGEST_REMEMBERED:
            if len(self) >= self._most:
                self._forget()
            self[tag] = element
        return element


def _element(tag: str) -> Element:
    element = _BY_NAME.get(tag.partition(" ")[0])
    if element is None:
        name = name_of(tag)
        element = _BY_NAME.get(name) or (INLINE, name.removeprefix("/"), ())
    role, name, ends = element
    if name == "textarea" and is_text_area(tag):
        role = PREFORMATTED
    if IMAGE <= role <= META:  # these hold nothing that they could hide
        return element
    # Letters are put into lower case only where it matters: in all tags that takes too long.
    styled = "tyle" in tag or "TYLE" in tag
    if styled or "idden" in tag or "IDDEN" in tag:
        stated = tag.lower()
        if _may_hide(name, stated) and (hidden := _hidden_role(role, stated)) is not None:
            return hidden, name, ends
        if role <= LINK_END and _makes_line(stated):
            return (LINK_LINE if role == LINK and _is_link(tag) else LINE, name, ends)
    if role == LINK:
        return element if _is_link(tag) else (LINK_END, name, ends)
    if role == INLINE and (styled or name in _MAY_MARK) and _marks_item(tag.lower()):
        return (BULLET, name, ends)
    if role == UNSEEN and tag[-1] == "/" and _ends_itself(tag):
        return _NOTHING
    return role, name, ends


def _hidden_role(role: int, tag: str) -> int | None:
    """What a tag, in lower case, does if it hides its element; None if it does not."""
    if _hides_all(tag) or (role == UNSEEN and _hides_letters(tag)):
        return UNSEEN_BLOCK if role >= BLOCK else UNSEEN
    if _hides_letters(tag):
        return FAINT_BLOCK if role >= BLOCK else FAINT
    return None


def unstyled(tag: str) -> Element:
    """Return what a tag would do without its style."""
    return _element(_HIDING_ATTRIBUTE.sub("_", tag))


def ended(opened: Sequence[tuple[int, str, *tuple[Any, ...]]], name: str) -> int:
    """Return how many elements an end tag closes: its own and those inside; none if it is stray.

    `opened` are the open elements, of each its role, its name and what else is known of it.
    """
    for levels, (_, open_name, *_) in enumerate(islice(reversed(opened), _REACH), 1):
        if open_name == name:
            return levels
        if open_name in TABLE and (name not in TABLE or open_name == "table"):
            return 0
    return 0


def _is_link(tag: str) -> bool:
    return tag.startswith(_LINKS) or _has_address(tag)


def _has_address(tag: str) -> bool:
    """Whether the tag of an anchor makes it a link to a page: whom to write to or to call is text,
    but not the button that sends the page by mail."""
    if ":" in tag and _is_of_somebody(tag.lower()):
        return False
    value = tag.partition(' href="')[2]
    return value[:1] not in ('"', " ", "") or _ADDRESS.search(tag) is not None


def _is_of_somebody(tag: str) -> bool:
    """Whether a tag, in lower case, leads to a mailbox or a telephone."""
    return ("mailto:" in tag or "tel:" in tag) and _OF_SOMEBODY.search(tag) is not None


def _marks_item(tag: str) -> bool:
    """Whether what stands behind a tag, in lower case, may be the mark of a list's item."""
    may_mark = "dings" in tag or "symbol" in tag or "ignore" in tag or "!supp" in tag
    return may_mark and _BULLET.search(tag) is not None


def _ends_itself(tag: str) -> bool:
    """Whether the slash at the end of a tag ends its element, as XHTML writes it.

    Browsers heed it in drawings only. Elsewhere it may hide no more than elements that readers do
    not see: these often lack an end tag. Behind a value without quotation marks it is a part of
    the value.
    """
    return tag[-2:-1] in " \n\t'\"" or "=" not in tag


ELEMENTS = Elements(_REMEMBERED)


def hides(tag: str) -> bool:
    """Whether a tag hides its element, but for what is seen again inside."""
    stated = tag.lower()
    if "style" not in stated and "hidden" not in stated:
        return False
    name = name_of(stated)
    return _may_hide(name, stated) and (_hides_all(stated) or _hides_letters(stated))


def shown_anyway(tag: str | None) -> str | None:
    """Return a tag without what hides its element."""
    return _HIDING_ATTRIBUTE.sub("_", tag) if tag and hides(tag) else tag


def letters_of(tag: str) -> Mapping[str, bool]:
    """Return what a tag says of the letters inside, as `visibility.letters` does."""
    style = _style(tag) if "style" in tag.lower() else ""
    return letters(declarations(style)) if style else {}


def _makes_line(tag: str) -> bool:
    """Whether the style of a tag, in lower case, makes a line of its own of the element; what
    floats stands beside others."""
    if "display" not in tag or name_of(tag) in EMPTY:
        return False
    stated = declarations(_style(tag))
    floats = stated.get("float", "none") != "none"
    return not floats and _LINES.match(stated.get("display", "")) is not None


def _hides_all(tag: str) -> bool:
    """Whether a tag, in lower case, hides its element with all that it holds."""
    stated = read_attributes(tag)
    return "hidden" in stated or hides_all(declarations(stated.get("style", "")))


def _hides_letters(tag: str) -> bool:
    """Whether a tag, in lower case, hides the letters inside unless they are shown again."""
    return not all(letters_of(tag).values())


def _may_hide(name: str, tag: str) -> bool:
    # Most styles do not, and this check is quicker than to read the attributes.
    may = may_hide(tag) or "&#" in tag or ("hidden" in tag and _HIDDEN.search(tag) is not None)
    return may and name not in NEVER_HIDDEN and tag[0].isalpha()


def _style(tag: str) -> str:
    return read_attributes(tag).get("style", "")
