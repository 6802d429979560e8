"""Which articles tell one story, as the archive keeps it through edits, withdrawals and people."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from benchmarks.retold import Retold, edited, invented, rounded
from cqcrawler.archive import Archive, Filters
from cqcrawler.archive.articles import stories
from cqcrawler.archive.articles.corrections import Said
from cqcrawler.archive.file.connection import transaction
from cqcrawler.exceptions import UsageError
from cqcrawler.models import PageState
from cqcrawler.reextract import restate
from tests.archive.conftest import Crawl

SAID = Said("陈云", datetime(2025, 7, 8, tzinfo=UTC))
FIRST = invented(Random(1), "half")
OTHER = invented(Random(2), "half")


def save(crawl: Crawl, url: str, notice: Retold, **fields: Any) -> None:
    crawl.notice(url, notice.title, notice.body, **fields)


def told(archive: Archive) -> dict[str, int]:
    """The story of each article, by its address."""
    return dict(archive._db.execute("SELECT url, story_id FROM articles ORDER BY id"))


def leaders(archive: Archive) -> list[str]:
    rows = archive._db.execute(
        "SELECT url FROM stories JOIN articles ON leader = articles.id ORDER BY url"
    )
    return [url for (url,) in rows]


def is_sound(archive: Archive) -> bool:
    """Every article has a story, every story a leader of its own, and leaders alone have keys."""
    problems = archive._db.execute(
        """SELECT 1 FROM articles LEFT JOIN stories ON stories.id = story_id
            WHERE stories.id IS NULL
        UNION ALL SELECT 1 FROM stories JOIN articles ON articles.id = leader
            WHERE story_id IS NOT stories.id
        UNION ALL SELECT 1 FROM story_bands WHERE article_id NOT IN (SELECT leader FROM stories)
        UNION ALL SELECT 1 FROM stories WHERE leader NOT IN (SELECT article_id FROM story_bands)"""
    )
    return problems.fetchall() == [] and archive.verification.orphans() == []


@pytest.fixture
def retold(crawl: Crawl, archive: Archive) -> Archive:
    """One story in three notices of two portals, and a look-alike."""
    save(crawl, "http://h/1", FIRST)
    save(crawl, "http://h/2", edited(Random(3), FIRST, 0.2), published="2026-07-01")
    save(crawl, "http://h/3", rounded(FIRST))
    save(crawl, "http://h/4", OTHER)
    return archive


def test_copies_have_one_story_and_a_look_alike_its_own(retold: Archive) -> None:
    story = told(retold)
    assert story["http://h/1"] == story["http://h/2"] == story["http://h/3"]
    assert story["http://h/4"] != story["http://h/1"]
    assert leaders(retold) == ["http://h/1", "http://h/4"]
    assert is_sound(retold)


def test_an_edit_to_something_else_takes_a_copy_out(crawl: Crawl, retold: Archive) -> None:
    save(crawl, "http://h/3", OTHER)
    story = told(retold)
    assert story["http://h/3"] == story["http://h/4"] != story["http://h/1"]
    assert is_sound(retold)


def test_a_leader_that_is_edited_leaves_its_story_to_the_others(
    crawl: Crawl, retold: Archive
) -> None:
    before = told(retold)
    save(crawl, "http://h/1", invented(Random(7), "visit"))
    story = told(retold)
    assert story["http://h/2"] == story["http://h/3"] == before["http://h/1"]
    assert story["http://h/1"] not in before.values()
    assert leaders(retold) == ["http://h/1", "http://h/2", "http://h/4"]
    assert is_sound(retold)


def test_an_article_alone_keeps_its_story_through_edits(crawl: Crawl, archive: Archive) -> None:
    save(crawl, "http://h/1", FIRST)
    before = told(archive)
    save(crawl, "http://h/1", invented(Random(7), "visit"))
    assert told(archive) == before
    assert is_sound(archive)


def test_one_that_was_alone_joins_when_it_becomes_a_copy(crawl: Crawl, archive: Archive) -> None:
    save(crawl, "http://h/1", FIRST)
    save(crawl, "http://h/2", OTHER)
    save(crawl, "http://h/2", rounded(FIRST))
    assert len(set(told(archive).values())) == 1
    assert is_sound(archive)


def test_another_leads_when_the_leader_is_withdrawn(crawl: Crawl, retold: Archive) -> None:
    before = told(retold)
    crawl.withdraw("http://h/1")
    assert leaders(retold) == ["http://h/2", "http://h/4"]
    assert told(retold) == before
    crawl.withdraw("http://h/2")
    crawl.withdraw("http://h/3")
    assert len(leaders(retold)) == 2
    save(crawl, "http://h/3", rounded(FIRST))
    assert leaders(retold) == ["http://h/3", "http://h/4"]
    assert told(retold) == before
    assert is_sound(retold)


@pytest.mark.parametrize("gone", ["http://h/1", "http://h/2", "http://h/4"])
def test_what_is_forgotten_leaves_no_trace(retold: Archive, gone: str) -> None:
    before = told(retold)
    retold.forgetting.forget(gone, (), datetime(2025, 7, 9, tzinfo=UTC))
    del before[gone]
    assert told(retold) == before
    assert is_sound(retold)


def test_stories_survive_another_reading(retold: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    before, led = told(retold), leaders(retold)
    monkeypatch.setattr("cqcrawler.facts.version.facts_version", lambda: "other rules")
    from cqcrawler.archive import Filters

    restate(retold, Filters())
    assert (told(retold), leaders(retold)) == (before, led)
    assert is_sound(retold)


def test_stories_are_found_in_an_archive_without(
    retold: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after the migration: every article has a story of its own."""
    from cqcrawler.archive import Filters

    with transaction(retold._db):
        retold._db.execute("UPDATE articles SET story_id = NULL")
        retold._db.execute("DELETE FROM story_bands")
        retold._db.execute("DELETE FROM stories")
        retold._db.execute("INSERT INTO stories SELECT id, id, 0 FROM articles")
        retold._db.execute("UPDATE articles SET story_id = id")
    monkeypatch.setattr("cqcrawler.facts.version.facts_version", lambda: "other rules")
    restate(retold, Filters())
    assert leaders(retold) == ["http://h/1", "http://h/4"]
    assert is_sound(retold)


