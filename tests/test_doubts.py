"""Which titles, dates and texts are doubtful, and that every warning is taken for what it is."""

from __future__ import annotations

import json
import re

import pytest

from cqcrawler.doubts import CERTAIN, Doubt, find_doubts
from cqcrawler.models import Evidence
from cqcrawler.reading.article import NO_BODY, NO_DATE, NO_TITLE
from cqcrawler.reading.promises import OTHER_TITLE
from cqcrawler.run.interpret import BREAKS_OFF
from tests.golden.pages import ARTICLES, FOLDER

SURE = {
    "title": Evidence("heading", "标题", CERTAIN),
    "published": Evidence("label 发布日期", "2025-07-07", 0.98),
    "source": Evidence("label 来源", "某报", 0.3),
}
# Warnings that leave no doubt about date, title or text.
HARMLESS = re.compile(r"meta .* says .*, the page .*")


def test_what_is_read_with_certainty_is_not_doubtful() -> None:
    assert find_doubts(SURE, ()) == []
    assert find_doubts(SURE, ["meta pubdate says 2025-07-01, the page 2025-07-07"]) == []


def test_a_value_from_an_unsure_place_is_doubtful() -> None:
    unsure = {
        "published": Evidence("url", "/20250707/", 0.6),
        "title": Evidence("title tag", "标题", 0.89),
        "body": Evidence("json", "正文", 0.7),
    }
    assert find_doubts(unsure, ()) == [
        Doubt("published", 0.6, "not sure: url"),
        Doubt("title", 0.89, "not sure: title tag"),
        Doubt("body", 0.7, "not sure: json"),
    ]


def test_what_was_found_nowhere_is_doubtful_and_a_text_without_evidence_is_not() -> None:
    why = "nothing shows where it comes from"
    assert find_doubts({}, ()) == [Doubt("published", None, why), Doubt("title", None, why)]
    assert find_doubts({}, [NO_DATE, NO_TITLE, NO_BODY]) == [
        Doubt("published", None, NO_DATE),
        Doubt("title", None, NO_TITLE),
        Doubt("body", None, NO_BODY),
    ]


@pytest.mark.parametrize(
    ("warning", "field"),
    [
        ("the date 2031-01-01 (label 日期) is to come", "published"),
        ("the page says 07-07 without a year, taken for 2025", "published"),
        (OTHER_TITLE, "title"),
        ("the page does not show its body (json)", "body"),
        ("sentences in the column of the text are not in the body", "body"),
        ("the page is empty", "body"),
        ("only the first 500000 tags and lines of the page are read", "body"),
        ("2 bytes or sequences could not be decoded as utf-8", "body"),
        (BREAKS_OFF, "body"),
    ],
)
def test_a_warning_is_about_its_field(warning: str, field: str) -> None:
    confidence = SURE[field].confidence if field in SURE else None
    assert find_doubts(SURE, [warning]) == [Doubt(field, confidence, warning)]


def test_every_warning_of_reading_is_known() -> None:
    """One that is new belongs to a field, or among the harmless ones above."""
    answers = (FOLDER / ARTICLES).glob("*.json")
    texts = [json.loads(file.read_text("utf-8")) for file in answers]
    warnings = {warning for answer in texts for warning in answer["warnings"]}
    assert warnings
    unknown = {text for text in warnings if not find_doubts(SURE, [text])}
    assert not [text for text in unknown if not HARMLESS.fullmatch(text)]
