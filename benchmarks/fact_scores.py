"""What our reading of facts scores on annotated notices, by the rules of their guide and scorer."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib import util
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.corpus import ROOT
from cqcrawler import Facts, read_facts

FACTS = ROOT.parent / "shared" / "facts"
GOLD = FACTS / "notices.jsonl"
SCORER = ROOT.parent / "shared" / "tools" / "score_facts.py"
MISSING = "no gold of facts: put it at ../shared/facts, and its scorer at ../shared/tools"

# A line of the gold, or what we read in its keys: the scorer beside the gold takes both.
Notice = dict[str, Any]

NUMBERS = ("investment", "output", "revenue", "tax", "area", "jobs", "projects", "companies")
NAMES = ("industries", "places", "actors")
SHARES = ("role", "basis", "scope", "qualifier", "subject")


@dataclass
class Found:
    """How many of one kind were read right, read though they are none, and missed."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.extra) if self.right + self.extra else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


@dataclass
class Share:
    """How many of those that were judged were right."""

    right: int = 0
    of: int = 0

    def add(self, right: bool) -> None:
        self.right += right
        self.of += 1

    @property
    def value(self) -> float:
        return self.right / self.of if self.of else 1.0


@dataclass
class Scores:
    """Scores by name: kinds of numbers and names in `found`; in `shares` those of SHARES, which
    are judged on right numbers only, `event` (exact), `no event` (none invented), `stale` and
    `stage`. `errors` has a line for whatever is wrong."""

    found: dict[str, Found] = field(default_factory=lambda: defaultdict(Found))
    shares: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    errors: list[str] = field(default_factory=list)


def load(path: Path = GOLD) -> list[Notice]:
    """Return the notices of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@cache
def scorer() -> ModuleType:
    """Return the scorer that lies beside the gold: what counts as the same has one place."""
    spec = util.spec_from_file_location(SCORER.stem, SCORER)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(SCORER)
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(notice: Notice) -> Facts:
    """Read the facts of a notice of the gold."""
    return read_facts(
        notice["title"],
        notice["body"],
        published=notice["published"],
        region=notice.get("region") or "",
    )


def predict(notice: Notice) -> Notice:
    """Return what we read of a notice, in the keys of the gold."""
    facts = read(notice)
    event = facts.event
    return {
        "id": notice["id"],
        "facts": [asdict(fact) for fact in facts.numbers],
        "event_from": event.first if event else None,
        "event_to": event.last if event else None,
        "stale": facts.stale,
        "industries": [industry.name for industry in facts.industries],
        "actors": [{"kind": actor.kind, "name": actor.name} for actor in facts.actors],
        "places": [place.name for place in facts.places],
        "stage": facts.stage,
    }


def score(gold: Iterable[Notice], predictions: Iterable[Notice]) -> Scores:
    """Score what was read of notices, matched by `id`; what was not read of one is missed."""
    scores = Scores()
    by_id = {prediction["id"]: prediction for prediction in predictions}
    for notice in gold:
        prediction = by_id[notice["id"]]
        score_numbers(scores, notice, prediction)
        _score_event(scores, notice, prediction)
        for name in NAMES:
            _score_names(scores, name, notice, prediction)
        _judge(scores, "stage", notice["id"], notice["stage"], prediction["stage"])
    return scores


def score_numbers(scores: Scores, notice: Notice, prediction: Notice) -> None:
    """Score the `facts` of a notice: which are there, and what is said of those."""
    pairs, missed, extra = scorer().match(notice["facts"], prediction["facts"])
    for fact, ours in pairs:
        scores.found[fact["kind"]].right += 1
        where = f"{notice['id']} {fact['kind']} {fact['text']}"
        for name in ("role", "basis", "scope"):
            if fact.get(name) is not None:
                _judge(scores, name, where, fact[name], ours[name])
        _judge(scores, "qualifier", where, *map(_class, (fact, ours)))
        _judge_subject(scores, where, fact["subject"], ours["subject"])
    for fact in extra:
        scores.found[fact["kind"]].extra += 1
    for fact in missed:
        scores.found[fact["kind"]].missed += 1
    for what, facts in (("extra", extra), ("missed", missed)):
        scores.errors += [
            f"{what} {fact['kind']}: {notice['id']} {fact['text']} | {fact['sentence'][:60]}"
            for fact in facts
        ]


def table(scores: Scores) -> Iterator[list[str]]:
    """Return the rows of the table of scores: name, precision, recall, and of how many."""
    for name in (*NUMBERS, *NAMES):
        if found := scores.found.get(name):
            of = f"{found.right} right, {found.extra} extra, {found.missed} missed"
            yield [name, f"{found.precision:.3f}", f"{found.recall:.3f}", of]
    for name in (*SHARES, "event", "no event", "stale", "stage"):
        if share := scores.shares.get(name):
            yield [name, f"{share.value:.3f}", "", f"{share.right} of {share.of}"]


def flat(scores: Scores) -> Mapping[str, float]:
    """Return every score by one name, which is what floors are of."""
    flat = {f"{name} precision": found.precision for name, found in scores.found.items()}
    flat |= {f"{name} recall": found.recall for name, found in scores.found.items()}
    return flat | {name: share.value for name, share in scores.shares.items()}


def _score_event(scores: Scores, notice: Notice, prediction: Notice) -> None:
    want, got = ((of["event_from"], of["event_to"]) for of in (notice, prediction))
    _judge(scores, "event" if want[0] else "no event", notice["id"], want, got)
    _judge(scores, "stale", notice["id"], notice["stale"], prediction["stale"])


def _score_names(scores: Scores, name: str, notice: Notice, prediction: Notice) -> None:
    want, got = ({_name(one) for one in of[name]} for of in (notice, prediction))
    found = scores.found[name]
    found.right += len(want & got)
    found.extra += len(got - want)
    found.missed += len(want - got)
    if want != got:
        wrong = f"extra {sorted(got - want)} missed {sorted(want - got)}"
        scores.errors.append(f"{name}: {notice['id']} {wrong}")


def _name(one: str | Mapping[str, str]) -> str:
    """An actor is its kind and name, a place goes without 市, 区 and 县."""
    if isinstance(one, str):
        return str(scorer().fold(one))
    return f"{one['kind']} {one['name'].replace('（', '(').replace('）', ')')}"


def _class(fact: Notice) -> str:
    printed = fact["qualifier"] or ""
    return str(scorer().CLASS.get(printed, printed))


def _judge(scores: Scores, name: str, where: str, want: object, got: object) -> None:
    scores.shares[name].add(want == got)
    if want != got:
        scores.errors.append(f"{name}: {where} is {want}, read as {got}")


def _judge_subject(scores: Scores, where: str, want: str, got: str) -> None:
    """One of two subjects may be the longer; where there is none, none may be read."""
    right = bool(want) == bool(got) and (want in got or got in want)
    scores.shares["subject"].add(right)
    if not right:
        scores.errors.append(f"subject: {where} is {want!r}, read as {got!r}")
