"""Pages that a pager sends a form for have addresses with that form in them."""

from __future__ import annotations

import pytest

from cqcrawler.models import Listing, Page
from cqcrawler.reading.listing.listing import extract_listing
from cqcrawler.reading.page.document import open_page

HOST = "http://zsj.example.cn"
HERE = "/zwgk/list.do?channelId=7"
ROWS = "".join(
    f"<li><a href='/zwgk/view.do?id={number}'>江北区第{number}批招商项目集中开工</a>"
    f" 2025-07-{number:02}</li>"
    for number in range(1, 9)
)
FORM = (
    "<form id='pageForm' name='pageForm' action='/zwgk/list.do' method='post'>"
    "<input type='hidden' name='channelId' value='7'>"
    "<input type='hidden' id='pageNo' name='pageNo' value='1'></form>"
)
COUNT = "<p>共4页，第1页</p>"


def read(markup: str, here: str = HERE, **page: str) -> Listing:
    listing = extract_listing(
        open_page(Page(HOST + here, f"<html><body><ul>{ROWS}</ul>{markup}</body></html>", **page))
    )
    assert len(listing.rows) == 8
    return listing


def next_urls(markup: str, here: str = HERE) -> list[str]:
    return [url.removeprefix(HOST) for url in read(markup, here).next_urls]


def posted(*numbers: int, form: str = "channelId=7&pageNo={}") -> list[str]:
    return [f"/zwgk/list.do#post:{form.format(number)}" for number in numbers]


SET_AND_SUBMIT = {
    "by id": (
        'document.getElementById("pageNo").value = n;document.getElementById("pageForm").submit()'
    ),
    "by the form's name": "document.pageForm.pageNo.value=n;document.pageForm.submit();",
    "by a name for the form": "var f = document.pageForm; f.pageNo.value = n; f.submit();",
    "by the form's number": "document.forms[0].pageNo.value = n\n document.forms[0].submit()",
    "by the form's name in brackets": (
        "document.forms['pageForm'].elements['pageNo'].value=n; document.forms.pageForm.submit();"
    ),
    "by names of the window": "pageForm.pageNo.value = n; pageForm.submit();",
    "with jQuery": "$('#pageNo').val(n); $('#pageForm').submit(); return false;",
    "with jQuery by name": 'jQuery("input[name=\'pageNo\']").val(n);jQuery("form").submit();',
    "with jQuery from the field": "$('#pageNo').val(n).closest('form').trigger('submit')",
    "with `with`": "with (document.pageForm) { pageNo.value = n; submit(); }",
    "by the first of a name": (
        "document.getElementsByName('pageNo')[0].value = n;"
        " document.querySelector('#pageForm').submit()"
    ),
    "behind guards": (
        "if (isNaN(n) || n < 1) { alert('请输入页码'); return; }\n"
        "if (!checkForm()) { return false }\n if (n > 4) n = 4;\n"
        "document.pageForm.pageNo.value = parseInt(n, 10); document.pageForm.submit();"
    ),
    "in a block that may fail": (
        "try { document.pageForm.pageNo.value = n } catch (e) { alert(e) }"
        " document.pageForm.submit()"
    ),
    "later": "document.pageForm.pageNo.value = n; setTimeout('document.pageForm.submit()', 10)",
    "through another function": "send(n, document.pageForm)",
}
OTHERS = "function send(number, form) { form.pageNo.value = number; form.submit(); }"


@pytest.mark.parametrize("how", SET_AND_SUBMIT)
def test_a_function_that_sets_a_field_and_sends_its_form(how: str) -> None:
    script = f"<script>{OTHERS} function turnTo(n) {{ {SET_AND_SUBMIT[how]} }}</script>"
    pager = "<div><a href='javascript:turnTo(2)'>下一页</a> <a onclick='turnTo(4)'>尾页</a></div>"
    assert next_urls(FORM + COUNT + pager + script) == posted(2, 3, 4)


CODE = {
    "a declared function": "function turnTo(n) {{ {} }}",
    "a variable": "var turnTo = function (n) {{ {} }};",
    "an arrow": "const turnTo = (n) => {{ {} }}",
    "a property of the window": "window.turnTo = function (n) {{ {} }}",
    "behind a comment": "// function turnTo(n) {{ old(n) }}\n/* {{ */ function turnTo(n) {{ {} }}",
    "in an old script": "<!--\nfunction turnTo(n) {{ {} }}\n//-->",
}


@pytest.mark.parametrize("how", CODE)
def test_functions_are_found_however_they_are_written(how: str) -> None:
    script = CODE[how].format("document.pageForm.pageNo.value = n; document.pageForm.submit();")
    pager = (
        "<p><a href='javascript:turnTo(2);'>下一页</a><a href='javascript:turnTo(4);'>末页</a></p>"
    )
    assert next_urls(f"{FORM}{COUNT}{pager}<script>{script}</script>") == posted(2, 3, 4)


