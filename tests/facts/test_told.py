"""Which sentences of a body tell of what its notice is about."""

from __future__ import annotations

import pytest

from cqcrawler.facts.numbers import read_numbers
from cqcrawler.facts.told import ToldSentences

LEAD = "昨日，县里举行签约仪式。"


def is_told(sentence: str, lead: str = LEAD) -> bool:
    body = f"{lead}\n{sentence}"
    return ToldSentences(body, read_numbers("", body).facts).holds(body.rindex(sentence[-2:]))


@pytest.mark.parametrize(
    "sentence",
    [
        "眼镜项目总投资3亿元。",
        "此次签约的还有眼镜厂。",
        "眼镜厂已经投产。",
        "2.眼镜厂扩建。",
        "三、眼镜产业补链。",
        "眼镜产业：一家工厂搬迁。",
        "——眼镜厂扩建。",
        "眼镜产业成集群",
        "问：眼镜产业补上了什么？",
    ],
)
def test_numbers_items_and_what_points_back_tell_of_it(sentence: str) -> None:
    assert is_told(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "当地眼镜产业基础好，企业集聚。",
        "电价为每千瓦时0.5元，眼镜厂用电有保障。",
        "园区同时新建道路和变电站。",
    ],
)
def test_praise_of_the_region_does_not(sentence: str) -> None:
    assert not is_told(sentence)


def test_the_lead_is_the_line_of_the_first_whole_sentence() -> None:
    body = "本报讯\n县里来了客商。眼镜厂用工有保障。\n当地眼镜厂多。"
    told = ToldSentences(body, ())
    assert told.holds(0)
    assert told.holds(body.index("用工"))
    assert not told.holds(body.index("厂多"))


@pytest.mark.parametrize("body", ["。", "眼镜厂", "眼镜厂投产。扩建"])
def test_a_body_of_one_line_is_all_lead(body: str) -> None:
    assert ToldSentences(body, ()).holds(0)
