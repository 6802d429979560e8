"""Cleaning takes what is printed twice by mistake, and nothing that belongs there twice."""

from __future__ import annotations

from benchmarks.repeated_pages import TwofoldPage, all_pages, measure, score_page

# What a page loses is worse than what it says twice.
PRECISION, RECALL = 0.995, 0.98


def test_cleaning_holds_its_floors_on_invented_pages() -> None:
    score = measure(all_pages())["all"]
    assert score.right + score.missed > 150
    assert score.kept + score.wrong > 300
    assert score.precision >= PRECISION
    assert score.recall >= RECALL


def test_a_score_tells_what_was_taken_wrongly_from_what_was_missed() -> None:
    line = "入驻企业前两年免收租金，第三年减半收取，期满后按市场价格执行。"
    other = "各乡镇要在月底前完成申报，由县投资促进局汇总后报送，逾期不报的不再受理。"
    printed = [other, line, line]
    rightly = score_page(TwofoldPage("", printed, [other, line]))
    assert (rightly.right, rightly.wrong, rightly.missed, rightly.kept) == (1, 0, 0, 0)
    wrongly = score_page(TwofoldPage("", printed, printed))
    assert (wrongly.right, wrongly.wrong, wrongly.missed, wrongly.kept) == (0, 1, 0, 0)
    missed = score_page(TwofoldPage("", ["短句一行", other, "短句一行"], ["短句一行", other]))
    assert (missed.right, missed.wrong, missed.missed) == (0, 0, 1)
