"""Numbers of a calendar, an archive or a carousel are no pages, though the page has a pager."""

from __future__ import annotations

import pytest

from tests.reading.listing.paged import next_urls

DAYS = "".join(f"<td><a href='{{}}{n}.html'>{n}</a></td>" for n in range(1, 29))
NUMBERS = {
    "calendar": f"<table><tr>{DAYS.replace('{}', 'day.jsp?d=2025-07-')}</tr></table>",
    "calendar of folders": f"<table><tr>{DAYS.replace('{}', '2025/07/')}</tr></table>",
    "years": "<p>{}</p>".format(" ".join(f"<a href='{y}/'>{y}</a>" for y in range(2019, 2026))),
    "months": "<p>{}</p>".format("".join(f"<a href='m{m}.html'>{m}</a>" for m in range(1, 13))),
    "topics": "<div>{}</div>".format("".join(f"<a href='/zt/{n}.html'>{n}</a>" for n in (1, 2, 3))),
    "slides": "<ol>{}</ol>".format(
        "".join(f"<li><a href='/info/{n}.html'>{n}</a></li>" for n in (1, 2, 3))
    ),
}
PAGERS = {
    "numbers with next": (
        "<p><b>1</b> <a href='i_2.html'>2</a> <a href='i_3.html'>3</a>"
        " <a href='i_2.html'>下一页</a></p>"
    ),
    "items": (
        "<ul><li><a href='i_2.html'>2</a></li><li><a href='i_3.html'>3</a></li>"
        "<li><a href='i_2.html'>下一页</a></li></ul>"
    ),
    "next and last": "<p><a href='i_2.html'>下一页</a> <a href='i_3.html'>尾页</a></p>",
}


@pytest.mark.parametrize("order", ["{numbers}{pager}", "{pager}{numbers}"])
@pytest.mark.parametrize("pager", PAGERS)
@pytest.mark.parametrize("numbers", NUMBERS)
def test_other_numbers_beside_a_pager(numbers: str, pager: str, order: str) -> None:
    markup = order.format(numbers=NUMBERS[numbers], pager=PAGERS[pager])
    assert next_urls(f"<div>{markup}</div>") == ["/list/i_2.html", "/list/i_3.html"]


APART = "<div><ul><li><a href='i_2.html'>2</a></li><li><a href='i_3.html'>3</a></li></ul>{}</div>"


@pytest.mark.parametrize(
    "onward",
    [
        "<div><a href='i_2.html'>下一页</a></div>",
        "<div><a href='i_9.html'>末页</a></div>",
        "<div><a>下一页</a></div>",
        "<div class='slider'><a href='javascript:;'>上一页</a></div>",
    ],
)
def test_numbers_of_a_pager_in_a_block_of_their_own(onward: str) -> None:
    assert next_urls(APART.format(onward))[:2] == ["/list/i_2.html", "/list/i_3.html"]
