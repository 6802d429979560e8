"""The analyst's web site: Datasette over the archive, with pages of our own in front."""

from cqcrawler.site.server import serve

__all__ = ["serve"]
