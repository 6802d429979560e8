"""What scripts put together is looked up, as far as it stands in the page."""

from __future__ import annotations

import pytest

from cqcrawler.models import Page
from cqcrawler.platforms.canonical import clue_address
from cqcrawler.platforms.scripts import Scripts
from cqcrawler.reading.page.document import open_page
from cqcrawler.reading.scripts.syntax import parse_value

HERE = "http://x.cn/a/b/list.html"
MARKUP = """<meta name="channelId" content="abc"><input type="hidden" id="rows" value="18">
<input name="area" value="渝北"><div id="box" data-id="7" title="t"> 12 </div>
<script>
var size = parseInt($('#rows').val(), 10), folder = '/zs/';
let site = {"guid": "g-1", name: folder};
first = second; second = third; third = first;
// var size = 99;
/* folder = '/no/'; */
var text = "a,b;c", later = now || 3;
</script>"""


def scripts(markup: str = MARKUP, url: str = HERE) -> Scripts:
    return Scripts(open_page(Page(url, markup)))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("'plain'", "plain"),
        ('"two"', "two"),
        ("15", "15"),
        ("true", "true"),
        ("size", "18"),
        ("Number( size )", "18"),
        ("encodeURIComponent(site.guid)", "g-1"),
        ("site.name", "/zs/"),
        ("text", "a,b;c"),
        ("$('#rows').val()", "18"),
        ("jQuery(\"input[name='area']\").val()", "渝北"),
        ("document.getElementById('rows').value", "18"),
        ("document.querySelector('#rows').value", "18"),
        ("$('meta[name=\"channelId\"]').attr('content')", "abc"),
        ("$('#box').data('id')", "7"),
        ("$('#box').attr('title')", "t"),
        ("$('#box').text()", "12"),
        ("first", None),
        ("later", None),
        ("nowhere", None),
        ("$('#nowhere').val()", None),
        ("$('.many > li').text()", None),
        ("page + 1", None),
        ("", None),
    ],
)
def test_what_an_expression_comes_to(expression: str, expected: str | None) -> None:
    assert value(scripts(), expression) == expected


def value(found: Scripts, expression: str) -> str | None:
    node = parse_value(expression)
    return None if node is None else found.value(node)


def test_a_setting_is_a_variable_or_else_a_field() -> None:
    assert scripts().setting("size") == "18"
    assert scripts().setting("rows") == "18"
    assert scripts().setting("pages") is None


def test_own_files_that_are_no_libraries() -> None:
    markup = """<script src="/js/jquery-3.min.js"></script><script src="../js/list.js?v=2"></script>
    <script src="http://cdn.cn/list.js"></script><script src="/lib/pager.js"></script>
    <script src="/js/common.js"></script><script src="/js/common.js"></script>"""
    assert scripts(markup).files() == ["http://x.cn/a/js/list.js?v=2", "http://x.cn/js/common.js"]


def test_a_script_file_is_all_code() -> None:
    file = scripts("var size = 3; if (a < b) { c(); }", clue_address(HERE, {"of": "x"}))
    assert value(file, "size") == "3"
    assert value(file, "$('#size').val()") is None


@pytest.mark.parametrize(
    "code",
    [
        "<script>" + "a = b; " * 60_000 + "</script>",
        "<script>" + "".join(f"v{n} = v{n + 1};" for n in range(20_000)) + "</script>",
        "<script>a = " + "(" * 100_000 + "</script>",
        "<script>a = '" + "x" * 400_000 + "</script>",
        "<script>a = " + "$('" * 50_000 + "</script>",
        "<script>a = parseInt(" + ", 10 " * 50_000 + "</script>",
    ],
    ids=["assignments", "a chain", "brackets", "a text without end", "calls", "numbers"],
)
def test_hostile_code_is_read_to_nothing(code: str) -> None:
    found = scripts(code)
    assert len(value(found, "a") or "") < 5000
    assert value(found, "v0") is None
