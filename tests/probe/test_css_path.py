"""CSS paths select the element that they were made for, and nothing else."""

from __future__ import annotations

import pytest
from cssselect import HTMLTranslator
from lxml import etree

from cqcrawler.models import Page
from cqcrawler.probe.css_path import css_path
from cqcrawler.reading.page.document import open_page

LIST = "<ul><li><a href=1>一</a></li></ul>"


def tree(body: str) -> etree._Element:
    return open_page(Page("http://h/", f"<html><body>{body}</body></html>")).root


def path_of_first(tag: str, body: str) -> str:
    return css_path(next(tree(body).iter(tag)))


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ("<ul id=news></ul><ul></ul>", "ul#news"),
        ("<ul class='list news'></ul><ul></ul>", "ul.list.news"),
        ("<div id=main><ul></ul></div><ul></ul>", "#main > ul"),
        ("<div class=a><ul></ul></div><div class=b><ul></ul></div>", "div.a > ul"),
        ("<ul class='招商'></ul><ul></ul>", "ul.招商"),
        ("<ul></ul>", "ul"),
    ],
)
def test_names_make_a_short_path(body: str, path: str) -> None:
    assert path_of_first("ul", body) == path


@pytest.mark.parametrize(
    "body",
    [
        f"<div>{LIST}{LIST}</div>",
        "<ul id=a></ul><ul id=a></ul>",
        "<ul class=x></ul><ul class=x></ul>",
        "<ul class='md:flex 1st'></ul><ul class='md:flex'></ul>",
        "<ul id='a b\"]'></ul><ul></ul>",
        "<div>" * 40 + "<ul></ul><ul></ul>",
        "<o:p><ul></ul></o:p><o:p><ul></ul></o:p>",
    ],
)
def test_where_names_tell_nothing_elements_are_counted(body: str) -> None:
    root = tree(body)
    for element in root.iter("ul"):
        found = root.xpath(HTMLTranslator().css_to_xpath(css_path(element)))
        assert found == [element]
