"""The hooks by which Datasette finds our pages, words and rules."""

from __future__ import annotations

import logging
from typing import Any

from datasette import hookimpl
from datasette.database import QueryInterrupted
from datasette.utils.asgi import Base400, Response
from datasette.views.base import DatasetteError
from jinja2 import Environment
from markupsafe import Markup

from cqcrawler.exceptions import CqcrawlerError
from cqcrawler.site import formats, labels, languages, metadata, middleware, security
from cqcrawler.site.api import routes as api
from cqcrawler.site.middleware import GoneError
from cqcrawler.site.pages import (
    article,
    changes,
    dashboard,
    export,
    facts,
    feeds,
    home,
    new,
    projects,
    questions,
    search,
    watches,
)
from cqcrawler.text.clock import is_time

logger = logging.getLogger(__name__)

_ROUTES = (
    (r"/$", home.page),
    (r"/search$", search.page),
    (r"/search\.(?P<format>csv|jsonl|xlsx|bib|ris)$", export.page),
    (r"/search\.atom$", feeds.search_feed),
    (r"/new$", new.page),
    (r"/watches$", watches.page),
    (r"/watches/(?P<name>[^/]+)\.atom$", feeds.watch_feed),
    (r"/articles/(?P<id>\d{1,18})$", article.page),
    (r"/articles/(?P<id>\d{1,18})/changes$", changes.page),
    (r"/articles/(?P<id>\d{1,18})/raw$", article.raw_page),
    (r"/articles/(?P<id>\d{1,18})/files/(?P<file>\d{1,9})$", article.stored_file),
    (r"/dashboard$", dashboard.page),
    (r"/facts$", facts.page),
    (r"/projects$", projects.page),
    (r"/projects/(?P<id>\d{1,18})$", projects.one),
    (r"/questions$", questions.page),
    *api.ROUTES,
)
# Tables and questions whose rows are articles, by the column that has the number.
_ARTICLE_KEYS = ("article_id", "id")
_OF_OTHER_THINGS = {"pages", "runs"}


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Any]]:
    return list(_ROUTES)


@hookimpl  # type: ignore[untyped-decorator]
def get_metadata() -> dict[str, Any]:
    return metadata.metadata(languages.current.get())


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Any) -> Any:
    return lambda app: middleware.wrap(app, datasette.hosts)


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Environment) -> None:
    env.add_extension(security.MarkedScripts)
    env.add_extension(labels.NamedBoxes)
    env.globals |= {
        "nonce": security.nonce.get,
        "language": languages.current.get,
        "other_language": formats.other_language,
        "say": languages.say,
        "say_name": languages.say_name,
        "version_of_assets": formats.version_of_assets(),
    }
    env.filters |= {
        "marked": formats.marked,
        "number": formats.number,
        "moment": formats.moment,
        "yuan": formats.yuan,
        "web_link": formats.web_link,
        "in_words": languages.in_words,
    }


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(row: Any, value: Any, column: str, table: str | None) -> Markup | None:
    """Lead from the title of an article to the page that is made for reading it, and show times
    as clocks in China do."""
    if isinstance(value, str) and is_time(value):
        return Markup('<time datetime="{}">{}</time>').format(value, formats.moment(value))
    if column != "title" or table in _OF_OTHER_THINGS or not isinstance(value, str):
        return None
    keys = [row[key] for key in _ARTICLE_KEYS if key in row.keys()]  # noqa: SIM118
    if not keys or not isinstance(keys[0], int):
        return None
    return Markup('<a href="/articles/{}">{}</a>').format(keys[0], value)


@hookimpl  # type: ignore[untyped-decorator]
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Any:
    """Answer with a page of ours; Datasette's own also prints every 404 with its variables."""

    async def answer() -> Response:
        if isinstance(exception, GoneError):
            raise exception
        status, message = _explain(datasette, exception)
        if isinstance(exception, CqcrawlerError):
            logger.error("%s: %s", request.path, exception)
        elif status >= 500:
            logger.error("%s", request.path, exc_info=exception)
        if request.path.endswith((".json", ".jsonl")):
            return Response.json({"ok": False, "error": message, "status": status}, status=status)
        # What a person typed and what failed stays where it can be changed.
        sql = request.args.get("sql") or ""
        context = {"status": status, "error": message, "sql": sql, "database": metadata.DATABASE}
        body = await datasette.render_template("error.html", context, request=request)
        return Response.html(body, status=status)

    return answer


@hookimpl  # type: ignore[untyped-decorator]
def forbidden(datasette: Any, request: Any, message: str) -> Any:
    """Answer as for what is not there; Datasette's own page wants a template of its own."""
    return handle_exception(datasette, request, DatasetteError(message, status=403))


def _explain(datasette: Any, exception: Exception) -> tuple[int, str]:
    late = isinstance(exception, QueryInterrupted)  # in CSV; elsewhere Datasette makes of it
    # the one message that it has with a script in it.
    if late or (isinstance(exception, DatasetteError) and exception.message_is_html):
        seconds = datasette.setting("sql_time_limit_ms") // 1000
        return 400, languages.say("error.too_slow", seconds=seconds)
    if isinstance(exception, DatasetteError):
        # Where it gives none, the fault lies in the address.
        status = 400 if exception.status == 500 else exception.status
        return status, str(exception.message)
    if isinstance(exception, Base400):
        return exception.status, str(exception)
    if isinstance(exception, CqcrawlerError):
        return 503, ""  # What is wrong names files of this machine, and is in the log.
    return 500, ""