MARKS = {
    "in the handler": (
        "<a href='#' onclick=\"document.pageForm.pageNo.value=2;document.pageForm.submit();\">"
        "下一页</a>",
        posted(2, 3, 4),
    ),
    "in the address": (
        "<a href=\"javascript:document.pageForm.pageNo.value='2';document.pageForm.submit()\">"
        "下页</a>",
        posted(2, 3, 4),
    ),
    "counted from the field": (
        "<a href='javascript:onward()'>下一页</a><script>function onward() {"
        " var f = document.pageForm; var p = parseInt(f.pageNo.value); f.pageNo.value = p + 1;"
        " f.submit() }</script>",
        posted(2, 3, 4),
    ),
    "counted up": (
        "<a href='javascript:onward()'>下一页</a><script>function onward() {"
        " var now = document.pageForm.pageNo.value; document.pageForm.pageNo.value = ++now;"
        " document.pageForm.submit() }</script>",
        posted(2, 3, 4),
    ),
    "in two steps": (
        "<a onclick='put(2)' href='javascript:document.pageForm.submit()'>下一页</a><script>"
        "function put(n) { document.pageForm.pageNo.value = n }</script>",
        posted(2, 3, 4),
    ),
    "in the action of the form": (
        "<a href='javascript:turnTo(2)'>下一页</a><script>function turnTo(n) { pageForm.action ="
        " pageForm.action + '?p=' + n; pageForm.submit() }</script>",
        [f"/zwgk/list.do?p={n}#post:channelId=7&pageNo=1" for n in (2, 3, 4)],
    ),
    "to another action": (
        "<a href='javascript:turnTo(2)'>下一页</a><script>function turnTo(n) { var f ="
        " document.pageForm; f.pageNo.value = n; f.action = 'more.do'; f.submit() }</script>",
        [f"/zwgk/more.do#post:channelId=7&pageNo={n}" for n in (2, 3, 4)],
    ),
}


@pytest.mark.parametrize("how", MARKS)
def test_marks_that_set_and_send(how: str) -> None:
    markup, expected = MARKS[how]
    assert next_urls(FORM + COUNT + f"<div>{markup}</div>") == expected


def test_only_what_a_browser_would_send_is_in_the_form() -> None:
    form = """<form name="f" method="post" action="list.do">
<input type="hidden" name="q" value='{"a":"b c"}'><input name="title" value="招商">
<input type="hidden" name="off" value="1" disabled><input type="text" value="nameless">
<input type="checkbox" name="c" value="1" checked><input type="checkbox" name="c" value="2">
<input type="radio" name="r" checked><select name="size"><option>10<option selected>20</select>
<select name="kind"><option value="">全部</option><option value="3">公告</option></select>
<select name="none"></select><textarea name="note"> 第一行
第二行</textarea><input type="submit" name="go" value="查询"><input type="reset" name="x">
<button name="b" value="1">查</button><input type="hidden" name="page" value="1"></form>
<input type="hidden" name="outside" value="1">"""
    pager = "<p><a href='javascript:document.f.page.value=2;document.f.submit()'>下一页</a></p>"
    (url,) = next_urls(form + pager, "/zwgk/list.do")
    assert url == (
        "/zwgk/list.do#post:q=%7B%22a%22%3A%22b+c%22%7D&title=%E6%8B%9B%E5%95%86&c=1&r=on&size=20"
        "&kind=&note=%E7%AC%AC%E4%B8%80%E8%A1%8C+%E7%AC%AC%E4%BA%8C%E8%A1%8C&page=2"
    )


def test_a_form_in_the_encoding_of_its_page() -> None:
    form = "<form name=f method=post><input name=k value='渝北鑫'><input name=p value=1></form>"
    pager = "<p><a href='javascript:f.p.value=2;f.submit()'>下一页</a></p>"
    markup = f"<html><body><ul>{ROWS}</ul>{form}{pager}</body></html>"
    page = Page(HOST + HERE, markup.encode("gbk"), "text/html; charset=gbk")
    (url,) = extract_listing(open_page(page)).next_urls
    assert url == f"{HOST}{HERE}#post:k=%D3%E5%B1%B1%F6%CE&p=2"


def test_a_form_without_an_action_goes_to_the_page_itself() -> None:
    form = "<form name=f method=post><input type=hidden name=p value=1></form>"
    mark = "<a href='javascript:f.p.value={0};f.submit()'>{0}</a> "
    pager = f"<p>{mark.format(2)}{mark.format(3)}</p>"
    assert next_urls(form + pager) == [f"{HERE}#post:p=2", f"{HERE}#post:p=3"]


