"""Challenges are recognised, and no page with something to say is taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from cqcrawler.models import Page
from cqcrawler.reading.page.document import open_page
from cqcrawler.reading.refusals import challenge, soft_404
from tests.golden.pages import all_pages
from tests.shared import SHARED

CORPUS = SHARED / "corpus"
PAGES = [page.path for page in all_pages()] + sorted(CORPUS.glob("*/pages/*.html"))


def html(body: str, title: str = "") -> str:
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"


CHALLENGES = [
    (412, {}, ""),
    (521, {"X-Via-JSL": "fb8c9e5,-"}, "<script>document.cookie='a'</script>"),
    (521, {"Set-Cookie": "__jsluid_s=1; path=/"}, ""),
    (401, {}, html("请登录")),
    (403, {}, html("Forbidden")),
    (503, {"cf-mitigated": "challenge"}, ""),
    (200, {}, "<html><script>\nvar arg1='3E40CCDD56B4BF1C0A5C36FBA4F2B1E0F02C5CB5';</script>"),
    (200, {}, "<script>document.cookie='__jsl_clearance_s=1';location.reload()</script>"),
    (200, {}, '<script>document.cookie="C3VK=a1b2c3; path=/";location.reload();</script>'),
    (202, {}, "<html><head><meta content='x'><script>$_ts=window['$_ts'];</script></head></html>"),
    (200, {}, "<html><head><script src='/a.js'></script></head><body></body></html>"),
    (403, {}, html("", "Just a moment...")),
    (200, {}, html("<p>Checking your browser</p>", "Just a moment...")),
    (405, {}, html("很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。")),
    (200, {}, html("您的请求带有不合法参数，已被网站管理员设置拦截！", "网站防火墙")),
    (200, {}, html("<div>请完成安全验证</div><div>向右拖动滑块填充拼图</div>", "滑动验证页面")),
    (200, {}, html("请输入验证码<input><button>提交</button>")),
    (200, {}, html("<form>用户名<input>密码<input type='password'>登录</form>", "招商系统")),
    (200, {}, html("<input type=password>" + "办事指南" * 200, "重庆市统一身份认证平台")),
]


@pytest.mark.parametrize(("status", "headers", "body"), CHALLENGES)
def test_challenges(status: int, headers: dict[str, str], body: str) -> None:
    assert challenge(status, headers, body)


TEXT = "两地联合主办了产业对接会，推动17个项目签约，将进一步完善产业链。" * 12
PAGES_WITH_A_MESSAGE = [
    (200, {}, ""),
    (404, {}, html("Not Found", "404")),
    (500, {}, html("出错了")),
    (200, {"Set-Cookie": "acw_tc=1; __jsluid_s=2"}, html(f"<p>{TEXT}</p>")),
    (200, {}, html(f"<form>密码<input type='password'>登录</form><p>{TEXT}</p>")),
    (200, {}, html(f"<input placeholder='请输入验证码'><p>{TEXT}</p>")),
    (200, {}, html("<p>区应急管理局开展节前安全检查。</p>", "安全检查")),
    (200, {}, html("<p>企业登录平台后即可申报，不收取费用。</p>")),
    (200, {}, html("<div id='app'></div><script src='/app.js'></script>", "招商网")),
    (200, {}, html(f"<script src='/cdn-cgi/challenge-platform/jsd/main.js'></script>{TEXT}")),
    (200, {}, "<html><head>" + "<script>var a;</script>" * 900),
]


@pytest.mark.parametrize(("status", "headers", "body"), PAGES_WITH_A_MESSAGE)
def test_other_pages(status: int, headers: dict[str, str], body: str) -> None:
    assert challenge(status, headers, body) is None


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
@pytest.mark.parametrize("length", [2048, 8192, None])
def test_no_page_of_a_portal_is_a_challenge(path: Path, length: int | None) -> None:
    text = open_page(Page("http://x.cn/", path.read_bytes())).text
    assert challenge(200, {}, text[:length]) is None


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("404", "返回首页"),
        ("404 Not Found", "nginx"),
        ("错误提示", "您访问的页面有误"),
        ("重庆招商网", "首页\n招商政策\n很抱歉，您访问的页面不存在！\n返回首页"),
        ("重庆招商网", "该信息已被删除或不存在"),
        ("重庆招商网", "找不到您要查看的内容"),
        ("信息不存在", ""),
    ],
)
def test_pages_that_say_they_are_gone(title: str, text: str) -> None:
    assert soft_404(title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("关于删除失效文件的通知", "各区县：\n" + TEXT[:90]),
        ("招商动态", "首页\n404项目开工"),
        ("关于终止项目的公告", "各潜在投资人：\n" + "因规划调整，该项目终止，原公告已撤销。\n" * 4),
        ("招商动态", "\n".join(["已删除的信息", *["招商动态第一则"] * 300])),
        ("", ""),
    ],
)
def test_pages_that_are_there(title: str, text: str) -> None:
    assert soft_404(title, text) is None
