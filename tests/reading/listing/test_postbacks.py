"""Pages that only the state of the page before leads to follow one another."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest

from cqcrawler.models import Listing, Page
from cqcrawler.reading.listing.listing import extract_listing
from cqcrawler.reading.page.document import open_page

HERE = "http://kfq.example.cn/xxgk/List.aspx?cid=12"
ROWS = "".join(
    f"<li><a href='Show.aspx?id={number}'>经开区第{number}批重点项目签约</a>"
    f" 2025-05-{number:02}</li>"
    for number in range(1, 9)
)
STATE = "/wEPDwUKLTk5" + "dGVzdA" * 5000  # 30 kB, as of a page with a grid
HIDDEN = (
    "<input type='hidden' name='__EVENTTARGET' id='__EVENTTARGET' value='' />"
    "<input type='hidden' name='__EVENTARGUMENT' id='__EVENTARGUMENT' value='' />"
    f"<input type='hidden' name='__VIEWSTATE' id='__VIEWSTATE' value='{STATE}' />"
)
POST_BACK = """<script type="text/javascript">
//<![CDATA[
var theForm = document.forms['form1'];
if (!theForm) { theForm = document.form1; }
function __doPostBack(eventTarget, eventArgument) {
    if (!theForm.onsubmit || (theForm.onsubmit() != false)) {
        theForm.__EVENTTARGET.value = eventTarget;
        theForm.__EVENTARGUMENT.value = eventArgument;
        theForm.submit();
    }
}
//]]>
</script>"""


def read(pager: str, here: str = HERE, *, script: str = POST_BACK, more: str = "") -> Listing:
    markup = (
        f"<html><body><form name='form1' method='post' action='./List.aspx?cid=12' id='form1'>"
        f"{HIDDEN}{script}{more}"
        f"<input name='txtKey'><input type='submit' name='btnFind' value='查询'>"
        f"<ul>{ROWS}</ul>{pager}</form></body></html>"
    )
    listing = extract_listing(open_page(Page(here, markup)))
    assert len(listing.rows) == 8
    return listing


def sent(listing: Listing) -> dict[str, str]:
    """What is sent for the next page but the state, which has to be there."""
    assert listing.postback
    fields = dict(parse_qsl(listing.postback.form, keep_blank_values=True))
    assert fields.pop("__VIEWSTATE") == STATE
    return fields


def back(argument: str, target: str = "Pager1") -> str:
    return f"href=\"javascript:__doPostBack('{target}','{argument}')\""


PAGERS = {
    "AspNetPager": (
        f"<div>共33条 第1/5页 <a disabled>首页</a><a disabled>上一页</a><a {back('2')}>下一页</a>"
        f"<a {back('5')}>尾页</a></div>",
        ("Pager1", "2"),
    ),
    "numbers": (
        f"<table><tr><td><span>1</span></td><td><a {back('Page$2', 'Grid1')}>2</a></td>"
        f"<td><a {back('Page$3', 'Grid1')}>3</a></td></tr></table>",
        ("Grid1", "Page$2"),
    ),
    "next": (f"<p><a {back('Page$Next', 'Grid1')}>下一页</a></p>", ("Grid1", "Page$Next")),
    "a link button": (
        f"<p>1/5页 <a id='lbtnNext' {back('', 'lbtnNext')}>下一页</a></p>",
        ("lbtnNext", ""),
    ),
    "a link button with options": (
        "<p>1/5页 <a href='javascript:WebForm_DoPostBackWithOptions(new WebForm_PostBackOptions("
        '"ctl00$lbNext", "", true, "", "", false, true))\'>下一页</a></p>',
        ("ctl00$lbNext", ""),
    ),
}


@pytest.mark.parametrize("kind", PAGERS)
@pytest.mark.parametrize("script", [POST_BACK, ""], ids=["with its function", "without"])
def test_the_next_page_is_asked_for_with_the_state_of_this_one(kind: str, script: str) -> None:
    pager, event = PAGERS[kind]
    listing = read(pager, script=script)
    assert listing.next_urls == (f"{HERE}#postback:2",)
    assert listing.beyond == ""
    assert listing.postback
    assert (listing.postback.page, listing.postback.url) == (f"{HERE}#postback:2", HERE)
    target, argument = event
    assert sent(listing) == {
        "__EVENTTARGET": target,
        "__EVENTARGUMENT": argument,
        "txtKey": "",
    }


def test_a_button_is_sent_with_what_it_says() -> None:
    listing = read("<p>1/5页 <input type='submit' name='btnNext' value='下一页'></p>")
    assert sent(listing) == {
        "__EVENTTARGET": "",
        "__EVENTARGUMENT": "",
        "txtKey": "",
        "btnNext": "下一页",
    }


def test_a_select_that_posts_back() -> None:
    options = "".join(f"<option value={n}>{n}</option>" for n in (1, 2, 3))
    change = "javascript:setTimeout('__doPostBack(\\'ddlPage\\',\\'\\')', 0)"
    listing = read(f'<select name="ddlPage" onchange="{change}">{options}</select>')
    assert sent(listing)["ddlPage"] == "2"
    assert sent(listing)["__EVENTTARGET"] == "ddlPage"


def test_a_box_that_posts_back() -> None:
    listing = read(
        "<p>共5页 <input name='txtPage' value='1'><input type='submit' name='btnGo' value='GO'></p>"
    )
    assert sent(listing)["txtPage"] == "2"
    assert sent(listing)["btnGo"] == "GO"


def numbers(*shown: int, here: int, dots: int = 0) -> str:
    cells = "".join(
        f"<td><span>{n}</span></td>" if n == here else f"<td><a {back(f'Page${n}')}>{n}</a></td>"
        for n in shown
    )
    more = f"<td><a {back(f'Page${dots}')}>...</a></td>" if dots else ""
    return f"<table><tr>{cells}{more}</tr></table>"


def test_each_page_leads_to_the_one_behind_it() -> None:
    second = read(numbers(1, 2, 3, here=2, dots=4), f"{HERE}#postback:2")
    assert second.next_urls == (f"{HERE}#postback:3",)
    assert sent(second)["__EVENTARGUMENT"] == "Page$3"
    third = read(numbers(1, 2, 3, here=3, dots=4), f"{HERE}#postback:3")
    assert sent(third)["__EVENTARGUMENT"] == "Page$4"
    last = read(numbers(4, 5, here=5), f"{HERE}#postback:5")
    assert (last.next_urls, last.postback, last.beyond) == ((), None, "")


AT_ITS_END = {
    "the page says so": (
        f"<p>第5页/共5页 <a {back('4')}>上一页</a> <a {back('', 'lbtnNext')}>下一页</a></p>"
    ),
    "next is disabled": f"<p><a {back('4')}>上一页</a><a disabled='disabled'>下一页</a></p>",
    "next leads nowhere": f"<p><a {back('4')}>上一页</a><a>下一页</a></p>",
    "next leads to this page": f"<p><a {back('4')}>上一页</a><a {back('5')}>下一页</a></p>",
}


@pytest.mark.parametrize("how", AT_ITS_END)
def test_the_last_page_leads_no_further(how: str) -> None:
    last = read(AT_ITS_END[how], f"{HERE}#postback:5")
    assert (last.next_urls, last.postback, last.beyond) == ((), None, "")


def test_addresses_go_before_states() -> None:
    links = "<p><a href='?cid=12&page=2'>2</a><a href='?cid=12&page=3'>3</a></p>"
    listing = read(links)
    assert listing.postback is None
    assert len(listing.next_urls) == 2


@pytest.mark.parametrize(
    ("name", "value"), [("_csrf", "4f1a-77"), ("struts.token", "K1"), ("at", "1700000000123")]
)
def test_tokens_and_moments_are_states_too(name: str, value: str) -> None:
    form = (
        f"<form id=f method=post action=/list><input type=hidden name={name} value={value}>"
        "<input type=hidden id=p name=p value=1></form><script>function to(n) { $('#p').val(n);"
        " $('#f').submit() }</script><p><a href='javascript:to(2)'>2</a>"
        "<a href='javascript:to(3)'>3</a></p>"
    )
    page = Page("http://x.cn/list", f"<html><body><ul>{ROWS}</ul>{form}</body></html>")
    listing = extract_listing(open_page(page))
    assert listing.next_urls == ("http://x.cn/list#postback:2",)
    assert listing.postback
    assert listing.postback.form == f"{name}={value}&p=2"


REFUSED = {
    "password": ("<input type='password' name='txtPwd'>", "its form has a password field"),
    "captcha": ("<input name='txtCheckCode'>", "its form has a captcha"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_form_with_a_login_in_it_is_not_sent(what: str) -> None:
    field, reason = REFUSED[what]
    listing = read(PAGERS["AspNetPager"][0], more=field)
    assert (listing.next_urls, listing.postback) == ((), None)
    assert listing.beyond == f"下一页 is a script, {reason}"


def test_a_form_is_sent_to_its_own_site_only() -> None:
    script = POST_BACK.replace(
        "theForm.submit()", "theForm.action = 'http://y.cn/'; theForm.submit()"
    )
    listing = read(PAGERS["AspNetPager"][0], script=script)
    assert listing.postback is None
    assert "its form goes to another site, http://y.cn/" in listing.beyond
