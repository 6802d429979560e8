from __future__ import annotations

import pytest

from cqcrawler.reading.page.tokens import (
    escape_raw_text,
    name_of,
    read_attributes,
    split_markup,
)


def test_nothing_behind_the_last_tag_can_begin_one() -> None:
    """To look for its end at every `<` takes quadratic time: minutes for some hundred kB."""
    texts, tags = split_markup("<p>一</p>1 < 2 < 3")
    assert tags == ["p", "/p"]
    assert texts == ["", "一", "1 &lt; 2 &lt; 3"]


@pytest.mark.parametrize("rest", ["<a <a <a ", "<span style='font-", "</", "<", "<!-", "<img alt="])
def test_a_tag_that_the_end_of_the_page_cuts_off_is_no_text(rest: str) -> None:
    texts, tags = split_markup(f"<p>一</p>二{rest}")
    assert (texts, tags) == (["", "一", "二"], ["p", "/p"])


def test_marks_that_do_not_pair_up_hide_no_text() -> None:
    """No tag ends behind the first: browsers show nothing of it, and to look at every `<` for one
    that does takes quadratic time."""
    texts, tags = split_markup("<p>一</p><a b='>'二<a b='>'三<i c='>'")
    assert tags == ["p", "/p", "a b='", "a b='", "i c='"]
    assert texts == ["", "一", "", "'二", "'三", "'"]


def test_nothing_begins_inside_of_raw_text() -> None:
    markup = "<noscript><!-- 甲</noscript>一<TextArea a=1><p title='</TEXTAREA>二<xmp><b>三</xmp>"
    written = "<noscript></noscript>一<textarea></textarea>二<pre>&lt;b&gt;三</pre>"
    assert escape_raw_text(markup) == written


def test_raw_text_without_an_end_is_left() -> None:
    assert escape_raw_text("<iframe src=a><p>一</p><iframe>") == "<iframe src=a><p>一</p><iframe>"


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [
        ("p", {}),
        ("p a=1 B='2' c=\"3\"", {"a": "1", "b": "2", "c": "3"}),
        ("p a = 1 b\n=\n'2'", {"a": "1", "b": "2"}),
        ("p a='1'b=2/c=3 d", {"a": "1", "b": "2/c=3", "d": ""}),
        ("p/hidden", {"hidden": ""}),
        ("p a=1 a=2", {"a": "1"}),
        ("p =a=1 b==2", {"=a": "1", "b": "=2"}),
        ("p a='x  y\n z'", {"a": "x y z"}),
        ("p a='x", {"a": "'x"}),
        ("p　a=1 b=2", {"b": "2"}),
        (" a=1", {"a": "1"}),
    ],
)
def test_attributes_are_read_as_written(tag: str, attributes: dict[str, str]) -> None:
    assert read_attributes(tag) == attributes


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("/list?a=1&amp;b=2", "/list?a=1&b=2"),
        ("/list?a=1&currentPage=2", "/list?a=1&currentPage=2"),
        ("/list?a=1&section=2&copy=3&reg", "/list?a=1&section=2&copy=3®"),
        ("&notit;&notin;&lt", "&notit;∉<"),
        ("&#25307;&#x5546=&;&", "招商=&;&"),
    ],
)
def test_references_in_values(value: str, text: str) -> None:
    """`&currentPage` is no `&curren;`, though it would be one in a text."""
    assert read_attributes(f"a href='{value}'") == {"href": text}


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("P", "p"),
        ("/Div class=a", "/div"),
        ("h1/", "h1"),
        ("a\thref", "a"),
        ("p\u3000a", "p\u3000a"),
        ("o:p", "o:p"),
        ("!doctype html", "!"),
        ("/ p", "/"),
        (None, ""),
    ],
)
def test_names_end_where_the_standard_says(tag: str | None, name: str) -> None:
    assert name_of(tag) == name
