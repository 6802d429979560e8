"""A small archive with what the commands can meet, and ways to run them."""

from __future__ import annotations

import os
import pty
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cqcrawler import read_article
from cqcrawler.archive import Archive
from cqcrawler.commands import main
from cqcrawler.models import Article, Gone, Outcome, PageKind, ReadNotice, Visit
from tests import processes
from tests.processes import Process

LAST_MONTH = datetime.now(UTC) - timedelta(days=30)
YESTERDAY = datetime.now(UTC) - timedelta(days=1)
LEAD = "重庆市渝北区与三家企业签约,在空港工业园区建设智能终端项目,总投资超百亿元,用地两百亩。"
PAGE = f"""<html><body><h1>【渝北区招商】三个智能终端项目落户空港工业园区</h1>
<div>所属地区:重庆-渝北区</div><div>发布日期:2025年07月07日</div><div>来源:渝北招商</div>
<p>{LEAD}</p><p>项目分两期建设,首期明年投产,达产后年产值预计达到六十亿元,带动就业三千人。</p>
<p>{LEAD}</p><p><a href="/files/plan.pdf">项目清单.pdf</a></p></body></html>"""


class Crawl:
    """Saves articles of one portal; `edit` and `withdraw` say what became of them later."""

    def __init__(self, archive: Archive, portal: str) -> None:
        self.archive, self.portal = archive, portal
        self.run_id = archive.runs.begin(portal, scope="full", version="1.0", at=LAST_MONTH)

    def save(self, article: Article, at: datetime = LAST_MONTH) -> None:
        self.archive.save(ReadNotice(self._visit(article.url, at), article), self.run_id)

    def withdraw(self, url: str) -> None:
        self.archive.save(Gone(self._visit(url, YESTERDAY), "HTTP 404"), self.run_id)
        self.archive.withdraw_gone(self.portal, self.run_id, begun=YESTERDAY, looked_at=30)

    def end(self, outcome: Outcome, reason: str) -> None:
        counts = {"listing_pages": 2, "detail_pages": 4, "new": 3, "changed": 1, "failed": 5}
        self.archive.runs.end(
            self.run_id, at=YESTERDAY, outcome=outcome, reason=reason, counts=counts, stats={}
        )

    def _visit(self, url: str, at: datetime) -> Visit:
        return Visit(url, self.portal, PageKind.NOTICE, at)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with an edited article (1), an old one, a withdrawn one and a new one (4)."""
    path = tmp_path_factory.mktemp("archive") / "archive.db"
    with Archive(path) as archive:
        crawl = Crawl(archive, "chongqing")
        edited = read_article(PAGE, "http://h/1")
        crawl.save(replace(edited, tags=("招商项目", "制造业")))
        old = Article("http://h/2", "重庆[bold]发布5G规划", region="重庆", published="2025-06-01")
        crawl.save(replace(old, paragraphs=("重庆与成都共建5G基站。", "新能源BYD520工厂。")))
        crawl.save(Article("http://h/3", "撤下的重庆公告", published="2025-05-01"))
        crawl.save(
            replace(edited, title=f"{edited.title}(更新)", tags=("招商项目", "制造业")), YESTERDAY
        )
        crawl.withdraw("http://h/3")
        crawl.end(Outcome.PARTIAL, "1 pages failed, such as http://h/5: HTTP 500")
        crawl = Crawl(archive, "sc")
        text = "成都将在年内新建两个生物医药产业园。\x1b[31m"
        new = Article("http://h/4", "成都生物医药", region="四川-成都", paragraphs=(text,))
        crawl.save(new, YESTERDAY)
        archive.index_all()
    return path


@pytest.fixture
def archive_of(tmp_path: Path) -> Callable[..., Path]:
    """Return a new archive that holds the given articles."""

    def save(*articles: Article) -> Path:
        path = tmp_path / "archive.db"
        with Archive(path) as archive:
            crawl = Crawl(archive, "x")
            for article in articles:
                crawl.save(article)
        return path

    return save


@pytest.fixture
def cq(filled: Path) -> Callable[..., Result]:
    """Run a command on the filled archive."""

    def run(*arguments: str, stdin: bytes = b"") -> Result:
        env = {"CQCRAWLER_ARCHIVE": str(filled)}
        return CliRunner().invoke(main, arguments, input=stdin, env=env, catch_exceptions=False)

    return run


@pytest.fixture
def environment(filled: Path) -> dict[str, str]:
    """A terminal of eighty columns, and the filled archive as the usual one."""
    return {**os.environ, "CQCRAWLER_ARCHIVE": str(filled), "COLUMNS": "80", "TERM": "xterm"}


@pytest.fixture
def process(environment: dict[str, str]) -> Callable[..., Process]:
    """Start a command in a process of its own, on the filled archive."""

    def start(*arguments: str, **options: Any) -> Process:
        options = {"env": environment, "text": False, **options}
        return processes.start("-m", "cqcrawler", *arguments, **options)

    return start


@pytest.fixture
def terminal(process: Callable[..., Process]) -> Callable[..., str]:
    """Run a command on a terminal and return what that shows, escape sequences and all."""

    def run(*arguments: str, **options: object) -> str:
        screen, end = pty.openpty()
        with process(*arguments, **{"stdout": end, "stderr": end, **options}):
            os.close(end)
            shown = _read(screen)
        os.close(screen)
        return shown.decode().replace("\r\n", "\n")

    return run


def _read(screen: int) -> bytes:
    shown = b""
    try:
        while piece := os.read(screen, 4096):
            shown += piece
    except OSError:  # How Linux tells that nobody writes any more.
        pass
    return shown
