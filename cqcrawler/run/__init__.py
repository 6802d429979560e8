"""One portal's run, whatever fetches its pages: what to read next, what each page comes to,
and how it all ended."""

from __future__ import annotations

from cqcrawler.run.bounds import Limits
from cqcrawler.run.interpret import interpret
from cqcrawler.run.opening import open_run
from cqcrawler.run.run import PortalRun, Report, never_begun
from cqcrawler.run.scope import Scope

__all__ = ["Limits", "PortalRun", "Report", "Scope", "interpret", "never_begun", "open_run"]
