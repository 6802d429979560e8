from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result


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
    assert "pip install 'cqcrawler[site]'" in refused.stderr
