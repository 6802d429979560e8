"""Notices with related links, listings with summaries, and pages that are neither."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cqcrawler.models import Article, Attachment, Evidence, Link, Listing, Page, PageKind
from cqcrawler.platforms import read_listing
from cqcrawler.reading.article import extract_article
from cqcrawler.reading.page.document import open_page
from cqcrawler.reading.page_kind import is_plainly_notice, page_kind
from tests.golden.pages import ARTICLES, LISTINGS, GoldenPage, all_pages, pages
from tests.shared import SHARED

NOTICE, LISTING, UNKNOWN = PageKind.NOTICE, PageKind.LISTING, PageKind.UNKNOWN
HERE = "http://cq.example.cn/x/"
CORPUS = SHARED / "corpus"
TITLE = "北碚滨江工厂引领先进制造升级"
TEXT = "两地联合主办了产业对接会，推动17个项目签约，将进一步完善产业链，为西部建设注入新动能。"
FILE = Attachment(HERE + "1.pdf", "手册", "pdf")
ROWS = tuple(
    Link(f"{HERE}{n}.html", f"一则与此有关的招商动态之{n}", f"2025-07-0{n}") for n in range(1, 9)
)


def article(**fields: object) -> Article:
    known = {"title": TITLE, "published": "2025-06-30", "paragraphs": (TEXT,) * 3}
    return Article(HERE, **(known | fields))


def listing(*rows: Link, **fields: object) -> Listing:
    return Listing(HERE, rows, **fields)


PAGED = {"next_urls": (HERE + "2.html",)}


@pytest.mark.parametrize("expected", [NOTICE, LISTING, UNKNOWN])
@pytest.mark.parametrize("rows", [(), ROWS[:1], ROWS])
def test_dated_text_is_a_notice_whatever_is_related(
    rows: tuple[Link, ...], expected: PageKind
) -> None:
    assert page_kind(article(), listing(*rows), expected) is NOTICE


@pytest.mark.parametrize("expected", [NOTICE, LISTING, UNKNOWN])
def test_rows_without_date_and_text_are_a_listing(expected: PageKind) -> None:
    nothing = article(published=None, paragraphs=())
    assert page_kind(nothing, listing(*ROWS), expected) is LISTING
    assert page_kind(nothing, listing(ROWS[0], **PAGED), expected) is LISTING


@pytest.mark.parametrize(
    ("fields", "as_notice", "as_unknown"),
    [
        ({"published": None}, NOTICE, UNKNOWN),
        ({"paragraphs": ()}, NOTICE, UNKNOWN),
        ({"paragraphs": (), "attachments": (FILE,)}, NOTICE, NOTICE),
        ({"published": None, "paragraphs": ("地址：重庆市渝北区",)}, UNKNOWN, UNKNOWN),
        ({"title": ""}, UNKNOWN, UNKNOWN),
    ],
)
def test_less_evidence_will_do_for_what_came_as_a_notice(
    fields: dict[str, object], as_notice: PageKind, as_unknown: PageKind
) -> None:
    assert page_kind(article(**fields), listing(), NOTICE) is as_notice
    assert page_kind(article(**fields), listing(), UNKNOWN) is as_unknown


def test_long_text_without_date_is_no_listing_for_its_related_links() -> None:
    undated = article(published=None, paragraphs=(TEXT,) * 5)
    assert page_kind(undated, listing(*ROWS), NOTICE) is NOTICE
    assert page_kind(undated, listing(*ROWS), UNKNOWN) is LISTING


def test_listing_read_as_a_notice_by_its_first_row() -> None:
    dates = tuple(row.published or "" for row in ROWS)
    summaries = tuple(line for date in dates for line in (date, TEXT))
    taken = article(title=ROWS[0].title, published=ROWS[0].published, paragraphs=summaries)
    for expected in (NOTICE, LISTING, UNKNOWN):
        assert page_kind(taken, listing(*ROWS), expected) is LISTING


def test_listing_headed_by_the_name_of_its_section() -> None:
    taken = article(title="招商动态", published=ROWS[0].published, region="重庆")
    assert page_kind(taken, listing(ROWS[0], **PAGED), UNKNOWN) is LISTING
    assert page_kind(taken, listing(ROWS[0], **PAGED), LISTING) is LISTING


def test_notice_of_images_between_its_neighbours() -> None:
    first, second = ROWS[:2]
    images = article(published=first.published, paragraphs=())
    beside = Link(second.url, second.title)
    assert page_kind(images, listing(first, beside), NOTICE) is NOTICE
    assert page_kind(images, listing(first, beside), UNKNOWN) is LISTING
    assert page_kind(images, listing(first, second), NOTICE) is LISTING
    assert page_kind(images, listing(first, beside, **PAGED), NOTICE) is LISTING
    section = article(title="招商动态", published=first.published, paragraphs=())
    assert page_kind(section, listing(first, beside), NOTICE) is LISTING


def test_notice_that_is_among_its_own_related_links() -> None:
    own = Link(HERE + "m/1.html", TITLE, "2025-06-30")
    assert page_kind(article(), listing(own, *ROWS), NOTICE) is NOTICE
    assert page_kind(article(source="重庆日报"), listing(own, *ROWS), UNKNOWN) is NOTICE


LABELS = "<p>所属地区:湖南-常德-石门县 发布日期:2025年03月11日</p>"
SHORT = {
    "a sentence": "<p>两栋厂房对外招租，欢迎实地看样。</p>",
    "a table": "<p>用地五宗，安排另行通知。</p><table><tr><td>面积<td>6200平方米</table>",
    "an image": "<p><img src=/1.jpg></p>",
    "a file": "<p>详见附件。</p><p><a href=/a.pdf>附件.pdf</a></p>",
}
RELATED = "".join(
    f"<li><a href=/info/{n}.html>石门县标准厂房招租启事之{n}</a><span>2025-03-0{9 - n}</span>"
    for n in range(1, 5)
)


@pytest.mark.parametrize("text", SHORT)
@pytest.mark.parametrize("title", ["皂市镇厂房招租", "配套用地五宗 合计438亩", "集中签约26个项目"])
def test_a_short_notice_beside_related_rows(title: str, text: str) -> None:
    markup = (
        f"<title>{title}_石门招商网</title><div><h1>{title}</h1>{LABELS}<div>{SHORT[text]}</div>"
        f"</div><div><h3>湖南招商项目</h3><ul>{RELATED}</ul></div>"
    )
    assert kind_of(markup, NOTICE, row_title=title) is NOTICE
    same_day = markup.replace("2025-03-08", "2025-03-11")
    assert kind_of(same_day, NOTICE, row_title=title) is NOTICE
    if text == "a sentence":
        assert kind_of(same_day, NOTICE) is kind_of(markup, UNKNOWN) is NOTICE


@pytest.mark.parametrize("title", ["招商动态", "园区大全", "厂房招租"])
def test_a_row_may_lead_to_a_section_of_its_name(title: str) -> None:
    markup = f"<title>{title}_石门招商网</title><h2>{title}</h2><ul>{RELATED}</ul>"
    assert kind_of(markup, NOTICE, row_title=title) is LISTING


SUMMARY = "园区由县里打造，十年前获批，设有检测中心和材料超市，配套齐全，欢迎企业入驻"
CARDS = {
    "heading": "<div><h3><a href=/i/{n}.html>轴承小镇招商手册之{n}</a></h3><p>{text}</p>"
    "<p><span>石门县</span><span>2025-01-1{n}</span></p></div>",
    "image": "<div><a href=/i/{n}.html><img src=/c.jpg></a>"
    "<h3><a href=/i/{n}.html>轴承小镇招商手册之{n}</a></h3>"
    "<p>{text}</p><p>石门县 2025-01-1{n}</p><a href=/i/{n}.html>查看详情</a></div>",
    "labels": "<div><h3><a href=/i/{n}.html>轴承小镇招商手册之{n}</a></h3>"
    "<p>所属地区:石门县 发布日期:2025-01-1{n}</p><p>{text}</p></div>",
    "row": "<li><a href=/i/{n}.html>轴承小镇招商手册之{n}</a><span>2025-01-1{n}</span>"
    "<p>{text}</p>",
}


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
@pytest.mark.parametrize("end", ["…", "。", "..."])
@pytest.mark.parametrize("heading", ["", "<h2>园区大全</h2>"])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_last_page_of_a_listing_is_one(card: str, end: str, heading: str, count: int) -> None:
    cards = "".join(card.format(n=n, text=SUMMARY + end) for n in range(count))
    markup = f"<title>园区大全_第3页_石门招商网</title>{heading}<div>{cards}</div>"
    assert kind_of(markup, LISTING, HERE + "p3/") is LISTING


def test_a_total_below_the_number_of_rows_is_not_theirs() -> None:
    beside = listing(*ROWS, declared_total=7)
    evidence = {"published": Evidence("label 发布日期", "发布日期:2025-06-30", 1.0)}
    short = article(paragraphs=("两栋厂房对外招租，欢迎实地看样。",), provenance=evidence)
    assert page_kind(short, beside, NOTICE, TITLE) is NOTICE
    assert page_kind(short, listing(*ROWS, declared_total=70), NOTICE, TITLE) is LISTING


SUMMARIES = {
    "labels": "<div><h3><a href='{n}.html'>{title}</a></h3>"
    "<p>所属地区:重庆 发布日期:2025-07-0{n}</p><p>{text}</p></div>",
    "no labels": "<div><h3><a href='{n}.html'>{title}</a></h3>"
    "<p>2025-07-0{n}</p><p>{text}</p></div>",
    "button": "<div><h2>{title}</h2><p>发布日期：2025-07-0{n}</p><p>{text}</p>"
    "<p><a href='{n}.html'>查看详情</a></p></div>",
}


LABELLED = {
    "origin": "label 发布日期",
    "text": "发布日期:2025-06-30",
    "confidence": 1.0,
}


@pytest.mark.parametrize(
    ("fields", "plain"),
    [
        ({"region": "重庆"}, True),
        ({"source": "新华网"}, True),
        ({}, False),
        ({"region": "重庆", "title": ""}, False),
        ({"region": "重庆", "provenance": {}}, False),
        ({"region": "重庆", "paragraphs": (TEXT,)}, False),
        ({"region": "重庆", "paragraphs": ("2025-07-02", TEXT * 5, "2025-07-03")}, False),
        (
            {"region": "重庆", "provenance": {"published": Evidence("signature", "6月30日", 0.5)}},
            False,
        ),
    ],
)
def test_what_reads_so_well_that_its_links_do_not_matter(fields, plain: bool) -> None:
    known = {"paragraphs": (TEXT,) * 5, "provenance": {"published": Evidence(**LABELLED)}}
    assert is_plainly_notice(article(**(known | fields))) is plain


@pytest.mark.parametrize("layout", SUMMARIES)
@pytest.mark.parametrize("heading", ["", "<h1>招商动态</h1>"])
def test_pages_of_summaries_are_listings(layout: str, heading: str) -> None:
    rows = "".join(
        SUMMARIES[layout].format(n=n, title=f"重庆招商项目集中开工之第{n}批", text=TEXT)
        for n in range(1, 7)
    )
    markup = f"<html><body><ul><li><a href='/'>首页</a></li></ul>{heading}{rows}</body></html>"
    for expected in (UNKNOWN, NOTICE):
        assert kind_of(markup, expected) is LISTING


def kind_of(
    markup: str | bytes, expected: PageKind, url: str = HERE, row_title: str = ""
) -> PageKind:
    document = open_page(Page(url, markup, "", datetime(2026, 11, 20, tzinfo=UTC)))
    article = extract_article(document)
    kind = page_kind(article, read_listing(document), expected, row_title)
    assert kind is NOTICE or not is_plainly_notice(article)  # The short cut leads nowhere else.
    return kind


def corpus(part: str) -> list[tuple[Path, str]]:
    gold = CORPUS / part / "gold.jsonl"
    lines = gold.read_text().splitlines() if gold.exists() else []
    found = [json.loads(line) for line in lines]
    return [
        (CORPUS / part / "pages" / f"{page['id']}.html", page["url"] or HERE)
        for page in found
        if page["id"] != "jl_ggzyzx_js"
    ]


def golden(kind: str) -> list[tuple[Path, str]]:
    return [(page.path, page.url) for page in pages(kind) if page.is_plain]


@pytest.mark.parametrize("expected", [NOTICE, UNKNOWN])
@pytest.mark.parametrize(("path", "url"), [*golden(ARTICLES), *corpus("gov")])
def test_notices_of_portals(path: Path, url: str, expected: PageKind) -> None:
    assert kind_of(path.read_bytes(), expected, url) is NOTICE


def test_news_pages_with_dozens_of_links() -> None:
    news = [*golden(ARTICLES), *corpus("articles")]
    kinds = [kind_of(path.read_bytes(), NOTICE, url) for path, url in news]
    assert kinds.count(NOTICE) >= len(news) - 2


@pytest.mark.parametrize("expected", [NOTICE, LISTING, UNKNOWN])
@pytest.mark.parametrize(("path", "url"), [*golden(LISTINGS), *corpus("listings")])
def test_listings_of_portals(path: Path, url: str, expected: PageKind) -> None:
    assert kind_of(path.read_bytes(), expected, url) is LISTING


DOUBTFUL = [
    pytest.param(
        page,
        id=page.name,
        marks=[pytest.mark.xfail(strict=True, reason=page.kind_fault)] if page.kind_fault else [],
    )
    for page in all_pages()
    if not page.is_plain
]


@pytest.mark.parametrize("page", DOUBTFUL)
def test_pages_that_tell_little_of_their_kind(page: GoldenPage) -> None:
    expectations = (NOTICE, LISTING, UNKNOWN) if page.is_listing else (UNKNOWN,)
    assert {kind_of(page.body, expected, page.url) for expected in expectations} == {page.kind}
