"""The notice that scripts and text areas of a page hold as named texts.

The text is the value with the most Chinese prose; names such as `articleBody` speak for it, and
names such as `comments` or `summary` against it. Title, date, source and author are those next
to it. They are put together as a page, so that the text is read by the same rules as any other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape

from cqcrawler.reading.fallback.script_values import Holder, Value, read_values
from cqcrawler.reading.fallback.unpack import as_markup, may_hold, raw_texts
from cqcrawler.reading.page.tokens import read_attributes
from cqcrawler.text.clock import BEIJING
from cqcrawler.text.normalize import count_han
from cqcrawler.text.words import any_word

# A text counts this part of its length if its name does not say that it is one.
_UNNAMED = 0.3
_SENTENCE_END = re.compile("[。！？]")
_MARKUP = re.compile("<[^<>]*>")
_TEXT_NAME = re.compile(any_word("text_value"), re.IGNORECASE)
_OTHER_NAME = re.compile(any_word("other_value"), re.IGNORECASE)
_NAMES_FOR = 4  # how many of the names around a value speak for or against it
_ITEM = r"(?:news|article|doc|info|content|page|main)?[_-]?"
_FIELDS = {
    "title": rf"{_ITEM}(?:title|headline)",
    "published": (
        rf"{_ITEM}(?:pub\w{{0,10}}|release\w?|issue\w?)[_-]?(?:date|time|at)|date_?published"
    ),
    "created": rf"{_ITEM}(?:create\w?|post\w{{0,2}}|show|display|[cp])?[_-]?(?:date|time|at)",
    "source": rf"{_ITEM}(?:source|origin|publisher|media|copyfrom)(?:[_-]?name)?",
    "author": rf"{_ITEM}(?:author|writer)s?(?:[_-]?name)?",
}
_FIELD = re.compile("|".join(f"(?P<{k}>{v})" for k, v in _FIELDS.items()), re.IGNORECASE)
_LONGEST_FACT = 200
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_LABELS = {"published": "发布时间", "source": "来源", "author": "作者"}
_NAMES_OF_AREA = ("id", "name", "class")


@dataclass(frozen=True, slots=True)
class _Text:
    markup: str
    weight: float
    holder: Holder


def stated_page(markup: str, title_tag: str, name: str, least: int) -> str | None:
    """Return a page of what the elements `name` (`script` or `textarea`) state, or None where no
    text in them has `least` Chinese characters."""
    texts = [value for value in _values(markup, name, least) if not _is_fact(value)]
    best = max(_texts(texts), key=lambda text: text.weight, default=None)
    return _compose(best, title_tag) if best and best.weight >= least else None


def _values(markup: str, name: str, least: int) -> Iterator[Value]:
    areas = Holder()
    for tag, text in raw_texts(markup, name):
        if name == "script":
            if may_hold(text, least):
                yield from read_values(text)
        else:
            stated = read_attributes(tag)
            names = " ".join(stated.get(key, "") for key in _NAMES_OF_AREA).split()
            telling = (n for n in names if _FIELD.fullmatch(n) or _TEXT_NAME.search(n))
            yield Value(next(telling, ""), text.strip(), areas)


def _is_fact(value: Value) -> bool:
    """Note the value as a fact of what holds it, if it is one."""
    name, holder = value.name, value.holder
    if name == "name" and holder.parent:  # of an author or a publisher
        name, holder = holder.name, holder.parent
    match = _FIELD.fullmatch(name) if len(value.text) <= _LONGEST_FACT else None
    if match and match.lastgroup:
        holder.facts.setdefault(match.lastgroup, value.text)
    return match is not None


def _texts(values: Iterable[Value]) -> Iterator[_Text]:
    """The values that may be the text of the page; those of a list make one text together, unless
    they have titles, as the rows of a listing do."""
    lists: dict[tuple[Holder, str], list[Value]] = defaultdict(list)
    for value in values:
        owner = value.holder.parent if value.name and not value.holder.name else value.holder
        lists[(owner or value.holder, value.name)].append(value)
    for (owner, _), members in lists.items():
        if len({value.holder for value in members if "title" in value.holder.facts}) > 1:
            continue
        joined = len(members) > 1 and _TEXT_NAME.search(owner.name)
        for group in [members] if joined else [[value] for value in members]:
            yield _text(group)


def _text(group: list[Value]) -> _Text:
    """Weigh a text by its Chinese characters, and by the names that it goes by."""
    markup = "".join(f"<div>{as_markup(value.text)}</div>" for value in group)
    names = [group[0].name, *(holder.name for holder in group[0].holder.path())]
    names = list(filter(None, names))[:_NAMES_FOR]
    weight = 0.0
    if not any(map(_OTHER_NAME.search, names)) and _SENTENCE_END.search(markup):
        weight = count_han(_MARKUP.sub("", markup))
        if not any(map(_TEXT_NAME.search, names[:2])):
            weight *= _UNNAMED
    return _Text(markup, weight, group[0].holder)


def _compose(text: _Text, title_tag: str) -> str:
    facts: dict[str, str] = {}
    for holder in text.holder.path():
        facts = holder.facts | facts
    facts["published"] = facts.get("published") or facts.get("created", "")
    title = f"<h1>{as_markup(facts['title'])}</h1>" if "title" in facts else ""
    labels = "".join(
        f"<p>{label}：{escape(_printed(facts[field]))}</p>"
        for field, label in _LABELS.items()
        if facts.get(field)
    )
    return f"<title>{escape(title_tag)}</title>{title}{labels}<div>{text.markup}</div>"


def _printed(fact: str) -> str:
    """A time in seconds or milliseconds since 1970 as a date in Beijing."""
    if not _EPOCH.fullmatch(fact):
        return fact
    return datetime.fromtimestamp(int(fact[:10]), BEIJING).date().isoformat()
