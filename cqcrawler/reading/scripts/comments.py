"""What a script does, without what its author says of it or has switched off."""

from __future__ import annotations

import re

# A block begins no MIME type such as `text/*` or `*/*`; a line of `//` is one of its own, since
# addresses have `//` as well. Possessive quantifiers keep this linear.
_COMMENT = re.compile(
    r"(?<![\w*'\"])/\*[^*]*+(?:\*(?!/)[^*]*+)*+(?:\*/|\Z)|(?m:^[^\S\n]*+//[^\n]*+)"
)


def without_comments(script: str) -> str:
    """Return the code of a script without blocks and lines of comment."""
    return _COMMENT.sub("", script)
