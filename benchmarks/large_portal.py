"""A portal of any number of pages on 127.0.0.1, in a process of its own.

`python -m benchmarks.large_portal PAGES` prints its address and serves until its input ends.
Pages are invented when they are first asked for, about 20 kB each as on real portals.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import lru_cache
from html import escape
from subprocess import PIPE, Popen

from benchmarks.invented import notice, published_on
from cqcrawler.models import Article

ROWS = 20
_KEPT = 6000  # Pages kept once they are made, so that rounds after the first measure no making.
_HEAD = b"HTTP/1.1 %s\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n"
_SECTIONS = ("招商动态", "招商项目", "招商政策", "产业园区", "办事指南", "领导信箱")
_MENU = "".join(
    f'<li><a href="/section/{name}/">{name}</a><p class="hint">{name}栏目的说明</p></li>'
    for name in _SECTIONS * 6
)
_STYLE = "<style>" + ".list li{margin:0 auto;padding:4px 8px}\n" * 120 + "</style>"
_SCRIPT = "<script>" + "var site={name:'portal',visits:0};function n(a){return a+1}\n" * 60


class LargePortal:
    """Listings of 20 rows and their notices, `pages` of them together."""

    def __init__(self, pages: int) -> None:
        self.listings = max(1, round(pages / (ROWS + 1)))
        self.notices = pages - self.listings

    @lru_cache(maxsize=_KEPT)  # noqa: B019  There is one, for as long as the process lives.
    def page(self, path: str) -> bytes | None:
        """Return the page at `path`, None if there is none."""
        match path.strip("/").removesuffix(".html").split("/"):
            case [""]:
                return self._listing(1)
            case ["list", number]:
                return self._listing(int(number))
            case ["info", "detail", number]:
                return self._notice(int(number))
        return None

    def _listing(self, page: int) -> bytes:
        first = (page - 1) * ROWS
        rows = "".join(map(self._row, range(first, min(first + ROWS, self.notices))))
        near = range(max(1, page - 3), min(self.listings, page + 3) + 1)
        pager = "".join(f'<a href="{_listing_path(n)}">{n}</a> ' for n in near if n != page)
        if page < self.listings:
            pager += f'<a href="/list/{page + 1}.html">下一页</a>'
        return _page("招商动态", f"<h2>招商动态</h2><ul class=list>{rows}</ul><div>{pager}</div>")

    def _row(self, number: int) -> str:
        article = self._article(number)
        return (
            f'<li><a href="/info/detail/{number}.html">{escape(article.title)}</a>'
            f"<span>{article.published}</span></li>"
        )

    def _notice(self, number: int) -> bytes:
        article = self._article(number)
        text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in article.paragraphs)
        tags = "".join(f"<a>{escape(tag)}</a> " for tag in article.tags)
        return _page(
            article.title,
            f"<h1>{escape(article.title)}</h1><div>所属地区:{article.region} "
            f"发布日期:{article.published} 来源:{article.source}</div>"
            f"<div>{text}</div><div>标签：{tags}</div>",
        )

    def _article(self, number: int) -> Article:
        age = self.notices - 1 - number
        published = published_on(age, self.notices)
        # Without a date some are taken for listings, and the run is no whole one.
        return replace(notice(age, "", published), published=published.isoformat())


def _listing_path(page: int) -> str:
    return "/" if page == 1 else f"/list/{page}.html"


def _page(title: str, body: str) -> bytes:
    return (
        f"<html><head><title>{escape(title)}</title>{_STYLE}</head><body><ul>{_MENU}</ul>"
        f"{body}<div>版权所有 投资促进局</div>{_SCRIPT}</script></body></html>"
    ).encode()


async def _serve(portal: LargePortal) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                request = await reader.readuntil(b"\r\n\r\n")
                page = portal.page(request.split(b" ", 2)[1].decode())
                status = b"404 Not Found" if page is None else b"200 OK"
                writer.write(_HEAD % (status, len(page or b"")) + (page or b""))
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/", flush=True)
    await asyncio.to_thread(sys.stdin.read)


@contextmanager
def serving(pages: int) -> Iterator[str]:
    """Serve a portal of so many pages in a process of its own; yields its address."""
    command = [sys.executable, "-m", "benchmarks.large_portal", str(pages)]
    with Popen(command, stdin=PIPE, stdout=PIPE, text=True) as server:
        assert server.stdin
        assert server.stdout
        try:
            yield server.stdout.readline().strip()
        finally:
            server.stdin.close()


if __name__ == "__main__":
    asyncio.run(_serve(LargePortal(int(sys.argv[1]))))
