"""Telling a webhook what is new to the watches: each notice once to each watch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from cqcrawler.archive import Archive
from cqcrawler.archive.search.search import Hit
from cqcrawler.archive.watches import Watch
from cqcrawler.exceptions import QueryError, WebhookError
from cqcrawler.health.webhook import NAMES, Webhook, load_webhook
from cqcrawler.messages import in_brackets, language, translate, translate_word
from cqcrawler.text.clock import beijing_minute
from cqcrawler.text.controls import one_line
from cqcrawler.text.typed_amounts import shown_amount

# A template that health has serves watches, too; these are theirs alone.
WATCH_NAMES = (*NAMES, "watch", "notices")
# WeCom takes 4096 bytes a message, and so many messages a minute that ten are no trouble.
_MOST_NOTICES, _MOST_BYTES, _MOST_MESSAGES = 10, 2_500, 10
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a watch: notices told, and left for the next time, and why any are."""

    watch: str
    told: int = 0
    left: int = 0
    problem: str = ""


def load(url: str, template: str | None) -> Webhook:
    """Return the webhook of these settings; WebhookError says what is wrong with them."""
    path = Path(template) if template else None
    return load_webhook(url, path, names=WATCH_NAMES, longest=_MOST_BYTES)


def tell_new(archive: Archive, watches: Iterable[Watch], webhook: Webhook) -> Iterator[Told]:
    """Post what is new to each watch, and remember what was delivered, message by message.

    The caller holds the right to tell. A message that was delivered may come again only if this
    process dies before that is remembered. Once the webhook takes none, no other is tried.
    """
    failure = ""
    for watch in watches:
        try:
            new = archive.watches.untold(watch)
        except QueryError as error:
            yield Told(watch.name, problem=str(error))
            continue
        told = 0
        for hits in islice(_messages(archive, new), 0 if failure else _MOST_MESSAGES):
            try:
                webhook.post(_values(watch, hits))
            except WebhookError as error:
                failure = f"{error}; it is told the next time"
                break
            archive.watches.note_told(watch, [hit.id for hit in hits], datetime.now(UTC))
            told += len(hits)
        left = len(new) - told
        yield Told(watch.name, told, left, failure if left else "")


def _messages(archive: Archive, ids: Sequence[int]) -> Iterator[list[Hit]]:
    """Yield notices for one message each, as many as fit."""
    message: list[Hit] = []
    for article_id in ids:
        (hit,) = archive.hits([article_id], "")
        size = len("\n".join(map(_line, (*message, hit))).encode())
        if message and (len(message) == _MOST_NOTICES or size > _MOST_BYTES):
            yield message
            message = []
        message.append(hit)
    if message:
        yield message


def _values(watch: Watch, hits: Sequence[Hit]) -> dict[str, str]:
    notices = "\n".join(map(_line, hits))
    count = len(hits)
    since = beijing_minute(watch.told_at or watch.added_at)
    return {
        **{"watch": watch.name, "portal": watch.name, "state": _in_words(f"{count} new")},
        **{"notices": notices, "reason": notices, "url": hits[0].url, "since": since},
        **dict.fromkeys(("before", "last_run", "last_good"), ""),
        "text": f"{_in_words(f'cqcrawler: {count} new for {watch.name}')}\n{notices}",
    }


def _line(hit: Hit) -> str:
    title = " ".join(one_line(hit.title.text).split())
    if len(title) > _LONGEST_TITLE:
        title = f"{title[: _LONGEST_TITLE - 1]}…"
    amount = shown_amount(hit.amount) if hit.amount else ""
    withdrawn = _remark("withdrawn") if hit.withdrawn_at else ""
    return " ".join(filter(None, (hit.published, title, amount, withdrawn, hit.url)))


def _in_words(message: str) -> str:
    return translate(message, language())


def _remark(code: str) -> str:
    to = language()
    return in_brackets(translate_word(code, "remark", to), to).strip()
