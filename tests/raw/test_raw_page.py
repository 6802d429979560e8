"""Raw pages where people see them: on the site, and on a terminal."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from cqcrawler.commands import kept, main
from cqcrawler.models import Exchange
from cqcrawler.site.application import build
from cqcrawler.warc import WarcSettings, WarcWriter


def visit(archive: Path, *paths: str) -> list[httpx.Response]:
    async def get() -> list[httpx.Response]:
        site = build(archive)
        await site.invoke_startup()
        answers = [await site.client.get(path) for path in paths]
        site.databases["archive"].close()
        return answers

    return asyncio.run(get())


def test_on_the_site_its_text_stands_in_a_page_of_ours(filled: Path) -> None:
    (answer,) = visit(filled, "/articles/2/raw")
    assert "&lt;html" in answer.text
    assert 'href="?plain=1"' in answer.text


def test_alone_it_is_text_in_a_sandbox(filled: Path) -> None:
    (answer,) = visit(filled, "/articles/2/raw?plain=1")
    assert "<html" in answer.text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["content-security-policy"].startswith("sandbox;")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_file_of_a_notice_is_saved_and_never_shown(filled: Path) -> None:
    body = b"<html><script>alert(1)</script>"
    with closing(WarcWriter(filled.parent, "x", 9, WarcSettings())) as warc:
        at = datetime(2025, 7, 20, tzinfo=UTC)
        exchange = Exchange("http://h/f/2.pdf", "GET", (), 200, (), body, at)
        record = warc.write([exchange], None)
    assert record
    with closing(sqlite3.connect(filled)) as db, db:
        db.execute(
            """INSERT INTO pages (url, portal, kind, state, found_at, digest, size, warc_file,
                warc_offset) VALUES ('http://h/f/2.pdf', 'x', 'file', 'done', '', 'x', 31, ?, ?)""",
            [record.file, record.offset],
        )
    paths = ("/articles/2", "/articles/2/files/1", "/articles/2/files/2", "/articles/3/files/1")
    page, file, *missing = visit(filled, *paths)
    assert 'href="/articles/2/files/1" download' in page.text
    assert file.content == body
    assert file.headers["content-type"] == "application/octet-stream"
    assert file.headers["content-disposition"] == 'attachment; filename="2-1.pdf"'
    assert file.headers["content-security-policy"].startswith("sandbox;")
    assert file.headers["x-content-type-options"] == "nosniff"
    assert [answer.status_code for answer in missing] == [404, 404]


def test_on_a_terminal_it_steers_nothing(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = b"<h1>\xe9\xa1\xb9\xe7\x9b\xae</h1>\x1b[31m\xe2\x80\xae\r\n"
    monkeypatch.setattr(kept, "_raw_page", lambda *_: page)
    command = ["show", "2", "--raw", "--archive", str(filled)]
    assert CliRunner().invoke(main, command).stdout_bytes == page
    monkeypatch.setattr(kept, "on_terminal", lambda: True)
    shown = CliRunner().invoke(main, command).stdout
    assert shown == "<h1>项目</h1>\\u001b[31m\\u202e\n"
