from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cqcrawler.commands import main


def test_snapshot(cq: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "copy.db"
    result = cq("snapshot", str(path))
    assert result.stdout.startswith(f"4 articles and 5 versions copied to {path}, ")
    assert result.stdout.endswith(f", SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()}\n")
    assert cq("search", "生物医药", "--archive", str(path)).stdout.startswith("4\t")


def test_json_and_force(cq: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "copy.db"
    cq("snapshot", str(path))
    refused = cq("snapshot", str(path), "--json")
    assert refused.exit_code == 2
    assert "exists already" in refused.stderr
    answer = json.loads(cq("snapshot", str(path), "--json", "--force").stdout)
    assert answer == {
        "file": str(path),
        "articles": 4,
        "versions": 5,
        "size": path.stat().st_size,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }


def test_a_terminal_shows_a_bar(terminal: Callable[..., str], tmp_path: Path) -> None:
    assert "Hashing" in terminal("snapshot", str(tmp_path / "copy.db"))
    assert "Hashing" not in terminal("snapshot", str(tmp_path / "other.db"), "--quiet")


def test_an_archive_that_cannot_be_written_is_copied_all_the_same(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.access

    def access(path: Any, mode: int) -> bool:
        return real(path, mode) and not (mode == os.W_OK and Path(path) == filled)

    monkeypatch.setattr(os, "access", access)
    command = ["snapshot", str(tmp_path / "copy.db"), "--archive", str(filled)]
    result = CliRunner().invoke(main, command, catch_exceptions=False)
    assert (result.exit_code, "4 articles" in result.stdout) == (0, True)
    assert "so health will not know of this copy" in result.stderr
