"""Where the marks of a pager lead whose addresses stand in scripts and forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from cqcrawler.reading.addresses import (
    form_data,
    is_posted,
    post_address,
    resolve,
    same_host,
    split_form,
)
from cqcrawler.reading.listing.page_series import infer_series
from cqcrawler.reading.page.document import Document
from cqcrawler.reading.scripts.browser import Browser
from cqcrawler.reading.scripts.forms import Control, Sent
from cqcrawler.reading.scripts.members import Outcome
from cqcrawler.reading.scripts.run import change, click, handlers
from cqcrawler.text.words import any_word

_PAGE_FIELD = re.compile(any_word("page_parameter"), re.IGNORECASE)


class Way(NamedTuple):
    """Where a click leads.

    `url` is an address that can be asked for at any time; `sent` a form that only this page can
    send, with the state of the server in it. Without both, `refusal` may say why.
    """

    url: str | None = None
    sent: Sent | None = None
    refusal: str = ""


# The way to the page of a listing that has a number.
Turn = Callable[[int], Way]


class Clicks:
    """The ways that lead on from a page by its scripts and forms."""

    def __init__(self, document: Document, scripts: Sequence[str]) -> None:
        self._document = document
        self._scripts = scripts

    @cached_property
    def browser(self) -> Browser:
        """The page as its scripts see it; not needed for pages whose marks have addresses."""
        return Browser(self._document, self._scripts)

    def on(self, element: etree._Element, typed: dict[Control, str] | None = None) -> Way:
        """Return where a click on an element leads; `typed` is what was put into fields before."""
        idle = element.tag not in ("button", "input") and not handlers(element)
        if idle or element.get("disabled") is not None:
            return Way()
        return self.way(click(self.browser, element, typed))

    def opens(self, element: etree._Element) -> str | None:
        """Return the address that a click on an element opens; a form that it sends has none."""
        url = None if element.tag in ("button", "input") else self.on(element).url
        return None if url is None or is_posted(url) else url

    def counting(self, element: etree._Element, number: int) -> Turn | None:
        """Return the way to a page by what a click on an element would run if the `number` in it
        were that of the page; None if it is not in it once."""
        place = re.compile(rf"(?<![\w.]){number}(?![\w.])")
        codes = handlers(element)
        if sum(len(place.findall(code)) for code in codes) != 1:
            return None

        def turn(page: int) -> Way:
            counted = [place.sub(str(page), code) for code in codes]
            return self.way(click(self.browser, element, codes=counted))

        return turn

    def choosing(self, select: etree._Element, value: str) -> Way:
        """Return where it leads to choose or type a value of a field."""
        return self.way(change(self.browser, select, value))

    def way(self, outcome: Outcome | None) -> Way:
        """Return the way to what a script comes to."""
        browser = self.browser
        if isinstance(outcome, str):
            return Way(resolve(outcome, browser.base, browser.encoding))
        if outcome is None or self._is_idle(outcome):
            return Way()
        if refusal := outcome.form.refusal:
            return Way(refusal=refusal)
        if not outcome.is_post:
            query = form_data(self._as_before(outcome), browser.encoding)
            return Way(resolve(f"{outcome.url.partition('?')[0]}?{query}", "", browser.encoding))
        if not outcome.form.has_state:
            return Way(post_address(outcome.url, self._as_before(outcome), browser.encoding))
        if not same_host(outcome.url, browser.here):
            return Way(refusal=f"its form goes to another site, {outcome.url}")
        return Way(sent=outcome)

    def _as_before(self, sent: Sent) -> Sequence[tuple[str, str]]:
        """Return the fields of a form as this page was asked for with, but for those that the click
        changes.

        So all pages name each other alike, though a box or a moment on each is another one.
        """
        address, form = split_form(self._document.page.url)
        query = form.partition(":")[2] if sent.is_post else urlsplit(address).query
        before = dict(parse_qsl(query, keep_blank_values=True, encoding=self.browser.encoding))
        stands = self.browser.send(sent.form)
        if stands is None or sorted(before) != sorted(name for name, _ in sent.fields):
            return sent.fields
        unchanged = set(stands.fields)
        return [
            (name, before[name] if (name, value) in unchanged else value)
            for name, value in sent.fields
        ]

    def _is_idle(self, sent: Sent) -> bool:
        """Whether a form is sent as it stands, and names no later page: it gives this one again."""
        unchanged = sent == self.browser.send(sent.form)
        return unchanged and not any(
            _PAGE_FIELD.fullmatch(name) and value.isdecimal() and value not in ("0", "1")
            for name, value in sent.fields
        )


def turns(turn: Turn) -> bool:
    """Whether different numbers lead to different pages."""
    one, other = turn(2), turn(3)
    return one != other and all(way.url or way.sent for way in (one, other))


def addresses(turn: Turn, first: int, last: int) -> Iterator[tuple[int, str]]:
    """Yield the addresses that lead to pages, by their numbers; where three of them count on in
    one number, the others are not asked for one by one."""
    pages = [page for page in (first, first + 1, last) if page <= last]
    samples = {page: url for page in pages if (url := turn(page).url)}
    series = infer_series(samples, (), "", None) if len(samples) > 2 else None
    counts = series and all(series.url(page) == url for page, url in samples.items())
    for page in range(first, last + 1):
        if url := series.url(page) if series and counts else turn(page).url:
            yield page, url
