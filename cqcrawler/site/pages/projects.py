"""Undertakings from signing to production: the table of them, and each with its notices."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import NotFound, Response

from cqcrawler.archive import Archive
from cqcrawler.archive.answers.undertakings import After, History, ProjectSums, sorted_by
from cqcrawler.archive.articles.stated import StoredProject
from cqcrawler.archive.search.asked import Search
from cqcrawler.exceptions import QueryError
from cqcrawler.site.measures import yi
from cqcrawler.site.pages import narrowing
from cqcrawler.site.pages.common import fill, portal_title
from cqcrawler.site.pages.facts import around
from cqcrawler.site.pages.narrowing import Choices, address, typed

_PER_PAGE = 50
_FIELDS = ("place", "industry", "stage", "min_amount", "since", "until")


async def page(datasette: Any, request: Any) -> Response:
    """Answer /projects."""
    search = narrowing.read(request)
    newest = typed(request, "sort") == "newest"
    extra = {"sort": "newest" if newest else ""}
    after = typed(request, "after")
    found: list[StoredProject] = []
    sums, problem = ProjectSums(0, ()), ""
    try:
        place = narrowing.cursor(after, numeric=not newest)
        sums = await datasette.desk.recall(
            ("project sums", search), lambda archive: archive.answers.project_sums(search)
        )
        found = await datasette.desk.recall(
            ("projects", search, newest, after), _reader(search, newest, place)
        )
    except QueryError as error:
        problem = str(error)
    shown, more = found[:_PER_PAGE], found[_PER_PAGE:]
    end = narrowing.cursor_text(sorted_by(shown[-1], newest)) if more else ""
    return await fill(
        datasette,
        request,
        "cq_projects.html",
        search=search,
        typed=search.pairs(),
        hidden=narrowing.hidden(search, _FIELDS),
        choices=Choices(),
        newest=newest,
        sums=sums,
        projects=shown,
        problem=problem,
        places=narrowing.candidates(search, "/projects", extra),
        chips=narrowing.chips("/projects", search, extra, besides=(*_FIELDS, "terms")),
        first_page=address("/projects", search, extra) if after else "",
        next_page=address("/projects", search, {**extra, "after": end}) if end else "",
        yi=yi,
    )


async def one(datasette: Any, request: Any) -> Response:
    """Answer /projects/ID."""
    number = int(request.url_vars["id"])
    history: History | None = await datasette.desk.ask(
        lambda archive: archive.answers.project(number)
    )
    if history is None:
        raise NotFound(f"no project {number}")
    return await fill(
        datasette,
        request,
        "cq_project.html",
        history=history,
        project=history.project,
        portal_title=portal_title,
        yi=yi,
        around=around,
    )


def _reader(search: Search, newest: bool, after: After | None) -> Any:
    def read(archive: Archive) -> list[StoredProject]:
        return archive.answers.projects(search, newest=newest, after=after, most=_PER_PAGE + 1)

    return read
