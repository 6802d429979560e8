"""The records of a feed or sitemap, taken out of its XML one by one.

No XML of a stranger is given to a parser as a whole. What stands before the root is left out, and
with it the only place that can define entities; then every record is parsed by itself (by lxml: it
reads on behind errors, which defusedxml's parsers do not, and it is here already). So a record that
is broken costs no other, and no file can take more than its length: neither by entities that hold
entities nor by elements within elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from lxml import etree

from cqcrawler.reading.page.document import FEED_ROOT

# Of RSS and RDF; of Atom; of the two kinds of sitemaps.
_RECORDS = {
    "rss": "item",
    "rdf": "item",
    "feed": "entry",
    "urlset": "url",
    "sitemapindex": "sitemap",
}
# Where the end of a file is looked for, in characters from its end.
_LAST = 2000
# An ampersand that begins no entity of XML itself: `?a=1&b=2`, `&nbsp;`.
_LOOSE_AMPERSAND = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6});)", re.IGNORECASE | re.ASCII
)
_AS_IT_STANDS, _END_OF_THAT = "<![CDATA[", "]]>"
# What may not stand in XML, and would end its reading.
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_PARSER = etree.XMLParser(
    encoding="utf-8",
    recover=True,
    resolve_entities=False,
    load_dtd=False,
    no_network=True,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
    collect_ids=False,
)


@dataclass(frozen=True, slots=True)
class Record:
    """A record, its attributes by their names, and the elements in it by theirs, without the
    prefixes, which nobody may have declared: its own, those of extensions, those further inside."""

    attributes: Mapping[str, str]
    elements: Mapping[str, list[etree._Element]]

    def value(self, *names: str) -> str:
        """Return the text of the first element that has one, by the names in their order."""
        texts = (text_of(each) for name in names for each in self.elements.get(name, ()))
        return next(filter(None, texts), "")


@dataclass(frozen=True, slots=True)
class Records:
    """What is in a file: its `kind` is the name of its root, `head` what stands before the records,
    which are read as they are asked for.

    It `breaks_off` where its end is missing; a last record without an end is left out then.
    """

    kind: str
    head: Record
    records: Iterator[Record]
    breaks_off: bool


def text_of(element: etree._Element) -> str:
    """Return the text in an element."""
    return "".join(map(str, element.itertext())).strip()


def read_records(text: str) -> Records | None:
    """Take a feed or sitemap apart; None for a text that is none. Never raises."""
    root = FEED_ROOT.match(text)
    if root is None:
        return None
    kind = root["name"].lower()
    start = root.start("root")
    end = re.compile(rf"</(?:[\w-]{{1,20}}:)?{kind}\s*>", re.IGNORECASE | re.ASCII)
    ended = end.search(text, max(start, len(text) - _LAST))
    inside = range(start, ended.start() if ended else len(text))
    spans = list(_spans(text, _RECORDS[kind], inside, whole=ended is not None))
    head_end = spans[0][0] if spans else inside.stop
    return Records(
        kind=kind,
        head=_record(text[start:head_end]),
        records=(_record(text[first:last]) for first, last in spans),
        breaks_off=ended is None,
    )


def _spans(text: str, name: str, inside: range, *, whole: bool) -> Iterator[tuple[int, int]]:
    """Yield where the records begin and end; one without an end tag ends where the next begins, or
    with a text that is `whole`."""
    marks = re.compile(rf"<(/?)(?:[\w-]{{1,20}}:)?{name}(?=[\s/>])", re.IGNORECASE | re.ASCII)
    begun: int | None = None
    for mark in marks.finditer(text, inside.start, inside.stop):
        if begun is not None:
            yield begun, mark.start()
        begun = None if mark[1] else mark.start()
    if begun is not None and whole:
        yield begun, inside.stop


def _record(markup: str) -> Record:
    """Parse a record with what is inside it, whatever its end."""
    markup = _escaped(_NO_CHARACTER.sub("", markup))
    root = etree.fromstring(markup.encode(), _PARSER)
    if root is None:
        return Record({}, {})
    elements: dict[str, list[etree._Element]] = {}
    inner = (each for each in root.iter() if each is not root and each.getparent() is not root)
    for element in chain(sorted(root, key=_is_prefixed), inner):
        elements.setdefault(_name(str(element.tag)), []).append(element)
    return Record({_name(str(key)): str(text) for key, text in root.attrib.items()}, elements)


def _escaped(markup: str) -> str:
    """Return markup without ampersands that mean nothing but themselves, save where all do."""
    first, *others = markup.split(_AS_IT_STANDS)
    pieces = [_LOOSE_AMPERSAND.sub("&amp;", first)]
    for other in others:
        literal, end, rest = other.partition(_END_OF_THAT)
        pieces += (_AS_IT_STANDS, literal, end, _LOOSE_AMPERSAND.sub("&amp;", rest))
    return "".join(pieces)


def _is_prefixed(element: etree._Element) -> bool:
    """Whether an element is of an extension, such as `media:title`."""
    return not str(element.tag).isalpha()


@lru_cache(maxsize=256)
def _name(tag: str) -> str:
    return re.split("[}:]", tag)[-1].lower()
