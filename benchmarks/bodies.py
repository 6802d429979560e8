"""Bodies of many lengths and shapes, cut from real ones, and the mark-up that holds them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from random import Random

Lines = list[str]

_SENTENCE = re.compile("[^。！？；]{12,}[。！？；]+[”’」』）]*")
_CLAUSE = re.compile("[^，。！？；、：]+")
_SURNAMES = "张王李赵刘陈杨黄周吴徐孙"
_GIVEN = "伟芳娜敏静强磊洋艳勇军杰娟涛明超秀英"
_OFFICES = ("某某市招商投资促进局", "市政府办公室", "县统计局", "某某大学党委宣传部")
_ROWS = ("地区生产总值", "固定资产投资", "进出口总额", "城镇居民人均收入", "社会消费品零售总额")


def _sentences(lines: Sequence[str]) -> Lines:
    return [sentence for line in lines for sentence in _SENTENCE.findall(line)] or list(lines)


def _whole(random: Random, lines: Lines) -> Lines:
    return lines


def _one_sentence(random: Random, lines: Lines) -> Lines:
    return [random.choice(_sentences(lines))]


def _two_sentences(random: Random, lines: Lines) -> Lines:
    sentences = _sentences(lines)
    at = random.randrange(max(len(sentences) - 1, 1))
    two = sentences[at : at + 2]
    return two if random.random() < 0.5 else ["".join(two)]


def _brief(random: Random, lines: Lines) -> Lines:
    short = [s for s in _sentences(lines) if 30 <= len(s) <= 80]
    return [random.choice(short or _sentences(lines))]


def _clauses(random: Random, lines: Lines) -> Lines:
    clauses = [clause for line in lines for clause in _CLAUSE.findall(line) if len(clause) > 3]
    at = random.randrange(max(len(clauses) - 15, 1))
    return clauses[at : at + random.randrange(5, 25)]


def _dialogue(random: Random, lines: Lines) -> Lines:
    """Many lines of one short sentence each."""
    short = [s for s in _sentences(lines) if len(s) <= 50] or _sentences(lines)
    return short[:30]


def _signed(random: Random, lines: Lines) -> Lines:
    year, month, day = (
        random.randrange(2012, 2025),
        random.randrange(1, 13),
        random.randrange(1, 29),
    )
    return [*lines[:2], random.choice(_OFFICES), f"{year}年{month}月{day}日"]


def _attached(random: Random, lines: Lines) -> Lines:
    return [*_two_sentences(random, lines), "附件：1.报名表", "2.推荐汇总表"]


def _names(random: Random, lines: Lines) -> Lines:
    def name() -> str:
        return random.choice(_SURNAMES) + "".join(random.choices(_GIVEN, k=random.choice((1, 2))))

    prizes = ("一等奖", "二等奖", "三等奖")
    return [row for prize in prizes for row in (prize, " ".join(name() for _ in range(8)))]


def _values(random: Random, lines: Lines) -> Lines:
    rows = [f"{row}\t{random.randrange(10**5)}\t{random.randrange(99)}.{random.randrange(10)}%"
            for row in _ROWS]  # fmt: skip
    return ["指标\t本年\t增长", *rows]


def _headed(random: Random, lines: Lines) -> Lines:
    """A few paragraphs, each below a heading."""
    headings = [
        f"{n}、{clause[:14]}"
        for n, clause in zip("一二三四", _clauses(random, lines), strict=False)
    ]
    return [line for pair in zip(headings, lines, strict=False) for line in pair]


BODIES: dict[str, Callable[[Random, Lines], Lines]] = {
    "whole": _whole,
    "one sentence": _one_sentence,
    "two sentences": _two_sentences,
    "30 to 80 characters": _brief,
    "clauses": _clauses,
    "short sentences": _dialogue,
    "headed": _headed,
    "signed": _signed,
    "attached": _attached,
    "names": _names,
    "values": _values,
}


def _each(tag: str) -> Callable[[Lines], str]:
    def form(lines: Lines) -> str:
        return "".join(f"<{tag}>　　{escape(line)}</{tag}>" for line in _cells(lines))

    return form


def _breaks(lines: Lines) -> str:
    return f"<div>{'<br><br>'.join(map(escape, _cells(lines)))}</div>"


def _bare_breaks(lines: Lines) -> str:
    return f"<br>　　{'<br>　　'.join(map(escape, _cells(lines)))}<br>"


def _nested(lines: Lines) -> str:
    inner = "".join(f"<div><span>{escape(line)}</span></div>" for line in _cells(lines))
    return f"<div><div><section>{inner}</section></div></div>"


def _rows(lines: Lines) -> str:
    rows = (
        "".join(f"<td><p>{escape(cell)}</p></td>" for cell in line.split("\t")) for line in lines
    )
    return f"<table><tr>{'</tr><tr>'.join(rows)}</tr></table>"


def _headings(lines: Lines) -> str:
    tags = ("h2" if len(line) < 20 else "p" for line in _cells(lines))
    return "".join(
        f"<{tag}>{escape(line)}</{tag}>" for tag, line in zip(tags, _cells(lines), strict=True)
    )


def _pictured(lines: Lines) -> str:
    return f"<p><img src='1.jpg'></p>{_each('p')(lines)}"


def _cells(lines: Lines) -> Lines:
    return [cell for line in lines for cell in line.split("\t")]


FORMS: dict[str, Callable[[Lines], str]] = {
    "p": _each("p"),
    "div": _each("div"),
    "breaks": _breaks,
    "bare breaks": _bare_breaks,
    "nested": _nested,
    "h2": _headings,
    "rows": _rows,
    "pictured": _pictured,
}
