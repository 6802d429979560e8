"""`[[boilerplate]]` of a portal's file."""

from __future__ import annotations

import pytest

from cqcrawler import portals
from cqcrawler.exceptions import PortalError, UsageError
from cqcrawler.portals import read_portal
from cqcrawler.portals.additions import Addition, add_boilerplate
from cqcrawler.run.reader import reader_version, rules_version
from cqcrawler.text.own_lines import OwnLines

FILE = """name = "here"
title = "渝北招商网"
platform = "generic"
region = "500112"
start_urls = ["http://zs.example.gov.cn/"]
"""


@pytest.fixture
def portal(tmp_path):
    def make(text):
        path = tmp_path / "here.toml"
        path.write_text(FILE + text, encoding="utf-8")
        return read_portal(path)

    return make


def test_lines_and_ends_of_titles_are_read(portal):
    own = portal("""
[[boilerplate]]
line = "招商热线：400-000-0000"
reason = "on all notices"

[[boilerplate]]
title_end = "_渝北招商网"
reason = "behind all titles"
""").own_lines
    assert own == OwnLines("here.toml", ("招商热线：400-000-0000",), ("_渝北招商网",))
    assert own.keys == {"招商热线:400-000-0000"}
    assert own.without_end("签约_渝北招商网") == "签约"
    assert own.without_end("_渝北招商网") == "_渝北招商网"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('boilerplate = "招商热线"', r"boilerplate: must be written \[\[boilerplate\]\]"),
        ('[[boilerplate]]\nline = "招商热线"', "is not written"),
        ('[[boilerplate]]\nlines = "招商热线"\nreason = "x"', "is not written"),
        ('[[boilerplate]]\nline = "招商热线"\nreason = " "', "has no reason"),
        ('[[boilerplate]]\nline = "招商"\nreason = "x"', "'招商' is too short"),
    ],
)
def test_mistakes_are_named(portal, text, problem):
    with pytest.raises(PortalError, match=problem):
        portal(text)


def test_a_portal_with_lines_of_its_own_has_a_reader_of_its_own(portal):
    line = '[[boilerplate]]\nline = "{}"\nreason = "{}"\n'
    plain = reader_version(portal(""))
    own = reader_version(portal(line.format("招商热线：1", "x")))
    assert plain == reader_version() == rules_version()
    assert own.startswith(f"{plain}.")
    assert reader_version(portal(line.format("招商热线： 1", "y"))) == own
    assert reader_version(portal(line.format("招商热线：2", "x"))) != own


def test_lines_are_added_to_the_file_of_the_operator(tmp_path, monkeypatch):
    monkeypatch.setenv("CQCRAWLER_PORTALS", str(tmp_path))
    (tmp_path / "here.toml").write_text(FILE + "# our own\n", encoding="utf-8")
    odd = '他说："\\d"\u202e吗？'
    path = add_boilerplate(
        "here", [Addition("line", odd, "x"), Addition("title_end", "_渝北网", "y")]
    )
    own = read_portal(path).own_lines
    assert (own.lines, own.title_ends) == (('他说："\\d" 吗？',), ("_渝北网",))
    assert path.read_text(encoding="utf-8").startswith(FILE + "# our own\n")


def test_the_file_of_a_bundled_portal_is_copied_first(tmp_path, monkeypatch):
    monkeypatch.setenv("CQCRAWLER_PORTALS", str(tmp_path))
    path = add_boilerplate("sc", [Addition("line", "招商热线：1", "x")])
    assert path == tmp_path / "sc.toml"
    assert portals.load("sc").own_lines.lines == ("招商热线：1",)


def test_nothing_is_added_where_it_has_no_place(tmp_path, monkeypatch):
    addition = [Addition("line", "招商热线：1", "x")]
    monkeypatch.delenv("CQCRAWLER_PORTALS", raising=False)
    with pytest.raises(UsageError, match="has to name the folder"):
        add_boilerplate("sc", addition)
    monkeypatch.setenv("CQCRAWLER_PORTALS", str(tmp_path))
    with pytest.raises(UsageError, match="nobody has no portal file"):
        add_boilerplate("nobody", addition)
    (tmp_path / "here.toml").write_text(FILE, encoding="utf-8")
    with pytest.raises(PortalError, match="too short"):
        add_boilerplate("here", [Addition("line", "短", "x")])
    assert (tmp_path / "here.toml").read_text(encoding="utf-8") == FILE
    assert [path.name for path in tmp_path.iterdir()] == ["here.toml"]


def test_a_file_that_is_read_only_stays_and_a_link_stays_one(portal, tmp_path, monkeypatch):
    portal("")
    own, kept = tmp_path / "own", tmp_path / "here.toml"
    own.mkdir()
    (own / "here.toml").symlink_to(kept)
    monkeypatch.setenv("CQCRAWLER_PORTALS", str(own))
    line = Addition("line", "招商热线：400-000-0000", "x")
    kept.chmod(0o444)
    with pytest.raises(PortalError, match=r"own/here\.toml: is read-only, and stays as it was"):
        add_boilerplate("here", [line])
    kept.chmod(0o644)
    add_boilerplate("here", [line])
    assert (own / "here.toml").is_symlink()
    assert read_portal(kept).own_lines.lines == (line.text,)


def test_what_would_not_be_valid_is_said_of_the_file_itself(portal, tmp_path, monkeypatch):
    portal('boilerplate = [{ line = "招商热线", reason = "x" }]\n')
    monkeypatch.setenv("CQCRAWLER_PORTALS", str(tmp_path))
    said = rf"^{tmp_path}/here.toml stays as it was, for what is proposed: cannot be read as TOML"
    with pytest.raises(PortalError, match=said):
        add_boilerplate("here", [Addition("line", "招商热线：400-000-0000", "x")])
