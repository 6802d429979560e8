"""The archive: one SQLite file. Nothing outside this package touches SQLite."""

from cqcrawler.archive.search.asked import Search
from cqcrawler.archive.search.filters import Filters
from cqcrawler.archive.search.search import Order
from cqcrawler.archive.store import Archive, Change

__all__ = ["Archive", "Change", "Filters", "Order", "Search"]
