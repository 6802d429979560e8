"""Who a notice tells of: named firms, parks, zones, governments, institutes, and their parts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from cqcrawler.facts.division_names import short_names
from cqcrawler.facts.model import Actor, ActorKind, Field
from cqcrawler.facts.names import Name, division_at, find_names, is_form_of_zone
from cqcrawler.facts.sentences import narrowed
from cqcrawler.facts.vocabulary import any_of

_FILE = "actors"
_SIGNS = re.compile(any_of(_FILE, "signs"))
_ORGANISES = re.compile(any_of(_FILE, "organises"))
_FROM = re.compile(rf"来自([^，。；,;]{{2,8}}?)的?\Z|({any_of(_FILE, 'from')})(?:企业|公司)?\Z")
_COUNTRY_FIRM = re.compile(rf"({any_of(_FILE, 'countries')})(?:企业|公司|客商)?\Z")
_PROJECT_NAME = re.compile(r"[^，。；、,;\s（）()与和在将拟签落投计已的年\d]{2,12}项目")
_WIDE = re.compile("[！-～]")
_LAST_END = re.compile(r".*[。！？!?\n]", re.DOTALL)
_SENTENCE_REST = re.compile(r"[^。！？!?\n]*")
# So much of a sentence before and behind a name is looked at.
_AROUND = 80
_LOOK_BACK = 14
_LEGAL_FORM = re.compile("(?:集团|股份|公司|有限)+$")
# So many names of a kind are looked through for longer forms; a list of more has no short ones.
_MOST_COMPARED = 60
# So many letters a longer name may have before what a shorter form of it begins with.
_CHAIN = 4


def read_actors(title: str, body: str) -> tuple[Actor, ...]:
    """Return every named body once, under its longest printed form, in the order of the text.

    A shorter form of a name is folded into it. `role` is what its sentence says, `origin` where an
    investor is printed to be from, or the division that its name begins with.
    """
    texts = {Field.TITLE: title, Field.BODY: body}
    named = [name for name in find_names(title, body) if not _is_in_project(texts, name)]
    return tuple(_actor(texts[name.field], name) for name in _longest_forms(named))


def _is_in_project(texts: dict[Field, str], name: Name) -> bool:
    """Whether a group's name is part of a project's: 渝川集团储能项目."""
    if name.kind is not ActorKind.COMPANY or name.text.endswith("公司"):
        return False
    return _PROJECT_NAME.match(texts[name.field], name.stop) is not None


def _longest_forms(names: Sequence[Name]) -> list[Name]:
    """Return of the forms of each name the longest that is printed, where it first stands."""
    first: dict[tuple[ActorKind, str], Name] = {}
    for name in names:
        first.setdefault((name.kind, _plain(name.text)), name)
    by_kind: dict[ActorKind, list[str]] = defaultdict(list)
    for kind, text in first:
        if len(by_kind[kind]) < _MOST_COMPARED:
            by_kind[kind].append(text)
    return [
        name
        for (kind, text), name in first.items()
        if not any(
            len(text) < len(other) and _is_form_of(kind, text, other) for other in by_kind[kind]
        )
    ]


def _plain(name: str) -> str:
    """Return a name in half width; few have anything wide, and texts narrowed last are kept."""
    return narrowed(name) if _WIDE.search(name) else name


def _is_form_of(kind: ActorKind, one: str, other: str) -> bool:
    """Whether a name is a shorter form of another of its kind."""
    if other.endswith(one):
        return True
    if kind is ActorKind.INSTITUTE:
        return False
    if kind is ActorKind.ZONE:
        return is_form_of_zone(one, other)
    if kind is ActorKind.COMPANY:
        core = _LEGAL_FORM.sub("", one)
        return len(core) > 1 and core in other and core not in short_names()
    is_same_end = kind is ActorKind.GOVERNMENT or one[-2:] == other[-2:]
    return is_same_end and one[0] in other[:_CHAIN] and _is_spread(one, other)


def _is_spread(one: str, other: str) -> bool:
    """Whether the letters of one name stand in another in order: 市商务委, 重庆市商务委员会."""
    letters = iter(other)
    return all(letter in letters for letter in one)


def _actor(text: str, name: Name) -> Actor:
    before, behind = _sentence_around(text, name)
    role = _role(name, before, behind)
    origin = _origin(before, name) if role == "investor" else None
    return Actor(name.kind, name.text, role, origin, name.field, name.start, name.stop)


def _sentence_around(text: str, name: Name) -> tuple[str, str]:
    before = text[max(name.start - _AROUND, 0) : name.start]
    last = _LAST_END.match(before)
    behind = _SENTENCE_REST.match(text, name.stop, name.stop + _AROUND)
    return before[last.end() :] if last else before, behind[0] if behind else ""


def _role(name: Name, before: str, behind: str) -> str | None:
    if name.kind in (ActorKind.GOVERNMENT, ActorKind.INSTITUTE):
        if _ORGANISES.search(behind) or _ORGANISES.search(before):
            return "organiser"
        if name.kind is ActorKind.INSTITUTE:
            return None
    if not (_SIGNS.search(before) or _SIGNS.search(behind)):
        return None
    return "investor" if name.kind is ActorKind.COMPANY else "host"


def _origin(before: str, name: Name) -> str | None:
    """Return where a firm is from, as printed before its name or at its beginning."""
    near = before[-_LOOK_BACK:]
    for pattern in (_FROM, _COUNTRY_FIRM):
        if match := pattern.search(near):
            return next(group for group in match.groups() if group)
    length = division_at(name.text)
    return name.text[:length] or None
