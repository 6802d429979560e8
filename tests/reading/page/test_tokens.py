from __future__ import annotations

from cqcrawler.reading.page.tokens import split_markup


def test_nothing_behind_the_last_tag_can_begin_one() -> None:
    """To look for its end at every `<` takes quadratic time: minutes for some hundred kB."""
    texts, tags = split_markup("<p>一</p><a <a <a ")
    assert tags == ["p", "/p"]
    assert texts == ["", "一", "&lt;a &lt;a &lt;a "]
