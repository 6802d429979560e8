"""Code behind a click is run as far as pagers need it, and no further."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cqcrawler.models import Page
from cqcrawler.reading.page.document import open_page
from cqcrawler.reading.scripts.browser import Browser
from cqcrawler.reading.scripts.forms import Sent
from cqcrawler.reading.scripts.members import Outcome
from cqcrawler.reading.scripts.run import click

HERE = "http://x.cn/a/list.jsp?cid=7"
FORM = (
    "<form id=f name=f method=post action=more.jsp><input type=hidden id=p name=p value=3>"
    "<select name=s><option value=10>10<option value=20 selected>20</select></form>"
    "<div id=box data-total=45 title=t>共 45 条</div>"
)


def outcome(handler: str, script: str = "") -> Outcome | None:
    markup = f"<html><body>{FORM}<a>下一页</a></body></html>"
    document = open_page(Page(HERE, markup))
    link = next(document.root.iter("a"))
    link.set("onclick", handler)
    return click(Browser(document, [script] if script else []), link)


def opened(handler: str, script: str = "") -> str | None:
    found = outcome(handler, script)
    assert not isinstance(found, Sent)
    return found


OPENS = {
    "location='b.html'": "b.html",
    "window.location.href = 'b' + 2 + '.html'": "b2.html",
    "self.location.assign('b.html')": "b.html",
    "top.document.location.replace('b.html')": "b.html",
    "window.open('b.html', '_self'); return false": "b.html",
    "location.search = '?p=2'": "?p=2",
    "location.href = location.pathname + '?p=2'": "/a/list.jsp?p=2",
    "location.href = location.href + '&p=2'": f"{HERE}&p=2",
    "location.href = document.URL.split('?')[0] + '?p=2'": "http://x.cn/a/list.jsp?p=2",
    "location.href = location.protocol + '//' + location.host + '/b'": "http://x.cn/b",
    "location.href = 'b_' + (parseInt('2页') - 1) + '.html'": "b_1.html",
    "location.href = 'b' + (1 + '1')": "b11",
    "location.href = 'b' + Math.ceil(45 / 20)": "b3",
    "location.href = 'b' + Math.max(1, 2 * 3 % 4)": "b2",
    "location.href = '?k=' + encodeURIComponent('招 商/a')": "?k=%E6%8B%9B%20%E5%95%86%2Fa",
    "location.href = '?k=' + encodeURI('a b?c=1')": "?k=a%20b?c=1",
    "var n = 1; n++; n += 2; location.href = 'b' + n": "b4",
    "var a = 1, b = a + 1; location.href = `b${b}.html`": "b2.html",
    "location.href = 1 > 2 ? 'a' : 'b'": "b",
    "if (1 == '1' && !('' || 0)) { location.href = 'b' } else location.href = 'a'": "b",
    "if (typeof x == 'undefined') { y() } location.href = 'b'": "b",
    "location.href = 'b{page}.html'.replace('{page}', 2)": "b2.html",
    r"location.href = 'b{page}.html'.replace(/\{page\}/g, 2)": "b2.html",
    "location.href = 'abc'.substring(1, 2) + 'abc'.substr(1) + 'abc'.indexOf('c')": "bbc2",
    "location.href = ['b', 'c'][1] + {a: 'd', 'e-f': 'g'}['e-f']": "cg",
    "location.href = (function (n) { return 'b' + n })(2)": "b2",
    "location.href = (n => 'b' + n)(2)": "b2",
    "setTimeout(function () { location.href = 'b' }, 100)": "b",
    "location.href = 'b' + document.getElementById('box').getAttribute('data-total')": "b45",
    "location.href = 'b' + $('#box').attr('title') + $('#box').data('total')": "bt45",
    "location.href = 'b' + $.trim($('#p').val())": "b3",
    "location.href = '?' + $('#f').serialize()": "?p=3&s=20",
    "location.href = 'b' + document.f.s.options[document.f.s.selectedIndex].value": "b20",
    "location.href = 'b' + document.forms.length": "b1",
    "for (var i = 0; i < 3; i++) { go(i) } location.href = 'b'": "b",
    "switch (1) { case 1: location.href = 'a' } location.href = 'b'": "b",
    "with (location) { href }; location.href = 'b'": "b",
    "/* location.href = 'a'; */ location.href = 'b' // location.href = 'c'": "b",
    r"location.href = 'b\x41\u4e2d\'\n'.trim()": "bA中'",
    "alert('请登录'); if (confirm('?')) location.href = 'b'": "b",
}


@pytest.mark.parametrize("handler", OPENS)
def test_opens(handler: str) -> None:
    assert opened(handler) == OPENS[handler]


UNTOLD = [
    "",
    "location.reload()",
    "location.hash = '#p2'",
    "location.href = base + '?p=2'",
    "location.href = new Date().getTime()",
    "location.href = 'b' + Math.random()",
    "location.href = location.href.match(/page=(\\d+)/)[1]",
    "location.href = 'b'.replace(/[a-z]/, 'c')",
    "location.href = eval('1+1')",
    "location.href = 'b' + (1 / 0)",
    "$.get('/api', function (d) { $('#box').html(d) })",
    "document.getElementById('none').value = 2; location.href = 'b'",
    "if (check()) { show() } else { hide() }",
    "return false; location.href = 'b'",
    "throw 1",
    "((((",
    "}",
    "'",
]


@pytest.mark.parametrize("handler", UNTOLD)
def test_what_cannot_be_told_leads_nowhere(handler: str) -> None:
    assert outcome(handler) is None


def test_an_unknown_condition_is_taken_where_it_leads_somewhere() -> None:
    assert opened("if (check()) { location.href = 'a' } else { location.href = 'b' }") == "a"
    assert opened("if (check()) { return } location.href = 'b'") == "b"
    assert opened("var n = 1; if (check()) { n = 2 } location.href = 'b' + n") == "b1"
    assert opened("if (check()) { location.href = x } else { location.href = 'b' }") == "b"


def test_the_first_value_of_a_variable_counts_and_the_last_of_a_function() -> None:
    script = "var base = '/a/'; function go() { base = '/b/' } function to(n) { return base + n }"
    assert opened("location.href = to(2)", script) == "/a/2"
    assert opened("location.href = to(2)", script + " function to(n) { return 'c' + n }") == "c2"
    assert opened("location.href = a", "var a = a + 'b'") is None


def test_functions_of_objects() -> None:
    script = "var Pager = {base: '/l/', go: function (n) { location.href = this.base + n }};"
    assert opened("Pager.go(2)", script) == "/l/2"


def test_old_asp_net() -> None:
    script = """function __doPostBack(eventTarget, eventArgument) {
    var theform;
    if (window.navigator.appName.toLowerCase().indexOf("microsoft") > -1) {
      theform = document.f;
    } else { theform = document.forms["f"]; }
    theform.p.value = eventTarget.split("$").join(":");
    theform.submit(); }"""
    found = outcome("__doPostBack('Pager$ctl01','')", script)
    assert isinstance(found, Sent)
    assert found.fields == (("p", "Pager:ctl01"), ("s", "20"))


HOSTILE = {
    "a function that calls itself": "function a() { a(); a() }",
    "functions that call each other": "function a() { b(); b() } function b() { a() }",
    "texts that double": "function a() { var s = 'xxxx'; " + "s = s + s; " * 20 + "location = s }",
    "numbers that grow": "function a() { var n = 9; "
    + "n = n * n; " * 200
    + "location = 'b' + n }",
    "deep brackets": "function a() { location = " + "(" * 3000 + "1" + ")" * 3000 + " }",
    "deep functions": "function a() {" * 900,
    "deep conditions": "function a() { " + "if (x) " * 2000 + "b() }",
    "many unknown conditions": "function a() { " + "if (x()) { y() } " * 400 + "}",
    "one long sum": "function a() { location = 'b'" + " + 1" * 2500 + " }",
    "an open string": "function a() { location = '" + "x" * 100_000,
    "open comments": "function a() { " + "/* " * 2000,
    "half regular expressions": "function a() { return " + "/[" * 3000,
    "definitions without end": "".join(f"var v{n} = v{n + 1} + v{n + 1};" for n in range(400))
    + "function a() { location = v0 }",
    "many definitions": "function a(n) { return n } " * 3000,
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_code_leads_nowhere(what: str) -> None:
    assert outcome("a()", HOSTILE[what]) is None


def test_all_that_the_scripts_of_a_page_do_has_a_bound() -> None:
    script = "function to(n) { var i = 1; " + "i = i + n; " * 300 + "location.href = 'b' + i }"
    document = open_page(Page(HERE, "<html><body>" + "<a onclick='to(2)'>2</a>" * 1000 + "</body>"))
    browser = Browser(document, [script])
    found = [click(browser, link) for link in document.root.iter("a")]
    assert found[0] == "b601"
    assert found[-1] is None


@given(st.text("ab1'\"`/\\(){}[]=+-.,;:?!$ \n", max_size=60))
@settings(max_examples=300, deadline=None)
def test_nothing_that_is_written_is_an_error(code: str) -> None:
    outcome(code, f"function a() {{ {code} }} var b = {code}")
    outcome("a(b)", f"function a() {{ {code} }} var b = {code}")
