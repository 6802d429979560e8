"""The tag that a portal prints before a title: 【渝北区招商】渝北三个项目集中开工."""

from __future__ import annotations

import re

# In characters. The shortest tag is the short name of a province (【渝】), the longest that we
# expect the full name of a county, 25 characters in `regions.csv`, with 招商引资 behind it. What
# is longer is a sentence in brackets, and part of the title.
_LONGEST = 30
_TAG = re.compile(rf"【([^【】]{{1,{_LONGEST}}})】\s*")
_TAGS = re.compile(rf"(?:{_TAG.pattern})+")


def headline_tag(title: str) -> str | None:
    """Return `渝北区招商` of a title that begins with `【渝北区招商】`: the first tag, or None."""
    match = _TAG.match(title)
    return match[1] if match else None


def without_tags(title: str) -> str:
    """Return a title without the tags before it; one that is nothing but a tag stays as it is."""
    match = _TAGS.match(title)
    return title[match.end() :] or title if match else title


def is_tag(text: str) -> bool:
    """Whether a text is a tag or several, and nothing else."""
    return _TAGS.fullmatch(text) is not None
