"""The site in Debian's Chromium; skipped where there is none."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import PATIENCE, launched, needs_chromium

PATHS = ["/", "/search?q=医药", "/new", "/dashboard", "/questions", "/articles/1", "/articles/2"]
PATHS += ["/search?q=医药&place=渝北&sort=amount", "/search?place=鼓楼", "/articles/1?q=医药"]
PATHS += ["/dashboard?unit=notices", "/dashboard?place=重庆&vs=四川", "/projects", "/facts"]
PATHS += ["/articles/1/changes", "/archive", "/archive/articles", "/archive/articles/2"]
PATHS += ["/no/such/page", "/archive?sql=select+nix", "/archive/edited_notices", "/watches"]

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with launched() as browser:
        yield browser


class Visitor:
    """A browser on the site that fails on requests to other places and on errors of pages."""

    def __init__(self, browser: Any, address: str, **options: Any) -> None:
        self.context = browser.new_context(base_url=address, **options)
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.elsewhere: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", self._note)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", lambda dialog: self.errors.append(dialog.message))
        self._address = address

    def _note(self, request: Any) -> None:
        if not request.url.startswith((self._address, "data:", "blob:")):
            self.elsewhere.append(request.url)

    def end(self) -> None:
        self.context.close()
        assert self.elsewhere == []
        assert self.errors == []


@pytest.fixture
def visitor(chromium: Any, address: str) -> Iterator[Visitor]:
    visitor = Visitor(chromium, address, locale="zh-CN")
    yield visitor
    visitor.end()


def test_from_a_search_to_an_article_and_its_change(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/")
    page.get_by_label("检索词").fill("签约")
    page.get_by_role("button", name="检索").click()
    page.locator("mark", has_text="签约").wait_for()
    page.get_by_role("link", name="三个项目落户空港工业园区").click()
    assert "五家企业签约" in page.locator("article .body").inner_text()
    page.get_by_text("未收入正文的内容").click()
    page.locator(".column .rule", has_text="重复段落").first.wait_for()
    page.locator(".banner").get_by_role("link", name="改了什么").click()
    page.wait_for_url("**/changes**")
    assert page.locator("article del").all_inner_texts() == ["三", "明"]
    assert page.locator("article ins").all_inner_texts() == ["五", "后"]
    colours = page.locator("article").evaluate(
        "a => ['ins', 'del'].map(n => getComputedStyle(a.querySelector(n)).backgroundColor)"
    )
    assert len(set(colours)) == 2


def test_filters_narrow_and_paging_goes_on(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/search?q=医药")
    assert "共 31 条" in page.get_by_role("status").inner_text()
    page.get_by_role("link", name="下一页").click()
    page.wait_for_url("**page=2")
    assert page.locator(".hits > li").count() == 11
    page.get_by_text("更多条件").click()
    page.get_by_label("所属地区").fill("渝北")
    page.get_by_role("button", name="检索").click()
    page.wait_for_url("**region=%E6**")
    assert "共 1 条" in page.get_by_role("status").inner_text()


def test_a_chart_is_read_and_leads_to_its_notices(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/dashboard?unit=notices")
    chart = page.get_by_role("group", name="共 33 条").first
    assert "2025-04" in chart.get_attribute("aria-label")
    figure = page.locator("figure").first
    figure.get_by_text("数字表").click()
    row = figure.get_by_role("row", name="2025-04")
    assert row.get_by_role("cell").inner_text() == "30"
    row.get_by_role("link").click()
    page.wait_for_url("**/search**")
    assert "共 30 条" in page.get_by_role("status").inner_text()
    page.goto("/dashboard?unit=notices")
    page.get_by_role("link", name="四川省内部").click()
    page.get_by_role("rowheader", name="成都市").wait_for()


def test_a_province_on_the_map_opens_the_rows_of_its_sum(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/dashboard")
    page.get_by_role("link", name="渝 100 亿元 重庆市").click()
    page.wait_for_url("**/facts?at=50")
    assert "100 亿元" in page.get_by_role("status").inner_text()
    assert "超百亿元" in page.locator(".facts mark").inner_text()
    page.get_by_label("去掉条件：所属地区 重庆市").click()
    page.wait_for_url("**/facts")


def test_a_dashboard_is_narrowed_and_compared(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/dashboard?unit=notices")
    form = page.get_by_role("search")
    form.get_by_label("地点", exact=True).fill("重庆")
    form.get_by_label("对比地区").fill("四川")
    form.get_by_role("button").click()
    page.wait_for_url("**vs=**")
    totals = page.get_by_role("table", name="合计")
    assert "1" in totals.get_by_role("row", name="公告").inner_text().split()
    assert "30" in totals.get_by_role("row", name="公告").inner_text().split()
    page.get_by_role("group", name="四川：").first.wait_for()


def test_a_csv_is_downloaded_and_parsed(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.page
    page.goto("/search?q=生物医药")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV").click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert path.name == "notices.csv"
    assert len(rows) == 31
    assert rows[0]["title"] == "三个项目落户空港工业园区"


def test_stored_text_never_runs(visitor: Visitor) -> None:
    page = visitor.page
    for path in ["/articles/2", "/search?q=恶意", "/dashboard", "/new", "/archive/articles", "/"]:
        page.goto(path)
        assert "hacked" not in page.title() or "<script>" in page.title()
        assert page.locator("main img").count() == 0
        assert page.locator('a[href^="javascript:" i], a[href^="data:" i]').count() == 0
        assert page.evaluate("document.querySelectorAll('[onerror], [onmouseover]').length") == 0
    page.goto("/articles/2")
    assert "<script>" in page.locator("article h1").inner_text()
    for tag in page.locator("article .tags a").all():
        tag.hover()
    assert page.title() != "1"


def test_sql_of_ones_own(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/archive")
    assert page.locator(".CodeMirror").count() == 1
    page.evaluate(
        "document.querySelector('.CodeMirror').CodeMirror"
        ".setValue('select count(*) as n from articles')"
    )
    page.get_by_role("button", name="Run SQL").or_(page.locator("input[type=submit]")).first.click()
    assert page.locator("td.col-n").inner_text() == "33"
    page.goto("/questions")
    page.get_by_label("词", exact=True).fill("生物医药")
    page.locator(".card", has_text="某个词出现在哪些地区").get_by_role("button").click()
    assert "四川省" in page.locator("table").inner_text()


def test_the_language_is_switched(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/articles/1")
    page.get_by_role("link", name="English").click()
    page.get_by_text("How to cite it").wait_for()
    page.goto("/search")
    page.get_by_role("button", name="Search").wait_for()


COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


@pytest.mark.parametrize("width", [375, 1280])
def test_everybody_can_read_it(chromium: Any, address: str, width: int) -> None:
    size = {"width": width, "height": 812}
    visitor = Visitor(chromium, address, viewport=size, locale="zh-CN")
    axe = Axe()
    found = []
    for path in PATHS:
        visitor.page.goto(path)
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width, path
        # In the dark the same page has other colours, and nothing else is another.
        for scheme, options in (("light", None), ("dark", COLOURS)):
            visitor.page.emulate_media(color_scheme=scheme)
            for violation in axe.run(visitor.page, options=options).response["violations"]:
                found += [
                    (path, scheme, violation["id"], one["html"]) for one in violation["nodes"]
                ]
    assert found == []
    visitor.end()


def test_light_and_dark(visitor: Visitor) -> None:
    visitor.page.goto("/")
    for scheme, is_shade in (("light", False), ("dark", True)):
        visitor.page.emulate_media(color_scheme=scheme)
        shade = visitor.page.evaluate("getComputedStyle(document.body).backgroundColor")
        red = int(shade.removeprefix("rgb(").split(",")[0])
        assert (red < 60) if is_shade else (red > 200)


def test_the_keyboard_is_enough(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "跳到正文"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.get_by_label("检索词").focus()
    page.keyboard.type("撤下")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search**")
    page.get_by_role("link", name="撤下的公告").wait_for()
