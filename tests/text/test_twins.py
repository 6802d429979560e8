"""What addresses of one page share."""

from __future__ import annotations

import pytest

from cqcrawler.text.twins import shared_address


@pytest.mark.parametrize(
    "other",
    [
        "http://m.h.cn/info/1.html",
        "http://wap.h.cn/info/1.html",
        "http://h.cn/info/1.html",
        "http://www.h.cn/m/info/1.html",
        "http://www.h.cn/wap/info/1.html",
        "https://www.h.cn/info/1.html",
        "http://www.h.cn/info/1_m.html",
        "http://www.h.cn/info/1.html?mobile=1",
        "http://www.h.cn/info/1.html?device=mobile",
    ],
)
def test_one_page(other):
    assert shared_address(other) == shared_address("http://www.h.cn/info/1.html")


@pytest.mark.parametrize(
    "other",
    [
        "http://www.h.cn/info/2.html",
        "http://www.h.cn/mh/info/1.html",
        "http://www.h.cn/info/1m.html",
        "http://www.h.cn/info/1.html?m=2",
        "http://zs.h.cn/info/1.html",
        "http://m.cn/info/1.html",
    ],
)
def test_other_pages(other):
    assert shared_address(other) != shared_address("http://www.h.cn/info/1.html")
