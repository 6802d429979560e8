"""Pieces of HTML for mail: styles stand on the elements, as mail programs drop style sheets.

Every function returns HTML; what it is given is text, and escaped here.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import urlsplit

from cqcrawler.text.controls import one_line

INK, FAINT, LINE, RED, LINK = "#1f1d1a", "#625d54", "#ddd7ca", "#9a3324", "#1f4e79"
_BAR = "#3d6b8e"
_CELL = f"padding:6px 10px 6px 0;border-top:1px solid {LINE};vertical-align:top;text-align:left"
_NUMBER = f"{_CELL};padding-right:0;text-align:right;white-space:nowrap"


def text(value: str) -> str:
    """Return text, on one line and without what steers or turns it."""
    return escape(one_line(value))


def link(address: str, label: str, *, title: str = "") -> str:
    """Return a link, or the label alone where a mail program should not follow the address."""
    try:
        parts = urlsplit(address)
        is_web = parts.scheme in ("http", "https") and bool(parts.netloc)
    except ValueError:
        is_web = False
    if not is_web:
        return text(label)
    hint = f' title="{text(title)}"' if title else ""
    return f'<a href="{text(address)}" style="color:{LINK}"{hint}>{text(label)}</a>'


def faint(html: str) -> str:
    return f'<span style="color:{FAINT};font-size:13px">{html}</span>'


def section(name: str, heading: str, *parts: str) -> str:
    """Return a part of the page under a heading, that `#name` leads to."""
    style = f"font-size:18px;line-height:1.4;margin:32px 0 8px;color:{RED}"
    return f'<h2 id="{name}" style="{style}">{text(heading)}</h2>\n' + "\n".join(parts)


def paragraph(html: str) -> str:
    return f'<p style="margin:0 0 10px">{html}</p>'


def items(lines: Iterable[str]) -> str:
    """Return a list of pieces of HTML."""
    style = f"padding:7px 0;border-top:1px solid {LINE}"
    rows = "\n".join(f'<li style="{style}">{line}</li>' for line in lines)
    return f'<ul style="list-style:none;margin:0;padding:0">\n{rows}\n</ul>'


def bar(share: float) -> str:
    """Return a bar of a share from 0 to 1; the number beside it says the same."""
    width = max(1.0, round(100 * share, 1))
    return (
        '<svg aria-hidden="true" width="100%" height="12" viewBox="0 0 100 12" '
        f'preserveAspectRatio="none" style="display:block;max-width:420px">'
        f'<rect x="0" y="2" width="{width:g}" height="8" fill="{_BAR}"></rect></svg>'
    )


def table(headings: Iterable[str], rows: Iterable[tuple[str, str]]) -> str:
    """Return a table of names and numbers, both HTML; the numbers stand at the right."""
    name, number = headings
    head = "".join(
        f'<th scope="col" style="{style};border-top:0;font-weight:400;color:{FAINT};'
        f'font-size:13px">{text(heading)}</th>'
        for heading, style in ((name, _CELL), (number, _NUMBER))
    )
    body = "\n".join(
        f'<tr><th scope="row" style="{_CELL};font-weight:400">{first}</th>'
        f'<td style="{_NUMBER}">{second}</td></tr>'
        for first, second in rows
    )
    return (
        '<table style="width:100%;border-collapse:collapse">'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"
    )


def document(title: str, body: str) -> str:
    """Return a whole page around what is in it."""
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>{text(title)}</title>
</head>
<body style="margin:0;background:#fbf9f4;color:{INK};font:16px/1.6 -apple-system,'PingFang SC',\
'Microsoft YaHei','Noto Sans CJK SC',sans-serif;overflow-wrap:anywhere;word-break:break-word">
<div style="max-width:720px;margin:0 auto;padding:24px 16px 48px">
{body}
</div>
</body>
</html>
"""
