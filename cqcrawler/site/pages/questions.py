"""The questions kept ready, and the way to SQL and tables."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response

from cqcrawler.site.languages import current
from cqcrawler.site.metadata import DATABASE, questions
from cqcrawler.site.pages.common import fill


async def page(datasette: Any, request: Any) -> Response:
    """Answer /questions."""
    return await fill(
        datasette,
        request,
        "cq_questions.html",
        questions=questions(),
        database=DATABASE,
        word_in=current.get(),
    )
