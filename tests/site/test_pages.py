from __future__ import annotations

import asyncio
import csv
import html
import io
import json
import re
import shlex
from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from cqcrawler.archive import Archive
from cqcrawler.models import Article
from cqcrawler.site.application import ArchiveSite, build
from cqcrawler.site.formats import moment
from cqcrawler.site.languages import LANGUAGES, choose, current, in_words, messages, say_name
from cqcrawler.site.metadata import questions
from cqcrawler.text.boilerplate import load_rules
from tests.results import page_result

PATHS = ["/", "/search", "/new", "/dashboard", "/questions", "/articles/1", "/articles/1/changes"]
PATHS += ["/watches"]
TYPED = [
    "(招商",
    "招商-引资",
    '"',
    "-",
    "*",
    "a AND",
    "NEAR(",
    "';--",
    "\x00",
    "😀",
    "重" * 999,
    "%",
]


class Links(HTMLParser):
    """The addresses that a page leads to or loads, and its elements that could run something."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.active: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name in ("href", "src", "action"):
                self.addresses.append(value or "")
            if name.startswith("on") or name == "style":
                self.active.append(f"{tag} {name}")
        if tag in ("script", "iframe", "object", "embed"):
            self.active.append(tag)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", [*PATHS, "/nothing-here", "/articles/2"])
def test_our_pages(get: Callable[..., Any], path: str, language: str) -> None:
    answer = get(path, language)
    assert answer.status_code == (404 if path == "/nothing-here" else 200)
    page = answer.text
    assert f'<html lang="{"zh-CN" if language == "zh" else "en"}"' in page
    links = Links(page)
    assert links.active == []
    schemes = {a.partition(":")[0] for a in links.addresses if re.match(r"[a-z]+:", a, re.I)}
    assert schemes <= {"http", "https"}
    if path != "/nothing-here":
        assert "script" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize(
    "name", ["q", "region", "portal", "tag", "since", "until", "section", "page"]
)
def test_nothing_typed_is_an_error(get: Callable[..., Any], name: str, typed: str) -> None:
    assert get("/search", params={name: typed}).status_code == 200
    if name == "region":
        assert get("/dashboard", params={name: typed}).status_code == 200


def test_search_finds_marks_and_pages(get: Callable[..., Any]) -> None:
    page = get("/search", params={"q": "医药"}).text
    assert "31 found" in page
    assert "生物<mark>医药</mark>" in page
    assert page.count("<li>\n    <h2>") == 20
    second = get("/search", params={"q": "医药", "page": "2"}).text
    assert second.count("<li>\n    <h2>") == 11
    assert "1 found" in get("/search", params={"q": "医药", "region": "渝北"}).text
    assert "No notices" in get("/search", params={"q": "医药", "since": "2025-08-01"}).text
    assert "no tag" in get("/search", params={"tag": "没有"}).text


def test_sections_are_asked_for_by_name_and_by_kind(get: Callable[..., Any]) -> None:
    for asked in ("招商动态", "news"):
        assert "1 found" in get("/search", params={"section": asked}).text
    assert "No notices" in get("/search", params={"section": "policy"}).text
    assert "no section" in get("/search", params={"section": "招商政策"}).text
    form = get("/search", "zh").text
    assert '<option value="news">新闻</option>' in form
    assert '<option value="招商动态">' in form
    page = get("/articles/1", "zh").text
    assert 'href="/search?section=%E6%8B%9B%E5%95%86%E5%8A%A8%E6%80%81">招商动态</a>' in page
    assert re.search(r'href="/search\?section=news"[^>]*>新闻</a>', page)
    board = get("/dashboard", "zh").text
    assert "按栏目类别" in board
    assert re.search(r'href="/search\?section=news"[^>]*>新闻', board)


@pytest.mark.parametrize("name", ["region", "place"])
def test_a_name_of_several_places_offers_them(get: Callable[..., Any], name: str) -> None:
    page = get("/search", params={"q": "医药", name: "鼓楼"}).text
    assert f"{name}=320106" in page


def test_results_are_narrowed_by_what_they_are_counted_by(get: Callable[..., Any]) -> None:
    page = get("/search", params={"q": "医药"}).text
    for facet, count in {"place=510000": 30, "source=%E6%B8%9D": 1, "tag=%E5%88%B6": 1}.items():
        (link,) = re.findall(rf'href="(/search\?[^"]*{facet}[^"]*)"', page)
        assert f"{count} found" in get(html.unescape(link)).text
    months = re.findall(r'href="(/search[^"]*since=2025-07&amp;until=2025-07)"', page)
    assert "1 found" in get(html.unescape(months[0])).text


def test_a_filter_is_a_chip_that_is_taken_away(get: Callable[..., Any]) -> None:
    page = get(
        "/search", params={"q": "医药", "place": "渝北", "since": "2025"}, language="zh"
    ).text
    assert "去掉条件 地点：渝北" in page
    chips = page[page.index('class="chips"') : page.index("</ul>", page.index('class="chips"'))]
    links = [html.unescape(link) for link in re.findall(r'href="([^"]+)"', chips)]
    shown = ["place" in link for link in links], ["since" in link for link in links]
    assert shown == ([True, False, False], [False, True, False])


def test_the_money_of_what_was_found_is_summed_up(get: Callable[..., Any]) -> None:
    page = get("/search", params={"q": "空港工业园区"}).text
    assert "1 of them in the sums: " in page
    assert ">100亿元 promised<" in page.replace("\n", "")
    assert "with investments" not in get("/search", params={"q": "成都"}).text


def test_the_place_asked_for_is_told_where_it_is_named(get: Callable[..., Any]) -> None:
    page = get("/search", params={"place": "成都"}).text
    assert "30 found" in page


def test_the_largest_investment_comes_first(get: Callable[..., Any]) -> None:
    page = get("/search", params={"q": "公告 OR 项目", "sort": "amount"}).text
    assert re.findall(r'href="/articles/(\d+)', page)[0] == "1"


def test_what_is_typed_may_be_kept_as_a_watch(get: Callable[..., Any]) -> None:
    page = get("/search", params={"q": "医药 -疫苗", "min": "1亿", "since": "2020"}).text
    (command,) = re.findall(r"<code>(cqcrawler watch add .*)</code>", page)
    assert shlex.split(html.unescape(command)) == [
        *("cqcrawler", "watch", "add", "NAME", "--since=2020", "--min=1亿", "--"),
        *("医药", "-疫苗"),
    ]


def test_an_article_has_its_parts(get: Callable[..., Any]) -> None:
    page = get("/articles/1").text
    assert "<p>重庆市渝北区与五家企业签约" in page
    assert "/articles/1/changes?from=1&amp;to=2" in page
    assert '<a href="http://h/plan.pdf" rel="noopener noreferrer nofollow">项目清单</a>' in page
    assert "[EB/OL]" in page
    assert get("/articles/1/raw").status_code == 404
    assert get("/articles/999").status_code == 404
    assert (
        "taken down" in get("/articles/3").text or "took this page down" in get("/articles/3").text
    )


def test_an_article_says_what_it_states_and_where(get: Callable[..., Any]) -> None:
    page = get("/articles/1", "zh").text
    strip = page[page.index('<dl class="strip"') : page.index("</dl>", page.index("strip"))]
    anchors = re.findall(r'href="#([\w-]+)"', strip)
    assert anchors
    for anchor in anchors:
        assert page.count(f'id="{anchor}"') == 1
    assert re.search(r'id="fact-\d+">(<span[^>]*>)?超?百亿元<', page)
    assert "投资" in strip


def test_the_words_searched_for_are_marked_and_the_way_goes_on(get: Callable[..., Any]) -> None:
    page = get("/articles/5", params={"q": "生物医药 OR 公告1"}).text
    assert "<mark>生物医药</mark>" in page
    assert "<mark>公告1</mark>" in page
    back, behind = re.findall(r'<a (?:rel="next" )?href="(/[^"]+)">(?:Back|Next)', page)
    assert "31 found" in get(html.unescape(back)).text
    assert "article" in get(html.unescape(behind)).text
    assert "of 31" in page
    # What the search does not find has its neighbours by date.
    assert "Back to the results" not in get("/articles/3", params={"q": "生物医药"}).text


def test_an_article_tells_of_edits_and_withdrawals(get: Callable[..., Any]) -> None:
    assert 'href="/articles/1/changes"' in get("/articles/1").text
    assert "took this page down" in get("/articles/3").text
    assert 'class="banner"' not in get("/articles/4").text


def test_a_change_is_shown(get: Callable[..., Any]) -> None:
    page = get("/articles/1/changes?from=1&to=2").text
    assert "<del>三</del><ins>五</ins>家企业" in page
    assert "<del>明</del><ins>后</ins>年投产" in page
    assert "do not differ" in get("/articles/3/changes").text


def test_a_search_is_taken_away_whole(get: Callable[..., Any], archive_path: Path) -> None:
    answer = get("/search.csv", params={"q": "生物医药"})
    assert "notices.csv" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    with Archive(archive_path, read_only=True) as archive:
        expected = [str(hit.id) for hit in archive.search("生物医药", limit=99)]
    assert [row["id"] for row in rows] == expected
    lines = get("/search.jsonl", params={"tag": "制造业"}).text.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [1]
    assert get("/search.csv", params={"region": "nowhere"}).status_code == 400


LIVE = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "＝1+1"]


@pytest.mark.parametrize("live", LIVE)
def test_no_cell_of_any_csv_is_a_formula(get: Callable[..., Any], live: str) -> None:
    sql = {"sql": f'select :live as "{live}", -1 as n, :live as x', "live": live}
    for options in ("", "?_stream=on", "?_dl=1"):
        answer = get(f"/archive.csv{options}", params=sql)
        headings, cells = csv.reader(io.StringIO(answer.text, newline=""))
        assert headings == [f"'{live}", "n", "x"]
        assert cells == [f"'{live}", "-1", f"'{live}"]


def test_tables_and_rows_as_csv_have_no_formula(
    tmp_path: Path,
) -> None:
    path = tmp_path / "archive.db"
    with Archive(path) as archive:
        run_id = archive.runs.begin("p", scope="full", version="1.0", at=datetime.now(UTC))
        article = Article("http://h/1", "=HYPERLINK(1)", source="@x")
        archive.save(page_result("http://h/1", article=article), run_id)

    async def visit() -> list[str]:
        site = build(path)
        await site.invoke_startup()
        paths = [
            "/archive/articles.csv?_col=title&_col=source",
            "/archive/articles.csv?_stream=on&_size=max",
            "/archive/articles/1.csv",
            "/archive/articles.csv?_labels=on",
            "/archive/article_versions.csv?_labels=on&_size=max",
            "/search.csv",
        ]
        texts = [(await site.client.get(path)).text for path in paths]
        site.databases["archive"].close()
        return texts

    for text in asyncio.run(visit()):
        cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        assert "'=HYPERLINK(1)" in cells
        assert not [cell for cell in cells if cell.startswith(("=", "@"))]


def test_a_question_that_fails_is_no_empty_csv(get: Callable[..., Any]) -> None:
    answer = get("/archive.csv", params={"sql": "select nothing"})
    assert answer.status_code == 400
    assert "nothing" in answer.text


def test_dashboards_count_and_lead_on(get: Callable[..., Any]) -> None:
    page = get("/dashboard?unit=notices").text
    assert "<title>2025-04: 30 notices</title>" in page
    assert "since=2025-04-01&amp;until=2025-04-30" in page
    assert "/dashboard?region=510000&amp;unit=notices" in page
    inside = get("/dashboard", params={"region": "510000"}).text
    assert "成都市" in inside
    assert "渝北" not in inside


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_saved_questions_answer(get: Callable[..., Any], question: Any) -> None:
    parameters = {name: words["example"] for name, words in question.parameters.items()}
    answer = get(f"/archive/{question.name}.json", params={**parameters, "_shape": "array"})
    assert answer.status_code == 200, answer.text
    assert isinstance(answer.json(), list)
    page = get(f"/archive/{question.name}", params=parameters)
    assert question.title["en"] in page.text.replace("&#39;", "'")


def test_tables_are_searched_in_chinese(get: Callable[..., Any]) -> None:
    rows = get(
        "/archive/articles.json", params={"_search": "生物医药产业园", "_size": "max"}
    ).json()
    assert rows["filtered_table_rows_count"] == 30
    for typed in TYPED:
        assert get("/archive/articles", params={"_search": typed}).status_code == 200


def test_all_of_a_table_comes_as_csv(get: Callable[..., Any]) -> None:
    answer = get("/archive/articles.csv?_stream=on&_size=max")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 33
    assert "三个项目落户空港工业园区" in {row["title"] for row in rows}


def test_the_inside_of_the_index_is_no_table(get: Callable[..., Any]) -> None:
    names = {table["name"] for table in get("/archive.json").json()["tables"]}
    assert {"articles", "articles_fts", "runs"} <= names
    assert not {name for name in names if name.startswith("articles_fts_")}


def test_a_copy_that_is_renewed_is_served_as_it_is_then(archive_path: Path, tmp_path: Path) -> None:
    copy, empty = tmp_path / "archive.db", tmp_path / "empty.db"
    with Archive(archive_path, read_only=True) as archive, Archive(empty):
        archive.snapshot(copy)

    async def visit() -> list[int]:
        site = build(copy)
        await site.invoke_startup()
        before = await _counts(site)
        empty.replace(copy)
        after = await _counts(site)
        site.databases["archive"].close()
        return [*before, *after]

    assert asyncio.run(visit()) == [33, 200, 0, 404]


async def _counts(site: ArchiveSite) -> list[int]:
    sql = {"sql": "select count(*) from articles", "_shape": "arrayfirst"}
    articles = await site.client.get("/archive.json", params=sql)
    return [*articles.json(), (await site.client.get("/articles/1")).status_code]


def test_datasette_marks_its_own_scripts_only(get: Callable[..., Any]) -> None:
    answer = get("/archive/articles?_size=max")
    (nonce,) = re.findall(r"'nonce-([\w-]+)'", answer.headers["content-security-policy"])
    scripts = re.findall(r"<script([^>]*)>", answer.text)
    assert scripts
    assert all(f'nonce="{nonce}"' in script for script in scripts)
    assert "&lt;script&gt;" in answer.text
    assert nonce not in get("/archive/articles").text


def test_a_question_that_fails_says_so_and_keeps_its_text(get: Callable[..., Any]) -> None:
    answer = get("/archive", params={"sql": "select nix from articles"})
    assert answer.status_code == 400
    assert "no such column: nix" in answer.text
    assert "verify" not in answer.text
    assert "select nix from articles</textarea>" in answer.text
    late = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"
    assert f"{late}</textarea>" in get("/archive", params={"sql": late}).text


def test_a_question_cannot_write(get: Callable[..., Any]) -> None:
    answer = get("/archive.json", params={"sql": "delete from articles"})
    assert answer.status_code == 400


ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"


def test_a_question_that_takes_too_long_is_told_so(
    get: Callable[..., Any], site: ArchiveSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(site._settings, "sql_time_limit_ms", 1000)
    for path in ("/archive", "/archive.json", "/archive.csv"):
        answer = get(path, params={"sql": ENDLESS})
        assert answer.status_code == 400
        assert "A query may take 1 seconds" in answer.text
        assert "textarea.style" not in answer.text
        assert "The terminal" not in answer.text


def test_the_language_is_remembered(get: Callable[..., Any]) -> None:
    answer = get("/?lang=zh", "en")
    assert "检索" in answer.text
    assert answer.headers["set-cookie"].startswith("lang=zh;")
    assert "检索" in get("/", "en", headers={"cookie": "lang=zh"}).text
    assert "编号" in get("/archive/articles?_lang=zh", "en").text


@pytest.mark.parametrize(
    ("asked", "remembered", "accepted", "expected"),
    [
        (None, None, "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        (None, None, "en-GB,en;q=0.9,zh;q=0.8", "en"),
        (None, None, "fr;q=0.9, zh-TW;q=0.5", "zh"),
        (None, None, "", "en"),
        ("fr", "zh", "en", "zh"),
        ("en", "zh", "zh", "en"),
    ],
)
def test_choosing_a_language(
    asked: str | None, remembered: str | None, accepted: str, expected: str
) -> None:
    assert choose(asked, remembered, accepted) == expected


@pytest.mark.parametrize("path", ["/", "/dashboard"])
def test_doubtful_notices_are_counted_and_listed(get: Callable[..., Any], path: str) -> None:
    page = get(path).text
    (link, count) = re.search(  # type: ignore[union-attr]
        r'<a href="(/archive/doubtful_notices\?portal=chongqing&amp;field=published)">'
        r"Published (\d+)</a>",
        page,
    ).groups()
    rows = get(link.replace("&amp;", "&").replace("?", ".json?_shape=array&")).json()
    assert len(rows) == int(count) > 0
    assert {row["field"] for row in rows} == {"published"}


# What reading and cleaning say of a line by themselves; the rules for lines have theirs.
GIVEN_RULES = {
    *("above the text", "aside", "below the text", "comments", "label line", "link", "links"),
    *("list heading", "teaser", "title", "line number", "page foot", "section line", "tag line"),
    *("repeat", "repeated block", "summary"),
}


def test_every_rule_has_a_name_in_both_languages() -> None:
    golden = Path(__file__).parents[1] / "golden/articles"
    shown = {
        line["rule"]
        for file in golden.glob("*.json")
        for line in json.loads(file.read_text("utf-8")).get("removed", ())
    }
    assert shown
    for rule in GIVEN_RULES | shown | {rule.name for rule in load_rules()}:
        token = current.set("zh")
        assert say_name("rule", rule) != rule
        current.reset(token)


def test_what_was_left_out_stands_in_its_place(get: Callable[..., Any]) -> None:
    page = get("/articles/4", "zh").text
    column = page[page.index('<div class="column"') : page.index("引用格式")]
    assert re.findall(r"<(p|li|span class=\"rule\")[^>]*>([^<]+)<", column) == [
        ("p", "成都市第0号公告：生物医药产业园招商。"),
        ('span class="rule"', "一组链接"),
        *(("li", f"要闻{number}") for number in range(6)),
        ('span class="rule"', "正文之后"),
        ("li", "以上内容仅供参考。"),
    ]
    assert re.search(r"<details><summary[^>]*>6 行</summary>", column)
    assert "未收入正文" not in get("/articles/5", "zh").text


def test_every_word_is_in_both_languages_and_used() -> None:
    folder = Path(__file__).parents[2] / "cqcrawler/site"
    texts = [
        file.read_text("utf-8") for file in folder.rglob("*") if file.suffix in (".html", ".py")
    ]
    said = set(re.findall(r"""say\(\s*["']([\w.]+)["']""", "\n".join(texts)))
    made = {"nav.", "change.", "search.", "filter.", "search.by_", "search.named_in_"}
    assert said <= messages().keys() | made
    looked_up = (
        "nav.",
        "change.",
        "search.help_",
        "search.by_",
        "search.named_in_",
        "filter.",
        "fact.",
        "basis.",
        "actor.",
        "data.",
        "outcome.",
        "field.",
        "rule.",
        "kind.",
        "project_stage.",
        "site.title",
        "refused.",
    )
    unused = {key for key in messages() if key not in said and not key.startswith(looked_up)}
    assert unused == set()
    assert all(set(words) == set(LANGUAGES) for words in messages().values())


@pytest.mark.parametrize(
    "page", ["search", "search.csv", "search.atom", "dashboard", "projects", "facts"]
)
def test_what_is_wrong_is_said_in_the_language_of_the_reader(
    get: Callable[..., Any], page: str
) -> None:
    path = f"/{page}?region=nowhere-at-all"
    assert "no region is called" in get(path, "en").text
    assert "没有名为“nowhere-at-all”的地区" in get(path, "zh").text
    assert "no region is called" not in get(path, "zh").text


def test_what_an_archive_says_is_read_in_both_languages() -> None:
    reason = "no run since 2025-07-07T08:00:00Z, which ended ok; one is due every 24 h"
    assert in_words(reason).startswith("no run since 2025-07-07 16:00, which")
    token = current.set("zh")
    try:
        assert in_words(reason).startswith("2025-07-07 16:00 之后没有抓取，该次结果为正常")
        assert in_words("not sure: title tag") == "不确定：title 标签"
    finally:
        current.reset(token)


def test_tables_show_times_of_beijing(get: Callable[..., Any]) -> None:
    page = get("/archive/runs").text
    (utc,) = {row["started_at"] for row in get("/archive/runs.json?_shape=array").json()}
    assert f'<time datetime="{utc}">{moment(utc)}</time>' in page
    assert utc.endswith("Z")
