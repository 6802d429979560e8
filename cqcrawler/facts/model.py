"""What a notice states, as values with the words that state them.

Every statement says where it stands: `field` is the title or the body, and `start` and `stop` are
offsets into that text as it is stored, in characters, so that `text` is a slice of it and cannot
be invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """The text that a statement stands in."""

    TITLE = "title"
    BODY = "body"


class Kind(StrEnum):
    """What a number counts; the annotation guide says what belongs to each."""

    INVESTMENT = "investment"
    OUTPUT = "output"
    REVENUE = "revenue"
    TAX = "tax"
    AREA = "area"
    JOBS = "jobs"
    PROJECTS = "projects"
    COMPANIES = "companies"


class Role(StrEnum):
    """How a number stands to others of its kind: TOTAL of stated parts, PART of a stated total,
    or neither. The sum of TOTAL and SINGLE within a basis and scope counts nothing twice."""

    TOTAL = "total"
    PART = "part"
    SINGLE = "single"


class Basis(StrEnum):
    """How far money is: those of an investment, and for other kinds EXPECTED or ACTUAL."""

    PLANNED = "planned"
    AGREED = "agreed"
    CONTRACT = "contract"
    PAID_IN = "paid_in"
    SPENT = "spent"
    INTENDED = "intended"
    OFFERED = "offered"
    EXPECTED = "expected"
    ACTUAL = "actual"


# Money that is there, or was; all other bases of an investment are promises.
REALISED = (Basis.PAID_IN, Basis.SPENT)


class Scope(StrEnum):
    """What an investment is of: one undertaking, several told of together, or the tally of a
    region, an industry or a period, which may contain what other notices tell."""

    PROJECT = "project"
    BATCH = "batch"
    STATISTIC = "statistic"


class Stage(StrEnum):
    """How far the main event of a notice has come, in the field's words."""

    TALKS = "洽谈"
    SIGNED = "签约"
    STARTED = "开工"
    UNDER_CONSTRUCTION = "在建"
    COMPLETED = "竣工"
    IN_PRODUCTION = "投产"


class ActorKind(StrEnum):
    """What a named body is."""

    COMPANY = "company"
    PARK = "park"
    ZONE = "zone"
    GOVERNMENT = "government"
    INSTITUTE = "institute"


@dataclass(frozen=True, slots=True)
class Fact:
    """A number with a kind, stated for something.

    `value` (and `value_max` of a range) is in `unit`: an ISO currency code, `m2`, `person` or
    `count`. `qualifier` is the printed word (超, 约), `subject` the words that say whose it is,
    `sentence` the text between two ends of sentences or lines that it stands in.
    """

    kind: Kind
    value: float
    value_max: float | None
    unit: str
    qualifier: str
    role: Role
    basis: Basis | None
    scope: Scope | None
    subject: str
    text: str
    sentence: str
    field: Field
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class OtherNumber:
    """A number that is no fact, and why: `kind` is the reason (subsidy, land_price, rate, ...)."""

    kind: str
    value: float
    value_max: float | None
    unit: str
    qualifier: str
    text: str
    sentence: str
    field: Field
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Event:
    """When what the notice tells of happened: first and last day (ISO dates), the words, and how
    exact they are (`precision`: day, week, month, quarter, half, year, span)."""

    first: str
    last: str
    precision: str
    text: str
    field: Field
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class DateAhead:
    """A day that a reader acts on: `kind` is `deadline` or `valid_until`, `day` an ISO date."""

    kind: str
    day: str
    text: str
    sentence: str
    field: Field
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Industry:
    """An industry that an investment, project or firm of the notice belongs to, with the first
    words that show it."""

    name: str
    text: str
    field: Field
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Actor:
    """A named body: `name` in its longest printed form; `role` (investor, host, organiser) and
    `origin` (where an investor is from, as printed) where the words say so."""

    kind: ActorKind
    name: str
    role: str | None
    origin: str | None
    field: Field
    start: int
    stop: int


class Standing(StrEnum):
    """Where a name stands first of all: what title or first sentence name, a notice is about."""

    TITLE = "title"
    LEAD = "lead"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A division or zone that title or body names: `code` is its code in GB/T 2260, or that of
    what contains a zone; None where several have the name. The words are its fullest form, `stands`
    is the most prominent place of any form."""

    name: str
    code: str | None
    stands: Standing
    field: Field
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a notice states; each in the order of the text, title first."""

    numbers: tuple[Fact, ...] = ()
    other_numbers: tuple[OtherNumber, ...] = ()
    event: Event | None = None
    stale: bool = False
    dates_ahead: tuple[DateAhead, ...] = ()
    industries: tuple[Industry, ...] = ()
    actors: tuple[Actor, ...] = ()
    places: tuple[NamedPlace, ...] = ()
    stage: Stage | None = None
