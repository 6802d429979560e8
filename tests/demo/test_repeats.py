from __future__ import annotations

from collections import Counter
from itertools import product

import pytest

from cqcrawler.demo.compose import notices
from cqcrawler.demo.repeats import Repeat, printed, repeat_of
from cqcrawler.demo.sections import SECTIONS, section_of
from cqcrawler.text.normalize import comparison_key


def test_every_section_meets_every_kind_of_repeat() -> None:
    met = {(section_of(notice.kind).name, repeat_of(notice)) for notice in notices()}
    assert met == set(product((section.name for section in SECTIONS), Repeat))


@pytest.mark.parametrize("repeat", Repeat)
def test_a_page_prints_the_whole_notice_and_more_of_the_same(repeat: Repeat) -> None:
    for notice in notices():
        if repeat_of(notice) is not repeat:
            continue
        page, body = printed(notice), list(notice.paragraphs)
        assert list(dict.fromkeys(t for t in page if t in body)) == list(dict.fromkeys(body))
        surplus = Counter(map(comparison_key, page)) - Counter(map(comparison_key, body))
        known = {comparison_key(text) for text in (*body, notice.title)}
        assert set(surplus) <= known
        assert (len(surplus) == 0) == (repeat is Repeat.NONE)


@pytest.mark.parametrize("repeat", [Repeat.SPACED, Repeat.WIDTH])
def test_near_copies_are_not_equal_as_printed(repeat: Repeat) -> None:
    for notice in notices():
        if repeat_of(notice) is repeat:
            page = printed(notice)
            assert len(page) == len(notice.paragraphs) + 1
            assert len(set(page) - set(notice.paragraphs)) == 1
