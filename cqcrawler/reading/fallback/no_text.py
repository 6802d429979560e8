"""Notices without text: an image, a video or a file, above the furniture of their page.

The lines of a page do not show images, so what follows the notice may look like its text: what
readers say, a teaser, the menu of a foot. Where the text is short and stands below a line that
closes notices, images and files above that line are the notice.
"""

from __future__ import annotations

from cqcrawler.reading.body.container import closes_notice
from cqcrawler.reading.layout import Layout
from cqcrawler.reading.page.link_lines import file_anchors
from cqcrawler.text.boilerplate import match_either

# In characters: more text than this is no accident, wherever it stands: a column of lists may lie
# above a text.
_LITTLE = 150
# In characters: a line as long as this above the closing one may be text, such as the words below
# an image.
_SHORTEST = 12
# Who edited a notice is stated under other names as well, and close to its image.
_EDITOR = "editor"


def without_text(layout: Layout) -> range | None:
    """Return the empty range of lines that is the body of a notice without text, or None."""
    title, body = layout.title, layout.body
    if title is None or title.end > body.start or sum(map(len, layout.paragraphs)) > _LITTLE:
        return None
    close = _closing_line(layout, range(title.end, body.start + 1))
    if close is None:
        return None
    holds_any = file_anchors(layout.page, title.end, close) or any(
        title.end <= i <= close for i in layout.page.images
    )
    return range(close, close) if holds_any else None


def _closing_line(layout: Layout, lines: range) -> int | None:
    """The first line that closes the notice, unless text may stand above it."""
    page = layout.page
    for i in lines:
        if closes_notice(page, i):
            return i
        if page.is_link(i):
            continue
        text = layout.texts[i]
        rule = match_either(text)
        if rule and rule.name == _EDITOR:
            return i
        if not rule and i not in page.label_lines and len(text) >= _SHORTEST:
            return None
    return None
