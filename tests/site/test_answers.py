"""Dashboards, projects and the rows of sums, against what is counted by hand."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from cqcrawler.archive import Archive
from cqcrawler.site.application import ArchiveSite, build
from cqcrawler.site.languages import LANGUAGES
from cqcrawler.site.measures import yi
from cqcrawler.site.plots import Series, periods_of, round_up, tile_map
from tests import answering
from tests.site.test_pages import TYPED, Links

PAGES = [
    "/dashboard",
    "/dashboard?unit=notices",
    "/dashboard?unit=realised",
    "/dashboard?place=重庆&vs=四川",
    "/dashboard?q=储能&and=医药&unit=notices",
    "/dashboard?region=510000",
    "/projects",
    "/projects?sort=newest&place=成都",
    "/projects/1",
    "/projects/3",
    "/facts",
    "/facts?unit=USD",
    "/facts?money=realised&sort=newest",
    "/facts?at=50&month=2025-05&naming=新能源及新型储能",
]


@pytest.fixture(scope="module")
def archive_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("answers") / "archive.db"
    answering.fill(path)
    return path


@pytest.fixture(scope="module")
def site(archive_path: Path) -> Iterator[ArchiveSite]:
    built = build(archive_path)
    asyncio.run(built.invoke_startup())
    yield built
    for database in built.databases.values():
        database.close()


class Text(HTMLParser):
    """The words of the main part of a page, and its links by their words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: dict[str, str] = {}
        self._address = ""
        self.feed(page.partition("<main")[2].partition("</main>")[0])

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        if tag == "a":
            self._address = values.get("href") or ""
            if label := values.get("aria-label"):
                self.links[label] = self._address

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._address = ""

    def handle_data(self, data: str) -> None:
        if word := " ".join(data.split()):
            self.words.append(word)
            if self._address:
                self.links.setdefault(word, self._address)


@pytest.fixture
def text(get: Callable[..., Any]) -> Callable[..., Text]:
    def ask(path: str, **parameters: str) -> Text:
        answer = get(path, "zh", params=parameters or None)
        assert answer.status_code == 200
        return Text(answer.text)

    return ask


def sums(page: Text) -> str:
    return " ".join(page.words)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_pages_answer_and_lead_to_pages_that_do(
    get: Callable[..., Any], path: str, language: str
) -> None:
    answer = get(path, language)
    assert answer.status_code == 200
    links = Links(answer.text)
    assert links.active == []
    assert "script" not in answer.headers["content-security-policy"]
    assert 'role="alert"' not in answer.text
    inner = {link for link in links.addresses if link.startswith("/") and "download" not in link}
    for link in sorted(inner) if language == "zh" else ():
        assert get(link.replace("&amp;", "&"), language).status_code == 200, link


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("path", ["/dashboard", "/projects", "/facts"])
def test_nothing_typed_is_an_error(get: Callable[..., Any], path: str, typed: str) -> None:
    names = ["q", "place", "region", "industry", "stage", "min", "since", "until", "source", "sort"]
    names += ["after", "unit", "vs", "and", "money", "at", "month", "naming"]
    for name in names:
        answer = get(path, params={name: typed})
        assert answer.status_code == 200, name
        assert Links(answer.text).active == []


def test_what_cannot_be_read_is_said(get: Callable[..., Any]) -> None:
    wrong = ["after=x", "after=x~y", "after=1~", "after=~"]
    for path in ("/projects", "/facts"):
        for asked in wrong:
            assert "start from the first page" in get(f"{path}?{asked}").text
    for asked in ("money=all", "at=x", "month=May", "unit=¥"):
        assert "that there is not" in get(f"/facts?{asked}").text
    for path in ("/projects", "/facts", "/dashboard"):
        assert 'role="alert"' in get(path, params={"place": "nowhere"}).text
        assert "place=320106" in get(path, params={"place": "鼓楼"}).text


