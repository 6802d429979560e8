"""A word's clause and sentence, no farther than a rule looks."""

from __future__ import annotations

from cqcrawler.facts.surroundings import (
    AROUND,
    clause_start,
    clause_stop,
    sentence_start,
    sentence_stop,
)

TEXT = "一期投产。园区在建，光伏项目开工；其余在谈。"


def test_a_clause_lies_between_marks() -> None:
    start = TEXT.index("光伏")
    assert TEXT[clause_start(TEXT, start) : clause_stop(TEXT, start + 2)] == "光伏项目开工"
    assert clause_start(TEXT, 0) == 0
    assert clause_stop(TEXT, len(TEXT)) == len(TEXT)


def test_a_sentence_begins_behind_an_end_or_a_line() -> None:
    assert sentence_start(TEXT, TEXT.index("光伏")) == TEXT.index("园区")
    assert sentence_start("标题\n光伏", 3) == 3
    assert sentence_start("光伏", 0) == 0
    assert sentence_stop(TEXT, 0) == TEXT.index("。")
    assert sentence_stop("光伏", 2) == 2


def test_what_has_no_marks_is_cut_off() -> None:
    text = "甲" * 1000
    assert clause_start(text, 500) == sentence_start(text, 500) == 500 - AROUND
    assert clause_stop(text, 500) == sentence_stop(text, 500) == 500 + AROUND
