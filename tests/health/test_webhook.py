"""Filling the template, and posting it to a real server."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cqcrawler.exceptions import WebhookError
from cqcrawler.health import webhook
from cqcrawler.health.webhook import NAMES, Webhook, fill, load_webhook

ROOT = Path(__file__).parents[2]
ODD = '重庆"\\\n{state}\u2028</script>'


def values(**given):
    return dict.fromkeys(NAMES, "") | given


def test_values_stay_values_whatever_they_hold():
    filled = fill({"a": ["{reason}", 7, None], "b": {"c": "x{portal}{portal}"}}, {
        "reason": ODD, "portal": "cq",
    })  # fmt: skip
    assert filled == {"a": [ODD, 7, None], "b": {"c": "xcqcq"}}


def test_long_values_are_cut():
    assert len(fill("{reason}", {"reason": "字" * 1000})) == 400


def test_without_a_template_everything_is_posted(receiver):
    load_webhook(receiver.url, None).post(values(portal="cq", reason=ODD))
    assert receiver.messages == [values(portal="cq", reason=ODD)]


def examples():
    text = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    return re.findall(r"^```json\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(
    ("number", "kind", "path"),
    [
        (0, "msgtype", ("markdown", "content")),  # WeCom
        (1, "msgtype", ("markdown", "text")),  # DingTalk
        (2, "msg_type", ("content", "text")),  # Feishu
    ],
)
def test_the_templates_of_the_docs(receiver, tmp_path, number, kind, path):
    template = tmp_path / "template.json"
    template.write_text(examples()[number], encoding="utf-8")
    told = values(
        portal="重庆", state="blocked", reason=ODD, text="cqcrawler: 重庆", url="http://h/"
    )
    load_webhook(receiver.url, template).post(told)
    (message,) = receiver.messages
    assert isinstance(message[kind], str)
    assert "cqcrawler" in json.dumps(message)  # DingTalk takes only what has its keyword.
    outer, inner = path
    assert "重庆" in message[outer][inner]
    assert not re.search(r"\{(?!state\})\w+\}", message[outer][inner])


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [
        ({"errcode": 93000, "errmsg": "invalid webhook url"}, "invalid webhook url"),
        ({"code": 19001, "msg": "param invalid"}, "param invalid"),
        ({"code": 0, "msg": "success"}, None),
        ({"StatusCode": 0}, None),
        (["ok"], None),
    ],
)
def test_a_refusal_with_http_200_is_one(receiver, answer, refusal):
    receiver.answer = answer
    hook = load_webhook(receiver.url, None)
    if refusal is None:
        hook.post(values())
        return
    with pytest.raises(WebhookError, match=refusal):
        hook.post(values())


@pytest.mark.parametrize("status", [302, 404, 500])
def test_any_other_status_is_an_error(receiver, status):
    receiver.status, receiver.headers = status, {"Location": receiver.url}
    with pytest.raises(WebhookError, match=f"HTTP {status}"):
        load_webhook(receiver.url, None).post(values())
    assert len(receiver.messages) == 1


def test_no_error_shows_the_secret_in_the_address(receiver):
    receiver.status = 500
    with pytest.raises(WebhookError) as caught:
        load_webhook(receiver.url, None).post(values())
    assert "SECRET" not in str(caught.value) + repr(Webhook(receiver.url, {}))
    with pytest.raises(WebhookError, match=r"127\.0\.0\.1 cannot be reached") as caught:
        load_webhook("http://127.0.0.1:9/SECRET", None).post(values())
    assert "SECRET" not in str(caught.value)


@pytest.mark.parametrize(
    "head", [b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: "]
)
def test_an_answer_without_end_is_not_waited_for(dripping, monkeypatch, head):
    """Each byte comes well before the timeout of a read."""
    monkeypatch.setattr(webhook, "SECONDS", 2)
    with pytest.raises(WebhookError, match="takes longer than 2 seconds"):
        load_webhook(dripping(head), None).post(values())


@pytest.mark.parametrize(
    "url",
    ["example.org/hook", "ftp://example.org/", "http://", "x", "http://[::1", "http://h:x/"],
)
def test_an_address_that_is_none_is_refused(url):
    with pytest.raises(WebhookError, match="CQCRAWLER_WEBHOOK is no http or https URL"):
        load_webhook(url, None)


@pytest.mark.parametrize(
    ("text", "message"),
    [("{", "is no JSON"), ('{"a": "{cause}"}', r"names {cause}: there are portal, state")],
)
def test_a_template_that_is_wrong_is_refused(tmp_path, text, message):
    template = tmp_path / "template.json"
    template.write_text(text)
    with pytest.raises(WebhookError, match=message):
        load_webhook("http://h/", template)
    with pytest.raises(WebhookError, match="is no JSON"):
        load_webhook("http://h/", tmp_path / "none.json")