def test_a_dashboard_sums_as_the_hand_does(text: Callable[..., Text]) -> None:
    page = text("/dashboard")
    assert "公告 7 条 承诺投资 25 亿元 （2 条公告） 到位投资 2 亿元 （1 条公告）" in sums(page)
    assert "其他币种 3 亿 USD" in sums(page)
    assert "渝 20 亿元 重庆市" in page.links
    assert "川 5 亿元 四川省" in page.links
    assert {"新能源及新型储能", "生物医药"} <= page.links.keys()
    assert "各月承诺投资 亿元" in sums(page)
    assert "2025-06 5 2025-05 20" in sums(page)


def test_a_dashboard_is_narrowed(text: Callable[..., Text]) -> None:
    page = text("/dashboard", place="成都")
    assert "公告 4 条 承诺投资 5 亿元" in sums(page)
    assert "渝 20 亿元 重庆市" not in page.links
    page = text("/dashboard", q="储能")
    assert "公告 3 条 承诺投资 20 亿元" in sums(page)
    page = text("/dashboard", since="2025-06-01", until="2025-06-30")
    assert "公告 2 条 承诺投资 5 亿元" in sums(page)


def test_every_part_of_a_dashboard_opens_what_it_sums(text: Callable[..., Text]) -> None:
    for asked in ({}, {"unit": "realised"}, {"place": "成都"}, {"q": "储能"}):
        page = text("/dashboard", **asked)
        opened = {link for link in page.links.values() if link.startswith("/facts")}
        assert opened
        for link in opened:
            assert " 0 条" not in sums(text(link.replace("&amp;", "&")))
    page = text("/dashboard")
    rows = text(page.links["川 5 亿元 四川省"])
    assert "承诺投资 5 亿元 金额笔数 1 公告 1 条" in sums(rows)
    (led_to,) = {link for link in rows.links.values() if "#fact-" in link}
    assert re.fullmatch(r"/articles/4#fact-\d+", led_to)


def test_a_dashboard_of_notices_leads_to_searches(
    get: Callable[..., Any], text: Callable[..., Text]
) -> None:
    page = text("/dashboard", unit="notices")
    assert page.links["川 4 条 四川省"] == "/search?region=510000"
    assert page.links["成都招商"] == "/search?" + urlencode({"source": "成都招商"})
    assert page.links["生物医药"] == "/search?" + urlencode({"industry": "生物医药"})
    assert page.links["1"] == "/search?since=2025-08-01&until=2025-08-31"
    narrow = Links(get("/dashboard?unit=notices&since=2025-08-02").text).addresses
    assert "/search?since=2025-08-02&until=2025-08-31" in narrow
    assert not [link for link in narrow if "since=2025-08-01" in link]


def test_one_portal_draws_no_card(get: Callable[..., Any]) -> None:
    assert "By portal" not in get("/dashboard").text


def test_two_places_stand_side_by_side(get: Callable[..., Any], text: Callable[..., Text]) -> None:
    page = text("/dashboard", place="重庆", vs="四川")
    assert "公告 条 3 4 承诺投资 亿元 20 5 到位投资 亿元 – 2" in sums(page)
    drawn = get("/dashboard?place=重庆&vs=四川", "zh").text
    chart = drawn[drawn.index("<figure") : drawn.index("</figure>")]
    assert "重庆：2024-07 至 2025-06 共 20 亿元" in chart
    assert "四川：2024-07 至 2025-06 共 5 亿元" in chart
    assert '<rect class="bar series-1"' in chart
    assert '<rect class="bar series-2"' in chart
    words = text("/dashboard", **{"q": "储能", "and": "医药", "unit": "notices"})
    assert "公告 条 3 2" in sums(words)


def test_projects_are_listed_with_their_sums(text: Callable[..., Text]) -> None:
    page = text("/projects")
    told = "项目 4 项目总投资（承诺） 25 亿元 （2 个） 项目投资（到位） 2 亿元 （1 个）"
    assert f"{told} 项目总投资（承诺） 3 亿 USD" in sums(page)
    assert page.links["远航储能电池基地"] == "/projects/1"
    assert "青禾基因科技有限公司" in page.words
    assert "远航" not in sums(text("/projects", place="成都"))


