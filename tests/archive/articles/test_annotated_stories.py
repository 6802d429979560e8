"""Stories and projects of annotated notices, saved one after the other as a crawl does."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from cqcrawler.archive import Archive
from tests.shared import shared

OTHERS = Path(__file__).parents[2] / "facts" / "notices" / "stories.jsonl"


def names(value: str | list[str] | None) -> set[str]:
    return set() if value is None else {value} if isinstance(value, str) else set(value)


def saved(archive: Archive, crawl: Any, notices: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The story and projects of each notice, by its id, once all are in the archive."""
    told = {}
    for notice in notices:
        fields = {name: notice[name] for name in ("title", "body", "published", "region")}
        crawl.notice(notice["id"], **fields)
    for notice in notices:
        article = archive.article(notice["id"])
        assert article
        (story,) = archive._db.execute(
            "SELECT story_id FROM articles WHERE id = ?", [article.id]
        ).fetchone()
        projects = archive._db.execute(
            "SELECT project_id FROM project_notices WHERE article_id = ?", [article.id]
        )
        told[notice["id"]] = {"story": str(story), "project": [str(row[0]) for row in projects]}
    return told


@pytest.mark.parametrize("by_others", [False, True], ids=["shared", "by other hands"])
def test_pairs_of_the_same_story_or_project(archive: Archive, crawl: Any, by_others: bool) -> None:
    file = OTHERS if by_others else shared("facts/stories.jsonl")
    notices = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    told = saved(archive, crawl, notices)
    wrong = [
        (key, one["id"], other["id"])
        for one, other in combinations(notices, 2)
        for key in ("story", "project")
        if one[key] is not None
        and other[key] is not None
        and bool(names(one[key]) & names(other[key]))
        != bool(names(told[one["id"]][key]) & names(told[other["id"]][key]))
    ]
    assert wrong == []


def test_no_pair_of_later_notices_is_joined_wrongly(archive: Archive, crawl: Any) -> None:
    """Of their projects a third of the pairs stays apart; none is joined that should not be."""
    file = OTHERS.with_name("later_stories.jsonl")
    notices = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    told = saved(archive, crawl, notices)
    right, found = [0, 0], [0, 0]
    for one, other in combinations(notices, 2):
        for number, key in enumerate(("story", "project")):
            if one[key] is None or other[key] is None:
                continue
            same = bool(names(one[key]) & names(other[key]))
            joined = bool(names(told[one["id"]][key]) & names(told[other["id"]][key]))
            assert same or not joined, (key, one["id"], other["id"])
            right[number] += same
            found[number] += joined
    assert found[0] == right[0]
    assert found[1] >= 0.6 * right[1]
