"""How reading time grows with the size of a page, for shapes that tempt a reader to be slow."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

from lxml.html import fromstring

from benchmarks.mutations import CLOSING, MEBI, TITLE, notice
from cqcrawler import read_article

# A series ends where a page takes this long: doubled again, one that is not linear takes hours.
GIVE_UP = 8.0
HALVINGS = 8

_ATTRIBUTE = " a{n}=1"

SHAPES: dict[str, str] = {
    "paragraphs": f"<p>{CLOSING}</p>",
    "other-paragraphs": f"<p>{CLOSING}第{{n}}项</p>",
    "two-in-turn": f"<p>{CLOSING}</p><p>{CLOSING}{TITLE}</p>",
    "short-in-turn": "<p>甲市</p><p>乙县</p><p>丙区{n}</p>",
    "lines": f"{CLOSING}<br>",
    "links": '<li><a href="/xw/t1.html">示范区召开推进会</a><span>2024-06-12</span></li>',
    "one-text": CLOSING,
    "spaces": " ",
    "digits": "2024",
    "dates": "2024年6月12日",
    "labels": "<p>发布时间：2024-06-12 来源：示范区 作者：某某</p>",
    "label-words": "来源：",
    "brackets": "【",
    "less-than-signs": "<",
    "ampersands": "&",
    "headings": f"<h1>{TITLE}</h1>",
    "titles": f"<div>{TITLE}</div>",
    "cells": "<table><tr><td>项目</td><td>八十亿元</td></tr></table>",
    "one-row": "<td>八十亿元</td>",
    "nested": "<div>",
    "nested-inline": "<span>字",
    "metas": f'<meta name="ArticleTitle" content="{TITLE}">',
    "scripts": '<script>var a = {"content": "正文"};</script>',
    "hidden": f'<div style="display:none">{CLOSING}</div>',
    "images": '<img src="/a.png">',
    "files": '<a href="/a.pdf">附件1</a>',
    "end-tags": "</html>",
    "comments": "<!-- x -->",
    "open-comments": "<!--",
    "attributes": _ATTRIBUTE,
    "open-files": '<a href="/a.pdf">',
    "open-titles": "</title><title><p>",
    "open-quotes": '<a href="',
    "preformatted": "<pre>字\n",
    "tiny": "<p>字",
}


def measure(unit: str, largest: int) -> tuple[list[float], list[float]]:
    """Return CPU seconds of reading and of parsing at doubling sizes up to `largest` MiB.

    Either series may end early, see `GIVE_UP`.
    """
    ours: list[float] = []
    parse: list[float] = []
    read_article(notice())  # what is loaded once is no part of it
    for halvings in range(HALVINGS, -1, -1):
        page = _page(unit, largest * MEBI >> halvings)
        for series, call in ((ours, read_article), (parse, fromstring)):
            if not series or series[-1] < GIVE_UP:
                series.append(_seconds(call, page))
    return ours, parse


def _page(unit: str, size: int) -> bytes:
    times = size // len(unit.encode())
    if "{n}" in unit:
        repeated = "".join(unit.replace("{n}", str(number)) for number in range(times))
    else:
        repeated = unit * times
    return notice(f"<p{repeated}>" if unit == _ATTRIBUTE else repeated).encode()


def _seconds(call: Callable[[bytes], object], page: bytes) -> float:
    start = process_time()
    call(page)
    return process_time() - start
