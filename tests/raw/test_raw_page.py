"""Raw pages where people see them: on the site, and on a terminal."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from cqcrawler.commands import main, show
from cqcrawler.site.application import build


def test_on_the_site_it_is_text_in_a_sandbox(filled: Path) -> None:
    async def visit() -> httpx.Response:
        site = build(filled)
        await site.invoke_startup()
        answer = await site.client.get("/articles/2/raw")
        site.databases["archive"].close()
        return answer

    answer = asyncio.run(visit())
    assert "<html" in answer.text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["content-security-policy"].startswith("sandbox;")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_on_a_terminal_it_steers_nothing(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = b"<h1>\xe9\xa1\xb9\xe7\x9b\xae</h1>\x1b[31m\xe2\x80\xae\r\n"
    monkeypatch.setattr(show, "_raw_page", lambda *_: page)
    command = ["show", "2", "--raw", "--archive", str(filled)]
    assert CliRunner().invoke(main, command).stdout_bytes == page
    monkeypatch.setattr(show, "on_terminal", lambda: True)
    shown = CliRunner().invoke(main, command).stdout
    assert shown == "<h1>项目</h1>\\u001b[31m\\u202e\n"
