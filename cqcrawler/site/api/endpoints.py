"""All that the API answers: from this table follow the routes, the contents and OpenAPI."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cqcrawler import __version__
from cqcrawler.site.api import answers, parameters, questions
from cqcrawler.site.api.parameters import Parameter
from cqcrawler.site.api.questions import Asked

if TYPE_CHECKING:
    from cqcrawler.site.desk import Desk

ROOT = "/api/v1"
DESCRIPTION = f"{ROOT}/openapi.json"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address with `{numbers}` in it, what it takes, and what answers it with what."""

    path: str
    summary: str
    respond: Callable[[Desk, Asked], Awaitable[Any]]
    answer: type
    parameters: tuple[Parameter, ...] = field(default=())


async def contents(desk: Desk, asked: Asked) -> answers.Contents:
    """Answer /api/v1."""
    entries = (answers.Entry(one.path, one.summary) for one in ENDPOINTS)
    description = answers.Entry(DESCRIPTION, "What there is, as OpenAPI 3.1.")
    return answers.Contents(__version__, (*entries, description))


ENDPOINTS = (
    Endpoint(ROOT, "All that there is.", contents, answers.Contents),
    Endpoint(
        f"{ROOT}/search",
        "Notices by words and filters, with the money that they tell of.",
        questions.search,
        answers.SearchResults,
        (*parameters.SEARCH, *parameters.PAGE, parameters.FACETS),
    ),
    Endpoint(
        f"{ROOT}/articles",
        "The notice at an address.",
        questions.article_at,
        answers.ArticleAnswer,
        (parameters.URL,),
    ),
    Endpoint(
        f"{ROOT}/articles/{{id}}",
        "A notice with all that the archive knows of it.",
        questions.article,
        answers.ArticleAnswer,
    ),
    Endpoint(
        f"{ROOT}/articles/{{id}}/versions/{{version}}",
        "A notice as it was in one of its versions.",
        questions.version,
        answers.VersionText,
    ),
    Endpoint(
        f"{ROOT}/projects",
        "Projects that notices tell of.",
        questions.projects,
        answers.ProjectList,
        (*parameters.FILTERS, *parameters.PAGE),
    ),
    Endpoint(
        f"{ROOT}/projects/{{id}}",
        "A project with the notices that tell of it.",
        questions.project,
        answers.ProjectAnswer,
    ),
    Endpoint(
        f"{ROOT}/facts",
        "Numbers that notices state, with the words.",
        questions.facts,
        answers.FactList,
        (*parameters.FILTERS, parameters.KIND, *parameters.PAGE),
    ),
)
