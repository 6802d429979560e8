"""The portal file that a probe leads to: all of it, or none."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from cqcrawler.exceptions import PortalError
from cqcrawler.models import Link
from cqcrawler.portals import read_portal
from cqcrawler.probe.draft import Told, draft, why_no_draft, write_new
from cqcrawler.probe.report import Kind, ListFound, PageFound, Probe, Robots, Rows

URL = "http://zs.example.gov.cn/zsdt/"
UNDATED = ListFound(Rows((Link(f"{URL}1.html", "某项目"),)))
PROBE = Probe(PageFound(URL, Kind.LIST, URL), Robots(""), listing=UNDATED)


def text() -> str:
    return draft(PROBE, Told("zs", region="重庆"), date(2026, 11, 30))


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """A disk without more room, as far as a file can tell."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_rows_without_dates_have_no_first_and_last() -> None:
    assert "# 1 rows, none of them dated; 0 other pages; no total" in text()


def test_a_file_is_written_once(tmp_path: Path) -> None:
    file = tmp_path / "zs.toml"
    write_new(file, text())
    assert read_portal(file).region == "500000"
    with pytest.raises(PortalError, match=r"zs\.toml: File exists"):
        write_new(file, text())
    assert read_portal(file)


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with files_of_at_most(20), pytest.raises(PortalError, match=r"zs\.toml: File too large"):
        write_new(tmp_path / "zs.toml", text())
    with pytest.raises(PortalError, match="missing title"):
        write_new(tmp_path / "zs.toml", 'name = "zs"')
    assert not any(tmp_path.iterdir())


def test_nothing_is_drafted_after_an_error_of_ours() -> None:
    assert why_no_draft(PROBE) == ""
    failed = Probe(PROBE.page, PROBE.robots, listing=UNDATED, error="NameError: x")
    assert why_no_draft(failed) == "an error of ours came in between"
