"""What people say of facts: it holds for words at an address, whatever is read there later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from cqcrawler.archive import Archive, Filters, Order
from cqcrawler.archive.articles.corrected import Anchor
from cqcrawler.archive.articles.corrections import Said
from cqcrawler.archive.articles.stated import StoredFact
from cqcrawler.archive.articles.stored import StoredArticle
from cqcrawler.archive.recovery import recover
from cqcrawler.exceptions import UsageError
from cqcrawler.facts import read
from cqcrawler.facts.model import Facts
from cqcrawler.reextract import restate
from tests.stating import read_simply, simple_facts

SAID = Said("李四", datetime(2025, 8, 1, tzinfo=UTC), "注册资本")
BODY = "甲公司总投资30亿元，用地30亩。\n乙公司总投资30亿元。招工三千人。"
NEW = {
    **{"kind": "jobs", "value": 3000.0, "value_max": None, "unit": "person", "qualifier": ""},
    **{"role": "single", "basis": "expected", "scope": None, "subject": "项目"},
}


@pytest.fixture(autouse=True)
def _simply(monkeypatch: pytest.MonkeyPatch) -> None:
    read_simply(monkeypatch)


@pytest.fixture
def held(crawl: Any, archive: Archive) -> Archive:
    crawl.notice(body=BODY, published="2025-07-01")
    return archive


def article(archive: Archive) -> StoredArticle:
    found = archive.article(1)
    assert found is not None
    return found


def fact(archive: Archive, number: int) -> StoredFact:
    return article(archive).facts[number]


def values(archive: Archive) -> list[tuple[str, float]]:
    return [(f.kind, f.value) for f in article(archive).facts]


READ = [("investment", 30e8), ("area", 20000.0), ("investment", 30e8)]


def reread(archive: Archive, monkeypatch: pytest.MonkeyPatch, rules: str) -> None:
    read_simply(monkeypatch, rules)
    assert restate(archive, Filters()).notices == 1


def test_what_is_rejected_stands_no_more(held: Archive) -> None:
    held.corrections.reject(article(held), fact(held, 2), SAID)
    assert values(held) == READ[:2]
    rows = held._db.execute("SELECT start, superseded FROM facts WHERE kind = 'investment'")
    (kept, rejected) = rows.fetchall()
    assert (kept[1], rejected[1]) == (0, 1)
    assert kept[0] < rejected[0]
    (total,) = held._db.execute("SELECT sum(investment_total) FROM investment_by_region").fetchone()
    assert total == 30e8


def test_what_is_set_takes_the_place_of_what_was_read(held: Archive) -> None:
    number = held.corrections.set(
        article(held), fact(held, 0), {"value": 3e8, "role": "part", "scope": None}, SAID
    )
    changed = fact(held, 0)
    assert (changed.value, changed.role, changed.scope) == (3e8, "part", None)
    assert (changed.basis, changed.text, changed.kind) == ("planned", "30亿元", "investment")
    assert held._db.execute(
        "SELECT correction_id FROM facts_current ORDER BY start"
    ).fetchall() == [
        (number,),
        (None,),
        (None,),
    ]


def test_what_was_not_read_is_added(held: Archive) -> None:
    held.corrections.add(article(held), Anchor("body", "三千人", 1), NEW, SAID)
    added = fact(held, 3)
    assert (added.kind, added.value, added.text) == ("jobs", 3000.0, "三千人")
    assert added.sentence == "招工三千人。"
    assert BODY[added.start : added.stop] == "三千人"


def test_words_that_are_not_there_cannot_be_added(held: Archive) -> None:
    for anchor in (
        Anchor("body", "四千人", 1),
        Anchor("body", "三千人", 2),
        Anchor("title", "三", 1),
    ):
        with pytest.raises(UsageError, match="give words as they are printed"):
            held.corrections.add(article(held), anchor, NEW, SAID)
    assert held.corrections.facts() == []


def _reject(archive: Archive) -> None:
    archive.corrections.reject(article(archive), fact(archive, 2), SAID)


def _set(archive: Archive) -> None:
    archive.corrections.set(article(archive), fact(archive, 2), {"value": 1e8}, SAID)


def _add(archive: Archive) -> None:
    archive.corrections.add(article(archive), Anchor("body", "三千人", 1), NEW, SAID)


CORRECTED: list[tuple[Callable[[Archive], None], list[tuple[str, float]]]] = [
    (_reject, READ[:2]),
    (_set, [*READ[:2], ("investment", 1e8)]),
    (_add, [*READ, ("jobs", 3000.0)]),
]


@pytest.mark.parametrize(("correct", "expected"), CORRECTED)
def test_corrections_outlive_reading_again_and_edits_that_leave_the_words(
    crawl: Any,
    held: Archive,
    monkeypatch: pytest.MonkeyPatch,
    correct: Callable[[Archive], None],
    expected: list[tuple[str, float]],
) -> None:
    correct(held)
    assert values(held) == expected
    reread(held, monkeypatch, "better")
    assert values(held) == expected
    held._db.execute("UPDATE articles SET facts_version = 'old'")
    held._db.execute("DELETE FROM facts WHERE kind = 'area'")
    held._db.commit()
    reread(held, monkeypatch, "better")  # This time there is a difference, and rows are written.
    assert values(held) == expected
    crawl.notice(body=f"前言。\n{BODY}", published="2025-07-01")
    assert values(held) == expected
    assert [c.orphaned for c in held.corrections.facts()] == [False]


@pytest.mark.parametrize(("correct", "expected"), CORRECTED)
def test_corrections_whose_words_are_gone_are_orphaned_until_they_are_back(
    crawl: Any,
    held: Archive,
    correct: Callable[[Archive], None],
    expected: list[tuple[str, float]],
) -> None:
    correct(held)
    crawl.notice(body="甲公司总投资30亿元，用地30亩。", published="2025-07-01")
    assert values(held) == READ[:2]
    assert [c.orphaned for c in held.corrections.facts()] == [True]
    crawl.notice(body=BODY, published="2025-07-01")
    assert values(held) == expected
    assert [c.orphaned for c in held.corrections.facts()] == [False]


def test_the_place_that_is_meant_is_counted_among_the_same_words(crawl: Any, held: Archive) -> None:
    held.corrections.reject(article(held), fact(held, 0), SAID)
    crawl.notice(body=f"{BODY}丙公司总投资30亿元。", published="2025-07-01")
    rows = held._db.execute(
        "SELECT superseded FROM facts WHERE kind = 'investment' ORDER BY start"
    ).fetchall()
    assert rows == [(1,), (0,), (0,)]


def test_what_is_read_otherwise_at_the_words_is_corrected_all_the_same(
    held: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    held.corrections.set(article(held), fact(held, 0), {"subject": "甲公司"}, SAID)
    held.corrections.reject(article(held), fact(held, 2), SAID)

    def wider(title: str, body: str, **options: Any) -> Facts:
        """Reads the cue along: `总投资30亿元`."""
        from dataclasses import replace

        facts = simple_facts(title, body, **options)
        moved = [
            replace(n, start=n.start - 3, text=f"总投资{n.text}", role="total")
            if n.kind == "investment"
            else n
            for n in facts.numbers
        ]
        return replace(facts, numbers=tuple(moved))

    read_simply(monkeypatch, "wider")
    monkeypatch.setattr(read, "read_facts", wider)
    restate(held, Filters())
    investment, area = article(held).facts
    assert (investment.subject, investment.role) == ("甲公司", "total")
    assert (investment.text, area.kind) == ("总投资30亿元", "area")


def test_what_is_read_no_more_stays_set_but_not_rejected_anew(
    held: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    held.corrections.set(article(held), fact(held, 0), {"value": 2e8}, SAID)
    held.corrections.reject(article(held), fact(held, 2), SAID)
    read_simply(monkeypatch, "blind")
    monkeypatch.setattr(read, "read_facts", lambda *_, **__: Facts())
    restate(held, Filters())
    (left,) = article(held).facts
    assert (left.value, left.kind, left.role, left.text) == (2e8, "investment", "single", "30亿元")
    (line,) = held.corrections.gold()
    assert line["not_facts"] == [{"text": "30亿元", "why": "注册资本"}]


def test_what_was_added_and_is_read_by_now_stands_once(
    held: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "read_facts", lambda *_, **__: Facts())
    monkeypatch.setattr("cqcrawler.facts.version.facts_version", lambda: "blind")
    restate(held, Filters())
    new = {**NEW, "kind": "investment", "value": 30e8, "unit": "CNY", "basis": "agreed"}
    held.corrections.add(article(held), Anchor("body", "30亿元", 1), new, SAID)
    assert values(held) == [("investment", 30e8)]
    reread(held, monkeypatch, "better")
    assert values(held) == READ
    assert fact(held, 0).basis == "agreed"


def test_what_is_added_over_a_part_of_its_words_takes_its_place(held: Archive) -> None:
    """The reading took 0亿元 of 30亿元, say: one number is not two investments."""
    new = {**NEW, "kind": "investment", "value": 31e8, "unit": "CNY", "basis": "agreed"}
    held.corrections.add(article(held), Anchor("body", "甲公司总投资30亿元", 1), new, SAID)
    assert values(held) == [("investment", 31e8), *READ[1:]]


def test_several_corrections_of_a_fact_hold_together(held: Archive) -> None:
    corrections = held.corrections
    corrections.set(article(held), fact(held, 0), {"kind": "output", "basis": "expected"}, SAID)
    second = corrections.set(article(held), fact(held, 0), {"value": 5e8}, SAID)
    first = fact(held, 0)
    assert (first.kind, first.basis, first.value) == ("output", "expected", 5e8)
    corrections.reject(article(held), fact(held, 0), SAID)
    assert values(held) == READ[1:]
    assert corrections.undo_fact(3)
    assert corrections.undo_fact(second)
    assert (fact(held, 0).kind, fact(held, 0).value) == ("output", 30e8)
    assert corrections.undo_fact(1)
    assert values(held) == READ
    assert not corrections.undo_fact(1)
    assert held._db.execute("SELECT count(*) FROM facts").fetchone() == (3,)


def test_filters_and_orders_go_by_what_stands(crawl: Any, held: Archive) -> None:
    crawl.notice("http://h/2", body="总投资20亿元。")
    for number in (2, 0):
        held.corrections.reject(article(held), fact(held, number), SAID)
    assert [hit.id for hit in held.search("", Filters(min_amount="1亿"))] == [2]
    assert [hit.id for hit in held.search("", order=Order.AMOUNT)] == [2, 1]
    assert held.search("", order=Order.AMOUNT)[1].amount is None
    assert {f.article_id for f in held.facts(held.found()) if f.kind == "investment"} == {2}


def test_a_dry_run_takes_corrections_for_no_differences(held: Archive) -> None:
    held.corrections.reject(article(held), fact(held, 0), SAID)
    held.corrections.add(article(held), Anchor("body", "三千人", 1), NEW, SAID)
    held._db.execute("UPDATE articles SET facts_version = 'older'")
    held._db.commit()
    done = restate(held, Filters(), dry_run=True)
    assert (done.notices, done.changed) == (1, 0)


def test_what_is_forgotten_takes_its_corrections_along(held: Archive) -> None:
    _reject(held)
    other = article(held)
    held._db.insert(
        "story_corrections",
        {"action": "join", "url": "http://h/9", "other_url": other.url, "reason": "", "by": "",
         "at": "2025-08-01T00:00:00Z"},
    )  # fmt: skip
    held._db.commit()
    held.forgetting.forget(other.url, [], SAID.at)
    assert (held.corrections.facts(), held.corrections.stories()) == ([], [])


def test_a_page_that_is_renamed_keeps_its_corrections(held: Archive) -> None:
    from cqcrawler.archive.file.connection import transaction
    from cqcrawler.archive.frontier.renaming import rename_pages

    _reject(held)
    with transaction(held._db):
        rename_pages(held._db, "cq", lambda url: url.replace("http://h/", "http://new/"))
    (correction,) = held.corrections.facts()
    assert (correction.url, correction.article_id) == ("http://new/1", 1)


def test_what_is_recovered_stands_as_it_was_corrected(held: Archive, tmp_path: Any) -> None:
    _reject(held)
    _add(held)
    expected = values(held)
    held.close()
    new = tmp_path / "new.db"
    assert recover(held.path, new, lambda what, share: None).whole
    with Archive(new, must_exist=True) as archive:
        assert values(archive) == expected
        assert article(archive).facts_version == "simple"


def test_gold_has_what_stands_and_names_what_does_not(held: Archive) -> None:
    _reject(held)
    _add(held)
    (line,) = held.corrections.gold()
    assert (line["id"], line["body"], line["published"]) == ("http://h/1", BODY, "2025-07-01")
    assert [(f["kind"], f["value"]) for f in line["facts"]] == [*READ[:2], ("jobs", 3000.0)]
    assert line["not_facts"] == [{"text": "30亿元", "why": "注册资本"}]
    assert set(line["facts"][0]) == {
        *("kind", "value", "value_max", "unit", "qualifier", "role", "subject"),
        *("basis", "scope", "text", "sentence"),
    }


def test_the_last_word_on_two_notices_counts(crawl: Any, held: Archive) -> None:
    crawl.notice("http://h/2", body="另一条。")
    one, two = held.article(1), held.article(2)
    assert one is not None
    assert two is not None
    held.corrections.relate("join", one, two, SAID)
    number = held.corrections.relate("part", two, one, SAID)
    (left,) = held.corrections.stories()
    assert (left.id, left.action, left.url, left.by) == (number, "part", two.url, "李四")
    assert held.corrections.undo_story(number)
    assert not held.corrections.undo_story(number)
    with pytest.raises(UsageError, match="name two notices"):
        held.corrections.relate("join", one, one, SAID)
