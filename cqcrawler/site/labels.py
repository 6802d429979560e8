"""Names for the boxes of Datasette's pages that have none, and headings in their order."""

from __future__ import annotations

import re

from jinja2.ext import Extension

# What stands in the source of Datasette's templates, and what is put in its place.
_REPLACED = (
    (
        r'<select name="(_filter_column|_filter_op|_sort)',
        r'<select aria-label="{{ say("data.\1") }}" name="\1',
    ),
    (
        r'<input type="text" name="_filter_value',
        r'<input aria-label="{{ say("data._filter_value") }}" type="text" name="_filter_value',
    ),
    (r'<textarea id="sql-editor"', r'<textarea aria-label="{{ say("data.sql") }}" id="sql-editor"'),
    # The editor has a box of its own that it keeps out of sight.
    (
        r"lineNumbers: true,",
        r"lineNumbers: true, screenReaderLabel: {{ say('data.sql') | tojson }},",
    ),
    # It scrolls, so that a keyboard has to get there.
    (r'<dl class="column-descriptions">', r'<dl class="column-descriptions" tabindex="0">'),
    (r'<div class="table-wrapper">', r'<div class="table-wrapper" tabindex="0">'),
    # Under the one heading of a page there is no second level otherwise.
    (r"<(/?)h3\b", r"<\1h2"),
)


class NamedBoxes(Extension):
    """Names what stands in the source of a template of Datasette; ours have no need of it."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        if name and name.startswith("cq_"):
            return source
        for pattern, replacement in _REPLACED:
            source = re.sub(pattern, replacement, source)
        return source
