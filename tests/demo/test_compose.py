from __future__ import annotations

from datetime import date, timedelta

import pytest

from cqcrawler.demo.compose import ADDED, COUNT, EDITED, STANDING_COUNT, WITHDRAWN, notices
from cqcrawler.text.normalize import collapse, comparison_key

ALL = notices(1)
DATED, STANDING = ALL[:COUNT], ALL[COUNT:]


def test_there_are_hundreds_of_notices_and_no_two_alike() -> None:
    assert len(DATED) == COUNT >= 300
    assert len(STANDING) == STANDING_COUNT
    for part in ("number", "title", "paragraphs"):
        assert len({getattr(notice, part) for notice in ALL}) == len(ALL)


def test_paragraphs_are_clean_text_and_long_ones_occur_once() -> None:
    for notice in ALL:
        assert all(text and text == collapse(text) for text in notice.paragraphs)
        long = [comparison_key(text) for text in notice.paragraphs if len(text) >= 20]
        assert len(long) == len(set(long))
        assert not any("{" in text or "}" in text for text in notice.paragraphs)


def test_dates_are_in_order_and_the_event_lies_before_the_publication() -> None:
    days = [notice.published for notice in DATED]
    assert days == sorted(days)
    assert date(2025, 1, 1) < days[0] < days[-1] < date(2025, 10, 1)
    gaps = {notice.published - notice.event for notice in DATED}
    assert min(gaps) >= timedelta(days=1)


@pytest.mark.parametrize(
    "kind", ["签约", "开工", "政策", "园区", "考察", "招商推介", "投产", "闭幕"]
)
def test_every_kind_of_event_has_notices(kind: str) -> None:
    assert sum(notice.kind == kind for notice in ALL) == COUNT // 8


@pytest.mark.parametrize("kind", ["土地", "厂房", "流程", "企业", "服务"])
def test_every_kind_of_standing_page_has_some(kind: str) -> None:
    assert sum(notice.kind == kind for notice in STANDING) == STANDING_COUNT // 5


def test_titles_come_with_and_without_a_headline_tag() -> None:
    tagged = [notice for notice in ALL if notice.headline_tag]
    assert 0.5 < len(tagged) / len(ALL) < 0.8
    assert all(notice.title.startswith(f"【{notice.headline_tag}】") for notice in tagged)
    assert all(notice.headline in notice.title for notice in ALL)


def test_regions_are_stated_at_every_depth_and_not_at_all() -> None:
    assert {len(notice.levels) for notice in ALL} == {0, 1, 2, 3}
    assert any(notice.levels == ("重庆",) and notice.district == "渝北区" for notice in ALL)
    assert any(notice.levels == ("两江新区",) for notice in ALL)
    assert any(notice.headline_tag == "重庆招商" and notice.city for notice in ALL)
    narrower = [n for n in ALL if n.levels == ("四川", "成都") and "双流区" in n.title]
    assert narrower
    assert not any(notice.district for notice in narrower)


def test_some_bodies_are_one_sentence_and_some_carry_legitimate_short_repeats() -> None:
    assert any(len(notice.paragraphs) == 1 for notice in ALL)
    assert any(notice.paragraphs.count("合作方式：独资、合资") == 3 for notice in ALL)
    assert any("联系方式" in notice.paragraphs for notice in ALL)
    assert any(notice.attachments for notice in ALL)


def test_the_second_revision_edits_one_withdraws_one_and_adds_two() -> None:
    before = {notice.number: notice for notice in ALL}
    after = {notice.number: notice for notice in notices(2)}
    assert before.keys() - after.keys() == {WITHDRAWN}
    assert after.keys() - before.keys() == set(ADDED)
    changed = {n for n in before.keys() & after.keys() if before[n] != after[n]}
    assert changed == {EDITED}
    assert before[EDITED].title == after[EDITED].title
