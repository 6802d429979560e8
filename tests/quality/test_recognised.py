"""The system behind real listing pages is the right one or none, and never another's name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cqcrawler.models import Page
from cqcrawler.platforms import recognise
from cqcrawler.reading.page.document import Document, open_page
from tests.shared import shared

PAGER, FILES = "createPageHTML(", "/t20"

# What made a page as its markup tells a reader, with what tells it. TRS WCM has files such as
# `202104/t20210419_56147.html` and calls `createPageHTML(25, 0, "index", "html")`; of the others
# none is of a system that we know.
EXPECTED = {
    "gxpopss_003_1": ("generic", "staticmores/003/003-2.html, staticpages/20190520/ghb…-350.html"),
    "gxpopss_003_4": ("generic", "the same site"),
    "gxpopss_011_1": ("generic", "the same site"),
    "cpaxj_news": ("trs", PAGER),
    "cpaxj_media": ("trs", PAGER),
    "cpaxj_tzgg": ("trs", PAGER),
    "cpaxj_pic": ("trs", PAGER),
    "cpaxj_channel": ("trs", FILES),
    "gzdzhrss_tzgg": ("trs", PAGER),
    "gzdzhrss_rsks": ("trs", PAGER),
    "gzdzhrss_zcfg": ("trs", PAGER),
    "gzdzhrss_ldhd": ("trs", PAGER),
    "fjmjzz_tzgg": ("generic", "tzgg/index_2.html from 2, 2016-12-30/69665.html"),
    "fjmjzz_shgz": ("generic", "the same site"),
    "fjmjzz_xwzx5": ("generic", "the same site"),
    "fjmjzz_xwzx326": ("generic", "the same site"),
    "fjmjzz_hdxw": ("generic", "the same site"),
    "pucheng_zthd": ("trs", FILES),
    "pucheng_dsfx": ("trs", FILES),
    "uudiv_daming": ("trs", FILES),
    "ggzy_deal": ("generic", "getList(2) and gotoPage of its own, a captcha"),
    "ctq_bmdt": ("trs", FILES),
    "soc_notice": ("generic", "inform?pageNumber=2, details?id=9e28…"),
    "jl_ggzyzx_js": ("generic", "$.ajax of its own, paging_ggzy_znd.js"),
    "most_excerpt": ("trs", FILES),
    "tangshan_excerpt": ("generic", "two rows of a transcript"),
}


def pages(part: str) -> Path:
    return shared(f"corpus/{part}/pages")


def document(name: str) -> Document:
    part = "columns" if (pages("columns") / f"{name}.html").exists() else "listings"
    gold = shared(f"corpus/{part}/gold.jsonl").read_text("utf-8").splitlines()
    url = next(row["url"] for row in map(json.loads, gold) if row["id"] == name)
    body = (pages(part) / f"{name}.html").read_bytes()
    return open_page(Page(url or "http://zs.example.cn/zsdt/", body))


@pytest.mark.parametrize("name", EXPECTED)
def test_the_system_of_a_page(name: str) -> None:
    system, sign = EXPECTED[name]
    found = document(name)
    platform = recognise(found)
    assert platform.name == system
    signs = platform.signs(found)
    assert (sign in " ".join(signs)) if system != "generic" else not signs


def test_all_pages_are_told_of() -> None:
    names = {path.stem for part in ("columns", "listings") for path in pages(part).glob("*.html")}
    assert names == EXPECTED.keys()
