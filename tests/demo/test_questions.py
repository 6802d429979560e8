"""What analysts ask, by the commands and pages of docs/questions.md, of the demo's notices.

What is right is counted from the gold, by hand: nothing below reads it from the archive.
"""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from cqcrawler import read_article
from cqcrawler.archive import Archive
from cqcrawler.commands import main
from cqcrawler.demo import GoldPage, gold
from cqcrawler.demo.resources import material
from cqcrawler.demo.site import canonical, site
from cqcrawler.models import Gone, Outcome, PageKind, ReadNotice, Visit
from cqcrawler.site.application import ArchiveSite, build
from tests.demo.test_facts import counted, sums_by_industry
from tests.processes import ROOT

FIRST, SECOND = datetime(2025, 9, 25, tzinfo=UTC), datetime(2025, 10, 3, tzinfo=UTC)
BASE = "http://127.0.0.1:5000"
BEFORE = {page.path: page for page in gold(1)}
AFTER = {page.path: page for page in gold(2)}
# Every notice that was ever archived, as it read last.
PAGES = list((BEFORE | AFTER).values())
TOLD_FIRST = [page for page in PAGES if not page.copy_of]
(WITHDRAWN,) = (page for path, page in BEFORE.items() if path not in AFTER)
ADDED = {page.title for path, page in AFTER.items() if path not in BEFORE}
(EDITED,) = (path for path in AFTER if path in BEFORE and AFTER[path].body != BEFORE[path].body)
# Notices are archived in the order of the gold.
NUMBER = {path: number for number, path in enumerate(BEFORE, 1)}
DISTRICTS = "渝北区 江津区 涪陵区 巴南区 永川区 璧山区 万州区 长寿区 两江新区".split()


@dataclass(frozen=True, slots=True)
class Row:
    question: str
    asked: str
    command: str
    page: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command printed and wrote, the page as text, and the rows of a saved question."""

    printed: str
    folder: Path
    page: str
    data: bytes
    rows: list[dict[str, Any]]


_ROW = re.compile(
    r"^\| (\d+) \| (.+?) \| (.+?) \| (?:`(.+?)`)? ?\| (?:`(.+?)`)? ?\|$", re.MULTILINE
)
ROWS = {
    int(number): Row(*cells)
    for number, *cells in _ROW.findall((ROOT / "docs/questions.md").read_text(encoding="utf-8"))
}
CHECKS: dict[int, Callable[[Answer], None]] = {}


def question(number: int) -> Callable[[Callable[[Answer], None]], Callable[[Answer], None]]:
    def keep(check: Callable[[Answer], None]) -> Callable[[Answer], None]:
        CHECKS[number] = check
        return check

    return keep


def cq(command: str) -> str:
    result = CliRunner().invoke(main, command.split()[1:])
    assert result.exit_code == 0, f"{command}\n{result.output}"
    return result.stdout


def save(archive: Archive, run: int, revision: int, page: GoldPage, at: datetime) -> None:
    resource, url = site(revision)[canonical(page.path)], BASE + page.path
    content_type = resource.content_type
    article = read_article(resource.body, url, content_type=content_type, region="重庆")
    archive.save(ReadNotice(Visit(url, "demo", PageKind.NOTICE, at), article), run)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the demo's portal was read twice, a week apart, with a watch added between."""
    folder = tmp_path_factory.mktemp("desk")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("CQCRAWLER_ARCHIVE", str(folder / "demo.db"))
        with Archive(folder / "demo.db") as archive:
            run = archive.runs.begin("demo", scope="full", version="0", at=FIRST)
            for page in BEFORE.values():
                save(archive, run, 1, page, FIRST)
            archive.runs.end(run, at=FIRST, outcome=Outcome.OK, counts={}, stats={})
            archive.index_all()
        cq("cqcrawler watch add 医疗器械 --industry 医疗器械")
        with Archive(folder / "demo.db") as archive:
            run = archive.runs.begin("demo", scope="full", version="0", at=SECOND)
            for path, page in AFTER.items():
                if page != BEFORE.get(path):
                    save(archive, run, 2, page, SECOND)
            gone = Visit(BASE + WITHDRAWN.path, "demo", PageKind.NOTICE, SECOND)
            archive.save(Gone(gone, "HTTP 404"), run)
            archive.withdraw_gone("demo", run, begun=SECOND, looked_at=len(AFTER))
            archive.runs.end(run, at=SECOND, outcome=Outcome.OK, counts={}, stats={})
            archive.index_all()
        yield folder


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[ArchiveSite]:
    built = build(folder / "demo.db")
    asyncio.run(built.invoke_startup())
    yield built
    for database in built.databases.values():
        database.close()


