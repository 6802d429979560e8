"""Lines of elements whose style says what they do. What is seen of them stands in `shapes.toml`."""

from __future__ import annotations

import pytest

from cqcrawler.reading.page.lines import ALL, read_lines


@pytest.mark.parametrize("name", ["span", "label", "a", "b", "font", "a href='/1'"])
@pytest.mark.parametrize("value", ["block", "flex", "TABLE", "list-item"])
def test_an_inline_element_that_is_displayed_as_a_block_is_a_line(name: str, value: str) -> None:
    element = f"<{name} style='color:red;Display: {value}'>" + "{}</" + name.split()[0] + ">"
    markup = f"<div>前{element.format('一<span>园</span>区')}{element.format('二')}后</div>"
    page = read_lines(markup)
    assert page.texts == ["前", "一园区", "二", "后"]
    assert page.linked == ([0, 3, 1, 0] if "href" in name else [0] * 4)


@pytest.mark.parametrize(
    "style", ["display:inline-block", "display:inline", "display:block;float:left", "block"]
)
def test_what_stands_beside_other_text_is_no_line(style: str) -> None:
    assert read_lines(f"<p>面积<span style='{style}'>50</span>亩</p>").texts == ["面积50亩"]


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<p>{}一<p>二</p>三", ["一", "二", "三"]),
        ("<div>{}一</div>二<span>三</span>四", ["一", "二三四"]),
        ("<div>{}一{}二</span>三</span>四</div>", ["一", "二", "三", "四"]),
        ("<div style='display:none'>{}隐</span>藏</div>一", ["一"]),
    ],
)
def test_lines_of_inline_elements_in_others(markup: str, lines: list[str]) -> None:
    span = "<span style='display:block'>"
    assert read_lines(markup.replace("{}", span)).texts == lines


def test_no_tag_moves_when_styles_are_settled() -> None:
    markup = (
        "<p>一</p><div style='font-size:0'><p>隐</p><a href='/1'>藏</a></div><a href='/2'>二</a>"
    )
    page = read_lines(markup)
    assert page.texts == ["一", "二"]
    assert [(page.tag_of(link), page.text_of(link)) for link in page.anchors] == [
        ("a href='/2'", "二")
    ]


def test_a_link_with_text_of_a_size_is_seen_inside_a_wrapper_without_one() -> None:
    page = read_lines(
        "<section style='font-size:0'><a href='/1'><b style='font-size:9pt'>一</b></a>"
    )
    assert (page.texts, page.linked, len(page.anchors)) == (["一"], [1], 1)


def test_the_title_of_a_drawing_is_not_that_of_the_page() -> None:
    page = read_lines("<svg><title>图</title><foreignObject>一</foreignObject></svg>")
    assert (page.title_tag, page.texts) == ("", ["一"])


def test_what_a_style_hides_is_shown_where_all_is_to_be_shown() -> None:
    markup = "<div style='opacity:0'>一<p style='font-size:0'>二</p></div>"
    assert read_lines(markup).texts == []
    assert read_lines(markup, ALL).texts == ["一", "二"]


def test_raw_text_and_styles_on_one_page() -> None:
    page = read_lines(
        "<title><b>园区</b></title>一<span style='display:block'>二</span>三<xmp><p></xmp>"
    )
    assert (page.title_tag, page.texts) == ("园区", ["一", "二", "三", "<p>"])
