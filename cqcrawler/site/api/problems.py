"""Answers to requests that cannot be answered, as RFC 9457 has them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from http import HTTPStatus

CONTENT_TYPE = "application/problem+json"
# What is answered so, whatever the address behind it.
FOLDER = "/api/"


@dataclass(frozen=True, slots=True)
class Problem:
    """The body of such an answer. `detail` says what was wrong, and what comes nearest."""

    type: str
    title: str
    status: int
    detail: str


class Refusal(Exception):
    """Raised by what answers a request: a status, and what was wrong with the request."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


def problem(status: int, detail: str) -> bytes:
    """Return the body of an answer with this status."""
    told = Problem("about:blank", HTTPStatus(status).phrase, status, detail)
    return json.dumps(asdict(told), ensure_ascii=False).encode()
