"""The one webhook: a JSON template, filled and posted."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit

from cqcrawler.exceptions import WebhookError

# What a template may name. Chats cut long messages off, or refuse them.
NAMES = ("portal", "state", "reason", "url", "since", "last_run", "last_good", "before", "text")
_LONGEST = 400
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
# What WeCom and DingTalk, and Feishu, answer with HTTP 200 when they refuse a message.
_REFUSALS = ("errcode", "code")
_LONGEST_ANSWER = 65_536  # bytes
# All of a message and its answer, however slowly they come.
SECONDS = 10
_HEARING_SECONDS = 0.5


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirected POST arrives as a GET without the message: better an error."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class _Posting(Thread):
    """A request in a thread, as urllib's timeouts start again with every byte that comes.

    `outcome` is what was answered, or why there is no answer; None until then.
    """

    def __init__(self, request: urllib.request.Request) -> None:
        super().__init__(daemon=True)  # It must not hold up the end of the process either.
        self._request = request
        self.outcome: bytes | Exception | None = None

    def wait(self, seconds: float) -> None:
        """Wait for the outcome, so long at most; a signal ends it, too."""
        until = monotonic() + seconds
        # Not in one go: Python hears of a signal that comes as it begins to wait only afterwards.
        while self.is_alive() and (left := until - monotonic()) > 0:
            self.join(min(left, _HEARING_SECONDS))

    def run(self) -> None:
        opener = urllib.request.build_opener(_NoRedirect)
        try:
            with opener.open(self._request, timeout=SECONDS) as answer:
                self.outcome = answer.read(_LONGEST_ANSWER)
        except HTTPError as error:
            error.close()
            self.outcome = error
        except (OSError, HTTPException, ValueError) as error:
            self.outcome = error


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where to post, and the JSON to post: a value whose strings may hold `{placeholders}`.

    Values are cut to `longest` characters. The address is a secret, as anybody who knows it may
    post: it is neither shown nor logged.
    """

    url: str
    template: Any
    longest: int = _LONGEST

    def __repr__(self) -> str:
        return f"Webhook({self.host})"

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    def post(self, values: Mapping[str, str]) -> None:
        """Fill the template and post it; WebhookError when it was not taken."""
        filled = fill(self.template, values, self.longest)
        body = json.dumps(filled, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json; charset=utf-8"}
        request = urllib.request.Request(self.url, body, headers, method="POST")
        posting = _Posting(request)
        posting.start()
        posting.wait(SECONDS)
        if (outcome := posting.outcome) is None:
            raise WebhookError(f"the webhook at {self.host} takes longer than {SECONDS} seconds")
        if isinstance(outcome, HTTPError):
            raise WebhookError(f"the webhook at {self.host} answers HTTP {outcome.code}")
        if isinstance(outcome, Exception):
            reason = getattr(outcome, "reason", outcome)
            raise WebhookError(f"the webhook at {self.host} cannot be reached: {reason}")
        if refusal := _refusal(outcome):
            raise WebhookError(f"the webhook at {self.host} refuses the message: {refusal}")


def load_webhook(
    url: str, template: Path | None, *, names: Sequence[str] = NAMES, longest: int = _LONGEST
) -> Webhook:
    """Return the webhook of these settings; WebhookError says what is wrong with them.

    A template may name `names`; without one, all of them are posted.
    """
    if not _is_address(url):
        raise WebhookError("CQCRAWLER_WEBHOOK is no http or https URL")
    whole = {name: f"{{{name}}}" for name in names}
    return Webhook(url, whole if template is None else _read(template, names), longest)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def fill(template: Any, values: Mapping[str, str], longest: int = _LONGEST) -> Any:
    """Return a JSON value with the placeholders in its strings replaced, once and literally."""
    if isinstance(template, str):
        return _PLACEHOLDER.sub(lambda found: _value(found, values, longest), template)
    if isinstance(template, list):
        return [fill(item, values, longest) for item in template]
    if isinstance(template, dict):
        return {key: fill(item, values, longest) for key, item in template.items()}
    return template


def _value(found: re.Match[str], values: Mapping[str, str], longest: int) -> str:
    value = values.get(found[1], found[0])
    return value if len(value) <= longest else value[: longest - 1] + "…"


def _read(path: Path, names: Sequence[str]) -> Any:
    try:
        text = path.read_text(encoding="utf-8-sig")
        template = json.loads(text)
    except (OSError, ValueError) as error:
        raise WebhookError(f"CQCRAWLER_WEBHOOK_TEMPLATE {path} is no JSON: {error}") from error
    if unknown := set(_PLACEHOLDER.findall(text)) - set(names):
        raise WebhookError(
            f"CQCRAWLER_WEBHOOK_TEMPLATE {path} names {{{min(unknown)}}}: "
            f"there are {', '.join(names)}"
        )
    return template


def _refusal(said: bytes) -> str | None:
    try:
        answer = json.loads(said)
    except ValueError:
        return None
    if isinstance(answer, dict) and any(answer.get(name) not in (None, 0) for name in _REFUSALS):
        return str(answer.get("errmsg") or answer.get("msg") or answer)[:_LONGEST]
    return None
