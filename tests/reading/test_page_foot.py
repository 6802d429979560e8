"""The foot of a page below a text: who runs the site, and where one is to turn."""

from __future__ import annotations

import pytest

from cqcrawler import read_article

HEAD = "<h2>柳河县冷链物流园二期动工</h2><p>发布日期：2024-05-06</p>"
TEXT = (
    "昨天上午，柳河县冷链物流园二期工程正式动工，县里几家果蔬合作社的负责人到场。",
    "二期建设三座冷库，总库容四万吨，计划明年秋收之前投入使用，届时可以满足全县需要。",
)
REGISTRATION = "某ICP备00000000号-2"
RUN_BY = [
    ("主办单位：柳河县商务局",),
    ("主办：柳河县人民政府　承办：柳河县投资服务中心",),
    ("地址：柳河县河滨路8号　邮编：400000",),
    ("柳河县商务局主办", "地址：柳河县河滨路8号", "电话：0435-7200001"),
]


def lines(*texts: str, tag: str = "p") -> str:
    return "".join(f"<{tag}>{text}</{tag.split(' ', maxsplit=1)[0]}>" for text in texts)


def paragraphs(page: str) -> tuple[str, ...]:
    return read_article(f"<body>{page}</body>").paragraphs


@pytest.mark.parametrize("run_by", RUN_BY)
@pytest.mark.parametrize("wrapper", ["{}", "<div>{}</div>", "<table><tr><td>{}</table>"])
@pytest.mark.parametrize("foot", ["<div class=foot>{}</div>", "<table><tr><td>{}</table>"])
def test_what_stands_in_an_element_with_the_registration(
    run_by: tuple[str, ...], wrapper: str, foot: str
) -> None:
    page = wrapper.format(HEAD + lines(*TEXT)) + foot.format(lines(*run_by, REGISTRATION))
    article = read_article(f"<body>{page}</body>")
    assert article.paragraphs == TEXT


def test_what_went_with_the_foot_is_kept_apart() -> None:
    foot = f"<div>{lines(*RUN_BY[0], REGISTRATION)}</div>"
    article = read_article(f"<body>{HEAD}{lines(*TEXT)}{foot}</body>")
    assert [(line.rule, line.text) for line in article.removed][1:] == [
        ("page foot", RUN_BY[0][0]),
        ("registration", REGISTRATION),
    ]


def test_the_foot_below_the_particulars_of_a_project() -> None:
    card = ("项目名称：果品深加工项目", "建设地点：柳河县北岭镇", "投资总额：3.2亿元", *TEXT)
    text = f"<div>{HEAD}<div>{lines(*card)}</div></div>"
    foot = f"<div>{lines(*RUN_BY[0], REGISTRATION)}</div>"
    assert paragraphs(text + foot) == card


def test_a_foot_of_lines_in_elements_of_their_own_kind() -> None:
    foot = lines(*RUN_BY[0], REGISTRATION, tag="p align=center")
    assert paragraphs(HEAD + lines(*TEXT) + foot) == TEXT


HOSTS = ("主办单位：柳河县商务局", "承办单位：柳河县果业协会")


@pytest.mark.parametrize(
    "page",
    [
        HEAD + lines(*TEXT, *HOSTS) + f"<div>{lines(REGISTRATION)}</div>",
        HEAD + lines(*TEXT, *HOSTS, REGISTRATION),
        f"<div>{HEAD}{lines(*TEXT, *HOSTS)}</div>{lines(REGISTRATION)}",
        f"{HEAD}{lines(*TEXT)}<div><div>{lines(*HOSTS)}</div><div>{REGISTRATION}</div></div>",
    ],
)
def test_the_hosts_of_an_event_stay(page: str) -> None:
    assert paragraphs(page) == (*TEXT, *HOSTS)


@pytest.mark.parametrize(
    "end",
    [
        ("柳河县商务局", "2024年5月6日"),
        ("地址：柳河县河滨路8号", "附件：申报表.doc"),
        ("地址：柳河县河滨路8号", "2024年5月6日"),
        ("联系地址另行通知，请各参会单位提前与县商务局联系，以免耽误行程。",),
    ],
)
def test_a_text_that_ends_in_an_element_with_the_registration(end: tuple[str, ...]) -> None:
    page = f"{HEAD}{lines(*TEXT)}<div>{lines(*end, REGISTRATION)}</div>"
    assert paragraphs(page) == (*TEXT, *end)
