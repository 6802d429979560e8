"""A page of the same site in a frame is a section, or the list where there is nothing else."""

from __future__ import annotations

import pytest

from cqcrawler import read_listing
from cqcrawler.models import Listing, ListingForm

HOST = "http://zs.example.cn"
MENU = "<p><a href='/zj/'>走进渝北</a> <a href='/hj/'>投资环境</a></p>"
FOOT = "<p>主办单位：渝北区招商投资促进局　渝ICP备00000000号　网站标识码：5001120000</p>"
ROWS = "".join(
    f"<li><a href='/a/{n}.html'>渝北第{n}批项目签约</a> 2025-07-0{n}</li>" for n in (1, 2, 3)
)


def read(markup: str) -> Listing:
    return read_listing(f"<html><head><meta charset='utf-8'></head>{markup}</html>", HOST + "/zs/")


ALONE = {
    "a frame below a menu": MENU + "<iframe src='/zs/rows.jsp?cid=3' height='900'></iframe>" + FOOT,
    "a frame of percents": "<iframe src='rows.jsp?cid=3' width='100%' height='100%'></iframe>",
    "a set of frames": (
        "<frameset rows='90,*'><frame src='/top.html'><frameset cols='200,*'>"
        "<frame src='/inc/left.asp'><frame src='/zs/rows.jsp?cid=3'></frameset></frameset>"
    ),
}


@pytest.mark.parametrize("kind", ALONE)
def test_frames_that_hold_the_list(kind: str) -> None:
    found = read(ALONE[kind])
    assert found.next_urls == (f"{HOST}/zs/rows.jsp?cid=3",)
    assert (found.rows, found.form, found.beyond) == ((), ListingForm.SHELL, "")


@pytest.mark.parametrize(
    "around", [f"<ul>{ROWS}</ul>", f"<p>{'渝北区是临空经济示范区，欢迎投资。' * 20}</p>"]
)
def test_frames_beside_something_else(around: str) -> None:
    found = read(f"{around}<iframe src='/zs/rows.jsp?cid=3' title='项目'></iframe>")
    assert (found.next_urls, found.form) == ((), ListingForm.PAGE)
    assert (f"{HOST}/zs/rows.jsp?cid=3", "项目") in [(s.url, s.title) for s in found.sections]


@pytest.mark.parametrize(
    "frame",
    [
        "src='http://map.example.com/'",
        "src='/weather.html'",
        "src='/zs/tj/count.asp?id=3'",
        "src='/search/box.html'",
        "src='/zs/rows.jsp' height='30'",
        "src='/zs/rows.jsp' style='display:none'",
        "src='about:blank'",
        "src='/zs/'",
        "src='/files/1.pdf'",
        "",
    ],
)
def test_frames_that_hold_no_list(frame: str) -> None:
    found = read(f"{MENU}<iframe {frame}></iframe>")
    assert (found.next_urls, found.form) == ((), ListingForm.PAGE)
    assert [section.title for section in found.sections] == ["走进渝北", "投资环境"]
