"""A reading of facts that is simple enough to know what it gives, for tests of where that goes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from cqcrawler.facts import read, version
from cqcrawler.facts.model import (
    Actor,
    ActorKind,
    Basis,
    DateAhead,
    Event,
    Fact,
    Facts,
    Field,
    Industry,
    Kind,
    NamedPlace,
    OtherNumber,
    Role,
    Scope,
    Stage,
    Standing,
)

_BASES = {"总投资": Basis.PLANNED, "协议资金": Basis.AGREED, "到位资金": Basis.PAID_IN}
_AMOUNT = re.compile(r"(总投资|协议资金|到位资金|其中|全市)?(超?)(\d+)(亿元|亿美元|亩)")
_CODES = {"渝北区": "500112", "江北区": "500105", "成都市": "510100", "两江新区": "500112"}
_INDUSTRIES = {"芯片": "集成电路", "疫苗": "生物医药", "光伏": "新能源及新型储能"}


def simple_facts(title: str, body: str, *, published: object = None, region: str = "") -> Facts:
    """Read amounts, a day, a stage, names: as `cqcrawler.read_facts` is called."""
    texts = ((Field.TITLE, title), (Field.BODY, body))
    day = re.search(r"\d{4}-\d\d-\d\d", body)
    return Facts(
        numbers=tuple(fact for field, text in texts for fact in _numbers(field, text)),
        other_numbers=tuple(
            OtherNumber(
                "subsidy", int(m[1]), None, "CNY", "", m[1], m[0], Field.BODY, m.start(1), m.end(1)
            )
            for m in re.finditer(r"补贴(\d+)元", body)
        ),
        event=Event(day[0], day[0], "day", day[0], Field.BODY, *day.span()) if day else None,
        stale=bool(day) and day[0][:4] < str(published)[:4],
        dates_ahead=tuple(
            DateAhead("deadline", m[1], m[1], m[0], Field.BODY, *m.span(1))
            for m in re.finditer(r"截止(\d{4}-\d\d-\d\d)", body)
        ),
        industries=tuple(
            Industry(name, word, *_found(texts, word))
            for word, name in _INDUSTRIES.items()
            if word in title + body
        ),
        actors=tuple(
            Actor(ActorKind.COMPANY, m[0], "investor", None, Field.BODY, *m.span())
            for m in re.finditer(r"[甲乙丙]公司", body)
        ),
        places=tuple(
            NamedPlace(name, code, _standing(name, title, body), *_found(texts, name))
            for name, code in _CODES.items()
            if name in title + body and name not in region
        ),
        stage=next((stage for stage in Stage if stage in title + body), None),
    )


def _standing(name: str, title: str, body: str) -> Standing:
    if name in title:
        return Standing.TITLE
    return Standing.LEAD if name in body.partition("。")[0] else Standing.TEXT


def _numbers(field: Field, text: str) -> Iterator[Fact]:
    for match in _AMOUNT.finditer(text):
        cue, qualifier, digits, unit = match.groups()
        money = unit != "亩"
        yield Fact(
            Kind.INVESTMENT if money else Kind.AREA,
            int(digits) * (1e8 if money else 2000 / 3),
            None,
            {"亿元": "CNY", "亿美元": "USD", "亩": "m2"}[unit],
            qualifier,
            Role.PART if cue == "其中" else Role.SINGLE,
            _BASES.get(cue or "", Basis.PLANNED) if money else None,
            (Scope.STATISTIC if cue == "全市" else Scope.PROJECT) if money else None,
            "项目",
            match[0][len(cue or "") :],
            next(part for part in re.split("(?<=。)|\n", text) if match[0] in part),
            field,
            match.start() + len(cue or ""),
            match.end(),
        )


def _found(texts: tuple[tuple[Field, str], ...], word: str) -> tuple[Field, int, int]:
    field, text = next((field, text) for field, text in texts if word in text)
    return field, text.index(word), text.index(word) + len(word)


def read_simply(monkeypatch: pytest.MonkeyPatch, rules: str = "simple") -> None:
    """Have facts read by `simple_facts`, which is then the version `rules`."""
    monkeypatch.setattr(read, "read_facts", simple_facts)
    monkeypatch.setattr(version, "facts_version", lambda: rules)
