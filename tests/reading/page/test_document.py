from __future__ import annotations

import pytest

from cqcrawler.models import Page
from cqcrawler.reading.page.document import Document, open_page
from cqcrawler.reading.page.lines import read_lines


def opened(body: bytes | str) -> Document:
    return open_page(Page("http://example.test/", body))


def text_of(document: Document) -> str:
    """The text that a reader of articles sees, which has to be all of it."""
    return "".join(read_lines(document.text).texts)


@pytest.mark.parametrize("body", [b"", b"   ", ""])
def test_an_empty_page_is_a_document_with_a_warning(body: bytes | str) -> None:
    document = opened(body)
    assert document.root.tag == "html"
    assert document.warnings == ("the page is empty",)


def test_text_behind_a_stray_end_tag_is_kept() -> None:
    page = "<html><body><p>前</p></body></html><div>后面的正文还有很多。</div></BODY></HTML>"
    assert text_of(opened(page)) == "前后面的正文还有很多。"
    assert "".join(opened(page).root.itertext()) == "前后面的正文还有很多。"


@pytest.mark.parametrize("depth", [300, 5_000, 20_000])
def test_deep_nesting_loses_no_text(depth: int) -> None:
    page = (
        "<title>题</title>" + "<div>" * depth + "深处的正文。" + "</div>" * depth + "<p>后面。</p>"
    )
    assert text_of(opened(page)) == "深处的正文。后面。"


def test_a_huge_text_node_is_kept() -> None:
    page = "<p>" + "字" * 4_000_000 + "</p><p>后</p>"
    assert len(text_of(opened(page))) == 4_000_001


def test_a_tag_of_very_many_attributes_costs_the_tree_nothing() -> None:
    names = "".join(f" a{n}=1" for n in range(10_000))
    (paragraph,) = opened(f"<p{names}>字</p>").root.iter("p")
    assert (paragraph.text, paragraph.attrib) == ("字", {})


def test_zero_characters_do_not_end_the_page() -> None:
    assert text_of(opened(b"<p>a\x00b</p><p>c</p>")) == "abc"


def test_a_lone_surrogate_is_replaced_in_the_tree() -> None:
    document = opened("<p>\ud800x</p>")
    assert "x" in text_of(document)
    assert "x" in "".join(document.root.itertext())


def test_a_declaration_inside_decoded_text_is_ignored() -> None:
    page = "<?xml version='1.0' encoding='gbk'?><meta charset=gbk><p>中文</p>"
    assert text_of(opened(page)) == "中文"
    assert "".join(opened(page).root.itertext()) == "中文"
