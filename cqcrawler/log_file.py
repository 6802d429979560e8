"""The log of a crawl: its lines, and its file."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import Any

from scrapy.logformatter import LogFormatter
from scrapy.settings import Settings

from cqcrawler.messages import language, translate
from cqcrawler.private_files import opener


class LogLines(LogFormatter):
    """Scrapy's lines, without the results of pages: those have all that came, secrets included."""

    def scraped(self, item: Any, response: Any, spider: Any) -> None:  # type: ignore[override]
        return None


class LogFile(logging.FileHandler):
    """A log file whose disk may run full: that costs lines of the log, never the crawl."""

    _said = False

    def _open(self) -> TextIOWrapper:
        return open(  # type: ignore[return-value]
            self.baseFilename,
            self.mode,
            encoding=self.encoding,
            errors=self.errors,
            opener=opener,
        )

    def handleError(self, record: logging.LogRecord) -> None:
        """Say once that lines are missing; logging would print a traceback for each."""
        if not self._said:
            self._said = True
            error = sys.exc_info()[1]
            said = f"cqcrawler: {self.baseFilename} lacks lines: {error}"
            print(translate(said, language()), file=sys.stderr)

    def close(self) -> None:
        with suppress(OSError):  # What could not be written is written again on closing.
            super().close()


@contextmanager
def logging_to_file(settings: Settings) -> Iterator[None]:
    """Log into the LOG_FILE of the settings in place of Scrapy's own handler, if it is set."""
    if not settings.get("LOG_FILE"):
        yield
        return
    settings.set("LOG_INSTALL_ROOT_HANDLER", False, priority="cmdline")
    handler = LogFile(settings["LOG_FILE"], encoding=settings.get("LOG_ENCODING"))
    handler.setFormatter(logging.Formatter(settings.get("LOG_FORMAT"), settings["LOG_DATEFORMAT"]))
    handler.setLevel(settings.get("LOG_LEVEL"))
    logging.root.setLevel(logging.NOTSET)
    logging.root.addHandler(handler)
    try:
        yield
    finally:
        logging.root.removeHandler(handler)
        handler.close()
