from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner

from cqcrawler.archive.search.passage import Passage
from cqcrawler.commands import main, output
from cqcrawler.commands.output import ending
from tests.processes import Process

Start = Callable[..., Process]
# Neither of Python's own remedies for a locale without Chinese.
ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
COMMANDS = main.list_commands(None)  # type: ignore[arg-type]


def start_python(arguments: list[str], environment: dict[str, str]) -> bytes:
    """What a command prints in a Python of its own, which takes its encodings as it starts."""
    command = [sys.executable, "-m", "cqcrawler", *arguments]
    return subprocess.run(
        command, env=environment, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ).stdout


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["search", "5G"], "5G规划"),
        (["search", "--help"], "科学城"),
        (["search", "--region", "Mars"], "give a name such as 渝北"),
    ],
)
def test_a_pipe_gets_utf8_whatever_the_locale(
    environment: dict[str, str], arguments: list[str], shown: str
) -> None:
    answer = start_python(arguments, environment | ASCII).decode()
    assert shown in answer
    assert "Traceback" not in answer


def test_who_asks_for_another_encoding_gets_it(environment: dict[str, str]) -> None:
    environment["PYTHONIOENCODING"] = "gb18030"
    answer = start_python(["search", "重庆", "--limit", "1"], environment)
    assert "空港工业园区" in answer.decode("gb18030")


@pytest.mark.parametrize("arguments", [["search", "重庆"], ["runs"], ["show", "1"], ["doctor"]])
def test_a_pipe_has_no_escape_sequences(process: Start, arguments: list[str]) -> None:
    with process(*arguments, stdout=-1, stderr=-1) as run:
        answer = run.communicate()[0]
    assert run.returncode == 0
    assert answer
    assert b"\x1b" not in answer


@pytest.mark.parametrize("arguments", [["search", "重庆"], ["runs"], ["new", "--json"]])
def test_a_reader_that_leaves_is_no_error(process: Start, arguments: list[str]) -> None:
    with process(*arguments, stdout=-1, stderr=-1) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.close()
        errors = run.stderr.read()
    assert errors == b""


def test_marks() -> None:
    passage = Passage("成都与重庆\n及重庆", ((3, 5), (7, 9)))
    assert output.marked(passage) == "成都与\x1b[1m重庆\x1b[0m 及\x1b[1m重庆\x1b[0m"


def test_beijing_time() -> None:
    assert output.beijing_time("2025-07-07T20:30:59Z") == "2025-07-08 04:30"
    assert output.beijing_time(None) == ""


def test_json_is_readable(capsys: pytest.CaptureFixture[str]) -> None:
    output.print_json({"marks": Passage("重庆", ((0, 2),))})
    shown = capsys.readouterr().out
    assert "重庆" in shown
    assert json.loads(shown) == {"marks": {"text": "重庆", "marks": [[0, 2]]}}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    def lines(*arguments: str) -> list[str]:
        result: Any = CliRunner().invoke(main, arguments, terminal_width=80)
        assert result.exit_code == 0
        return [line.strip() for line in result.stdout.splitlines()]

    (summary,) = (line for line in lines("--help") if line.split(" ")[0] == name)
    assert summary.endswith(".")
    assert not summary.endswith("...")
    assert any(line.startswith(f"cqcrawler {name}") for line in lines(name, "--help")[1:])


# -- Whether all is there, behind the outcome of a run


@pytest.mark.parametrize(
    ("outcome", "reason", "complete", "declared", "counts", "shown"),
    [
        ("ok", "", True, 53, {"seen": 53}, "ok: 53 of 53"),
        ("ok", "", True, None, {}, "ok: complete"),
        ("partial", "2 pages failed", True, 9, {"seen": 9}, "partial: 9 of 9; 2 pages failed"),
        # The run was not to read all, or the cause says what is missing.
        ("quiet", "nothing new", None, 53, {"seen": 16}, "quiet: nothing new"),
        ("incomplete", "u declares 9", False, 9, {"seen": 7}, "incomplete: u declares 9"),
        ("ok", "", None, 53, {"seen": 15, "pending": 52}, "ok: 52 pages pending"),
        ("timed_out", "why", False, None, {"pending": 3}, "timed_out: 3 pages pending; why"),
        ("ok", "", None, None, {"pending": 0}, "ok"),
    ],
)
def test_what_stands_behind_the_outcome(
    outcome: str,
    reason: str,
    complete: bool | None,
    declared: int | None,
    counts: dict[str, int],
    shown: str,
) -> None:
    told = ending(outcome, reason, complete=complete, declared=declared, counts=counts)
    assert told == shown
