from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcrawler.text.boilerplate import (
    BY_CLAIMS,
    Rule,
    Scope,
    load_rules,
    match_either,
    match_line,
    match_statement,
)
from cqcrawler.text.words import any_word

RULES = load_rules()


def cases(attribute: str) -> list[object]:
    return [
        pytest.param(rule, line, id=f"{rule.name} ({rule.scope}): {line}")
        for rule in RULES
        for line in getattr(rule, attribute)
    ]


@pytest.mark.parametrize(("rule", "line"), cases("examples"))
def test_a_rule_matches_its_examples(rule: Rule, line: str) -> None:
    assert match_either(line) is rule


@pytest.mark.parametrize(("rule", "line"), cases("keeps"))
def test_a_rule_leaves_what_looks_alike(rule: Rule, line: str) -> None:
    assert match_either(line) is not rule


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.name} ({rule.scope})")
def test_a_rule_explains_itself(rule: Rule) -> None:
    assert rule.reason.endswith(".")
    assert rule.examples
    assert rule.keeps
    assert re.compile(rule.pattern, re.VERBOSE).groups == 0, "groups tell the rules apart"
    assert "<" not in re.sub(r"\(\?<?[=!>]", "", rule.pattern), "a list of words is misspelt"


def test_a_foot_has_a_letter_that_it_is_looked_for_by() -> None:
    letters = re.compile(any_word("foot_letter"))
    feet = [rule for rule in RULES if rule.name in ("registration", "copyright")]
    assert [line for rule in feet for line in rule.examples if not letters.search(line)] == []


def test_every_scope_is_in_use() -> None:
    assert {rule.scope for rule in RULES} == set(Scope)


@pytest.mark.parametrize(
    "line",
    [
        "一、总体要求",
        "（二）重点任务",
        "第三条 申报条件",
        "重庆市招商投资局",
        "2025年7月7日",
        "（联系人：张三）",
        "联系电话：023-63010000",
        "地址：重庆市渝北区黄山大道中段",
        "附件：1.重庆市招商项目表",
        "主题：共享机遇",
        "企业如有意向，可与我局联系我们将全程服务",
        "图为签约仪式现场",
        "单位：万元",
        "长寿区 | 12 | 60亿元",
        "记者 张三",
        "来源于本地的税收",
        "扫码报名",
    ],
)
def test_lines_of_a_notice_do_not_go_by_themselves(line: str) -> None:
    rule = match_either(line)
    assert rule is None or rule.scope in (Scope.FIELD, Scope.ATTACHMENT)


@pytest.mark.parametrize(
    "sentence",
    [
        "如需了解详情，请点击首页“联系我们”。欢迎企业入驻。",
        "该平台版权所有：重庆某公司。平台已上线运行。",
        "责任编辑：张三在会上说。与会者表示赞同。",
        "位置：首页>招商项目。以上为入口。",
    ],
)
def test_sentences_are_left_whatever_they_contain(sentence: str) -> None:
    assert match_either(sentence) is None


@pytest.mark.parametrize(
    "line", ["【打 印 本 页】", "· 打印本页", "打印本页】【关闭窗口", "打印本页 "]
)
def test_signs_and_spaces_around_a_line_do_not_matter(line: str) -> None:
    rule = match_either(line)
    assert rule is not None
    assert rule.name == "page tools"


def test_width_and_case_do_not_matter() -> None:
    assert (
        match_either("ＣＯＰＹＲＩＧＨＴ：某某网") is match_either("copyright:某某网") is not None
    )


PIECES = st.sampled_from(sorted({w for r in RULES for w in re.findall(r"[一-鿿]{1,6}", r.pattern)}))


@given(
    st.lists(PIECES | st.sampled_from(" :|-[](),>/0"), min_size=1, max_size=3), st.integers(1, 500)
)
def test_no_line_makes_matching_explode(pieces: list[str], times: int) -> None:
    """A pattern that backtracks without bound would hang here, on words it half expects."""
    line = "".join(pieces) * times
    match_line(line[:120])
    match_statement(line[:1500])


def test_an_advertisement_may_have_several_sentences() -> None:
    line = "【商户广告】大力搬家。全城随叫随到，订车电话13800000000"
    assert match_line(line) == match_line(line.replace("。", "，"))
    assert match_line(line) is not None


@pytest.mark.parametrize(
    "line",
    [
        "文中图片取自公开渠道，其著作权归原作者。",
        "此文由网友投稿，观点与本站无关，如有异议请联系我们。",
        "部分信息搜集自互联网，真实性请读者自行判断，本平台概不负责。",
        "欢迎转发本文，未经许可请勿用于商业用途。",
    ],
)
def test_two_kinds_of_claims_make_a_statement_in_any_words(line: str) -> None:
    assert match_statement(line) is BY_CLAIMS


@pytest.mark.parametrize(
    "line",
    [
        "平台为企业提供版权登记和知识产权授权服务，全年受理1200件。",  # speaks of no text
        "第三十条 侵犯著作权的，依法承担责任，本文自公布之日起施行。",  # a clause
        "参赛作品著作权归原作者，主办方有权转载，提交即视为授权。",  # terms of a contest
        "本文件由市市场监管局负责解释。",
        "关于本站 免责声明 版权所有",  # links of a foot
    ],
)
def test_claims_on_anything_else_are_no_statement(line: str) -> None:
    assert match_statement(line) is not BY_CLAIMS
