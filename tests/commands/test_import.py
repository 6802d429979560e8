"""`cqcrawler import`, as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cqcrawler.archive.file.lock import writing
from cqcrawler.commands import main
from tests.importing.conftest import Kept, page, rows

NAME = "invest.yunling.example"


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archive" / "archive.db"


def run(path: Path, *arguments: object) -> Result:
    typed = [*map(str, arguments), "--archive", str(path)]
    return CliRunner().invoke(main, typed, catch_exceptions=False)


def test_a_line_says_of_each_portal_what_came(kept: Kept, path: Path) -> None:
    about = {"url": "http://invest.yunling.example/about.html", "body": "<p>about us</p>"}
    done = run(path, "import", kept.warc("a.warc.gz", rows(1, 2), page(1), page(2), about))
    assert done.exit_code == 0
    assert done.stdout.splitlines()[1] == f"{NAME}\t3\t2\t0\t0\t0\t0\t0\tok"
    assert done.stderr == "left out: 1 pages that are neither notices nor listings\n"
    shown = run(path, "show", 1)
    assert "\nimported    from a.warc.gz (run 1)\n" in shown.stdout
    told = json.loads(run(path, "show", 1, "--json").stdout)
    assert told["imported"] == {"run_id": 1, "files": "a.warc.gz"}
    assert f"{NAME}\t3\t2\t0\t0\tok, imported from a.warc.gz" in run(path, "runs").stdout


def test_json_has_all_of_it(kept: Kept, path: Path) -> None:
    done = run(path, "import", kept.warc("a.warc.gz", rows(1, 2), page(1)), "--dry-run", "--json")
    told = json.loads(done.stdout)
    assert (done.exit_code, told["exit"], told["dry_run"]) == (1, 1, True)
    (report,) = told["portals"]
    assert (report["portal"], report["run_id"], report["outcome"]) == (NAME, None, "incomplete")
    assert (report["new"], report["missing"]) == (1, 1)
    assert not path.exists()


def test_what_cannot_be_taken_has_a_line_of_its_own(kept: Kept, path: Path) -> None:
    file = kept.folder / "page.html"
    file.write_text("<p>no address</p>")
    done = run(path, "import", file)
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [
        f"cqcrawler: {file}: has no address: name it in a urls.tsv beside it, with the columns "
        "file and url",
        "there is no page that could be imported",
    ]


def test_wrong_usage_and_a_lock(kept: Kept, path: Path) -> None:
    file = kept.warc("a.warc.gz", page(1))
    assert run(path, "import", kept.folder / "nothing").exit_code == 2
    assert run(path, "import").exit_code == 2
    unknown = run(path, "import", file, "--portal", "atlantis")
    assert (unknown.exit_code, "no portal is called 'atlantis'" in unknown.stderr) == (2, True)
    with writing(path):
        assert run(path, "import", file).exit_code == 3
