"""Labels such as `所属地区:重庆`, whatever elements the label and its value stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from cqcrawler.reading.blocks import Blocks

# Field -> the names that portals print for it. `None` are labels whose values we do not keep,
# but which end the value before them.
_NAMES: dict[str | None, str] = {
    "region": "所属地区 所在地区 所属区域 所在区域 所属地域 地区 区域 属地",
    "published": (
        "发布日期 发布时间 发表日期 发表时间 发稿时间 发稿日期 发布于 公开日期 公开时间 时间发布 "
        "上传时间 上传日期 添加时间 添加日期 录入时间 更新时间 更新日期 日期 时间 "
        "发文日期 发文时间 印发日期 生成日期 成文日期"
    ),
    "source": (
        "信息来源 文章来源 稿件来源 新闻来源 消息来源 资讯来源 内容来源 来源单位 发布机构 发布单位 "
        "来源 稿源 出处"
    ),
    "author": "文章作者 撰稿人 作者 撰稿 供稿",
    "tags": "文章标签 关键词 关键字 标签",
    "section": "所属栏目 所属分类 信息分类 信息类别 所在栏目 栏目 分类 类别 板块",
    None: (
        "浏览次数 浏览量 浏览数 浏览 阅读次数 阅读量 阅读数 阅读 点击次数 点击量 点击数 点击率 "
        "点击 访问次数 访问量 访问 人气 字体大小 浏览字号 字号大小 字体 字号 文字大小 视力保护色 "
        "责任编辑 编辑 责编 校对 审核 审稿 初审 复审 终审 打印本页 打印 分享到 分享至 分享 收藏 "
        "评论 索引号 文号 发文字号 发文机关 主题分类 公文种类 有效性 信息编号 信息索引 "
        "点赞 纠错 扫一扫 背景色"
    ),
}
_FIELDS = {name: field for field, names in _NAMES.items() for name in names.split()}
_STRONG_LENGTH = 4
# Page tools end a value even where they follow it without a space.
_TOOLS = frozenset("浏览 阅读 点击 字体 字号 打印".split())
_MAX_LINE = 300
_NAME_REACH = 12
_LONGEST_VALUE = 80
_LONGEST_BELOW, _LONGEST_COUNT = 40, 8


_LENGTHS = sorted({len(name) for name in _FIELDS}, reverse=True)
_COLON = re.compile("[:：∶﹕︰]")
# These names are read without a colon too: the long ones where the value proves itself, the
# short ones with space all round.
_UNMARKED = re.compile(
    r"(?:^|(?<=\s))(?:(所属地区|所在地区|发布日期|发布时间)\s*|(来源|作者)\s+)(?=[^\s:：∶﹕︰】])"
)
_MARK = re.compile("[:：∶﹕︰]|所属地区|所在地区|发布|来源|作者")
_UNMARKED_INITIALS = frozenset("所发来作")
_HAN = re.compile("[\u4e00-\u9fff]")
_EDGES = " |丨｜/\\-—·•,，;；【[「(（)）]】」　"
_SPACES = re.compile(r"\s")


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
        labels = list(_labels_of_line(blocks.texts, index, blocks.spaced.get(index, text)))
        found += [label._replace(value=_printed(label.value, text)) for label in labels]
    return found


def _printed(value: str, text: str) -> str:
    """Undo the spaces that stand for nothing but the ends of inline elements."""
    joined = _SPACES.sub("", value)
    return joined if joined in text else value


def has_label(text: str) -> bool:
    """Say whether a line carries a label, of a field or of page furniture."""
    for colon in _COLON.finditer(text):
        if _name_before(text, colon.start()):
            return True
    return text[:1] in _UNMARKED_INITIALS and _UNMARKED.match(text) is not None


def _name_before(text: str, end: int) -> tuple[str, int] | None:
    """Return the label's name that ends at `end`, and where it starts; spaces may divide it.

    A short name also ends other words (`资金来源`), so it needs a boundary before it.
    """
    compact = "".join(text[max(end - _NAME_REACH, 0) : end].rstrip(" 】])）").split())
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
    name = _SPACES.sub("", text).strip("【】[]()（）:：∶")
    return name if name in _FIELDS else None


def label_at_end(text: str) -> str | None:
    """Return the label's name if a line ends in one, so that its value must stand below it."""
    if text[-1] in ":：∶﹕︰" and (named := _name_before(text, len(text.rstrip(":：∶﹕︰ ")))):
        return named[0]
    return bare_label(text)


def longest_value(name: str) -> int:
    """Return how long the value below a label may be: nothing but a count or a name stands
    below those that we do not keep, and often a title that is none of their business."""
    return _LONGEST_BELOW if _FIELDS[name] else _LONGEST_COUNT


def _labels_of_line(lines: Sequence[str], index: int, text: str) -> Iterator[Label]:
    if len(text) > _MAX_LINE:
        return
    if (name := bare_label(text)) is not None:
        yield from _label(name, _value_below(lines, index), index, True)
        return
    marks = sorted(_marks(text)) if _MARK.search(text) else []
    for (_, after, name, sure), following in zip_longest(marks, marks[1:]):
        end = following[0] if following else len(text)
        value = text[after:end].strip(_EDGES)
        if not value and end == len(text):
            value = _value_below(lines, index)
        yield from _label(name, value, index, sure)


def _marks(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """The labels of a line: start of the name, start of the value, name, and if a colon stands
    between them."""
    for colon in _COLON.finditer(text):
        if named := _name_before(text, colon.start()):
            yield named[1], colon.end(), named[0], True
    for match in _UNMARKED.finditer(text):
        yield match.start(), match.end(), match[1] or match[2], match[2] is not None


def _label(name: str, value: str, index: int, sure: bool) -> Iterator[Label]:
    field = _FIELDS[name]
    if field is not None and value:
        yield Label(field, name, value, index, sure)


def _value_below(lines: Sequence[str], index: int) -> str:
    """The value of a label that ends its line is the next line that is no label itself.

    A row of labels stands above a row of values: the third of three has the third line below.
    """
    first = last = index
    while first > 0 and bare_label(lines[first - 1]):
        first -= 1
    while last + 1 < len(lines) and bare_label(lines[last + 1]):
        last += 1
    below = last + 1 + (index - first)
    text = lines[below] if below < len(lines) else ""
    return "" if len(text) > _LONGEST_VALUE or has_label(text) else text.strip(_EDGES)
