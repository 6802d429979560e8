"""A digest as a message (RFC 5322), for whatever mails it."""

from __future__ import annotations

from collections.abc import Sequence
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

from cqcrawler.digest.gathering import Digest
from cqcrawler.digest.page import title_of, to_html
from cqcrawler.digest.words import money
from cqcrawler.exceptions import UsageError
from cqcrawler.text.clock import BEIJING
from cqcrawler.text.controls import one_line

_LISTED = 10


def message(digest: Digest, site: str, to: Sequence[str]) -> bytes:
    """Return a message to these addresses, from the first of them; UsageError for one that is none.

    Whatever sends it may put another sender. Equal digests make equal messages.
    """
    addresses = [_address(one) for one in to]
    page = to_html(digest, site)
    mail = EmailMessage(SMTP)
    mail["Subject"] = title_of(digest)
    mail["From"] = addresses[0]
    mail["To"] = addresses
    mail["Date"] = format_datetime(digest.named.span.until.astimezone(BEIJING))
    mark = sha256(page.encode()).hexdigest()[:32]
    mail["Message-ID"] = f"<{mark}@{addresses[0].domain}>"
    # Nobody need answer that they are away.
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(_in_words(digest), cte="base64")
    mail.add_alternative(page, subtype="html", cte="base64")
    mail.set_boundary(f"=_{mark}")
    return mail.as_bytes()


def _address(typed: str) -> Address:
    try:
        address = Address(addr_spec=typed)
    except (HeaderParseError, ValueError, IndexError) as error:
        raise UsageError(f"{typed!r} is no mail address: write it like name@example.org") from error
    if not (address.username and address.domain and typed.isascii() and typed.isprintable()):
        raise UsageError(f"{typed!r} is no mail address: write it like name@example.org")
    return address


def _in_words(digest: Digest) -> str:
    """Return the most of it for programs that show no HTML."""
    figures = [
        f"新公告 {digest.news.count}",
        f"新项目 {digest.projects.count}",
        *(f"投资额 {money(one.promised, one.unit)}" for one in digest.promised),
        f"改动 {digest.changed.count}",
        f"撤下 {digest.withdrawn.count}",
    ]
    lines = [title_of(digest), "，".join(figures), ""]
    for one in digest.projects.items[:_LISTED]:
        invested = money(one.invested, one.unit or "") if one.invested else ""
        lines.append(" ".join(filter(None, (invested, one_line(one.name), one.place))))
        lines += [one_line(source.url) for source in one.sources[:1]]
    return "\n".join(lines)
