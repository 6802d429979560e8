"""Answering requests to the API: parameters in, JSON or a problem out."""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import asdict, is_dataclass
from typing import Any

from datasette.utils.asgi import Response

from cqcrawler.exceptions import CqcrawlerError, QueryError, TooSlow
from cqcrawler.site.api import parameters
from cqcrawler.site.api.endpoints import DESCRIPTION, ENDPOINTS, Endpoint
from cqcrawler.site.api.openapi import document
from cqcrawler.site.api.problems import CONTENT_TYPE, FOLDER, Refusal, problem
from cqcrawler.site.api.questions import Asked

logger = logging.getLogger(__name__)

View = Callable[[Any, Any], Awaitable[Response]]


def _view(endpoint: Endpoint) -> View:
    async def view(datasette: Any, request: Any) -> Response:
        try:
            given = parameters.read(request.query_string, endpoint.parameters)
            numbers = {name: int(digits) for name, digits in request.url_vars.items()}
            answer = await endpoint.respond(datasette.desk, Asked(request.path, numbers, given))
        except Exception as error:
            return _refuse(request, error)
        return _answer(request, answer)

    return view


async def _describe(datasette: Any, request: Any) -> Response:
    """Answer with the description of all that there is."""
    return _answer(request, document())


async def _nothing(datasette: Any, request: Any) -> Response:
    """Answer for what is nowhere in the API."""
    return _refuse(request, Refusal(404, f"nothing is here: see {ENDPOINTS[0].path}"))


def _answer(request: Any, answer: Any) -> Response:
    told = asdict(answer) if is_dataclass(answer) and not isinstance(answer, type) else answer
    body = json.dumps(told, ensure_ascii=False).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": "no-cache"}
    known = [one.strip().removeprefix("W/") for one in _header(request, "if-none-match").split(",")]
    if tag in known:
        return Response(b"", status=304, headers=headers, content_type="application/json")
    return Response(body, headers=headers, content_type="application/json")


def _header(request: Any, name: str) -> str:
    return str(request.headers.get(name, ""))


def _refuse(request: Any, error: Exception) -> Response:
    status, detail = _explain(error)
    if status >= 500 and not isinstance(error, TooSlow):
        # Of what is known to happen, the words say enough.
        known = isinstance(error, CqcrawlerError)
        logger.error("%s: %s", request.path, error, exc_info=None if known else error)
    return Response(problem(status, detail), status=status, content_type=CONTENT_TYPE)


def _explain(error: Exception) -> tuple[int, str]:
    if isinstance(error, Refusal):
        return error.status, str(error)
    if isinstance(error, QueryError):
        return 400, str(error)
    if isinstance(error, TooSlow):
        return 503, str(error)
    if isinstance(error, CqcrawlerError):
        return 503, "the archive cannot be read"  # Why names files of this machine.
    return 500, "a fault of ours, which is in the log"


def _pattern(path: str) -> str:
    return re.sub(r"{(\w+)}", r"(?P<\1>[0-9]{1,18})", path) + "$"


ROUTES: tuple[tuple[str, View], ...] = (
    *((_pattern(one.path), _view(one)) for one in ENDPOINTS),
    (f"{re.escape(DESCRIPTION)}$", _describe),
    (f"{FOLDER.rstrip('/')}(?:/.*)?$", _nothing),
)
