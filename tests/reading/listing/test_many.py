"""Listing pages of very many links. Only the right answer counts: a reader of quadratic time would
take minutes."""

from __future__ import annotations

from tests.reading.listing.paged import HOST, listing

_MANY = 20_000


def test_a_pager_of_very_many_links() -> None:
    numbers = "".join(f"<a href='i_{n}.html'>{n}</a> " for n in range(2, _MANY))
    found = listing(f"<p><b>1</b> {numbers}<a href='i_2.html'>下一页</a></p>")
    assert found.next_urls == tuple(f"{HOST}/list/i_{n}.html" for n in range(2, _MANY))
    assert found.earlier_urls == ()


def test_marks_without_a_series() -> None:
    links = "".join(f"<a href='{n * n % 9973}x{n}y.html'>下一页</a> " for n in range(_MANY))
    homes = "<a href='i.html'>首页</a>" * 1000
    assert len(listing(f"<p>{links}</p><p>{homes}</p>").next_urls) == _MANY


def test_very_many_rows_of_which_some_have_no_address() -> None:
    row = "<li><a href='{}'>渝北区第{}批项目集中签约</a> 2025-07-01</li>"
    rows = (row.format(f"/i/{n}.html" if n % 2 else "javascript:;", n) for n in range(_MANY))
    found = listing("".join(rows), rows=_MANY // 2 + 5)
    assert found.beyond.startswith(f"{_MANY // 2} rows name no address")
