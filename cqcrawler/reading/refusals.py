"""Answers that are not the page asked for: challenges, login walls, refusals, soft 404s."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

from cqcrawler.text.normalize import collapse
from cqcrawler.text.words import any_word

# How many characters of an answer are looked at; challenge pages say what they are at the top.
_LOOKED_AT = 16_384
# In characters: a page with more visible text than this says something beside the challenge, one
# with less than the second says nothing.
_LITTLE_TEXT = 300
_NO_TEXT = 20
# In characters: a shorter answer is whole, whatever tags it lacks.
_SHORT = 1000

_REFUSING_STATUS = {
    401: "asks for a login (HTTP 401)",
    403: "refuses access (HTTP 403)",
    412: "script challenge (HTTP 412, 瑞数)",
}
# Found in challenge pages whatever stands beside it, and in no page of a portal.
_SIGNATURES = (
    (re.compile(r"var\s+arg1\s?=\s?'[0-9A-F]{20}|acw_sc__v2\s?="), "script challenge (acw_sc__v2)"),
    (re.compile(r"document\.cookie\s?=\s?['\"]C3VK="), "script challenge (C3VK)"),
    (re.compile(r"__jsl_clearance(?:_s)?="), "script challenge (加速乐)"),
    (re.compile(r"_cf_chl_opt|cf-browser-verification"), "challenge (Cloudflare)"),
    (re.compile(r"errors\.aliyun\.com|/_waf_/|waf_text_verify"), "refused by a firewall"),
)
_DYNAMIC_SCRIPT = re.compile(r"\$_ts\s?=|window\[['\"]\$_ts['\"]\]")
# Found on pages with little else.
_NOTICES = (
    (re.compile(any_word("refused"), re.IGNORECASE), "refused by a firewall"),
    (re.compile(any_word("browser_check"), re.IGNORECASE), "captcha or browser check"),
)
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{0,500})", re.IGNORECASE)
_UNSEEN = re.compile(
    r"<(script|style|noscript|title|select)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<[^<>]*>?",
    re.IGNORECASE | re.DOTALL,
)
_PASSWORD = re.compile(r"type\s?=\s?['\"]?password", re.IGNORECASE)
_LOGIN = re.compile(any_word("login"), re.IGNORECASE)
_LOGIN_TITLE = re.compile(rf".{{0,16}}{any_word('login_title')}.{{0,16}}")
_SCRIPT = re.compile(r"<script\b", re.IGNORECASE)
# An application that draws itself is no challenge: its page holds the place to draw in.
_APPLICATION = re.compile(r"<(?:div|main|section)[^>]{0,200}\bid\s?=", re.IGNORECASE)
_FRAME = re.compile(
    r"<(?:i?frame|frameset|meta[^>]{0,40}refresh|body[^>]{0,200}onload)", re.IGNORECASE
)

# What error pages say to a visitor.
_GONE = re.compile(any_word("gone"), re.IGNORECASE)
# The same where it is nearly all that a page says: a notice may say it of another one.
_CONTENT_GONE = re.compile(any_word("content_gone"))
_NEARLY_ALL = 60
_GONE_TITLE = re.compile(r"\W*404\b|.{0,12}(?:not found|错误(?:提示|页面)|出错了)", re.IGNORECASE)
_MOST_GONE_TEXT = 1500
_SENTENCE = 80
_STATEMENT = 40


def challenge(status: int | None, headers: Mapping[str, str], body_start: str) -> str | None:
    """Return why an answer is a challenge, a login wall or a refusal, or None if it is none.

    `status` and `headers` are those of HTTP, None and empty for a saved page; `body_start` is
    the decoded page or at least its first kilobytes.
    """
    if status in _REFUSING_STATUS:
        return _REFUSING_STATUS[status]
    names = {name.lower(): value for name, value in headers.items()}
    if names.get("cf-mitigated") == "challenge":
        return "challenge (Cloudflare)"
    if status == 521 and ("x-via-jsl" in names or "__jsluid" in names.get("set-cookie", "")):
        return "script challenge (HTTP 521, 加速乐)"
    return _by_content(body_start[:_LOOKED_AT])


def _by_content(body: str) -> str | None:
    for pattern, reason in _SIGNATURES:
        if pattern.search(body):
            return reason
    title = title_tag(body)
    if _DYNAMIC_SCRIPT.search(body) and not title:
        return "script challenge (瑞数)"
    if _LOGIN_TITLE.fullmatch(title) and _PASSWORD.search(body):
        return "login page"
    return _by_little_text(body, title) if _is_whole(body) else None


def title_tag(body: str) -> str:
    """Return the text of the `<title>` of a decoded page, on one line."""
    found = _TITLE.search(body)
    return collapse(unescape(found[1])) if found else ""


def _is_whole(body: str) -> bool:
    """Whether this is all of the page, so that a lack of text means something."""
    end = body[-40:].rstrip().lower()
    closed = end.endswith(("</html>", "</script>")) or "</html" in body.lower()
    return len(body) < _LOOKED_AT and (closed or len(body) < _SHORT)


def _by_little_text(body: str, title: str) -> str | None:
    text = collapse(unescape(_UNSEEN.sub(" ", body)))
    if len(text) > _LITTLE_TEXT:
        return None
    for pattern, reason in _NOTICES:
        if pattern.search(f"{title} {text}"):
            return reason
    if _PASSWORD.search(body) and _LOGIN.search(f"{title} {text} {body}"):
        return "login page"
    drawn = _APPLICATION.search(body) or _FRAME.search(body)
    if len(text) < _NO_TEXT and _SCRIPT.search(body) and not drawn and not title:
        return "a page of scripts only"
    return None


def soft_404(title: str, text: str) -> str | None:
    """Return what a page that came with HTTP 200 says of being gone, or None.

    `text` is its visible text, a paragraph a line. A page with a sentence of a notice's length
    or much text is none, whatever words stand in it.
    """
    lines = [collapse(line) for line in text.splitlines()]
    if len(text) > _MOST_GONE_TEXT or any(len(line) > _SENTENCE for line in lines):
        return None
    name = collapse(title)
    if _GONE_TITLE.match(name) or _GONE.fullmatch(name) or _CONTENT_GONE.fullmatch(name):
        return name
    patterns = (_GONE, _CONTENT_GONE) if len(text) <= _NEARLY_ALL else (_GONE,)
    said = (line for line in lines if any(pattern.search(line) for pattern in patterns))
    return next((line for line in said if len(line) <= _STATEMENT), None)