def article(archive: Archive, url: str) -> Any:
    return archive.article(url)


def test_people_part_what_was_joined(crawl: Crawl, retold: Archive) -> None:
    pair = article(retold, "http://h/1"), article(retold, "http://h/3")
    number = retold.corrections.relate("part", *pair, SAID)
    story = told(retold)
    assert story["http://h/3"] != story["http://h/1"] == story["http://h/2"]
    save(crawl, "http://h/3", edited(Random(5), FIRST, 0.1))
    assert told(retold)["http://h/3"] != story["http://h/1"]
    retold.corrections.undo_story(number)
    assert told(retold)["http://h/3"] == story["http://h/1"]
    assert is_sound(retold)


def test_people_part_two_copies(retold: Archive) -> None:
    pair = article(retold, "http://h/2"), article(retold, "http://h/3")
    retold.corrections.relate("part", *pair, SAID)
    story = told(retold)
    assert story["http://h/2"] != story["http://h/3"]
    assert story["http://h/1"] in (story["http://h/2"], story["http://h/3"])
    assert is_sound(retold)


def test_people_join_what_was_apart(crawl: Crawl, retold: Archive) -> None:
    pair = article(retold, "http://h/4"), article(retold, "http://h/2")
    number = retold.corrections.relate("join", *pair, SAID)
    assert len(set(told(retold).values())) == 1
    save(crawl, "http://h/4", edited(Random(5), OTHER, 0.1))
    assert len(set(told(retold).values())) == 1
    retold.corrections.undo_story(number)
    story = told(retold)
    assert story["http://h/4"] != story["http://h/2"]
    assert is_sound(retold)


def test_people_join_more_than_two(crawl: Crawl, archive: Archive) -> None:
    for number in range(5):
        save(crawl, f"http://h/{number}", invented(Random(70 + number), "half"))
    one, two, three, four, _ = (article(archive, f"http://h/{number}") for number in range(5))

    def together() -> list[list[str]]:
        stories: dict[int, list[str]] = {}
        for url, story in told(archive).items():
            stories.setdefault(story, []).append(url[-1])
        return sorted(found for found in stories.values() if len(found) > 1)

    archive.corrections.relate("join", one, two, SAID)
    archive.corrections.relate("join", three, four, SAID)
    assert together() == [["0", "1"], ["2", "3"]]
    bridge = archive.corrections.relate("join", two, three, SAID)
    assert together() == [["0", "1", "2", "3"]]
    with pytest.raises(UsageError, match="1 and 4 are joined by way of others"):
        archive.corrections.relate("part", one, four, SAID)
    assert together() == [["0", "1", "2", "3"]]
    archive._db.execute("UPDATE articles SET facts_version = 'old'")
    archive._db.commit()
    restate(archive, Filters())
    assert together() == [["0", "1", "2", "3"]]
    assert archive.corrections.undo_story(bridge)
    assert together() == [["0", "1"], ["2", "3"]]
    parted = archive.corrections.relate("part", one, four, SAID)
    with pytest.raises(UsageError, match=f"s{parted} says that two of those joined"):
        archive.corrections.relate("join", two, three, SAID)
    assert together() == [["0", "1"], ["2", "3"]]
    assert is_sound(archive)