def test_a_form_that_is_sent_by_get_is_a_plain_address() -> None:
    form = (
        "<form name=f action='/list.jsp?old=1'><input type=hidden name=cid value=7>"
        "<input type=hidden name=p value=1></form>"
    )
    script = "<script>function go(n) { document.f.p.value = n; document.f.submit() }</script>"
    pager = "<p><a href='javascript:go(2)'>下一页</a> <a href='javascript:go(3)'>尾页</a></p>"
    assert next_urls(form + pager + script) == ["/list.jsp?cid=7&p=2", "/list.jsp?cid=7&p=3"]


TORN = {
    "begun in a cell": "<table><tr><td><form name=f method=post><input type=hidden name=a value=1>"
    "</td></tr><tr><td><input type=hidden name=p value=1></form></td></tr></table>",
    "around rows of a table": "<table><form name=f method=post><tr><td><input name=a value=1>"
    "<input name=p value=1></td></tr></form></table>",
    "inside another": "<form name=f method=post><input name=a value=1><form name=g action=/s>"
    "<input name=p value=1></form><input name=b value=2>",
    "named by its fields": "<form name=f id=f method=post><input name=a value=1></form>"
    "<input form=f name=p value=1>",
}


@pytest.mark.parametrize("how", TORN)
def test_fields_belong_to_the_form_that_browsers_see(how: str) -> None:
    pager = "<p><a href='javascript:f.p.value=2;document.f.submit()'>下一页</a></p>"
    assert next_urls(TORN[how] + pager) == [f"{HERE}#post:a=1&p=2"]


def test_pages_are_named_alike_on_each_of_them() -> None:
    def page(number: int) -> str:
        form = FORM.replace("value='1'", f"value='{number}'")
        script = "<script>function to(n) { pageForm.pageNo.value = n; pageForm.submit() }</script>"
        marks = {"首页": 1, "上一页": number - 1, "下一页": number + 1, "尾页": 4}
        links = "".join(f"<a href='javascript:to({n})'>{text}</a>" for text, n in marks.items())
        return f"{form}<p>共4页，第{number}页 {links}</p>{script}"

    assert next_urls(page(1).replace("<a href='javascript:to(0)'>上一页</a>", "")) == posted(
        2, 3, 4
    )
    third = read(page(3), posted(3)[0])
    assert [url.removeprefix(HOST) for url in third.next_urls] == posted(2, 4)
    assert [url.removeprefix(HOST) for url in third.earlier_urls] == posted(2)
    last = read(page(4), posted(4)[0])
    assert [url.removeprefix(HOST) for url in last.next_urls] == posted(2, 3)
    assert last.beyond == ""


def test_a_box_that_shows_the_number_of_the_page_makes_no_other_addresses() -> None:
    def page(number: int, method: str) -> str:
        return (
            f"<form name=f method={method} action=/zwgk/l.do><input type=hidden name=pageNo"
            f" value={number}><input name=box value={number}></form><p>共4页，第{number}页"
            f"<a href='javascript:to({number + 1})'>下一页</a>"
            "<a href='javascript:to(4)'>尾页</a></p>"
            "<script>function to(n) { f.pageNo.value = n; f.submit() }</script>"
        )

    first = next_urls(page(1, "post"))
    assert first == [f"/zwgk/l.do#post:pageNo={n}&box=1" for n in (2, 3, 4)]
    assert next_urls(page(2, "post"), first[0]) == first[1:]
    first = next_urls(page(1, "get"))
    assert first == [f"/zwgk/l.do?pageNo={n}&box=1" for n in (2, 3, 4)]
    assert set(first[1:]) <= set(next_urls(page(2, "get"), first[0]))


def test_a_long_listing_is_named_in_parts() -> None:
    def page(number: int) -> str:
        return (
            "<form name=f method=post action=/l.do>"
            f"<input type=hidden name=p value={number}></form>"
            f"<p>共2500页，第{number}页<a href='javascript:to({number + 1})'>下一页</a></p>"
            "<script>function to(n) { f.p.value = n; f.submit() }</script>"
        )

    first = next_urls(page(1))
    assert (first[0], first[-1], len(first)) == ("/l.do#post:p=2", "/l.do#post:p=1001", 1000)
    later = next_urls(page(1001), first[-1])
    assert (later[0], later[-1]) == ("/l.do#post:p=1002", "/l.do#post:p=2000")


CHOSEN = {
    "by itself": "<select name=p onchange='this.form.submit()'>{}</select>",
    "by name": "<select name=p onchange='document.f.submit()'>{}</select>",
    "by a function": "<select name=s onchange='to(this.value)'>{}</select>",
    "by its place": (
        "<select name=s onchange='to(this.options[this.selectedIndex].value)'>{}</select>"
    ),
}


