"""Selectors of portal files: which language they are, what they find, and what is refused."""

from __future__ import annotations

import pytest

from cqcrawler.reading.page.document import parse
from cqcrawler.reading.page.selectors import elements, is_xpath, problem_of, select, texts

PAGE = parse(
    "<div class='list'><a title='全名' href='1.html'>甲 <b>乙</b></a><i> </i><i>丙</i>"
    "<script>var x</script></div>"
)


@pytest.mark.parametrize(
    ("selector", "xpath"),
    [
        *((css, False) for css in (".hot", "a", "#side > ul", "::text")),
        *((xpath, True) for xpath in ("./a", ".//a", "../a", "//a", "(//a)[1]")),
    ],
)
def test_one_rule_tells_css_from_xpath(selector: str, xpath: bool) -> None:
    assert is_xpath(selector) is xpath
    assert problem_of(selector) is None


@pytest.mark.parametrize(
    ("selector", "found"),
    [
        ("a", ["甲 乙"]),
        ("a::attr(title)", ["全名"]),
        ("::attr(title)", ["全名"]),
        ("i::text", ["丙"]),
        ("i", ["丙"]),
        (".list", ["甲 乙 丙"]),
        ("//a/@href", ["1.html"]),
        ("(string(//b))", ["乙"]),
        ("//p", []),
    ],
)
def test_texts_stand_on_one_line(selector: str, found: list[str]) -> None:
    assert list(texts(PAGE, selector)) == found


def test_a_text_stands_for_the_element_that_holds_it() -> None:
    assert [each.tag for each in elements(PAGE, "b::text")] == ["b"]


@pytest.mark.parametrize(
    ("selector", "problem"),
    [
        ("", "is empty"),
        ("  ", "is empty"),
        (" .hot", "begins or ends with white space"),
        ("div " * 100, "has 400 characters, 300 at most are read"),
        ("div..hot", "'div..hot' is no CSS selector: "),
        ("a::html", "'a::html' is no CSS selector: "),
        ("@title", "an XPath begins with / or ./"),
        ("//a[", "'//a[' is no XPath: "),
        ("//a[re:test(@href, '(a+)+$')]", "there is no function re:test() in XPath 1.0"),
        ("//a[document('file:///etc/passwd')]", "there is no function document()"),
        ("//a[@href = $x]", "has a variable"),
        ("(count(//a))", "gives a number"),
        ("//svg:rect", "is no XPath: Undefined namespace prefix"),
        ("(" * 150 + ")" * 150, "is no XPath"),
        (":not(" * 45 + "a" + ")" * 45, "is no CSS selector"),
    ],
)
def test_what_cannot_be_read_is_named_on_one_line(selector: str, problem: str) -> None:
    said = problem_of(selector)
    assert said is not None
    assert problem in said
    assert "\n" not in said
    assert select(PAGE, selector) == []


def test_a_row_is_not_looked_for_from_the_top_of_the_page() -> None:
    assert "begin with ./" in (problem_of("//a", in_row=True) or "")
    assert problem_of(".//a", in_row=True) is None


def test_words_in_quotes_are_no_functions() -> None:
    assert problem_of("//a[contains(., '招商(2025)') and not(@id)]") is None
