from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cqcrawler.archive import Archive
from cqcrawler.archive.answers import money, tallies
from cqcrawler.archive.answers.answers import Answers
from cqcrawler.archive.answers.money import NONE, Cut, Money
from cqcrawler.archive.answers.tallies import Tally
from cqcrawler.archive.answers.undertakings import sorted_by
from cqcrawler.archive.articles.once import once
from cqcrawler.archive.search.asked import Search
from cqcrawler.exceptions import QueryError
from tests import answering

YI = 1e8


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("answers") / "archive.db"
    answering.fill(path)
    return path


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with Archive(path, read_only=True) as archive:
        yield archive


@pytest.fixture
def answers(archive: Archive) -> Answers:
    return archive.answers


def test_amounts_are_those_of_the_views(archive: Archive, answers: Answers) -> None:
    amounts = once(answers.amounts(), None)
    promised = Cut().of(amounts)
    assert money.total(promised).value == 25 * YI
    assert money.total(promised).notices == 2
    assert money.total(Cut(Money.REALISED).of(amounts)).value == 2 * YI
    assert money.other_currencies(amounts) == [("USD", Money.PROMISED, 3 * YI)]
    for cut in (Cut(kind, unit) for kind in Money for unit in ("CNY", "USD")):
        (value,) = archive._db.execute(
            f"SELECT total({cut.money}) FROM investments WHERE unit = ?", [cut.unit]
        ).fetchone()
        assert money.total(cut.of(amounts)).value == value


def test_parts_of_a_sum_are_those_of_the_views(archive: Archive, answers: Answers) -> None:
    rows = Cut().of(once(answers.amounts(), None))
    assert money.by_month(rows) == {"2025-05": 20 * YI, "2025-06": 5 * YI}
    assert money.by_industry(rows) == {"新能源及新型储能": 20 * YI, "生物医药": 5 * YI}
    told = archive._db.execute(
        """SELECT industry, investment_naming_it FROM investment_by_industry
        WHERE unit = 'CNY' AND investment_naming_it > 0"""
    )
    assert dict(told.fetchall()) == money.by_industry(rows)
    assert money.by_place(rows, money.parts("")) == {"50": 20 * YI, "51": 5 * YI}
    assert money.by_place(rows, money.parts("510000")) == {"50": 20 * YI, "5101": 5 * YI}
    assert money.by_place(rows, money.parts("500000")) == {"500112": 20 * YI, "51": 5 * YI}


@pytest.mark.parametrize(
    ("cut", "articles"),
    [
        (Cut(at="50"), [1]),
        (Cut(at="5101"), [4]),
        (Cut(at=NONE), []),
        (Cut(month="2025"), [4, 1]),
        (Cut(month="2025-06"), [4]),
        (Cut(month="..2025-05"), [1]),
        (Cut(month="..2025-04"), []),
        (Cut(industry="生物医药"), [4]),
        (Cut(industry=NONE), []),
        (Cut(Money.REALISED), [7]),
        (Cut(unit="USD"), [6]),
    ],
)
def test_a_part_of_a_sum_opens_its_rows(answers: Answers, cut: Cut, articles: list[int]) -> None:
    rows = money.largest(cut.of(once(answers.amounts(), None)), True, None, 9)
    assert [row.article_id for row in rows] == articles
    assert [fact.article_id for fact in answers.facts([row.fact_id for row in rows])] == articles


def test_rows_go_on_after_one_that_was_shown(answers: Answers) -> None:
    rows = Cut().of(once(answers.amounts(), None))
    first, second = money.largest(rows, False, None, 9)
    assert (first.value, second.value) == (20 * YI, 5 * YI)
    assert money.largest(rows, False, (first.value, first.fact_id), 9) == [second]
    assert money.largest(rows, True, (second.published, second.fact_id), 9) == [first]
    assert money.largest(rows, False, (second.value, second.fact_id), 9) == []


