from __future__ import annotations

import pytest

from cqcrawler.reading.page.tokens import split_markup


def test_nothing_behind_the_last_tag_can_begin_one() -> None:
    """To look for its end at every `<` takes quadratic time: minutes for some hundred kB."""
    texts, tags = split_markup("<p>一</p>1 < 2 < 3")
    assert tags == ["p", "/p"]
    assert texts == ["", "一", "1 &lt; 2 &lt; 3"]


@pytest.mark.parametrize("rest", ["<a <a <a ", "<span style='font-", "</", "<", "<!-", "<img alt="])
def test_a_tag_that_the_end_of_the_page_cuts_off_is_no_text(rest: str) -> None:
    texts, tags = split_markup(f"<p>一</p>二{rest}")
    assert (texts, tags) == (["", "一", "二"], ["p", "/p"])
