"""Datasette as this site sets it up: one archive, our templates, our pages in front."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.database import Database, QueryInterrupted, Results
from datasette.plugins import pm

from cqcrawler.archive.asking.asking import Askers, Late
from cqcrawler.archive.file.connection import is_alone
from cqcrawler.site import hosts, plugin, views
from cqcrawler.site.desk import Desk, Renewable
from cqcrawler.site.metadata import DATABASE

_SETTINGS = {
    "allow_csv_stream": True,  # default True: all of a table, not the first page
    "allow_download": False,  # default True, for files that nobody writes; there is `snapshot`
    "default_page_size": 50,  # default 100: rows are long
    "default_cache_ttl": 0,  # default 5: what a crawl just wrote is what people look for
    "facet_time_limit_ms": 400,  # default 200
    "max_csv_mb": 0,  # default 100: everything
    "max_returned_rows": 1000,  # default 1000
    "sql_time_limit_ms": 3000,  # default 1000: a question may read 100,000 notices
    "suggest_facets": False,  # default True: costs a query for every column of every page
    "truncate_cells_html": 80,  # default 2048: bodies are read elsewhere
}


class ArchiveSite(Datasette):  # type: ignore[misc]
    """Datasette that knows the desk of its archive, and the names by which it may be asked."""

    def __init__(self, path: Path, hosts: Collection[str], **options: Any) -> None:
        self.desk = Desk(path)
        self.hosts = hosts
        super().__init__(**options)  # which already asks our plugin for its middleware

    def _routes(self) -> list[tuple[Any, Any]]:
        return views.routes(self, super()._routes())


class _ArchiveDatabase(Database):  # type: ignore[misc]
    """Datasette's database, of the file that is there now, without the inside of its index.

    SQL is answered by other processes: a function of SQLite can take any time and memory.
    """

    def __init__(self, site: ArchiveSite, path: Path, *, is_mutable: bool) -> None:
        super().__init__(site, path=str(path), is_mutable=is_mutable)
        self._file = Renewable(path)
        self._askers, self._threads = self._new_askers()

    def _new_askers(self) -> tuple[Askers, ThreadPoolExecutor]:
        count = self.ds.setting("num_sql_threads")
        return Askers(Path(self.path), count), ThreadPoolExecutor(count)

    def _renew(self) -> None:
        if not self._file.is_another():
            return
        loop = asyncio.get_running_loop()
        old, held = self.ds.executor, list(self._all_file_connections)
        self._all_file_connections.clear()
        self.ds.executor = ThreadPoolExecutor(self.ds.setting("num_sql_threads"))
        loop.run_in_executor(None, _close, old, held)
        loop.run_in_executor(None, _close, self._threads, [self._askers])
        self._askers, self._threads = self._new_askers()

    async def execute_fn(self, fn: Callable[[Any], Any]) -> Any:
        self._renew()
        return await super().execute_fn(fn)

    async def execute(
        self,
        sql: str,
        params: Any = None,
        truncate: bool = False,
        custom_time_limit: int | None = None,
        page_size: int | None = None,
        log_sql_errors: bool = True,
    ) -> Results:
        self._renew()
        most = self.ds.max_returned_rows if truncate else None
        if most == (page_size or self.ds.page_size):
            most += 1
        limit = min(self.ds.sql_time_limit_ms, custom_time_limit or self.ds.sql_time_limit_ms)
        given = dict(params) if isinstance(params, dict) else list(params or ())
        try:
            answer = await asyncio.get_running_loop().run_in_executor(
                self._threads,
                lambda: self._askers.ask(
                    sql, given, most=None if most is None else most + 1, seconds=limit / 1000
                ),
            )
        except Late as error:
            raise QueryInterrupted(error, sql, params) from error
        description = [(name,) for name in answer.columns]
        return Results(
            answer.rows[:most], most is not None and len(answer.rows) > most, description
        )

    async def attached_databases(self) -> list[Any]:
        return []  # Datasette would ask where the file is, and nobody may.

    def close(self) -> None:
        super().close()
        _close(self._threads, [self._askers])

    async def table_names(self) -> list[str]:
        # A few very large rows: counting them takes long, whatever time limit is set.
        names: list[str] = await super().table_names()
        return [name for name in names if not name.startswith("articles_fts_")]


def _close(threads: ThreadPoolExecutor, connections: list[Any]) -> None:
    """Close connections or processes once the threads that use them have answered."""
    threads.shutdown()
    for connection in connections:
        connection.close()


def build(path: Path, hosts: Collection[str] = hosts.LOOPBACK) -> ArchiveSite:
    """Return the site over the archive at `path`, which must exist.

    It answers to the names `hosts`; see `site/hosts.py`.
    """
    _register()
    here = Path(str(files("cqcrawler.site")))
    site = ArchiveSite(
        path,
        hosts,
        settings=_SETTINGS,
        template_dir=str(here / "templates"),
        static_mounts=[("assets", str(here / "static"))],
    )
    # Immutable would be faster and wrong: a crawl may write at any time.
    database = _ArchiveDatabase(site, path, is_mutable=not is_alone(path))
    site.remove_database("_memory")  # which Datasette adds where it is given no files
    site.add_database(database, name=DATABASE)
    return site


def _register() -> None:
    """Put our plugin among Datasette's, and our page for errors in the place of its own."""
    if not pm.is_registered(plugin):
        pm.register(plugin, name="cqcrawler")
        pm.unregister(name="datasette.handle_exception")