@pytest.fixture
def get(served: ArchiveSite) -> Callable[[str], Any]:
    def ask(path: str) -> Any:
        answer = asyncio.run(served.client.get(path, headers={"accept-language": "zh"}))
        assert answer.status_code == 200, path
        return answer

    return ask


@pytest.mark.parametrize("number", sorted(ROWS))
def test_the_answer_is_right(number: int, folder: Path, get: Callable[[str], Any]) -> None:
    row, edited = ROWS[number], str(NUMBER[EDITED])
    printed = cq(row.command.replace("ID", edited)) if row.command else ""
    answer = get(row.page.replace("ID", edited)) if row.page else None
    rows = []
    if row.page.startswith("/archive/"):
        path, _, asked = row.page.partition("?")
        rows = get(f"{path}.json?{asked}&_shape=array&_size=max").json()
    page = text_of(answer.text) if answer and ".xlsx" not in row.page else ""
    CHECKS[number](Answer(printed, folder, page, answer.content if answer else b"", rows))


def test_every_question_is_checked() -> None:
    assert sorted(ROWS) == sorted(CHECKS) == list(range(1, 26))
    assert all(row.command or row.page for row in ROWS.values())


def test_all_questions_of_the_site_are_in_the_docs(get: Callable[[str], Any]) -> None:
    listed = get("/questions").text
    asked = [row.page.partition("?")[0] for row in ROWS.values()]
    saved = set(re.findall(r'action="(/archive/\w+)"', listed))
    views = {"/archive/investment_by_industry", "/archive/coverage"}
    assert {page for page in asked if page.startswith("/archive/")} - views <= saved


def text_of(page: str) -> str:
    """The words of the main part of a page, and what its drawings say."""
    part = page.partition("<main")[2].partition("</main>")[0] or page
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", re.sub("</?mark>", "", part))).split())


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def titles(pages: list[GoldPage]) -> list[str]:
    return sorted(page.title for page in pages)


def lead(page: GoldPage) -> str:
    """What says first what a notice is about: its title and first sentence."""
    return page.title + "\n" + re.split("[。\n]", page.body)[0]


def yuan(page: GoldPage) -> float:
    """The largest promised amount in yuan."""
    return max(
        (each.value for each in page.investments if each.unit == "CNY" and each.role != "part"),
        default=0,
    )


def in_order(text: str, wanted: list[str]) -> bool:
    places = [squeezed(text).find(squeezed(title)) for title in wanted]
    return -1 not in places and places == sorted(places)


@question(1)
def who_signed(answer: Answer) -> None:
    signed = [
        page
        for page in PAGES
        if page.stage == "签约"
        and (page.district == "渝北区" or "渝北" in lead(page))
        and str(page.published) <= "2025-06-30"
    ]
    wanted = [page.title for page in sorted(signed, key=yuan, reverse=True)]
    assert len(wanted) == 2
    assert len(answer.printed.splitlines()) == len(wanted)
    assert in_order(answer.printed, wanted)
    assert in_order(answer.page, wanted)
    assert "122.8亿元" in answer.printed


@question(2)
def by_industry(answer: Answer) -> None:
    sums = sums_by_industry(PAGES, lambda page: set(page.industries))
    assert len(sums) > 15
    read = {
        (row["industry"], row["unit"]): row["investment_naming_it"]
        for row in answer.rows
        if row["investment_naming_it"]
    }
    assert read == sums
    sheet = load_workbook(answer.folder / "meeting.xlsx")["按产业"]
    cells = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {industry for industry, unit in sums if industry and unit == "CNY"} <= cells


