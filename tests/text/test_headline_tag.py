"""The tag before a title, wherever it is looked for: fields, titles, cleaning."""

from __future__ import annotations

import pytest

from cqcrawler import read_article
from cqcrawler.cleaning import clean
from cqcrawler.models import Article
from cqcrawler.text.gazetteer import all_regions
from cqcrawler.text.headline_tag import headline_tag, is_tag, without_tags

TITLE = "新材料产业园三个项目集中开工"
TAGS = [
    "渝",
    "重庆",
    "渝北区招商",
    "四川-成都招商引资",
    "重庆·渝北区招商",
    "西部(重庆)科学城招商",
    "两会财经三问三答",
    "不忘初心 牢记使命",
    "双江拉祜族佤族布朗族傣族自治县招商",
    "云南省红河哈尼族彝族自治州金平苗族瑶族傣族自治县招商引资",
    *("招" * length for length in range(2, 31)),
]


@pytest.mark.parametrize("tag", TAGS)
def test_a_tag_is_one_for_every_reader(tag: str) -> None:
    title = f"【{tag}】{TITLE}"
    assert headline_tag(title) == tag
    assert without_tags(title) == TITLE
    assert is_tag(f"【{tag}】")
    article = clean(Article("http://x.test/", title, paragraphs=(TITLE, "项目总投资20亿元。")))
    assert article.paragraphs == ("项目总投资20亿元。",)


@pytest.mark.parametrize("tag", TAGS)
def test_a_title_is_read_with_its_tag_though_the_head_states_it_without(tag: str) -> None:
    article = read_article(
        f"<title>{TITLE}_江城招商网</title><h1>【{tag}】{TITLE}</h1><p>发布时间：2025-07-07</p>"
        "<p>项目总投资20亿元，全部达产后可提供就业岗位五百个。</p>"
    )
    assert (article.title, article.headline_tag) == (f"【{tag}】{TITLE}", tag)


def test_the_full_name_of_every_place_fits_into_a_tag() -> None:
    names = [region.full_name for region in all_regions()]
    assert names
    assert all(headline_tag(f"【{name}招商引资】{TITLE}") for name in names)


def test_of_several_tags_the_first_is_the_tag_and_none_belongs_to_the_title() -> None:
    title = f"【重庆】【渝北区招商】 {TITLE}"
    assert headline_tag(title) == "重庆"
    assert without_tags(title) == TITLE
    assert is_tag("【重庆】 【渝北区招商】")


def test_a_title_that_is_nothing_but_a_tag_stays_the_title() -> None:
    assert headline_tag("【渝北区招商】") == "渝北区招商"
    assert without_tags("【渝北区招商】") == "【渝北区招商】"


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        f"{TITLE}【图】",
        f"【】{TITLE}",
        f"【渝北区招商{TITLE}",
        f"【重庆【渝北区】招商】{TITLE}",
        f"【{'招' * 31}】{TITLE}",
    ],
)
def test_other_brackets_are_part_of_the_title(title: str) -> None:
    assert headline_tag(title) is None
    assert without_tags(title) == title
    assert not is_tag(title)