@pytest.mark.parametrize("how", CHOSEN)
def test_a_select_that_sends_its_form(how: str) -> None:
    options = "".join(f"<option value={n}>{n}</option>" for n in (1, 2, 3))
    field = "" if "name=p" in CHOSEN[how] else "<input type=hidden name=p value=1>"
    script = "<script>function to(n) { document.f.p.value = n; document.f.submit() }</script>"
    form = f"<form name=f method=post>{field}{CHOSEN[how].format(options)}</form>{script}"
    names = "p={}" if not field else "p={}&s={}"
    assert [url.partition("#post:")[2] for url in next_urls(form)] == [
        names.format(n, n) for n in (2, 3)
    ]


BOXES = {
    "its value in the call": (
        "<input name=p value=1 size=3><input type=button value=GO onclick='to(f.p.value)'>",
        "p={}",
    ),
    "a box of its own": (
        "<input type=hidden name=p value=1><input id=jumpTo size=2><a href='#'"
        " onclick=\"to(document.getElementById('jumpTo').value)\">跳转</a>",
        "p={}",
    ),
    "a button that sends the form": (
        "<input name=page value=1><input type=submit value=转到>",
        "page={}",
    ),
    "a button that is named": (
        "<input name=page value=1><button name=jump value=yes>确定</button>",
        "page={}&jump=yes",
    ),
    "a picture": (
        "<input name=page><input type=image src=go.gif name=jump>",
        "page={}&jump.x=0&jump.y=0",
    ),
    "a select beside a button": (
        "<select name=page><option value=1>1<option value=2>2<option value=3>3</select>"
        "<input type=submit value=GO>",
        "page={}",
    ),
}


@pytest.mark.parametrize("how", BOXES)
def test_a_box_for_the_number_of_a_page(how: str) -> None:
    fields, names = BOXES[how]
    script = "<script>function to(n) { document.f.p.value = n; document.f.submit() }</script>"
    form = f"<form name=f method=post>{fields}</form>{script}"
    search = "<form action=/search><input name=keyword><input type=submit value=搜索></form>"
    found = next_urls(f"{search}<p>共3页</p>{form}")
    assert [url.partition("#post:")[2] for url in found] == [names.format(n) for n in (2, 3)]


def test_a_box_alone_says_nothing_of_how_many_pages_there_are() -> None:
    form = "<form name=f method=post><input name=page value=1><input type=submit value=GO></form>"
    assert next_urls(form) == []


REFUSED = {
    "a password": ("<input type=password name=pw>", "its form has a password field"),
    "a file": ("<input type=file name=up>", "its form has a file field"),
    "a captcha": ("<input name=verifyCode>", "its form has a captcha"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_forms_that_are_not_for_crawlers(what: str) -> None:
    field, reason = REFUSED[what]
    form = f"<form name=f method=post><input name=p value=1>{field}</form>"
    listing = read(form + "<p><a href='javascript:f.p.value=2;f.submit()'>下一页</a></p>")
    assert listing.next_urls == ()
    assert listing.beyond == f"下一页 is a script, {reason}"


NOWHERE = {
    "a form as it stands": "<button>下一页</button>",
    "a field that is not there": (
        "<a href='javascript:document.f.q.value=2;document.f.submit()'>下一页</a>"
    ),
    "what the page does not say": "<a href='javascript:f.p.value=next();f.submit()'>下一页</a>",
    "another site": (
        "<a href=\"javascript:f.p.value=2;f.action='http://x.example/';f.submit()\">下一页</a>"
    ),
    "a request of a script": "<a onclick='load(2, show)'>下一页</a>",
    "a script that goes on for ever": (
        "<a href='javascript:a()'>下一页</a>"
        "<script>function a() { b() } function b() { a() }</script>"
    ),
    "code that breaks off": "<a onclick='f.p.value=(((2;f.submit()'>下一页</a>",
}


@pytest.mark.parametrize("what", NOWHERE)
def test_where_no_form_leads_the_listing_goes_on_beyond(what: str) -> None:
    listing = read(f"<form name=f method=post><input name=p value=1>{NOWHERE[what]}</form>")
    assert listing.next_urls == ()
    assert listing.beyond


def test_a_button_is_sent_only_if_it_was_clicked() -> None:
    form = (
        "<form method=post><input type=hidden name=p value=1>"
        "<input type=submit name=act value=上一页 disabled>"
        "<input type=submit name=act value=下一页></form>"
    )
    (url,) = next_urls(form)
    assert url.endswith("#post:p=1&act=%E4%B8%8B%E4%B8%80%E9%A1%B5")


def test_forms_that_name_the_page_they_lead_to() -> None:
    form = (
        "<form method=post action=/l.asp><input type=hidden name=page value={}>"
        "<input type=submit value={}></form>"
    )
    forms = form.format(2, "下一页") + form.format(5, "尾页")
    assert next_urls(forms) == [f"/l.asp#post:page={n}" for n in (2, 3, 4, 5)]
