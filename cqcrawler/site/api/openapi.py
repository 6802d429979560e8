"""The API as OpenAPI 3.1, made of the same tables and types that it answers from."""

from __future__ import annotations

import re
from functools import cache
from http import HTTPStatus
from typing import Any

from cqcrawler.site.api.endpoints import ENDPOINTS, ROOT, Endpoint
from cqcrawler.site.api.parameters import Parameter
from cqcrawler.site.api.problems import CONTENT_TYPE, Problem
from cqcrawler.site.api.schemas import Schema, schema_of

# SQLite counts to 2^63; no archive gets there.
_HIGHEST = 10**18 - 1
_WRONG = {
    400: "What was wrong with a parameter, and what comes nearest.",
    404: "There is no such thing.",
    405: "Only GET and HEAD are answered.",
    421: "The site is not known by this name.",
    500: "A fault of ours.",
    503: "Too much is asked at once, or one question takes too long.",
}
_ABOUT = (
    "Reads an archive of notices of investment promotion. Times are ISO 8601 in UTC, dates "
    "YYYY-MM-DD in Beijing time, amounts in yuan where no unit is given. HEAD is answered as GET "
    "is, without the body; If-None-Match with the ETag of an answer gets 304 while it is the same. "
    "Within v1 fields and parameters may be added, and none is taken away or changed."
)


@cache
def document() -> dict[str, Any]:
    """Return the description of all that there is."""
    schemas: dict[str, Schema] = {}
    paths = {one.path: {"get": _operation(one, schemas)} for one in ENDPOINTS}
    problem = {CONTENT_TYPE: {"schema": schema_of(Problem, schemas)}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "cqcrawler", "version": ROOT.rpartition("v")[2], "description": _ABOUT},
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "responses": {
                HTTPStatus(status).name: {"description": words, "content": problem}
                for status, words in _WRONG.items()
            },
        },
    }


def _operation(endpoint: Endpoint, schemas: dict[str, Schema]) -> dict[str, Any]:
    numbers = re.findall(r"{(\w+)}", endpoint.path)
    answer = {"application/json": {"schema": schema_of(endpoint.answer, schemas)}}
    wrong = {
        str(status): {"$ref": f"#/components/responses/{HTTPStatus(status).name}"}
        for status in _WRONG
    }
    return {
        "operationId": endpoint.respond.__name__,
        "summary": endpoint.summary,
        "parameters": [
            *(_number(name) for name in numbers),
            *(_parameter(parameter) for parameter in endpoint.parameters),
        ],
        "responses": {"200": {"description": "The answer.", "content": answer}, **wrong},
    }


def _number(name: str) -> dict[str, Any]:
    schema = {"type": "integer", "minimum": 0, "maximum": _HIGHEST}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.description,
        "required": parameter.required,
        "schema": dict(parameter.schema),
    }
