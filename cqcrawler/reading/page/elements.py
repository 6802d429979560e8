"""What the tags of HTML do to the lines of a page."""

from __future__ import annotations

import re

from cqcrawler.reading.page.tokens import name_of
from cqcrawler.reading.page.visibility import HIDING_STYLE, NEVER_HIDDEN, NEVER_SHOWN

# Plain numbers, since looking up the members of an enumeration for every tag costs too much.
# From `END` on they end a line, from `BLOCK` on they begin one that an end tag ends.
(
    INLINE,
    BULLET,
    LINK,
    LINK_END,
    IMAGE,
    UNSEEN,
    META,
    END,
    BREAK,
    UNSEEN_BLOCK,
    BLOCK,
    HEADING,
    PREFORMATTED,
) = range(13)

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
    *("noframes", "noembed"),
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
# Behind anything else the slash is the end of a value without quotation marks: `<a href=/>`.
_BEFORE_SLASH = (" ", "\n", "\t", "'", '"')
# Letters of no size hide words from readers. (They hide no list: to close the gaps between its
# rows, a list sets them to no size itself, and its rows have a size of their own.)
_HIDING_STYLE = re.compile(rf"""{HIDING_STYLE}|font-size\s*:\s*0(?:px|em|pt)?\s*(?:[;"']|$)""")
_STYLE = re.compile(r"""tyle=(?:"[^"]*+"|'[^']*+'|[^\s"'>]*+)""")
_HIDDEN = re.compile(r" hidden(?=[\s=/>]|$)")
# An anchor without an address is a bookmark: Word leaves them around headings and names. With a
# handler it is a link to readers.
_ADDRESS = re.compile(r"""href\s*=\s*(?:["']\s*)?[^\s"'>]|\bon[a-z]+\s*=|click\s*=""")
# How Word writes the mark of a list's item: in a font of symbols (named first, or browsers would
# take another), or with a note of its own. `Wingdings 2` has the boxes of forms.
_BULLET = re.compile(
    r"""(?<![\w-])f(?:ont(?:-family)?\s*:(?:[^;,"]|&quot;)*?|ace\s*=\s*["']?)\b
    (?:wingdings(?!\s*2)|webdings|symbol)\b | mso-list:\s*ignore | ^!\[if\s!supportlists""",
    re.VERBOSE,
)
_HIDING_ATTRIBUTE = re.compile(rf"{_STYLE.pattern}|{_HIDDEN.pattern}", re.IGNORECASE)


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
    """Elements by tags as written between their brackets: a page writes most of them many times."""

    def __init__(self) -> None:
        super().__init__(_BY_NAME)
        self["a"] = _element("a")  # without an address

    def __missing__(self, tag: str | None) -> Element:
        self[tag] = element = _element(tag or "")
        return element


def _element(tag: str) -> Element:
    stated = tag
    element = _BY_NAME.get(tag.partition(" ")[0])
    if element is None:
        stated = tag.lower()
        name = name_of(stated)
        element = _BY_NAME.get(name) or (INLINE, name.removeprefix("/"), ())
    role, name, ends = element
    may_hide = "tyle=" in stated or "TYLE=" in stated or " hidden" in stated
    if may_hide and _is_hidden(name, stated):
        element = (UNSEEN_BLOCK if role >= BLOCK else UNSEEN, name, ends)
    elif role == LINK and not _ADDRESS.search(tag.lower()):
        element = (LINK_END, name, ends)
    elif role == INLINE and _may_be_bullet(stated) and _BULLET.search(stated.lower()):
        element = (BULLET, name, ends)
    if role and tag[-1] == "/" and _ends_itself(role, tag[len(name) :]):
        element = _NOTHING
    return element


def _ends_itself(role: int, attributes: str) -> bool:
    """Whether the slash at the end of a tag ends its element, as XHTML writes it."""
    if role in (BREAK, META, IMAGE):
        return False
    return attributes[-2:-1] in _BEFORE_SLASH or "=" not in attributes


def _may_be_bullet(tag: str) -> bool:
    """Whether to look closer: most tags have none of these, and this is quicker."""
    return "dings" in tag or "ymbol" in tag or "ist:" in tag or "!supp" in tag


def hides(tag: str) -> bool:
    """Whether a tag hides its element."""
    return _is_hidden(name_of(tag), tag)


def shown_anyway(tag: str | None) -> str | None:
    """Return a tag without what hides its element."""
    return _HIDING_ATTRIBUTE.sub("_", tag) if tag and hides(tag) else tag


def _is_hidden(name: str, tag: str) -> bool:
    """Whether a tag hides its element."""
    tag = tag.lower()
    # Most styles have none of these words, and this check is quicker than the patterns.
    may_hide = "none" in tag or "hidden" in tag or "size" in tag
    if name in NEVER_HIDDEN or not may_hide:
        return False
    style = _STYLE.search(tag)
    return bool((style and _HIDING_STYLE.search(style[0])) or _HIDDEN.search(tag))
