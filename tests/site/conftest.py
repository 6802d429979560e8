"""An archive with what a site can meet, hostile text among it, and ways to visit it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cqcrawler.archive import Archive
from cqcrawler.models import (
    Article,
    Attachment,
    Gone,
    Link,
    Outcome,
    PageKind,
    Place,
    ReadNotice,
    RemovedParagraph,
    SectionKind,
    Visit,
)
from cqcrawler.site.application import ArchiveSite, build
from tests import processes

NOW = datetime.now(UTC)
SCRIPT = "<script>document.title='hacked'</script>"
IMAGE = "<img src=x onerror=\"document.title='hacked'\">"
YUBEI = Place("500112", "重庆市", None, "渝北区")
CHENGDU = Place("510100", "四川省", "成都市")
LEAD = "重庆市渝北区与三家企业签约，在空港工业园区建设生物医药项目，总投资超百亿元。"

EDITED = Article(
    "http://h/1",
    "三个项目落户空港工业园区",
    region="重庆-渝北区",
    place=YUBEI,
    published="2025-07-07",
    section="招商动态",
    section_kind=SectionKind.NEWS,
    source="渝北招商",
    tags=("制造业", "招商项目"),
    paragraphs=(LEAD, "首期明年投产，年产值六十亿元。"),
    related=(Link("http://h/2", "库内相关"), Link("http://other/", "库外相关")),
    attachments=(Attachment("http://h/plan.pdf", "项目清单", "pdf"),),
    removed=(RemovedParagraph(2, "repeat", LEAD),),
)
HOSTILE = Article(
    "javascript:document.title='hacked'",
    f"恶意{SCRIPT}{IMAGE}",
    region=IMAGE,
    published="2025-06-01",
    section=SCRIPT,
    source=f"\"'>{SCRIPT}",
    author=IMAGE,
    tags=(SCRIPT, '" onmouseover="document.title=1'),
    paragraphs=(f"正文{SCRIPT}", IMAGE, "</p></article><script>document.title='hacked'</script>"),
    related=(Link("javascript:document.title='hacked'", f"相关{IMAGE}"),),
    attachments=(Attachment("data:text/html,<script>alert(1)</script>", IMAGE, "html"),),
    removed=(RemovedParagraph(0, "repeat", SCRIPT),),
    warnings=(SCRIPT,),
)
LEFT_OUT = (
    *(RemovedParagraph(1 + number, "links", f"要闻{number}") for number in range(6)),
    RemovedParagraph(7, "below the text", "以上内容仅供参考。"),
)


def save(archive: Archive, run_id: int, article: Article, at: datetime) -> None:
    archive.save(ReadNotice(Visit(article.url, "chongqing", PageKind.NOTICE, at), article), run_id)


@pytest.fixture(scope="session")
def archive_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Article 1 was edited, 2 is hostile, 3 withdrawn, and there are thirty more."""
    path = tmp_path_factory.mktemp("site") / "archive.db"
    with Archive(path) as archive:
        run_id = archive.runs.begin("chongqing", scope="full", version="1.0", at=NOW)
        save(archive, run_id, EDITED, NOW - timedelta(days=40))
        save(archive, run_id, HOSTILE, NOW)
        save(archive, run_id, Article("http://h/3", "撤下的公告", published="2025-05-01"), NOW)
        visit = Visit("http://h/3", "chongqing", PageKind.NOTICE, NOW)
        archive.save(Gone(visit, "HTTP 404"), run_id)
        archive.withdraw_gone("chongqing", run_id, begun=NOW, looked_at=30)
        for number in range(30):
            body = (f"成都市第{number}号公告：生物医药产业园招商。",)
            day = f"2025-04-{number + 1:02}"
            url = f"http://h/more/{number}"
            more = Article(url, f"公告{number}", place=CHENGDU, published=day, paragraphs=body)
            save(archive, run_id, replace(more, removed=() if number else LEFT_OUT), NOW)
        changed = Article(
            **{name: getattr(EDITED, name) for name in EDITED.__slots__}
            | {"paragraphs": (LEAD.replace("三家", "五家"), "首期后年投产，年产值六十亿元。")}
        )
        save(archive, run_id, changed, NOW)
        archive.runs.end(
            run_id, at=NOW, outcome=Outcome.PARTIAL, reason=f"1 page {SCRIPT}", counts={}, stats={}
        )
        archive.index_all()
    return path


@pytest.fixture(scope="session")
def site(archive_path: Path) -> Iterator[ArchiveSite]:
    built = build(archive_path)
    asyncio.run(built.invoke_startup())
    yield built
    for database in built.databases.values():
        database.close()


@pytest.fixture
def get(site: ArchiveSite) -> Callable[..., Any]:
    """Ask the site for a path, without a network; options go to httpx."""

    def ask(path: str, language: str = "en", **options: Any) -> Any:
        headers = {"accept-language": language, **options.pop("headers", {})}
        return asyncio.run(site.client.get(path, headers=headers, **options))

    return ask


@pytest.fixture(scope="session")
def address(archive_path: Path) -> Iterator[str]:
    """The site as a process of its own, on a port that is free."""
    command = ["-m", "cqcrawler", "site", "--port", "0", "--archive", str(archive_path)]
    process = processes.start(*command, "--allow-host", "archive.example.org")
    assert process.stderr
    told = process.stderr.readline()
    assert "is served on" in told, told + process.stderr.read()
    yield told.split("served on ")[1].split()[0].rstrip("/")
    process.terminate()
    process.communicate()
