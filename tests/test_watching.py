"""What the webhook is told of watches: each notice once, and nothing lost."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cqcrawler.archive import Archive, Filters
from cqcrawler.archive.file.lock import telling
from cqcrawler.archive.search.asked import Search
from cqcrawler.commands import main
from tests import processes
from tests.archive.conftest import AT, Crawl

TEMPLATE = '{"msgtype": "markdown", "markdown": {"content": "{portal}: {state}\\n{reason}"}}'


class Desk:
    """An archive with a watch of 签约, and a notice that was there before."""

    def __init__(self, path: Path, url: str) -> None:
        self.path = path
        self.env = {"CQCRAWLER_ARCHIVE": str(path), "CQCRAWLER_WEBHOOK": url}
        self.save("http://h/0", "早先签约")
        with Archive(path) as archive:
            archive.watches.add("签约", Search("签约"), AT)

    def save(self, url: str, title: str, body: str = "正文") -> None:
        with Archive(self.path) as archive:
            Crawl(archive).notice(url, title, body, published="2025-07-05")

    def alert(self, *arguments: str, **env: str) -> Result:
        return CliRunner().invoke(
            main, ["watch", "alert", *arguments], env=self.env | env, catch_exceptions=False
        )


@pytest.fixture
def desk(tmp_path: Path, receiver: Any) -> Desk:
    return Desk(tmp_path / "archive.db", receiver.url)


def told(receiver: Any) -> list[str]:
    """The addresses that were posted, in their order."""
    lines = (line for message in receiver.messages for line in message["notices"].splitlines())
    return [line.rpartition(" ")[2] for line in lines]


def test_what_is_new_is_told_once(desk: Desk, receiver: Any) -> None:
    nothing = desk.alert()
    assert (nothing.exit_code, nothing.stderr, receiver.messages) == (0, "签约: 0 told\n", [])
    desk.save("http://h/1", "渝北签约", "双方签约，项目总投资12亿元。")
    desk.save("http://h/2", "成都开工")
    assert desk.alert().stderr == "签约: 1 told\n"
    line = "2025-07-05 渝北签约 12亿元 http://h/1"
    (message,) = receiver.messages
    assert message == {
        **{"watch": "签约", "portal": "签约", "state": "1 new", "before": ""},
        **{"notices": line, "reason": line, "url": "http://h/1", "last_run": "", "last_good": ""},
        **{"since": "2025-07-07 16:00", "text": f"cqcrawler: 1 new for 签约\n{line}"},
    }
    assert desk.alert("--quiet").stderr == ""
    desk.save("http://h/2", "成都开工", "此前已签约")  # An edit makes it match.
    desk.save("http://h/1", "渝北签约", "又改了")
    desk.alert()
    assert told(receiver) == ["http://h/1", "http://h/2"]


def test_people_are_told_in_their_language(desk: Desk, receiver: Any) -> None:
    desk.save("http://h/1", "渝北签约")
    assert desk.alert(LC_ALL="zh_CN.UTF-8").stderr == "签约：已通知 1 条\n"
    (message,) = receiver.messages
    assert message["state"] == "新增 1 条"
    assert message["text"].startswith("cqcrawler：“签约”新增 1 条\n")


def test_what_was_not_delivered_is_told_the_next_time(desk: Desk, receiver: Any) -> None:
    for number in range(1, 4):
        desk.save(f"http://h/{number}", f"签约{number}")
    receiver.status = 500
    failed = desk.alert("--json")
    assert failed.exit_code == 1
    (row,) = json.loads(failed.stdout)
    assert (row["watch"], row["told"], row["left"]) == ("签约", 0, 3)
    assert row["problem"].startswith("the webhook at 127.0.0.1 answers HTTP 500")
    assert "SECRET" not in failed.output
    receiver.status, receiver.answer = 200, {"errcode": 45009, "errmsg": "api freq out of limit"}
    assert desk.alert().exit_code == 1
    receiver.answer = {"errcode": 0}
    receiver.messages.clear()
    assert desk.alert().exit_code == 0
    assert told(receiver) == ["http://h/3", "http://h/2", "http://h/1"]


def test_a_failure_in_the_middle_loses_and_repeats_nothing(
    desk: Desk, receiver: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(25):
        desk.save(f"http://h/more/{number}", f"签约{number}")
    from cqcrawler.health.webhook import Webhook

    post = Webhook.post

    def break_down(self: Webhook, values: Any) -> None:
        receiver.status = 500 if receiver.messages else 200
        post(self, values)

    with monkeypatch.context() as patched:
        patched.setattr(Webhook, "post", break_down)
        assert desk.alert().exit_code == 1
    assert len(receiver.messages.pop()["notices"].splitlines()) == 10
    receiver.status = 200
    assert desk.alert().stderr == "签约: 15 told\n"
    assert sorted(told(receiver)) == sorted(f"http://h/more/{number}" for number in range(25))


def test_messages_have_bounds_and_the_rest_waits(
    desk: Desk, receiver: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cqcrawler.watching._MOST_MESSAGES", 2)
    for number in range(25):
        desk.save(f"http://h/more/{number}", f"签约{number}{'长' * 200}")
    assert desk.alert().stderr == "签约: 20 told, 5 left for the next time\n"
    assert all(len(message["text"].encode()) < 4000 for message in receiver.messages)
    desk.alert()
    assert len(set(told(receiver))) == len(told(receiver)) == 25


def test_two_at_once_do_not_tell_twice(desk: Desk, receiver: Any) -> None:
    for number in range(1, 9):
        desk.save(f"http://h/{number}", f"签约{number}")
    command = ["-m", "cqcrawler", "watch", "alert", "--quiet"]
    with ThreadPoolExecutor(3) as pool:
        runs = [pool.submit(processes.run, *command, env=os.environ | desk.env) for _ in range(3)]
        codes = {run.result().returncode for run in runs}
    assert codes <= {0, 3}
    assert 0 in codes
    assert sorted(told(receiver)) == [f"http://h/{number}" for number in range(1, 9)]


def test_while_another_tells_nothing_is_told(desk: Desk, receiver: Any) -> None:
    desk.save("http://h/1", "签约")
    with telling(desk.path):
        refused = desk.alert()
    assert refused.exit_code == 3
    assert "another process is telling" in refused.stderr
    assert receiver.messages == []


def test_a_template_of_health_serves(desk: Desk, receiver: Any, tmp_path: Path) -> None:
    template = tmp_path / "wecom.json"
    template.write_text(TEMPLATE)
    desk.save("http://h/1", "渝北签约")
    desk.alert(CQCRAWLER_WEBHOOK_TEMPLATE=str(template))
    (message,) = receiver.messages
    content = "签约: 1 new\n2025-07-05 渝北签约 http://h/1"
    assert message["markdown"] == {"content": content}
    template.write_text('{"text": "{watch}: {nothing}"}')
    wrong = desk.alert(CQCRAWLER_WEBHOOK_TEMPLATE=str(template))
    assert (wrong.exit_code, "names {nothing}" in wrong.stderr) == (2, True)


def test_one_watch_does_not_hinder_another(desk: Desk, receiver: Any) -> None:
    with Archive(desk.path) as archive:
        archive.watches.add("开工", Search("开工"), AT)
        archive.watches.add("坏", Search("x", Filters(stage="签约")), AT)
        with archive._db:
            search = '{"tag": "撤销的标签"}'
            archive._db.execute("UPDATE watches SET search = ? WHERE name = '坏'", [search])
    desk.save("http://h/1", "签约开工")
    failed = desk.alert()
    assert failed.exit_code == 1
    assert "cqcrawler: 坏: no tag '撤销的标签' in this archive" in failed.stderr
    assert {message["watch"] for message in receiver.messages} == {"签约", "开工"}
    desk.save("http://h/2", "签约开工")
    receiver.messages.clear()
    assert desk.alert("开工").exit_code == 0
    assert [message["watch"] for message in receiver.messages] == ["开工"]


@pytest.mark.parametrize(
    ("arguments", "env", "message"),
    [
        ((), {"CQCRAWLER_WEBHOOK": ""}, "name a webhook"),
        (("--webhook", "ftp://h/"), {}, "is no http or https URL"),
        (("签",), {}, "no watch '签': did you mean 签约?"),
    ],
)
def test_what_makes_no_sense(
    desk: Desk, arguments: tuple[str, ...], env: dict[str, str], message: str
) -> None:
    result = desk.alert(*arguments, **env)
    assert (result.exit_code, message in result.stderr) == (2, True)


def test_an_archive_that_is_not_there(tmp_path: Path, receiver: Any) -> None:
    path = tmp_path / "no.db"
    command = ["watch", "alert", "--archive", str(path), "--webhook", receiver.url]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 2
    assert [*tmp_path.iterdir()] == []
