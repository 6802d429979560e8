"""Labels such as `所属地区:重庆`, whatever elements the label and its value stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from cqcrawler.reading.page.lines import Blocks
from cqcrawler.reading.page.lookup import spans_around
from cqcrawler.text.traditional import fold, spellings

# Field -> the names that portals print for it. `None` are labels whose values we do not keep,
# but which end the value before them.
_NAMES: dict[str | None, str] = {
    "region": "所属地区 所在地区 所属区域 所在区域 所属地域 地区 区域 属地",
    "published": (
        "发布 发布日期 发布时间 发表日期 发表时间 发稿时间 发稿日期 发布于 公开日期 "
        "公开时间 时间发布 上传时间 上传日期 添加时间 添加日期 录入时间 更新时间 更新日期 "
        "公布日期 公布时间 张贴日期 上版日期 上网日期 上网时间 登载日期 刊发日期 刊发时间 "
        "提供日期 日期 时间 发文日期 发文时间 印发日期 生成日期 生成时间 成文日期 成文时间 "
        "回复时间 回复日期 答复时间 答复日期 访谈时间"
    ),
    "source": (
        "信息来源 文章来源 稿件来源 新闻来源 消息来源 资讯来源 内容来源 来源单位 发布机构 发布单位 "
        "发布部门 发稿单位 公开机构 公开单位 信息提供 提供单位 供稿单位 来稿单位 来源 稿源 出处"
    ),
    "other date": (
        "来信时间 来信日期 写信时间 写信日期 生效日期 施行日期 实施日期 失效日期 废止日期 "
        "有效期限 有效期"
    ),
    "author": "文章作者 撰稿人 作者 撰稿 供稿",
    "tags": "文章标签 关键词 关键字 标签",
    "section": "所属栏目 所属分类 信息分类 信息类别 所在栏目 栏目 分类 类别 板块",
    None: (
        "浏览次数 浏览量 浏览数 浏览 阅读次数 阅读量 阅读数 阅读 点击次数 点击量 点击数 点击率 "
        "点击 访问次数 访问量 访问 人气 字体大小 浏览字号 字号大小 字体 字号 文字大小 视力保护色 "
        "责任编辑 编辑 责编 校对 审核 审稿 初审 复审 终审 打印本页 打印 分享到 分享至 分享 收藏 "
        "评论 索引号 文号 发文字号 发布文号 公文文号 文件编号 发文机关 发文单位 制发机关 主题分类 "
        "体裁分类 组配分类 公文种类 主题词 有效性 时效性 公文时效 信息编号 信息索引 信息名称 "
        "文件名称 公开方式 公开形式 公开范围 公开属性 公开时限 内容概述 点赞 纠错 扫一扫 背景色 "
        "点阅次数 点阅数 点阅率 点阅 浏览人次 发布人 发布者 录入人 录入者 录入 来信人 写信人 "
        "信件编号 信件类型 信件类别 受理单位 答复单位 回复单位 办理状态 状态"
    ),
}
_FIELDS = {name: field for field, names in _NAMES.items() for name in names.split()}
_STRONG_LENGTH = 4
_CLOSING = " 】])）"
_BEFORE_DIVIDER = {*_CLOSING, *(name[-1] for name in _FIELDS)}
# These need no colon where an element of their own begins the line.
_LEADING = frozenset(name for name in _FIELDS if len(name) >= 3)
# Page tools end a value even where they follow it without a space.
_TOOLS = frozenset("浏览 点阅 阅读 点击 字体 字号 打印".split())
_MAX_LINE = 300
_NAME_REACH = 12
_BEGINS_TEXT = re.compile(r"^\u200b?(?:[一二三四五六七八九十]{1,2}|\d{1,2})[、．.]\D|[:：]$")
_LONGEST_BELOW, _LONGEST_COUNT = 40, 8
_LENGTHS = sorted({len(name) for name in _FIELDS}, reverse=True)
_COLONS = ":：∶﹕︰"
# What divides a label from its value: a colon, or the bracket of 【来源】重庆日报.
_DIVIDER = re.compile(rf"[{_COLONS}]|[】\]](?=\s*[^\s{_COLONS}【\[])")
# These words belong to the label that they stand before.
_QUALIFIER = re.compile("(?:信息|文章|稿件)$")
# These names are read without a colon too: the long ones where the value proves itself, the
# short ones with space all round.
_UNMARKED = re.compile(
    r"(?:^|(?<=\s))(?:(?:信息|文章)?(所属地区|所在地区|[\u4e00-\u9fff]{2}(?:日期|时间)(?=\s*(?:19|20)\d\d))"
    rf"\s*|(来源|作者)\s+)(?=[^\s{_COLONS}】])"
)
# What lines with labels have in them: a divider, or the beginning of a name that needs none.
_MARK = re.compile(rf"[{_COLONS}】\]{''.join(map(spellings, '所日时来作发'))}]")
_AROUND = "【】[]()（）:：∶"
_BARE_INITIALS = frozenset(_AROUND).union(*(spellings(name[0]) for name in _FIELDS))
_UNMARKED_INITIALS = frozenset("所发来作")
_HAN = re.compile("[\u4e00-\u9fff]")
_EDGES = " |丨｜/\\-—·•,，;；【[「(（)）]】」　"
_SPACES = re.compile(r"\s")
_SHORTEST_TITLE = 8
# The element around a label is the next to end, but for those of the lines below it.
_ELEMENTS_AROUND = 100
# An index number, the number of a document.
_NUMBER = re.compile(r"[〔\[（(]\d{4}[〕\]）)]第?\d+号$")
_CODE = re.compile(rf"[A-Za-z\d/_.-]+|[\u4e00-\u9fff]{{1,10}}{_NUMBER.pattern}")
_FIGURE = re.compile(r"[\d一二三四五六七八九十]")


class Label(NamedTuple):
    """A label with its value.

    `field` is the field of an article, `name` the label as we know it, `value` what is printed
    behind it, `block` the index of the line with the label, `sure` is False where no colon
    divides label and value, so that the value has to prove itself.
    """

    field: str
    name: str
    value: str
    block: int
    sure: bool


def read_labels(blocks: Blocks, start: int, end: int) -> list[Label]:
    """Return the labels in the lines `start` to `end` (exclusive), in reading order."""
    found: list[Label] = []
    for index in range(max(start, 0), min(end, len(blocks.texts))):
        text = blocks.texts[index]
        labels = _labels_of_line(blocks, index, blocks.spaced.get(index, text))
        found += [label._replace(value=_printed(label.value, text)) for label in labels]
    return found


def _printed(value: str, text: str) -> str:
    """Undo the spaces that stand for nothing but the ends of inline elements."""
    joined = _SPACES.sub("", value)
    return joined if joined in text else value


def has_label(text: str) -> bool:
    """Say whether a line carries a label, of a field or of page furniture."""
    text = fold(text)
    for divider in _DIVIDER.finditer(text):
        if _named(text, divider):
            return True
    if text.partition(" ")[0] in _LEADING:
        return True
    return text[:1] in _UNMARKED_INITIALS and _UNMARKED.match(text) is not None


def _named(text: str, divider: re.Match[str]) -> tuple[str, int] | None:
    """Return the label's name before a divider, and where it starts."""
    named = _name_before(text, divider.start())
    if named and divider[0] not in _COLONS:
        start = named[1]
        return named if text[max(start - 1, 0)] in "【[" else None
    return named


