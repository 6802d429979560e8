"""The single undertakings that a notice tells of: name, investor, place, amounts, stage, phase."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cqcrawler.facts.firms import firm_stem
from cqcrawler.facts.investors import Investor, find_investors, headline_firm
from cqcrawler.facts.model import Actor, ActorKind, Facts, Field, NamedPlace, Stage
from cqcrawler.facts.occasions import Unit, is_within, named_units
from cqcrawler.facts.project_amounts import Amount, amounts_of
from cqcrawler.facts.project_groups import LINE, Group, grouped, is_from_body, told_names
from cqcrawler.facts.sentences import narrowed, split_sentences
from cqcrawler.facts.stages import read_stage
from cqcrawler.facts.vocabulary import any_of
from cqcrawler.text.gazetteer import by_code, short_name
from cqcrawler.text.headline_tag import headline_tag, without_tags


@dataclass(frozen=True, slots=True)
class Project:
    """An undertaking as a notice tells of it.

    `name` is the longest form printed in the body, `names` all forms. `investor` is the firm that
    it is by, `units` the places that its sentence (or the notice's lead) names, `amounts` what is
    to be invested, `stage` how far it is, `phase` the part that the notice is of. `field`, `start`
    and `stop` are where the name first stands.
    """

    name: str
    names: tuple[str, ...]
    investor: str | None
    units: tuple[Unit, ...]
    amounts: tuple[Amount, ...]
    stage: Stage | None
    phase: str
    field: Field
    start: int
    stop: int

    @property
    def amount(self) -> Amount | None:
        """What all of it is to cost; else what its only or first phase is."""
        whole = (amount for amount in self.amounts if not amount.phase)
        return next(whole, next(iter(self.amounts), None))


_BUILT = (Stage.STARTED, Stage.UNDER_CONSTRUCTION, Stage.COMPLETED, Stage.IN_PRODUCTION)
_HEADLINE, _IN_BODY = Field.TITLE, Field.BODY
_MARK = re.compile("[,;:、]")
_EARLIER = re.compile(any_of("projects", "earlier"))
_UNDERWAY = re.compile(any_of("projects", "underway"))
# What names more undertakings is a list of several firms'.
_MOST_OF_ONE_FIRM = 3
# So many mentions of one undertaking, and so many characters, are looked at for where it is.
_MOST_LOOKED_AT, _LONGEST_PART = 8, 400


def read_projects(title: str, body: str, facts: Facts) -> tuple[Project, ...]:
    """Return the single undertakings that a notice tells of, in order; `facts` are its facts.

    A name counts with an amount, a firm or a stage beside it, unless it is only told of in passing.
    What only the headline names is left out where the text names something: a headline says in
    other words what the text does.
    """
    headline = without_tags(title)
    groups = grouped(told_names(headline, body))
    tag = len(title) - len(headline)
    firms = tuple(narrowed(actor.name) for actor in _companies(facts.actors))
    lead = _Lead(headline_tag(title) or "", headline, body, facts.places, firms)
    if not groups:
        return _unnamed(lead, facts)
    investors = _investors(groups, facts.actors, lead)
    alone = len(groups) == 1
    projects = []
    for group, amounts, investor in zip(
        groups, amounts_of(groups, facts, tag), investors, strict=True
    ):
        if group is not groups[0] and not amounts and _is_in_passing(group):
            continue
        stage = _stage(group) or (facts.stage if alone else None)
        if investor or stage or amounts or _is_news(group):
            units = _units(group, lead)
            projects.append(_project(group, tag, investor, units, amounts, stage))
    return tuple(projects)


def _unnamed(lead: _Lead, facts: Facts) -> tuple[Project, ...]:
    """Return the undertaking of a notice that names only its firm: 某某公司首批产品下线.

    It has to be under way, and the firm of headline or first sentence the only one.
    """
    firms = list(_companies(facts.actors))
    if facts.stage not in _BUILT or len(firms) != 1 or firms[0].name not in lead.first:
        return ()
    firm = firms[0]
    units = _units([], lead)
    stop = firm.stop
    return (
        Project(firm.name, (), firm.name, units, (), facts.stage, "", firm.field, firm.start, stop),
    )


def _is_news(group: Group) -> bool:
    """Whether headline and text name it a project; a park that they name is a place to let."""
    fields = {one.sentence.field for one in group if "项目" in one.name.text}
    return len(fields) > 1


def _is_in_passing(group: Group) -> bool:
    return all(_EARLIER.search(one.clauses) for one in group)


class _Lead(NamedTuple):
    """What says where undertakings are, and whose, where their own sentences do not."""

    tag: str
    headline: str
    body: str
    places: tuple[NamedPlace, ...]
    firms: tuple[str, ...]

    @property
    def first(self) -> str:
        """The headline and the first sentence."""
        sentences = split_sentences(self.body, _IN_BODY)[:1]
        return "\n".join((self.headline, *(sentence.text for sentence in sentences)))


def _companies(actors: Iterable[Actor]) -> Iterator[Actor]:
    return (actor for actor in actors if actor.kind is ActorKind.COMPANY)


def _investors(groups: list[Group], actors: Sequence[Actor], lead: _Lead) -> list[str | None]:
    """Return the firm of each undertaking, where the notice says it.

    The only firm that a notice names, and leads with, is that of all that it tells of, if they
    are few; a register has its own for each.
    """
    named = [actor.name for actor in _companies(actors)]
    found = [_investor(group, groups, named, actors) for group in groups]
    if all(found) or len(groups) > _MOST_OF_ONE_FIRM:
        return found
    alone = len(groups) == 1
    only = named[0] if len(named) == 1 else None
    if only and only not in (lead.first if alone else lead.headline):
        only = None
    only = only or headline_firm(narrowed(lead.headline))
    if alone and not only:
        told = find_investors(narrowed(lead.body[:_LONGEST_PART]))
        only = told[0].name if told else None
    return [firm or only for firm in found]


def _investor(
    group: Group, groups: list[Group], named: Sequence[str], actors: Sequence[Actor]
) -> str | None:
    """Return the firm that a name has in it, or that stands beside the first name in the text."""
    for name in named:
        if any(firm_stem(name) in other.name.text for other in group):
            return name
    one = next((one for one in group if is_from_body(one)), group[0])
    first, last = one.surroundings
    part = one.sentence.plain[first:last]
    spots = [
        other.name.start - first
        for each in groups
        if each is not group
        for other in each
        if other.sentence is one.sentence
    ]
    start, stop = one.name.start - first, one.name.stop - first

    def apart(firm: Investor) -> tuple[bool, int]:
        between = part[stop : firm.start] if firm.start >= stop else part[firm.stop : start]
        return _MARK.search(between) is not None, max(start - firm.stop, firm.start - stop, 0)

    beside = [
        firm
        for firm in find_investors(part, actors)
        if not _is_of_another(firm, start, stop, spots, part)
    ]
    return min(beside, key=apart).name if beside else None


def _is_of_another(firm: Investor, start: int, stop: int, spots: list[int], part: str) -> bool:
    """Whether a firm stands in a clause that names another undertaking, or behind such a clause."""
    if firm.start >= stop:
        if not _MARK.search(part, stop, firm.start):
            return False
        end = _MARK.search(part, firm.stop)
        last = end.start() if end else len(part)
        return any(stop <= spot < last for spot in spots)
    if not _MARK.search(part, firm.stop, start):
        return False
    return any(firm.stop <= spot < start for spot in spots)


def _stage(group: Group) -> Stage | None:
    looked_at = group[:_MOST_LOOKED_AT]
    clauses = dict.fromkeys(part for one in looked_at for part in (one.clauses, one.clause))
    stages = (read_stage("", clause) for clause in clauses)
    found = next((stage for stage in stages if stage), None)
    is_underway = any(_UNDERWAY.search(one.clauses) for one in group)
    return found or (Stage.UNDER_CONSTRUCTION if is_underway else None)


def _project(
    group: Group,
    tag: int,
    investor: str | None,
    units: tuple[Unit, ...],
    amounts: tuple[Amount, ...],
    stage: Stage | None,
) -> Project:
    first = group[0]
    in_body = [one for one in group if is_from_body(one)]
    field = first.sentence.field
    start = first.start + (tag if field is _HEADLINE else 0)
    return Project(
        name=max((one.text for one in in_body or group), key=_fullness),
        names=tuple(dict.fromkeys(one.text for one in group)),
        investor=investor,
        units=units,
        amounts=amounts,
        stage=stage,
        phase=next((one.name.phase for one in group if one.name.phase), ""),
        field=field,
        start=start,
        stop=start + len(first.text),
    )


def _fullness(name: str) -> tuple[bool, int]:
    return not LINE.search(name), len(name)


def _units(group: Group, lead: _Lead) -> tuple[Unit, ...]:
    """Return the units that names have in them, else those that stand with a name, else those of
    the lead."""
    near: dict[Unit, None] = {}
    for one in group[:_MOST_LOOKED_AT]:
        first, last = one.surroundings
        field, start = one.sentence.field, one.sentence.start + first
        near |= dict.fromkeys(_units_in(one.sentence.plain[first:last], field, start, lead))
    if near:
        in_names = [unit for unit in near if any(unit.short in one.name.text for one in group)]
        return _finest(in_names or near)
    parts = [(narrowed(lead.headline), _HEADLINE, 0)]
    parts += [(one.plain, _IN_BODY, one.start) for one in split_sentences(lead.body, _IN_BODY)[:1]]
    found = (unit for part in parts for unit in _units_in(*part, lead))
    return _finest(dict.fromkeys(found) or dict.fromkeys(named_units(narrowed(lead.tag))))


def _finest(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """Return units but for those in which others of them lie."""
    units = tuple(dict.fromkeys(units))
    codes = {code for unit in units for code in unit.codes}
    return tuple(
        unit
        for unit in units
        if not any(
            is_within(code, own) and not is_within(own, code)
            for own in unit.codes
            for code in codes
        )
    )


def _units_in(plain: str, field: Field, start: int, lead: _Lead) -> Iterator[Unit]:
    """Yield the units that a part of the notice names, but for those in the names of firms."""
    looked_at = plain[:_LONGEST_PART]
    for firm in lead.firms:
        looked_at = looked_at.replace(firm, "," * len(firm))
    yield from named_units(looked_at)
    for place in lead.places:
        is_here = place.field is field and start <= place.start < start + len(plain)
        if place.code and is_here:
            unit = by_code(place.code)
            yield Unit(unit.short if unit else short_name(place.name), (place.code,))
