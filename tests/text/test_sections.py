"""A section's name tells its kind, by words that explain themselves."""

from __future__ import annotations

import re

import pytest

from cqcrawler.models import SectionKind
from cqcrawler.text.sections import has_dates, load_kinds, section_kind

KINDS = load_kinds()


def cases(attribute: str) -> list[object]:
    return [
        pytest.param(kind, name, id=f"{kind}: {name}")
        for kind, each in KINDS.items()
        for name in getattr(each, attribute)
    ]


@pytest.mark.parametrize(("kind", "name"), cases("examples"))
def test_a_kind_has_its_examples(kind: SectionKind, name: str) -> None:
    assert section_kind(name) is kind


@pytest.mark.parametrize(("kind", "name"), cases("keeps"))
def test_a_kind_leaves_what_looks_alike(kind: SectionKind, name: str) -> None:
    assert section_kind(name) is not kind


@pytest.mark.parametrize("kind", SectionKind)
def test_a_kind_explains_itself(kind: SectionKind) -> None:
    each = KINDS[kind]
    assert each.reason.endswith(".")
    assert each.examples
    assert each.keeps
    for words in (each.words, each.endings, each.folders):
        assert len(set(words)) == len(words)
    assert all(re.fullmatch("[a-z]+", folder) for folder in each.folders)


def test_no_word_is_of_two_kinds() -> None:
    for attribute in ("words", "endings", "folders"):
        words = [word for each in KINDS.values() for word in getattr(each, attribute)]
        assert len(set(words)) == len(words)


def test_the_first_name_that_tells_decides() -> None:
    assert section_kind("2024年", "省级", "惠企政策", "招商动态") is SectionKind.POLICY
    assert section_kind("招商动态", "zcfg") is SectionKind.NEWS
    assert section_kind("营商环境", "zcfg_62435") is SectionKind.POLICY


@pytest.mark.parametrize("name", ["", " ", ">>", "首页", "走进江城", "外商投资", "招商政策" * 20])
def test_what_tells_no_kind_has_none(name: str) -> None:
    assert section_kind(name) is None
    assert section_kind() is None


def test_marks_width_and_case_do_not_matter() -> None:
    assert section_kind("【 通知 公告 】>>") is SectionKind.NEWS
    assert section_kind("NEWS") is SectionKind.NEWS


def test_news_and_policies_have_dates_and_what_kind_nobody_knows_may() -> None:
    assert {kind for kind in SectionKind if has_dates(kind)} == {
        SectionKind.NEWS,
        SectionKind.POLICY,
    }
    assert has_dates(None)
