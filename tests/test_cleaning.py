from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.corpus import PARTS, find_corpus, load
from cqcrawler.cleaning import clean, restore
from cqcrawler.models import Article, Link, RemovedParagraph
from cqcrawler.text.boilerplate import load_rules
from cqcrawler.text.own_lines import OwnLines
from tests.golden.pages import gold_pages
from tests.shared import SHARED

OURS = Path(__file__).parent / "reading" / "portal_text.txt"
TITLE = "【长寿区招商】长寿区新材料产业招商推介会举行 十二个项目签约"
LEAD = "2025年6月，长寿区举行新材料产业招商推介会，十二个项目现场签约，协议投资共六十亿元。"
BODY = (
    LEAD,
    "（一）聚焦主导产业。签约项目以高性能纤维和电子化学品为主，三家企业将设立研发中心。",
    "（二）优化服务流程。园区为每个项目配备专员，从拿地到开工的手续在三十天内办结。",
    "（三）补齐公共配套。年内建成中试基地和检测平台，企业可以按次租用仪器。",
)
ARTICLE = Article(
    url="https://example.org/info/detail/1.html",
    title=TITLE,
    headline_tag="长寿区招商",
    region="重庆-长寿区",
    published="2025-07-07",
    section="重庆招商引资",
    source="长寿发布",
    tags=("招商项目", "新材料"),
)
FOOT = (
    "重庆招商项目",
    "更多项目",
    "【渝北区招商】渝北数据中心投用",
    "2025-07-06",
    "【重庆招商】万州食品产业园开园",
    "2025-07-05",
    "重庆产业园区",
    "招商政策",
    "投资流程",
    "- 联系我们",
    "- 企业入驻",
    "立即获取",
)


def cleaned(*paragraphs: str) -> Article:
    return clean(replace(ARTICLE, paragraphs=paragraphs))


def removed(*paragraphs: str) -> dict[str, str]:
    return {paragraph.text: paragraph.rule for paragraph in cleaned(*paragraphs).removed}


def test_a_page_like_the_seed_gives_its_four_paragraphs_once() -> None:
    article = cleaned("发布日期:2025年07月07日", *BODY, *BODY[1:], *FOOT)
    assert article.paragraphs == BODY
    assert [p.rule for p in article.removed[1:4]] == ["repeated block"] * 3
    assert [p.position for p in article.removed] == [0, *range(5, 8 + len(FOOT))]


def test_the_seed_gives_its_four_paragraphs_once() -> None:
    for path in (OURS, *sorted(SHARED.glob("seeds/*.txt"))):
        lines = [line.strip() for line in path.read_text(encoding="utf-8").split("\n")]
        texts = tuple(line for line in lines if line)
        seed = Article("", title=texts[0], region="重庆", published="2025-07-07")
        assert clean(replace(seed, paragraphs=texts[3:])).paragraphs == texts[3:7]
        assert clean(replace(seed, paragraphs=texts)).paragraphs == texts[3:7]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (TITLE, "title"),
        ("长寿区新材料产业招商推介会举行 十二个项目签约", "title"),
        (f" {TITLE.replace(' ', '　')}", "title"),
        ("重庆招商引资", "section line"),
        ("招商项目", "tag line"),
        ("招商项目 新材料", "tag line"),
        ("重庆-长寿区", "label line"),
        ("2025年7月7日", "label line"),
        ("2025年07月07日", "label line"),
        ("长寿发布", "label line"),
    ],
)
def test_lines_above_the_text_that_repeat_its_fields_go(line: str, rule: str) -> None:
    assert removed(line, *BODY) == {line: rule}


def test_a_long_title_goes_wherever_it_stands() -> None:
    assert removed(*BODY[:2], TITLE, *BODY[2:]) == {TITLE: "title"}


def test_a_short_title_is_a_heading_inside_the_text() -> None:
    article = replace(ARTICLE, title="投资环境", paragraphs=(LEAD, "投资环境", *BODY[1:]))
    assert clean(article) == article


def test_a_short_title_is_text_below_the_heading_of_a_section() -> None:
    article = replace(
        ARTICLE, title="物流枢纽项目", paragraphs=("一、项目名称", "物流枢纽项目", *BODY)
    )
    assert not clean(article).removed


def test_signature_and_date_stay_that_are_source_and_date_of_the_article() -> None:
    signed = (*BODY, "长寿发布", "2025年7月7日")
    assert cleaned(*signed).paragraphs == signed
    assert cleaned(*signed, *BODY[1:]).paragraphs == signed


