from __future__ import annotations

from datetime import date

import pytest

from cqcrawler.run.scope import Scope


@pytest.mark.parametrize(
    ("scope", "text"),
    [
        (Scope(), "incremental"),
        (Scope(full=True), "full"),
        (Scope(date(2025, 7, 7)), "incremental, since 2025-07-07"),
        (Scope(max_pages=20), "incremental, at most 20 pages"),
        (Scope(starts=("http://h/a",)), "incremental, from http://h/a"),
        (
            Scope(date(2025, 7, 7), 3, ("http://h/",), full=True),
            "full, since 2025-07-07, at most 3 pages, from http://h/",
        ),
    ],
)
def test_says_what_narrows_it(scope, text):
    assert str(scope) == text


@pytest.mark.parametrize(
    ("published", "left_out"),
    [("2025-07-06", True), ("2025-07-07", False), ("2025-07-08", False), (None, False)],
)
def test_leaves_out_what_is_known_to_be_older(published, left_out):
    assert Scope(since=date(2025, 7, 7)).leaves_out(published) is left_out


@pytest.mark.parametrize(
    ("scope", "whole"),
    [
        (Scope(), True),
        (Scope(max_pages=3), False),
        (Scope(date(2025, 7, 7)), False),
        (Scope(starts=("http://h/a",)), False),
    ],
)
def test_whole_is_what_nobody_narrowed(scope, whole):
    assert scope.whole is whole


def test_leaves_out_nothing_by_itself():
    assert not Scope(max_pages=1).leaves_out("1999-01-01")