def test_notices_are_counted_among_those_of_a_search(archive: Archive, answers: Answers) -> None:
    def tally(asked: dict[str, str]) -> Tally:
        return tallies.tally(archive.facets(), answers.among(Search.of(asked)).ids)

    every = tally({})
    assert every.notices == 7
    assert every.months == {"2025-05": 2, "2025-06": 2, "2025-07": 2, "2025-08": 1}
    assert every.places(money.parts("")) == {"51": 4, "50": 3}
    assert every.industries["生物医药"] == 2
    assert every.stages["签约"] == {"2025-05": 2, "2025-06": 1, "2025-07": 1}
    assert {value.value: value.count for value in every.sources}["成都招商"] == 4
    some = tally({"q": "生物医药"})
    assert (some.notices, some.months) == (2, {"2025-06": 2})
    assert some.stages == {"签约": {"2025-06": 1}}
    none = tally({"q": "没有这样的词"})
    assert (none.notices, none.months, none.codes) == (0, {}, {})


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["远航储能电池基地", "单抗药物生产基地", "温泉酒店项目", "现代物流园项目"]),
        ({"place": "渝北"}, ["远航储能电池基地"]),
        ({"place": "四川"}, ["单抗药物生产基地", "温泉酒店项目", "现代物流园项目"]),
        ({"industry": "生物医药"}, ["单抗药物生产基地"]),
        ({"stage": "开工"}, ["远航储能电池基地"]),
        ({"q": "青禾"}, ["单抗药物生产基地"]),
        ({"q": "海湾 物流"}, ["现代物流园项目"]),
        ({"q": "海湾 储能"}, []),
        ({"q": "%"}, []),
        ({"min": "5亿"}, ["远航储能电池基地", "单抗药物生产基地"]),
        ({"since": "2025-08"}, ["远航储能电池基地"]),
        ({"until": "2025-05-08"}, ["远航储能电池基地"]),
        ({"since": "2025-08", "until": "2025-08", "place": "成都"}, []),
        ({"source": "重庆日报"}, ["远航储能电池基地"]),
    ],
)
def test_projects_are_narrowed(answers: Answers, asked: dict[str, str], names: list[str]) -> None:
    search = Search.of(asked)
    assert [project.name for project in answers.projects(search)] == names
    assert answers.project_sums(search).projects == len(names)


@pytest.mark.parametrize(
    "asked", [{"place": "nowhere"}, {"stage": "x"}, {"industry": "x"}, {"min": "x"}, {"since": "x"}]
)
def test_what_projects_are_narrowed_by_is_known(answers: Answers, asked: dict[str, str]) -> None:
    with pytest.raises(QueryError):
        answers.projects(Search.of(asked))


def test_projects_are_summed_by_currency_and_time(answers: Answers) -> None:
    sums = answers.project_sums(Search())
    assert [(one.unit, one.realised, one.projects, one.value) for one in sums.sums] == [
        ("CNY", False, 2, 25 * YI),
        ("CNY", True, 1, 2 * YI),
        ("USD", False, 1, 3 * YI),
    ]


@pytest.mark.parametrize("newest", [False, True])
def test_paging_passes_every_project_once(answers: Answers, newest: bool) -> None:
    every = answers.projects(Search(), newest=newest)
    paged, after = [], None
    while found := answers.projects(Search(), newest=newest, after=after, most=1):
        paged += found
        after = sorted_by(found[-1], newest)
    assert paged == every
    assert len(every) == 4


def test_the_largest_projects_are_the_first(answers: Answers) -> None:
    for asked in ({}, {"place": "成都"}, {"q": "医药"}, {"q": "没有这样的词"}):
        search = Search.of(asked)
        found = answers.largest_projects(search, answers.among(search).ids)
        assert all(project.unit == "CNY" for project in found)
        told = ["单抗药物生产基地"] if asked.get("q") == "医药" else []
        assert "q" not in asked or [project.name for project in found] == told
    (largest,) = answers.largest_projects(Search(), None, most=1)
    assert largest.name == "远航储能电池基地"


def test_a_project_has_its_notices_with_their_amounts(answers: Answers) -> None:
    history = answers.project(1)
    assert history is not None
    assert [(n.article_id, n.stage, n.at) for n in history.notices] == [
        (1, "签约", "2025-05-08"),
        (2, "签约", "2025-05-08"),
        (3, "开工", "2025-08-01"),
    ]
    assert [bool(notice.is_copy) for notice in history.notices] == [False, True, False]
    assert [fact.text for notice in history.notices for fact in notice.amounts] == ["20亿元"] * 3
    assert history.source == (history.notices[0].amounts[0].id, 1)
    assert history.course is not None
    assert history.course.months_to_start == 2
    assert history.possible == []
    assert answers.project(99) is None


def test_doubts_and_repeated_signings_are_told(tmp_path: Path) -> None:
    answering.fill(tmp_path / "archive.db")
    with Archive(tmp_path / "archive.db") as archive:
        archive._db.execute("INSERT INTO possible_same VALUES (1, 3)")
        archive._db.execute(
            "UPDATE project_notices SET stage = '签约', at = '2025-12-01' WHERE article_id = 3"
        )
        first, third = archive.answers.project(1), archive.answers.project(3)
    assert first is not None
    assert third is not None
    assert [project.project_id for project in first.possible] == [3]
    assert [project.project_id for project in third.possible] == [1]
    assert [(s.signed_at, s.signed_again_at, s.days_between) for s in first.signings] == [
        ("2025-05-08", "2025-12-01", 207)
    ]
