"""A saved page, probed without any request."""

from __future__ import annotations

from cqcrawler.models import Answer, PageKind
from cqcrawler.platforms.canonical import request_of
from cqcrawler.portals import Portal
from cqcrawler.probe.cost import Pace
from cqcrawler.probe.keep import KeptPage
from cqcrawler.probe.look import SAVED, Came
from cqcrawler.probe.report import Robots
from cqcrawler.probe.run import Seen, fresh_page
from cqcrawler.run.interpret import cleaned, interpret


def saved_page(kept: KeptPage, portal: Portal, usual_delay: float) -> Came:
    """Return a page of a file as what came for the start of a portal, which has `usual_delay`
    seconds between requests unless its own file says otherwise."""
    url = portal.start_urls[0]
    page = fresh_page(url, PageKind.UNKNOWN)
    headers = {"content-type": kept.content_type} if kept.content_type else {}
    answer = Answer(request_of(url).url, 200, headers, kept.body, kept.at)
    result = cleaned(interpret(answer, page, portal), portal)
    pace = Pace(portal.delay or usual_delay, "the usual delay")
    return Came((Seen(page, answer, result),), pace, Robots(f"not asked for: {SAVED}"), saved=True)
