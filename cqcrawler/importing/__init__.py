"""Pages that somebody kept, brought into the archive on the road of a crawl."""

from __future__ import annotations

from cqcrawler.importing.importing import Imported, import_pages

__all__ = ["Imported", "import_pages"]