@question(3)
def biggest(answer: Answer) -> None:
    amounts = sorted(
        (
            value
            for page, unit, value in counted(PAGES)
            if unit == "CNY"
            and any((each.value, each.scope) == (value, "project") for each in page.investments)
        ),
        reverse=True,
    )[:20]
    text = (answer.folder / "biggest.csv").read_text(encoding="utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["unit"] == "CNY"]
    assert [float(row["invested"]) for row in rows[:20]] == amounts
    assert in_order(answer.page, [f"{amount / 1e8:g}" for amount in amounts[:3]])


@question(4)
def factories(answer: Answer) -> None:
    areas = {}
    for page in PAGES:
        if page.section_kind == "space" and (found := re.search(r"([\d.]+)万平方米", page.body)):
            areas[page.title] = round(float(found[1]) * 10_000)
    wanted = {title: area for title, area in areas.items() if area >= 200_000}
    assert len(areas) == 16
    assert {row["title"]: row["square_metres"] for row in answer.rows} == wanted
    assert [row["square_metres"] for row in answer.rows] == sorted(wanted.values(), reverse=True)
    bodies = {page.title: page.body for page in PAGES}
    assert all(str(row["rent"])[:5] in bodies[row["title"]] for row in answer.rows if row["rent"])


@question(5)
def old_news(answer: Answer) -> None:
    # The first paragraph names a year long past, and no day of this one.
    years, day = re.compile(r"20(?:19|2[0-3])年"), re.compile(r"\d月\d+日")
    old = [
        page
        for page in PAGES
        if years.search(page.body.split("\n")[0]) and not day.search(page.body.split("\n")[0])
    ]
    assert len(old) >= 20
    read = {row["title"] for row in answer.rows}
    assert set(titles(old)) <= read
    # 2022年3月签约，2月11日投产: the day is of the year before, but may be meant as of this.
    assert all("满负荷运转" in title for title in read - set(titles(old)))


@question(6)
def watched(answer: Answer) -> None:
    added = [page for page in PAGES if page.title in ADDED and "医疗器械" in page.industries]
    assert len(added) == 1
    assert len(answer.printed.splitlines()) == 1
    assert added[0].title in answer.printed
    assert "医疗器械" in answer.page


@question(7)
def several_portals(answer: Answer) -> None:
    told = defaultdict(set)
    for page in PAGES:
        told[page.copy_of or page.path].add(BASE + page.path)
    again = {frozenset(group) for group in told.values() if len(group) > 1}
    assert len(again) >= 12
    assert {frozenset(row["addresses"].split(" ")) for row in answer.rows} == again
    assert {row["portals"] for row in answer.rows} == {1}


@question(8)
def departments(answer: Answer) -> None:
    policies = Counter(page.source for page in TOLD_FIRST if page.section_kind == "policy")
    assert sum(policies.values()) == 40
    assert {row["department"]: row["policies"] for row in answer.rows} == policies
    first = policies.most_common(1)[0][0]
    assert str(first) in answer.page


def district(page: GoldPage) -> str | None:
    if page.district:
        return page.district
    if page.region and "科学城" in page.region:
        return "西部(重庆)科学城"
    return next((name for name in DISTRICTS if name in lead(page)), None)


@question(9)
def jobs(answer: Answer) -> None:
    said = {
        "expected": re.compile(r"新增就业岗位(\d+)个"),
        "actual": re.compile(r"提供就业岗位(\d+)个|提供(\d+)个岗位|招收(\d+)名员工|员工(\d+)人"),
    }
    told: set[tuple[str, str, int]] = set()
    sums: Counter[str | None] = Counter()
    for page in TOLD_FIRST:
        if page.province != "重庆市":
            continue
        for basis, words in said.items():
            for found in words.finditer(f"{page.title}\n{page.body}"):
                number = next(int(each) for each in found.groups() if each)
                key = page.project or page.path, basis, number
                if key not in told:
                    told.add(key)
                    sums[district(page)] += number
    assert len(sums) >= 10
    # Both together: a headline alone, 建成投产 提供1480个岗位, leaves open which they are.
    read = {row["place"]: (row["expected"] or 0) + (row["actual"] or 0) for row in answer.rows}
    assert read == sums


@question(10)
def companies(answer: Answer) -> None:
    firms = {firm for each in material("industries")["industry"] for firm in each["firms"]}
    sums: Counter[str] = Counter()
    for page, unit, value in counted(PAGES):
        if unit == "CNY" and any(
            (each.value, each.scope) == (value, "project") for each in page.investments
        ):
            for firm in firms:
                if firm in page.title or firm in page.body.split("\n")[0]:
                    sums[firm] += round(value / 1e6)
    wanted = [(firm, total / 100) for firm, total in sums.most_common(5)]
    assert [(row["investor"], row["亿元"]) for row in answer.rows[:5]] == wanted


@question(11)
def course(answer: Answer) -> None:
    ((path, stages),) = {
        (page.project, tuple(p.stage for p in TOLD_FIRST if p.project == page.project))
        for page in TOLD_FIRST
        if page.project and "双溪电子" in page.title
    }
    first = [row for row in answer.rows if row["project"] == answer.rows[0]["project"]]
    assert [row["stage"] for row in first] == list(stages) == ["签约", "开工", "投产"]
    assert [row["title"] for row in first] == [
        page.title for page in TOLD_FIRST if page.project == path
    ]
    assert {row["亿"] for row in first} == {yuan(BEFORE[path]) / 1e8}


def naming(*words: str) -> list[GoldPage]:
    return [page for page in PAGES if all(w in f"{page.title}\n{page.body}" for w in words)]


@question(12)
def trend(answer: Answer) -> None:
    months = Counter(str(page.published)[:7] for page in naming("低空经济") if page.published)
    assert len(months) >= 8
    for month, notices in months.items():
        assert re.search(rf"{month}: {notices}\b", answer.page), month


def promised_at(place: str) -> float:
    about = (page for page in PAGES if page.district == place or place in lead(page))
    paths = {page.path for page in about}
    return sum(
        value for page, unit, value in counted(PAGES) if unit == "CNY" and page.path in paths
    )


@question(13)
def two_districts(answer: Answer) -> None:
    for place in ("江津区", "涪陵区"):
        assert f"{promised_at(place) / 1e8:g}" in answer.page.replace(",", "")


@question(14)
def subsidies(answer: Answer) -> None:
    # What 单个项目最高 says is a ceiling, too.
    said = re.compile(r"(?:奖励|单个企业|单个项目最高(?:补助)?)(?:不超过)?(\d+)万元")
    wanted: Counter[tuple[str, int]] = Counter()
    valid = set()
    for page in TOLD_FIRST:
        if page.section_kind == "policy":
            numbers = {int(each) for each in said.findall(f"{page.title}\n{page.body}")}
            wanted.update({(page.title, number): 1 for number in numbers})
            if "有效期三年" in page.body:
                valid.add(page.title)
    assert len(wanted) > 30
    assert {(row["title"], round(row["万元"])) for row in answer.rows} == set(wanted)
    read = {row["title"] for row in answer.rows if row["valid_until"]}
    assert read == valid & {title for title, _ in wanted}


@question(15)
def deadlines(answer: Answer) -> None:
    wanted = []
    for page in TOLD_FIRST:
        if found := re.search(r"申报截止时间为(\d+)月(\d+)日", page.body):
            day = f"2025-{int(found[1]):02}-{int(found[2]):02}"
            if "2025-08-15" <= day <= "2025-09-14":
                wanted.append((day, page.title))
    assert len(wanted) == 3
    assert [(row["deadline"], row["title"]) for row in answer.rows] == sorted(wanted)


@question(16)
def investors(answer: Answer) -> None:
    wanted = [
        page.title
        for page in TOLD_FIRST
        if re.search(r"深圳企业组团|投资方主要来自深圳", lead(page))
    ]
    assert wanted
    assert [row["title"] for row in answer.rows] == wanted


@question(17)
def signings(answer: Answer) -> None:
    signed = titles([page for page in PAGES if page.stage == "签约"])
    assert len(signed) > 50
    for book in (answer.folder / "signings.xlsx", io.BytesIO(answer.data)):
        head, *rows = load_workbook(book).worksheets[0].iter_rows(values_only=True)
        column = next(place for place, name in enumerate(head) if name in ("title", "标题"))
        assert sorted(row[column] for row in rows) == signed


@question(18)
def digest(answer: Answer) -> None:
    page = (answer.folder / "week.html").read_text(encoding="utf-8")
    for title in ADDED | {WITHDRAWN.title, AFTER[EDITED].title}:
        assert squeezed(title) in squeezed(text_of(page)), title


@question(19)
def changed(answer: Answer) -> None:
    lines = answer.printed.splitlines()
    kinds = Counter(line.split("\t")[0] for line in lines)
    assert kinds == {"new": 2, "changed": 1, "withdrawn": 1}
    for title in ADDED | {WITHDRAWN.title, AFTER[EDITED].title}:
        assert title in answer.printed
        assert squeezed(title) in squeezed(answer.page)


@question(20)
def withdrawn(answer: Answer) -> None:
    listed = json.loads(answer.printed)
    gone = [each["title"] for each in listed if each["change"] == "withdrawn"]
    assert gone == [row["title"] for row in answer.rows] == [WITHDRAWN.title]


@question(21)
def edited(answer: Answer) -> None:
    before, after = (set(version[EDITED].body.split("\n")) for version in (BEFORE, AFTER))
    assert before != after
    for paragraph in after - before:
        assert squeezed(paragraph)[-20:] in squeezed(answer.page)
    for paragraph in before ^ after:
        assert squeezed(paragraph)[:10] in squeezed(answer.printed)


@question(22)
def one_company(answer: Answer) -> None:
    about = naming("谷雨食品")
    assert len(about) > 5
    assert len(answer.printed.splitlines()) == len(about)
    assert all(page.title in answer.printed for page in about)
    assert str(len(about)) in answer.page


@question(23)
def provinces(answer: Answer) -> None:
    told = Counter(page.province for page in naming("低空经济"))
    assert {row["province"]: row["notices"] for row in answer.rows} == told


@question(24)
def coverage(answer: Answer) -> None:
    months = Counter(page.published and page.published[:7] for page in PAGES)
    assert {row["month"]: row["archived"] for row in answer.rows} == months
    assert not any(row["missing"] for row in answer.rows)
    assert "demo" in answer.printed


@question(25)
def citation(answer: Answer) -> None:
    page = AFTER[EDITED]
    for text in (answer.printed, answer.page):
        for part in (page.title, "[EB/OL]", BASE + EDITED):
            assert squeezed(part) in squeezed(text)
