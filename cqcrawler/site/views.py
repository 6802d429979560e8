"""Datasette's own pages: those that an analyst needs, with CSV that no spreadsheet runs."""

from __future__ import annotations

import re
from typing import Any

from datasette.utils.asgi import Response
from datasette.views.base import DatasetteError
from datasette.views.database import DatabaseDownload, DatabaseView
from datasette.views.row import RowView
from datasette.views.table import TableView

from cqcrawler.archive.export.text import as_text


class _SafeCsv:
    """Before a view of Datasette: no cell or heading of CSV runs, no odd address is an error."""

    async def data(self, request: Any, **options: Any) -> Any:
        try:
            answer = await super().data(request, **options)  # type: ignore[misc]
        except (AssertionError, LookupError, ValueError) as error:
            # What Datasette raises for parameters that it did not write itself.
            raise DatasetteError("the address asks for what there is not", status=400) from error
        if request.url_vars.get("format") != "csv" or isinstance(answer, Response):
            return answer
        data, *rest = answer
        if data.get("error"):
            raise DatasetteError(data["error"], status=400)  # Datasette's CSV would be empty.
        rows = [[_safe(cell) for cell in row] for row in data["rows"]]
        return {**data, "columns": list(map(as_text, data["columns"])), "rows": rows}, *rest


class _SafeDatabaseView(_SafeCsv, DatabaseView):  # type: ignore[misc]
    pass


class _SafeTableView(_SafeCsv, TableView):  # type: ignore[misc]
    pass


class _SafeRowView(_SafeCsv, RowView):  # type: ignore[misc]
    pass


_VIEWS: dict[Any, Any] = {
    DatabaseView: _SafeDatabaseView,
    TableView: _SafeTableView,
    RowView: _SafeRowView,
}
# They tell of the machine, or are for logging in; all that is open below is files of ours.
_CLOSED = re.compile(r"/-/(?!static/)|/:memory:")


def routes(site: Any, present: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Return those routes of a site that an analyst needs, tables with safe CSV."""
    found = []
    for pattern, view in present:
        kind = getattr(view, "view_class", None)
        if kind in _VIEWS:
            found.append((pattern, _VIEWS[kind].as_view(site)))
        elif kind in (DatabaseDownload, None) and not _CLOSED.match(pattern.pattern):
            found.append((pattern, view))
    return found


def _safe(cell: Any) -> Any:
    if isinstance(cell, dict):  # the key of another row, with the label of that row
        return {name: _safe(value) for name, value in cell.items()}
    return as_text(cell) if isinstance(cell, str) else cell