def test_a_page_printed_twice_with_head_and_foot_is_read_once() -> None:
    head = (TITLE, "招商项目", "所属地区:重庆-长寿区", "发布日期:2025年07月07日", "来源：长寿发布")
    foot = ("分享到：", "版权所有：某某网", "渝ICP备00000000号-1")
    page = (*head, *BODY, "长寿发布", "2025年7月7日", *foot)
    assert cleaned(*page, *page).paragraphs == (*BODY, "长寿发布", "2025年7月7日")


def test_the_head_of_a_second_copy_goes_and_the_signature_above_it_stays() -> None:
    signed = (*BODY, "长寿发布", "2025年7月7日")
    head = ("所属地区:重庆-长寿区", "招商项目", "2025-07-07")
    article = cleaned(*signed, *head, *BODY)
    assert article.paragraphs == signed
    assert [p.rule for p in article.removed[:3]] == ["label line", "tag line", "label line"]


def test_a_button_inside_a_repeated_block_does_not_break_it() -> None:
    block = ("一、签约项目", BODY[1], "（一）纤维", BODY[2])
    article = cleaned(LEAD, *block, "一、签约项目", "【打印】【关闭】", *block[1:])
    assert article.paragraphs == (LEAD, *block)


def test_nothing_else_of_the_article_changes() -> None:
    article = replace(ARTICLE, paragraphs=(*BODY, *FOOT), related=(Link("https://example.org/2"),))
    result = clean(article)
    for field in fields(Article):
        if field.name not in ("paragraphs", "removed"):
            assert getattr(result, field.name) == getattr(article, field.name)


def test_an_article_without_paragraphs_stays_empty() -> None:
    assert clean(Article("")) == Article("")


def test_rules_that_changed_since_are_applied_to_the_whole_text() -> None:
    """An article from the archive holds what older rules took out."""
    old = replace(ARTICLE, paragraphs=BODY[1:], removed=(RemovedParagraph(0, "old rule", LEAD),))
    assert clean(old) == replace(ARTICLE, paragraphs=BODY)


LINES = st.sampled_from(
    [
        *BODY,
        *FOOT,
        TITLE,
        "一、签约项目",
        "联系人：张三",
        "2025年7月7日",
        "长寿发布",
        LEAD[:30] + "…",
        "",
    ]
    + [example for rule in load_rules() for example in rule.examples]
)


@settings(max_examples=300)
@given(st.lists(LINES, max_size=40))
def test_cleaning_is_reversible_and_done_once(texts: list[str]) -> None:
    article = replace(ARTICLE, paragraphs=tuple(texts))
    result = clean(article)
    assert restore(result) == article.paragraphs
    assert clean(result) == result
    assert [p.position for p in result.removed] == sorted({p.position for p in result.removed})
    assert all(paragraph.rule for paragraph in result.removed)


@given(st.lists(LINES, max_size=20), st.lists(LINES, max_size=20))
def test_the_text_survives_whatever_stands_around_it(above: list[str], below: list[str]) -> None:
    assert {*BODY} <= {*cleaned(*above, *BODY, *below).paragraphs}


# Of the 228,169 characters of 167 pages these 174 go: two titles, a title printed elsewhere and the
# page's editors, which the gold counts as text, and a paragraph that the page prints twice.
GOLD_LOSS = {
    "gne_sxmu_1": ["title"],
    "mh_71bfee3a": ["title"],
    "mh_d997d758": ["repeat"],
    "np_001": ["editor"],
    "moz_gmw": ["original title"],
}


def test_what_people_took_for_the_text_of_a_page_stays() -> None:
    corpus = find_corpus()
    real = [page for part in PARTS for page in load(corpus, part)] if corpus else []
    lost = {}
    for page in (*real, *gold_pages()):
        texts = tuple(text for text in page.body.split("\n") if text.strip())
        article = clean(Article("", page.title, published=page.date, paragraphs=texts))
        lost[page.id] = [paragraph.rule for paragraph in article.removed]
    expected = GOLD_LOSS if corpus else {}
    assert {page: rules for page, rules in lost.items() if rules} == expected


def test_lines_of_the_portals_own_file_go_under_its_name():
    own = OwnLines("yubei.toml", ("招商 热线：400",), ("_渝北招商",))
    lines = ("项目签约落地。", "招商热线:400", "双方表示将加快建设。")
    article = Article("http://x.test/", title="签约_渝北招商", paragraphs=lines)
    cleaned = clean(article, own)
    assert cleaned.title == "签约"
    assert cleaned.paragraphs == ("项目签约落地。", "双方表示将加快建设。")
    assert cleaned.removed == (RemovedParagraph(1, "yubei.toml", "招商热线:400"),)
    assert clean(cleaned, own) == cleaned
    assert restore(cleaned) == lines
