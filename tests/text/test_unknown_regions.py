from __future__ import annotations

import pytest

from cqcrawler.text import regions
from cqcrawler.text.unknown_regions import why_unknown


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "鼓楼区",
            "several regions are called '鼓楼区': give the code of one of 江苏省南京市鼓楼区",
        ),
        ("渝贝区", "no region is called '渝贝区': did you mean 渝水区 or 渝中区?"),
        ("乌鲁木奇", "did you mean 乌鲁木齐市"),
        ("巴岳新区", "needs the name of what contains it in front, such as 重庆-巴岳新区"),
        ("高新区", "such as 重庆-高新区"),
        ("无此地", "no region is called '无此地': give a name such as 渝北 or a GB/T 2260 code"),
        ("509999", "give a name such as 渝北 or a GB/T 2260 code"),
    ],
)
def test_it_says_what_to_give(name: str, said: str) -> None:
    assert regions.find(name) is None
    assert said in why_unknown(name)


def test_a_zone_with_its_place_in_front_is_one() -> None:
    place = regions.find("重庆-巴岳新区")
    assert place is not None
    assert (place.code, place.zone) == ("500000", "巴岳新区")
