"""Feeds: what was found, edited or withdrawn last, of a search or of a watch."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any
from urllib.parse import quote, unquote, urlencode

from datasette.utils.asgi import Response

from cqcrawler.archive import Archive
from cqcrawler.archive.articles.stored import StoredArticle
from cqcrawler.archive.search.asked import Search
from cqcrawler.exceptions import QueryError
from cqcrawler.site.atom import MEDIA_TYPE, Entry, Feed
from cqcrawler.site.languages import in_words, say
from cqcrawler.site.pages.common import portal_title

_MOST = 50
# Longer than any that a person types.
_LONGEST = 300

# An article, and the largest investment that it states.
_Found = list[tuple[StoredArticle, float | None]]


async def search_feed(datasette: Any, request: Any) -> Response:
    """Answer /search.atom, which takes the same parameters as /search."""
    try:
        search = Search.of({name: _typed(request, name) for name in request.args})
        found = await datasette.desk.ask(lambda archive: _find(archive, search))
    except QueryError as error:
        return Response.text(in_words(str(error)), status=400)
    query = f"?{urlencode(search.pairs())}" if search.pairs() else ""
    words = " ".join(value for name, value in search.pairs().items() if name != "substring")
    return _answer(datasette, request, words or say("feed.everything"), f"/search{query}", found)


async def watch_feed(datasette: Any, request: Any) -> Response:
    """Answer /watches/NAME.atom."""
    name = unquote(request.url_vars["name"])

    def find(archive: Archive) -> tuple[Search, _Found] | None:
        if name not in {watch.name for watch in archive.watches.all()}:
            return None
        search = archive.watches.one(name).search
        return search, _find(archive, search)

    try:
        answer = await datasette.desk.ask(find)
    except QueryError as error:
        return Response.text(in_words(str(error)), status=400)
    if answer is None:
        return Response.text(say("error.missing"), status=404)
    search, found = answer
    return _answer(datasette, request, name, f"/search?{urlencode(search.pairs())}", found)


def watch_address(name: str, language: str) -> str:
    """Return the address of the feed of a watch, in a language: readers of feeds ask for none."""
    return f"/watches/{quote(name)}.atom?lang={language}"


def _typed(request: Any, name: str) -> str:
    # Half of a surrogate pair cannot be asked of the archive, nor a NUL.
    typed: str = request.args.get(name)
    readable = typed.encode("utf-8", "replace").decode().replace("\0", " ")
    return readable[:_LONGEST].strip()


def _find(archive: Archive, search: Search) -> _Found:
    articles = list(archive.latest(search, most=_MOST))
    amounts = {hit.id: hit.amount for hit in archive.hits([a.id for a in articles], "")}
    return [(article, amounts[article.id]) for article in articles]


def _answer(datasette: Any, request: Any, title: str, page: str, found: _Found) -> Response:
    def absolute(path: str) -> str:
        # As the request has it: by the name and scheme that a proxy was asked by.
        address: str = datasette.absolute_url(request, path)
        return address

    entries = [
        Entry(article, absolute(f"/articles/{article.id}"), portal_title(article.portal), amount)
        for article, amount in found
    ]
    feed = Feed(f"{say('site.title')}: {title}", request.url, absolute(page), entries)
    body = feed.to_xml()
    updated = datetime.fromisoformat(feed.updated)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"etag": tag, "last-modified": format_datetime(updated, usegmt=True)}
    if _is_known(request.headers.get, tag, updated):
        return Response("", status=304, headers=headers, content_type=MEDIA_TYPE)
    content_type = f"{MEDIA_TYPE}; charset=utf-8"
    return Response(body, headers=headers, content_type=content_type)


def _is_known(header: Callable[[str], str | None], tag: str, updated: datetime) -> bool:
    """Whether who asks has this already; the tag alone counts where one is sent (RFC 9110)."""
    if tags := header("if-none-match"):
        known = {one.strip().removeprefix("W/") for one in tags.split(",")}
        return bool(known & {tag, "*"})
    try:
        since = parsedate_to_datetime(header("if-modified-since") or "")
    except ValueError:
        return False
    return updated <= (since if since.tzinfo else since.replace(tzinfo=UTC))