def _name_before(text: str, end: int) -> tuple[str, int] | None:
    """Return the label's name that ends at `end`, and where it starts; spaces may divide it.

    A short name also ends other words (`资金来源`), so it needs a boundary before it.
    """
    if text[end - 1 : end] not in _BEFORE_DIVIDER:
        return None
    compact = "".join(text[max(end - _NAME_REACH, 0) : end].rstrip(_CLOSING).split())
    for length in _LENGTHS:
        name = compact[-length:]
        if name in _FIELDS:
            start = end
            for character in reversed(name):
                start = text.rindex(character, 0, start)
            whole = length >= _STRONG_LENGTH or name in _TOOLS
            if whole or start == 0 or not _HAN.match(text[start - 1]):
                return name, start
    return None


def bare_label(text: str) -> str | None:
    """Return the label's name if a line is nothing but a label, as in a table's first column."""
    if len(text) > 2 * _NAME_REACH or text[0] not in _BARE_INITIALS:
        return None
    name = _SPACES.sub("", fold(text)).strip(_AROUND)
    return name if name in _FIELDS else None


def label_at_end(text: str) -> str | None:
    """Return the label's name if a line ends in one, so that its value must stand below it."""
    if text[-1] in _COLONS and (named := _name_before(fold(text), len(text.rstrip(_COLONS + " ")))):
        return named[0]
    return bare_label(text)