def test_a_project_tells_its_course(text: Callable[..., Text]) -> None:
    page = text("/projects/1")
    assert "签约 2025-05-08 开工 2025-08-01 2 个月后 竣工投产 未见公告" in sums(page)
    assert sums(page).count("总投资 20亿元") == 3
    assert sums(page).count("转载") == 1
    assert sums(page).count("项目金额出处") == 1
    assert re.fullmatch(r"/articles/1#fact-\d+", page.links["20亿元"])


def test_a_project_that_is_not_there(get: Callable[..., Any]) -> None:
    for number in ("99", "0", "9" * 18):
        assert get(f"/projects/{number}").status_code == 404


def test_rows_are_paged_by_what_was_shown(
    archive_path: Path, text: Callable[..., Text], monkeypatch: pytest.MonkeyPatch
) -> None:
    for path, module in (("/facts", "facts"), ("/projects", "projects")):
        monkeypatch.setattr(f"cqcrawler.site.pages.{module}._PER_PAGE", 1)
        for order in ("", "newest"):
            seen, link = [], f"{path}?sort={order}&until=2025-12-0{1 + len(order) % 2}"
            while link:
                page = text(link)
                kind = "#fact-" if module == "facts" else "/projects/"
                seen += sorted({a for a in page.links.values() if kind in a and "?" not in a})
                link = page.links.get("下一页", "").replace("&amp;", "&")
            assert len(seen) == len(set(seen)) == (2 if module == "facts" else 4)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (1, "<0.01"), (5e6, "0.05"), (2e9, "20"), (1.04e9, "10.4"), (1.2345e12, "12,345")],
)
def test_yuan_are_shown_in_yi(value: float, shown: str) -> None:
    assert yi(value) == shown


@pytest.mark.parametrize(("most", "top"), [(0, 1), (7, 10), (20, 20), (21, 50), (3.1e9, 5e9)])
def test_axes_end_at_round_numbers(most: float, top: float) -> None:
    assert round_up(most) == top


def test_old_events_do_not_hide_the_months_of_today() -> None:
    def of(months: dict[str, float]) -> list[str]:
        return periods_of([Series("", months, str)])

    assert of({}) == []
    assert of({"2025-01": 1, "2025-03": 1})[-3:] == ["2025-01", "2025-02", "2025-03"]
    shown = of({"2010-01": 1, "2024-11": 4, "2025-03": 4})
    assert shown[0] == "..2022-03"
    assert shown[1:] == sorted(shown[1:])
    assert len(shown) == 37
    assert of({"2010-01": 5, "2025-03": 4})[0] == "2010"


def test_the_map_has_every_province_once() -> None:
    from cqcrawler.site.measures import Measure
    from cqcrawler.text import regions

    tiles = tile_map({"50": 4, "51": 1}, Measure.NOTICES, str).tiles
    assert len({(tile.x, tile.y) for tile in tiles}) == len(tiles) == 34
    assert {tile.link: tile.shade for tile in tiles if tile.link} == {"50": 4, "51": 2}
    codes = {f"{number:02}" for number in range(11, 83) if regions.find(f"{number:02}0000")}
    assert len(codes) == 34


def test_sums_may_be_late_but_are_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cqcrawler.site.desk import Desk

    path = tmp_path / "archive.db"
    answering.fill(path)
    desk = Desk(path)
    monkeypatch.setattr("cqcrawler.site.desk._FRESH_SECONDS", -1)

    def count(archive: Archive) -> int:
        return archive.statistics.totals().notices

    async def visit() -> list[int]:
        first = await desk.recall_late("n", count)
        with Archive(path) as archive:
            archive._db.execute("DELETE FROM article_industries")
            archive._db.execute("UPDATE articles SET withdrawn_at = first_seen WHERE id = 1")
        late = await desk.recall_late("n", lambda archive: -1)
        await asyncio.gather(*desk._renewed.values())
        return [first, late, await desk.recall_late("n", count)]

    assert asyncio.run(visit())[:2] == [7, 7]
    assert desk._answers["n"][2] == -1
