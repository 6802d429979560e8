"""What is read of notices never gets worse unnoticed, and no yuan is counted twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import fact_scores
from benchmarks.corpus import MISSING, find_corpus
from benchmarks.fact_scores import NAMES, NUMBERS, Scores, flat, predict, scorer
from benchmarks.fact_sentences import score_sentences
from benchmarks.fact_words import FILES, half_of, only_used
from cqcrawler import read_article, read_facts
from cqcrawler.facts.model import Fact, Kind, Role, Stage
from cqcrawler.facts.vocabulary import vocabulary
from tests.shared import shared

# A little under what `python -m benchmarks.facts` measures; kinds and names: precision and recall.
ON_NOTICES = {
    **{f"{name} {of}": 0.96 for name in (*NUMBERS, *NAMES) for of in ("precision", "recall")},
    **{f"investment {of}": 0.98 for of in ("precision", "recall")},
    **dict.fromkeys(("role", "basis", "scope", "qualifier", "event", "stale"), 0.98),
    "no event": 1.0,
    "stage": 0.96,
    "subject": 0.72,
}
# As little under `python -m benchmarks.facts --sentences`, whose sentences are fewer.
ON_SENTENCES = {
    **{f"{name} {of}": 0.9 for name in NUMBERS for of in ("precision", "recall")},
    **{f"{name} {of}": 0.98 for name in ("investment",) for of in ("precision", "recall")},
    "jobs recall": 0.85,
    "role": 0.95,
    "basis": 0.88,
    "scope": 0.75,
    "qualifier": 0.98,
}
# On the notices by other hands beside `tests/facts`, which are tuned on, too.
ON_OTHERS = {
    **{f"{name} {of}": 0.97 for name in NUMBERS for of in ("precision", "recall")},
    **{f"{name} {of}": 0.87 for name in NAMES for of in ("precision", "recall")},
    **dict.fromkeys(("role", "stage"), 0.88),
    **dict.fromkeys(("basis", "scope", "event", "stale"), 0.95),
    "qualifier": 0.98,
    "no event": 1.0,
    "subject": 0.57,
}
OTHERS = Path(__file__).parent.parent / "facts" / "notices"
_REALISED = ("paid_in", "spent")
_YUAN = 1e7  # Of a unit of the invented sums below, which are in tenths of 亿.


def gold() -> list[dict[str, Any]]:
    shared("tools/score_facts.py")
    return fact_scores.load(shared("facts/notices.jsonl"))


@pytest.fixture(scope="module")
def notices() -> list[dict[str, Any]]:
    return gold()


@pytest.fixture(scope="module")
def scores(notices: list[dict[str, Any]]) -> Scores:
    return fact_scores.score(notices, map(predict, notices))


def under(floors: Mapping[str, float], scores: Scores) -> list[str]:
    measured = flat(scores)
    low = [
        f"{name}: {measured[name]:.3f} is under its floor {floor}"
        for name, floor in floors.items()
        if measured[name] < floor
    ]
    return [*low, *scores.errors] if low else []


def test_notices_hold_their_floors(scores: Scores) -> None:
    assert set(flat(scores)) == set(ON_NOTICES)
    assert not (wrong := under(ON_NOTICES, scores)), "\n".join(wrong)


@pytest.mark.parametrize("name", ["a", "b", "c"])
def test_notices_by_other_hands_hold_their_floors(name: str) -> None:
    shared("tools/score_facts.py")
    others = fact_scores.load(OTHERS / f"{name}.jsonl")
    assert len(others) == 30
    wrong = under(ON_OTHERS, fact_scores.score(others, map(predict, others)))
    assert not wrong, "\n".join(wrong)


def test_sentences_of_real_pages_hold_their_floors() -> None:
    shared("tools/score_facts.py")
    scores = score_sentences(find_corpus() or pytest.skip(MISSING))
    assert set(flat(scores)) == set(ON_SENTENCES)
    assert not (wrong := under(ON_SENTENCES, scores)), "\n".join(wrong)


def test_our_scores_are_those_of_the_scorer(
    notices: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """On predictions with errors of all kinds, so that equal figures are no accident."""
    spoiled = [spoil(predict(notice), number) for number, notice in enumerate(notices)]
    ours = fact_scores.score(notices, spoiled)
    scorer().score(notices, spoiled)
    printed = capsys.readouterr().out
    for name, found in ours.found.items():
        figures = f"{found.right} right, {found.extra} extra, {found.missed} missed"
        assert f"{name:12} P {found.precision:.3f}  R {found.recall:.3f}  ({figures})" in printed
    for name, share in ours.shares.items():
        if name not in ("event", "no event"):
            assert f"{name:18} {share.right}/{share.of} = {share.value:.3f}" in printed
            assert share.right < share.of
    event, none = ours.shares["event"], ours.shares["no event"]
    invented = none.of - none.right
    assert f"{event.right}/{event.of} exact, {invented} where there is none" in printed


def spoil(prediction: dict[str, Any], number: int) -> dict[str, Any]:
    wrong = {"role": "part", "basis": "spent", "scope": "batch", "qualifier": "约", "subject": "某"}
    facts = [fact | wrong if number % 3 == 0 else fact for fact in prediction["facts"]]
    spoiled = prediction | {"facts": facts[: -1 if number % 2 else None]}
    if number % 5 == 0:
        days = {"event_from": "2025-01-01", "event_to": "2025-01-01"}
        spoiled |= {"stale": not prediction["stale"], "stage": "洽谈", "industries": [], **days}
    return spoiled


class Sum(NamedTuple):
    unit: str
    is_realised: bool
    scope: str


def counted(facts: Iterable[Mapping[str, Any]]) -> dict[Sum, int]:
    """What a reader may add up: investments that are no part of another."""
    sums: dict[Sum, float] = defaultdict(float)
    for fact in facts:
        if fact["kind"] == "investment" and fact["role"] != "part":
            sums[Sum(fact["unit"], fact["basis"] in _REALISED, fact["scope"])] += fact["value"]
    return {key: round(value) for key, value in sums.items()}


def test_every_notice_adds_up_to_what_its_gold_does(notices: list[dict[str, Any]]) -> None:
    sums = {notice["id"]: counted(notice["facts"]) for notice in notices}
    assert {notice["id"]: counted(predict(notice)["facts"]) for notice in notices} == sums


# Invented notices, with how much they tell of.
_PARTS = ("工业项目", "现代服务业项目", "农业项目", "文旅项目", "基础设施项目")
_NAMES = ("储能电池基地", "冷链物流园", "智能家居工厂", "精细化工装置", "医药研发中心")
Tell = Callable[[list[int]], str]


def money(value: int) -> str:
    return f"{value / 10:g}亿元"


def items(names: Iterable[str], values: list[int], verb: str, mark: str) -> str:
    told = zip(names, values, strict=False)
    return mark.join(f"{name}{verb}{money(value)}" for name, value in told)


def by_class(values: list[int]) -> str:
    told = items(_PARTS, values, "投资", "、")
    return f"活动现场集中签约项目18个，协议总投资{money(sum(values))}，其中{told}。"


def by_line(values: list[int]) -> str:
    told = items(_NAMES, values, "总投资", "。\n")
    return f"当天集中开工{len(values)}个项目，总投资{money(sum(values))}。\n{told}。"


def summed_up(values: list[int]) -> str:
    return f"会上，{items(_NAMES, values, '投资', '，')}，合计{money(sum(values))}。"


def by_phase(values: list[int]) -> str:
    told = items(("一期", "二期"), values, "投资", "，")
    return f"储能电池基地项目总投资{money(sum(values))}，其中{told}。"


_VALUES = st.lists(st.integers(11, 400), min_size=2, max_size=5, unique=True)


@given(
    tell=st.sampled_from([by_class, by_line, summed_up, by_phase]),
    values=_VALUES,
    spent=st.sampled_from([0, 3, 7]),
    again=st.sampled_from(["", "上述项目", "这批项目", "该项目", "项目全部建成后，"]),
    has_headline=st.booleans(),
)
@settings(max_examples=200, deadline=None)
def test_no_yuan_is_counted_twice(
    tell: Tell, values: list[int], spent: int, again: str, has_headline: bool
) -> None:
    """However a sum is told again, in its parts, in other words, in the headline or as spent."""
    total = sum(values)
    body = tell(values)
    if spent:
        body += f"\n目前，项目已完成投资{money(spent)}。"
    if again:
        body += f"\n据介绍，{again}总投资{money(total)}。"
    title = f"总投资超{total // 10}亿元 一批项目开工" if has_headline else "一批项目开工"
    facts = [fact for fact in read_facts(title, body).numbers if fact.kind is Kind.INVESTMENT]
    whole = [fact for fact in facts if fact.role is not Role.PART]
    realised = sum(fact.value for fact in whole if fact.basis in _REALISED)
    assert round(realised) == spent * _YUAN
    assert round(sum(fact.value for fact in whole) - realised) == total * _YUAN
    assert not exceeding(facts)


_FRAGMENTS = st.sampled_from(
    [
        *("总投资26亿元", "投资8亿元", "一期投资5亿元", "二期投资30亿元", "到位资金3亿元"),
        *("累计完成投资12亿元", "协议引资1亿美元", "签约项目12个", "开工7个", "在建20个"),
        *("其中工业项目9个", "占地300亩", "建筑面积8万平方米", "厂房6万平方米", "年产值40亿元"),
        *(
            "其中",
            "包括",
            "合计",
            "分别为",
            "（",
            "）",
            "、",
            "，",
            "；",
            "。",
            "\n",
            "甲公司",
            "该项目",
        ),
    ]
)


@given(title=st.lists(_FRAGMENTS, max_size=3), body=st.lists(_FRAGMENTS, max_size=25))
@settings(max_examples=300, deadline=None)
def test_no_part_exceeds_its_total(title: list[str], body: list[str]) -> None:
    """In any order of such words, sensible or not."""
    assert not exceeding(read_facts("".join(title), "".join(body)).numbers)


def exceeding(facts: Iterable[Fact]) -> list[Fact]:
    """Parts that no total of their kind and basis group may contain; sums in other currencies may
    be inside each other, and do not compare."""
    facts = list(facts)
    return [
        part
        for part in facts
        if part.role is Role.PART
        and not any(
            total.role is Role.TOTAL
            and group(total) == group(part)
            and (total.value >= part.value or total.unit != part.unit)
            for total in facts
        )
    ]


def group(fact: Fact) -> tuple[str, bool]:
    return fact.kind, fact.basis in _REALISED


def test_the_seed_page() -> None:
    """The page that the project began with: an old event told as new, in words without a sum."""
    lines = shared("seeds/000_c8e2adf7427dd46d.txt").read_text(encoding="utf-8").splitlines()
    page = "".join(f"<p>{escape(line)}</p>" for line in lines)
    article = read_article(page, "http://chongqing.example.test/info/detail/9132.html")
    assert (article.published, article.region) == ("2025-07-07", "重庆")
    facts = read_facts(
        article.title, article.body, published=article.published, region=article.region
    )
    told = {fact.kind: fact for fact in facts.numbers}
    investment = told[Kind.INVESTMENT]
    assert (investment.value, investment.qualifier) == (1e10, "超")
    assert f"总投资{investment.text}" == "总投资超百亿元"
    assert told[Kind.PROJECTS].value == 17
    assert facts.event is not None
    assert (facts.event.first, facts.event.last) == ("2023-01-01", "2023-12-31")
    assert facts.stale
    assert {industry.name for industry in facts.industries} >= {"生物医药", "医疗器械"}
    assert "西部(重庆)科学城" in {place.name for place in facts.places}
    assert facts.stage is Stage.SIGNED


def test_words_are_cut_to_those_that_are_used() -> None:
    groups = vocabulary("cues")
    cut = only_used(groups, ["项目总投资5亿元"])
    assert set(cut) == set(groups)
    assert {"投资", "总投资"} <= set(cut["investment"].words)
    assert "增资" not in cut["investment"].words
    assert only_used(groups, [])["investment"].words == ()


def test_halves_of_the_gold_are_told_by_their_numbers() -> None:
    assert (half_of("d010"), half_of("d011")) == (0, 1)


@pytest.mark.parametrize("file", FILES)
def test_words_that_are_cut_are_plain(file: str) -> None:
    """A pattern would not occur in a text as it stands, and so always be cut."""
    words = [word for group in vocabulary(file).values() for word in group.words]
    assert not [word for word in words if set(word) & set("[](|?*\\")]
