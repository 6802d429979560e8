from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result


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
