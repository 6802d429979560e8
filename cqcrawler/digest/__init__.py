"""One page that says what a week or month brought, to be mailed or put anywhere."""

from __future__ import annotations

from cqcrawler.digest.gathering import Digest, gather
from cqcrawler.digest.mail import message
from cqcrawler.digest.page import to_html
from cqcrawler.digest.spans import Named, month, since_day, week

__all__ = ["Digest", "Named", "gather", "message", "month", "since_day", "to_html", "week"]