def may_be_value(blocks: Blocks, label: int, name: str, line: int) -> bool:
    """Say whether a line below a label may be its value, and no title below an empty one.

    A sentence, a salutation, the number of a document or a heading begins the text; a date has
    figures; below labels that we do not keep stands nothing but a count, a name or a code; and
    what may be a title stands in the smallest element of several lines around the label.
    """
    text, field = blocks.texts[line], _FIELDS[name]
    if _BEGINS_TEXT.search(text) or "。" in text:
        return False
    if _NUMBER.search(text) and not name.endswith("号"):
        return False
    if has_label(fold(blocks.texts[label]).rstrip(_COLONS + " ").removesuffix(name)):
        return False  # labels before it have their values in the line
    if field in ("published", "other date") and not _FIGURE.search(text):
        return False
    if line == label + 1 and len(text) >= _SHORTEST_TITLE and not _is_beside(blocks, label):
        return False
    return len(text) <= (_LONGEST_BELOW if field or _CODE.fullmatch(text) else _LONGEST_COUNT)


def _is_beside(blocks: Blocks, label: int) -> bool:
    """Say whether the line below a label belongs to the same row, list or paragraph."""
    around = spans_around(blocks, label, label, _ELEMENTS_AROUND)
    return next((end > label + 1 for start, end in around if end > start + 1), True)


def end_around(blocks: Blocks, first: int, last: int) -> int:
    """Return where the smallest element ends that holds the lines `first` to `last` and more
    below them: the values of labels stand in the same list or table."""
    around = spans_around(blocks, first, last + 1, _ELEMENTS_AROUND)
    return next((end for _, end in around), len(blocks.texts))


def _labels_of_line(blocks: Blocks, index: int, text: str) -> Iterator[Label]:
    if len(text) > _MAX_LINE:
        return
    if (name := bare_label(text)) is not None:
        yield from _label(name, _value_below(blocks, index, name), index, True)
        return
    marks = sorted(_marks(fold(text))) if _MARK.search(text) else []
    for (_, after, name, sure), following in zip_longest(marks, marks[1:]):
        end = following[0] if following else len(text)
        value = text[after:end].strip(_EDGES)
        if not value and end == len(text):
            value = _value_below(blocks, index, name)
        yield from _label(name, value, index, sure)


def _marks(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """The labels of a line: start of the name, start of the value, name, and if a colon stands
    between them."""
    for divider in _DIVIDER.finditer(text):
        if named := _named(text, divider):
            name, start = named
            qualifier = _QUALIFIER.search(text, 0, start)
            yield qualifier.start() if qualifier else start, divider.end(), name, True
    leading = text.partition(" ")[0]
    if leading in _LEADING:
        yield 0, len(leading), leading, True
    for match in _UNMARKED.finditer(text, len(leading) if leading in _LEADING else 0):
        if (name := match[1] or match[2]) in _FIELDS:
            yield match.start(), match.end(), name, match[2] is not None


def _label(name: str, value: str, index: int, sure: bool) -> Iterator[Label]:
    field = _FIELDS[name]
    if field is not None and value:
        yield Label(field, name, value, index, sure)


def _value_below(blocks: Blocks, index: int, name: str) -> str:
    """The value of a label that ends its line is the next line that is no label itself.

    A row of labels stands above a row of values: the third of three has the third line below.
    """
    lines = blocks.texts
    first = last = index
    while first > 0 and bare_label(lines[first - 1]):
        first -= 1
    while last + 1 < len(lines) and bare_label(lines[last + 1]):
        last += 1
    below = last + 1 + (index - first)
    if below >= end_around(blocks, first, last) or not may_be_value(blocks, index, name, below):
        return ""
    return "" if has_label(lines[below]) else lines[below].strip(_EDGES)
