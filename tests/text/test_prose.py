"""What may be prose beside markup that says more, and what is prose whatever stands around it."""

from __future__ import annotations

import pytest

from cqcrawler.text.prose import is_plainly_prose, reads_like_prose


@pytest.mark.parametrize(
    ("line", "may_be", "is_plainly"),
    [
        ("项目总投资20亿元，今年年底投产。", True, True),
        (
            "项目总投资20亿元，达产后年产值30亿元，可提供就业岗位五百个，是长寿区今年引进的第三个高性能纤维项目，也是该园区单体投资最大的一个",
            True,
            True,
        ),
        ("这样的机会企业会放过吗？园区给出的答案是：全程陪跑，一次办好！", True, True),
        ("签约项目以高性能纤维和电子化学品为主，三家企业将设立研发中心", True, False),
        ("陆海新通道班列首发，打造亚洲物流新走廊！", True, False),
        ("为什么越来越多的企业选择重庆？", True, False),
        ("重庆灯塔工厂引领先进制造升级之路", False, False),
        ("特此公告。", False, True),
        ("联系我们", False, False),
        (
            "地址：重庆市渝北区黄山大道中段 邮编：401121 电话：023-63010000 传真：023-63010001",
            False,
            False,
        ),
    ],
)
def test_two_questions(line: str, may_be: bool, is_plainly: bool) -> None:
    assert reads_like_prose(line) is may_be
    assert is_plainly_prose(line) is is_plainly
