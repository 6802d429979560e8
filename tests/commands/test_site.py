from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result

from cqcrawler.archive import Archive
from cqcrawler.models import Article, PageKind, ReadNotice, Visit
from tests import processes

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_an_address_that_others_can_reach_is_refused(cq: Callable[..., Result]) -> None:
    refused = cq("site", "--host", "0.0.0.0")
    assert refused.exit_code == 2
    assert "--public" in refused.stderr
    assert "docs/site.md" in refused.stderr


def test_a_port_in_use_is_named(cq: Callable[..., Result]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        refused = cq("site", "--port", str(port))
    assert refused.exit_code == 2
    assert f"port {port}" in refused.stderr
    assert "--port" in refused.stderr


def test_an_unknown_host_is_named(cq: Callable[..., Result]) -> None:
    refused = cq("site", "--host", "no.such.host.invalid")
    assert refused.exit_code == 2
    assert "no.such.host.invalid" in refused.stderr


def test_no_archive(cq: Callable[..., Result], tmp_path: Path) -> None:
    refused = cq("site", "--archive", str(tmp_path / "none.db"))
    assert refused.exit_code == 2
    assert "there is no archive" in refused.stderr


def test_without_its_extra(cq: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("cqcrawler.site")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "datasette", None)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    refused = cq("site")
    assert refused.exit_code == 2
    assert "pip install '.[site]'" in refused.stderr


def test_ctrl_c_ends_it_quietly_even_while_somebody_downloads(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    body = ("招商引资" * 50_000,) * 8  # more than lies between two ends of a connection
    with Archive(path) as archive:
        run_id = archive.runs.begin("p", scope="full", version="1", at=NOW)
        for number in range(4):
            article = Article(f"http://h/{number}", "长文", paragraphs=body)
            visit = Visit(article.url, "p", PageKind.NOTICE, NOW)
            archive.save(ReadNotice(visit, article), run_id)
    command = ["-m", "cqcrawler", "site", "--port", "0", "--archive", str(path)]
    with processes.start(*command) as process:
        assert process.stderr
        port = int(process.stderr.readline().split("127.0.0.1:")[1].split("/")[0])
        with socket.create_connection(("127.0.0.1", port)) as reader:
            reader.sendall(b"GET /search.csv HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert reader.recv(12) == b"HTTP/1.1 200"
            process.send_signal(signal.SIGINT)
            code = process.wait()
        told = process.stderr.read()
    assert code == 0, told
    assert "Aborted" not in told
    assert "Traceback" not in told
