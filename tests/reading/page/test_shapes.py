"""Markup of any shape against what a browser shows of it."""

from __future__ import annotations

import tomllib
from base64 import b64encode
from pathlib import Path

import pytest

from cqcrawler.models import Page
from cqcrawler.reading.page.document import open_page
from cqcrawler.reading.page.lines import read_lines
from tests.browser import launched, needs_chromium

SHAPES = tomllib.loads(Path(__file__).with_name("shapes.toml").read_text("utf-8"))["shape"]


def squeeze(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("shape", SHAPES, ids=[shape["kind"] for shape in SHAPES])
def test_what_a_browser_shows_is_read(shape: dict[str, str]) -> None:
    document = open_page(Page("http://a.test/", shape["markup"]))
    read = squeeze("".join(read_lines(document.text).texts))
    assert read == squeeze(shape.get("read", shape["shown"]))


def test_each_difference_from_the_browser_has_a_reason() -> None:
    differing = [shape for shape in SHAPES if shape.get("read", shape["shown"]) != shape["shown"]]
    assert differing == [shape for shape in SHAPES if "reason" in shape]


@needs_chromium
def test_the_browser_shows_what_is_recorded() -> None:
    with launched() as browser:
        page = browser.new_page()
        shown = {}
        for shape in SHAPES:
            markup = b64encode(f"<!DOCTYPE html>{shape['markup']}".encode()).decode()
            page.goto(f"data:text/html;charset=utf-8;base64,{markup}")
            shown[shape["kind"]] = squeeze(page.evaluate("document.body.innerText"))
    assert shown == {shape["kind"]: squeeze(shape["shown"]) for shape in SHAPES}
