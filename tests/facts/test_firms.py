"""A firm is the same one however short its name is printed."""

from __future__ import annotations

import pytest

from cqcrawler.facts.firms import firm_stem


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("重庆锐嘉光学科技有限公司", "锐嘉"),
        ("锐嘉科技", "锐嘉"),
        ("深圳市远盛新材料股份有限公司", "远盛"),
        ("远盛（重庆）实业有限公司", "远盛"),
        ("中辰集团", "中辰"),
        ("BOE科技集团", "boe"),
        ("集团", "集团"),
        ("", ""),
    ],
)
def test_the_stem_stays(name: str, stem: str) -> None:
    assert firm_stem(name) == stem
