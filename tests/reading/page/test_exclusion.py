"""Elements taken out of a page: nothing else goes, and what went is known."""

from __future__ import annotations

import pytest

from cqcrawler.models import Page
from cqcrawler.reading.page.document import Document, open_page
from cqcrawler.reading.page.ending import breaks_off
from cqcrawler.reading.page.exclusion import lines_taken_out, with_marked_body, without


def opened(markup: str) -> Document:
    return open_page(Page("http://a.cn/", markup))


@pytest.mark.parametrize(
    ("markup", "left", "lines"),
    [
        ("<p>甲<div class=x>乙<p>丙</div>丁", "<p>甲<div></div>丁", [(1, ("乙", "丙"))]),
        ("<ul><li>1<li class=x>2<li>3</ul>", "<ul><li>1<li></li><li>3</ul>", [(1, ("2",))]),
        ("<p>前<b class=x>中</b>后</p>", "<p>前<b></b>后</p>", [(0, ("中",))]),
        ("<p class=x>1<div>2</div>3", "<p></p><div>2</div>3", [(0, ("1",))]),
        ("<DIV CLASS=x>1</DIV >2", "<div></div>2", [(0, ("1",))]),
        ("<table><tr><td>1<td class=x>2<tr>3", "<table><tr><td>1<td></td><tr>3", [(1, ("2",))]),
        (
            "<i class=x id='1>2'>1</i><!-- <i class=x> -->",
            "<i></i><!-- <i class=x> -->",
            [(0, ("1",))],
        ),
        ("<div class=x>1<div class=x>2</div></div>3", "<div></div>3", [(0, ("1", "2"))]),
        ("<nav><div class=x>1<div>2</div></nav>3", "<nav><div></div></nav>3", [(0, ("1", "2"))]),
        ("<p>1<img class=x>2", "<p>12", [(0, ())]),
        ("<p>1<script class=x>'</div>'</script>2", "<p>12", [(0, ())]),
        ("<p>1</p><p class=x style='display:none'>2</p>", "<p>1</p><p></p>", [(1, ())]),
        ("<p>1</p>", "<p>1</p>", []),
    ],
)
def test_an_element_goes_with_all_that_is_in_it(
    markup: str, left: str, lines: list[tuple[int, tuple[str, ...]]]
) -> None:
    document, missed = without(opened(markup), [".x"])
    assert document.text == left
    assert missed == (() if lines else (".x",))
    assert list(lines_taken_out(document)) == lines


def test_every_selector_that_finds_nothing_is_told() -> None:
    assert without(opened("<p class=a>1"), [".a", ".b", "//ul"])[1] == (".b", "//ul")


def test_one_element_inside_another_goes_with_it() -> None:
    document, missed = without(opened("<div id=a>1<p id=b>2</p></div>3"), ["#b", "#a"])
    assert (document.text, missed) == ("<div></div>3", ())


@pytest.mark.parametrize("end", ["<ul class=x><li>2<li>3", "<ul class=x><li>2</ul><p cla"])
def test_a_page_that_breaks_off_still_does(end: str) -> None:
    document, _ = without(opened(f"<ul><li>1</li></ul>{end}"), [".x"])
    assert document.taken_out
    assert breaks_off(document)


def test_marks_that_a_page_prints_itself_mean_nothing() -> None:
    own = "\ufdd00\ufdd1"
    document, _ = without(opened(f"<p>{own}</p><p class=x>1</p><p>{own}</p>"), [".x"])
    assert list(lines_taken_out(document)) == [(1, ("1",))]


def test_a_body_is_marked_where_its_tag_ends() -> None:
    document = with_marked_body(opened("<span id=z><p>1</p></span>2"), "#z")
    assert document is not None
    assert document.text == (
        "<span id=z><ucapcontent cqcrawler-body><p>1</p></ucapcontent></span>2"
    )
    assert with_marked_body(opened("<p>1"), "#z") is None
