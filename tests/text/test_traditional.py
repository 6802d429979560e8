from __future__ import annotations

import pytest

from cqcrawler.text.boilerplate import match_line, match_statement
from cqcrawler.text.traditional import fold, spellings


def test_folding_keeps_every_character_in_its_place() -> None:
    assert fold("發佈日期：民國110年，瀏覽人次") == "发布日期：民国110年，浏览人次"
    assert fold("发布日期 ABC") == "发布日期 ABC"


def test_spellings() -> None:
    assert spellings("发") == "发發髮"
    assert spellings("日") == "日"


@pytest.mark.parametrize("line", ["版權所有：某某處", "瀏覽次數：128", "【責任編輯：某某】"])
def test_rules_hold_for_traditional_characters(line: str) -> None:
    assert match_line(line)


def test_statements_in_traditional_characters() -> None:
    assert match_statement("本文僅代表作者個人觀點，不代表本站立場。")