def test_one_alone_is_joined_to_the_copies_of_another(retold: Archive) -> None:
    pair = article(retold, "http://h/1"), article(retold, "http://h/4")
    retold.corrections.relate("join", *pair, SAID)
    assert len(set(told(retold).values())) == 1
    assert is_sound(retold)


def test_boilerplate_joins_nothing_and_takes_no_room(
    crawl: Crawl, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stories, "MOST_WITH_A_KEY", 3)
    for seed in range(12):
        save(crawl, f"http://h/{seed}", invented(Random(seed), "policy"))
    (most,) = archive._db.execute(
        "SELECT max(n) FROM (SELECT count(*) AS n FROM story_bands GROUP BY hash)"
    ).fetchone()
    assert most == 4
    save(crawl, "http://h/copy", edited(Random(1), invented(Random(11), "policy"), 0.1))
    assert archive._db.execute("SELECT 1 FROM stories").fetchone()


def test_what_shares_boilerplate_alone_is_not_compared(
    crawl: Crawl, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stories, "MOST_WITH_A_KEY", 0)
    for url in ("http://h/1", "http://h/2"):
        save(crawl, url, FIRST)
    assert leaders(archive) == ["http://h/1", "http://h/2"]


def test_a_copy_speaks_against_what_its_leader_does_not(crawl: Crawl, archive: Archive) -> None:
    body = (
        "晴川区与云岭精工科技有限公司签约，精密轴承智能工厂项目落户城南产业园。\n"
        "项目建成后将填补当地高端轴承制造的空白，带动上下游配套企业集聚发展。\n"
        "晴川区有关负责人表示，将组建服务专班，全程做好审批、用地和用工保障。"
    )
    for url, more in (("1", ""), ("2", "项目总投资26.4亿元。"), ("3", "项目总投资18.7亿元。")):
        crawl.notice(f"http://h/{url}", "精密轴承项目签约落户晴川区", f"{body}\n{more}".strip())
    story = told(archive)
    assert story["http://h/1"] == story["http://h/2"] != story["http://h/3"]


def test_the_work_for_an_article_is_bounded(
    crawl: Crawl, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []
    monkeypatch.setattr(stories, "same_story", lambda one, other: compared.append(one.title) or _NO)
    for seed in range(40):
        compared.clear()
        save(crawl, f"http://h/{seed}", invented(Random(seed), "policy"))
        assert len(compared) <= 8


_NO = stories.same_story(stories.Telling("", ""), stories.Telling("", ""))


def test_a_page_that_is_gone_and_no_article_changes_nothing(crawl: Crawl, retold: Archive) -> None:
    before = told(retold)
    crawl.save("http://h/9", state=PageState.GONE)
    assert told(retold) == before


def test_a_failure_of_our_rules_loses_no_notice(
    crawl: Crawl, retold: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(telling: object) -> tuple[int, ...]:
        raise ZeroDivisionError

    before = told(retold)
    with monkeypatch.context() as patched:
        patched.setattr(stories, "candidate_keys", fail)
        save(crawl, "http://h/3", OTHER)
        save(crawl, "http://h/5", OTHER)
    story = told(retold)
    assert story["http://h/3"] == before["http://h/3"]
    assert story["http://h/5"] not in (*before.values(), None)
    assert "http://h/5" in leaders(retold)
    unread = "SELECT url FROM articles WHERE facts_version IS NULL ORDER BY url"
    assert retold._db.execute(unread).fetchall() == [("http://h/3",), ("http://h/5",)]
    from cqcrawler.archive import Filters

    restate(retold, Filters())
    story = told(retold)
    assert story["http://h/3"] == story["http://h/4"] == story["http://h/5"]
    assert is_sound(retold)
