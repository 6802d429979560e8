"""Numbers with a unit as a sentence prints them: how much of what, before anyone asks whose."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from cqcrawler.facts.vocabulary import any_of
from cqcrawler.text.numerals import to_number


class Measure(StrEnum):
    """What a unit measures; PIECES are what a classifier counts."""

    MONEY = "money"
    AREA = "area"
    PERSONS = "persons"
    PIECES = "pieces"


class Mention(NamedTuple):
    """A number in a sentence, from its qualifier to its unit, at offsets of the sentence.

    `unit` is an ISO currency code, `m2`, `person`, or the classifier as printed; `is_class` is
    """

    start: int
    stop: int
    digits: int
    measure: Measure
    value: float
    value_max: float | None
    unit: str
    qualifier: str
    is_class: bool


class _Unit(NamedTuple):
    measure: Measure
    name: str
    factor: float
    stop: int


_SQUARE_METRES = {
    "亩": 2000 / 3,
    "公顷": 1e4,
    "平方公里": 1e6,
    "平方千米": 1e6,
    "km2": 1e6,
    "km²": 1e6,
    "平方米": 1.0,
    "平米": 1.0,
    "平方": 1.0,
    "㎡": 1.0,
    "m2": 1.0,
    "m²": 1.0,
    "方": 1.0,
    "平": 1.0,
}
_CURRENCIES = {
    "元": "CNY",
    "人民币": "CNY",
    "块钱": "CNY",
    "美元": "USD",
    "美金": "USD",
    "港元": "HKD",
    "港币": "HKD",
    "澳门元": "MOP",
    "欧元": "EUR",
    "日元": "JPY",
    "日圆": "JPY",
    "韩元": "KRW",
    "英镑": "GBP",
    "新台币": "TWD",
    "台币": "TWD",
    "新加坡元": "SGD",
    "新元": "SGD",
    "澳元": "AUD",
    "加元": "CAD",
    "瑞士法郎": "CHF",
    "瑞郎": "CHF",
    "卢布": "RUB",
    "泰铢": "THB",
    "林吉特": "MYR",
    "印尼盾": "IDR",
    "越南盾": "VND",
    "卢比": "INR",
    "迪拉姆": "AED",
    "坚戈": "KZT",
    "兰特": "ZAR",
    "奈拉": "NGN",
}
# 方 and 平 alone are square metres of houses in tens of thousands only: 8万方, not 8方面.
_SHORT = ("方", "平")


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_FIGURES = r"\d{1,15}(?:(?:,\d{3}){1,4}(?![\d,]))?(?:\.\d{1,9})?"
_NUMERAL = "[零〇一二两三四五六七八九十百千万亿]"
# 一点二亿元; without a scale behind, 九点三十 is a time.
_POINT = "(?:点[零一二三四五六七八九]{1,4}(?=[万亿]))?"
_SCALES = "十百千万亿"
_SCALE = f"[{_SCALES}]"
# 15.8个亿, 3个多亿 and 1200余亿 have words inside the number, 2亿3500万 has two scales.
# Atomic: no unit begins with what ends a number, so nothing is won by trying a shorter one.
_NUMBER = (
    rf"(?>(?:{_FIGURES}|{_NUMERAL}{{1,16}}{_POINT})"
    rf"(?:\s?个?[多余]?{_SCALE}{{1,2}}(?:[零〇]?{_FIGURES}(?={_SCALE}))?{_NUMERAL}{{0,8}}){{0,3}})"
)
_FILLERS = re.compile(r"[个多余\s]")
_ONLY_SCALES = re.compile(rf"{_SCALE}+")
_TRAILING_SCALE = re.compile(rf"{_SCALE}+$")
# Two numerals beside each other are a guess: 三四百人, 五六十亿元.
_GUESS = re.compile(rf"([一二三四五六七八九])([一二三四五六七八九])({_SCALE}{{0,3}})$")
# 投资额（亿元）, 单位：万元, 总投资/亿元: the unit of figures that stand elsewhere, no amount. Half
# of one (半亿元) is another, and so is one behind a figure that we cannot read (½亿元).
_BEFORE_UNIT = frozenset("(:/半")
# 1亿穗: one letter before the clause ends is the unit of something.
_SOME_UNIT = r"\s?[\u4e00-\u9fff](?<![级元多余])(?:[,;。、\s]|$)"
# An amount of 亿 in a headline, or of 万 before what it is of, leaves its unit out.
_UNIT = (
    r"[多余来]?\s?(?:(?:人民币)?"
    rf"(?P<money>{_either(_CURRENCIES)})(?!素|宵|旦|件|器|谋)"
    rf"|(?P<area>{_either(word for word in _SQUARE_METRES if word not in _SHORT)})"
    r"|(?P<persons>口人|人|名|位)(?!次|民|才|均|类|生|物|气|义|单|牌|列|副|于|置|居|录|社|一)"
    rf"|(?P<pieces>{any_of('units', 'classifier')})(?!渠))"
    r"|(?<=万)[多余]?\s?(?P<houses>方|平)(?![面案米台均方])"
    rf"|(?<=亿)(?!\s?{any_of('units', 'not_money')})(?!{_SOME_UNIT})(?P<bare>)"
    r"|(?<=[\d一二三四五六七八九十百千]万)(?P<short>)(?=\W|$|的?(?:销售|投资|产值|税收|营业|营收))"
)
_QUANTITY = re.compile(rf"(?<![A-Za-z\d.])(?P<number>{_NUMBER})(?:{_UNIT})")
_RANGE_ENDS = frozenset("-—–~至到 ")
_LOW = re.compile(
    rf"(?<![A-Za-z\d.])(?P<low>{_NUMBER})(?P<unit>个?(?:{_either(_CURRENCIES)}|{_either(_SQUARE_METRES)}|[人名位个家户项宗]))?"
    r"\s?(?:-{1,2}|—{1,2}|–|~{1,2}|至|到)\s?$"
)
_LONGEST_LOW = 24
_CHANGED = re.compile("[从由](?:[^,;。]{0,12})$")
# 数十亿元, 几百家, 第12家; 用工人数2200人 is a number.
_VAGUE = ("数", "几", "若干", "几个", "数个", "若干个")
# 港币6.2亿元.
_PREFIX = re.compile("(?:港币|港元|美元|欧元|日元|新台币|英镑)$")
_BEFORE = re.compile(rf"{any_of('units', 'at_most', 'less', 'or_more', 'about')}\s?$")
_BEFORE_SCALE = re.compile(f"{any_of('units', 'scale_more')}$")
_AFTER = re.compile(rf"\s?{any_of('units', 'or_more_after', 'about_after', 'at_most_after')}")
_CLASS = re.compile(any_of("units", "class_after"))
_LONGEST_QUALIFIER = 5
_QUALIFIER_ENDS = frozenset("低少小下于破过出超逾足到近约为概高多达上 ")


@lru_cache(maxsize=64)
def find_mentions(plain: str) -> tuple[Mention, ...]:
    """Return the numbers with a unit in a sentence in half width, in order."""
    return tuple(_mentions(plain))


def _mentions(plain: str) -> list[Mention]:
    found: list[Mention] = []
    for match in _QUANTITY.finditer(plain):
        start = match.start()
        first, last = match["number"], None
        unit = _unit(match)
        if start and plain[start - 1] in _RANGE_ENDS:
            low = _LOW.search(plain, max(start - _LONGEST_LOW, 0), start)
            if low and _is_range(plain, low, unit):
                start, first, last = low.start(), low["low"], first
                if found and found[-1].stop > start:
                    found.pop()
        if _is_vague(plain, start, first):
            continue
        value, value_max = _values(first, last)
        if value is not None:
            mention = _qualified(plain, start, first, unit, value, value_max)
            if mention:
                found.append(mention)
    return found


def _is_heading(plain: str, start: int, stop: int) -> bool:
    """Whether a unit without a number is that of figures elsewhere, or follows one unread."""
    before = plain[start - 1 : start]
    if before in _BEFORE_UNIT or not before.isprintable() or before.isnumeric():
        return start > 0
    return plain[stop : stop + 1] in (")", "计")


def _is_vague(plain: str, start: int, number: str) -> bool:
    """第12家, 数十亿元."""
    before = plain[max(start - 3, 0) : start]
    return before.endswith("第") or (before.endswith(_VAGUE) and not number[0].isdecimal())


def _is_range(plain: str, low: re.Match[str], unit: _Unit) -> bool:
    """Whether a number before another is the low end of a range, not what a change starts from."""
    if low["unit"] is None:
        return True
    start = low.start()
    if _CHANGED.search(plain, max(start - 16, 0), start):
        return False
    return plain[: unit.stop].endswith(low["unit"].removeprefix("个"))


def _values(first: str, last: str | None) -> tuple[float | None, float | None]:
    try:
        if last is None:
            if guess := _GUESS.fullmatch(first):
                low, high, scale = guess.groups()
                ends = to_number(low + scale), to_number(high + scale)
                return ends if ends[0] < ends[1] else (None, None)
            return _number(first), None
        value, value_max = _number(first), _number(last)
        scale = _TRAILING_SCALE.search(_FILLERS.sub("", last))
        if scale and not _TRAILING_SCALE.search(first):
            value = _number(first + scale[0])
        return (value, value_max) if value < value_max else (None, None)
    except ValueError:
        return None, None


def _number(text: str) -> float:
    return to_number(_FILLERS.sub("", text))


def _unit(match: re.Match[str]) -> _Unit:
    name, stop = str(match.lastgroup), match.end()
    word = match[name]
    if name == "money":
        return _Unit(Measure.MONEY, _CURRENCIES[word], 1.0, stop)
    if name in ("bare", "short"):
        return _Unit(Measure.MONEY, "CNY", 1.0, stop)
    if name in ("area", "houses"):
        return _Unit(Measure.AREA, "m2", _SQUARE_METRES[word], stop)
    if name == "persons":
        return _Unit(Measure.PERSONS, "person", 1.0, stop)
    return _Unit(Measure.PIECES, word, 1.0, stop)


def _qualified(
    plain: str, digits: int, first: str, unit: _Unit, value: float, value_max: float | None
) -> Mention | None:
    start, stop = digits, unit.stop
    is_money = unit.measure is Measure.MONEY
    has_unit = not is_money or stop > digits + len(first)
    if unit.name == "CNY" and (prefix := _PREFIX.search(plain, max(digits - 3, 0), digits)):
        unit = unit._replace(name=_CURRENCIES[prefix[0]])
        start = prefix.start()
    is_scale = first[0] in _SCALES and _ONLY_SCALES.fullmatch(first) is not None
    qualifier = ""
    if start and plain[start - 1] in _QUALIFIER_ENDS:
        head = max(start - _LONGEST_QUALIFIER, 0)
        before = _BEFORE.search(plain, head, start)
        if before is None and is_scale:
            before = _BEFORE_SCALE.search(plain, head, start)
        if before:
            start, qualifier = before.start(), before[0].strip()
    if not qualifier and (after := _AFTER.match(plain, stop)):
        stop, qualifier = after.end(), after[0].strip()
    if not qualifier:
        printed = plain[digits : unit.stop]
        qualifier = "余" if "余" in printed else "多" if "多" in printed else ""
    is_class = _CLASS.match(plain, stop) is not None
    if is_scale and not qualifier:
        if len(first) < 2 and (not is_money or _is_heading(plain, digits, stop)):
            return None
        is_class = is_class or not has_unit
    top = None if value_max is None else round(value_max * unit.factor, 2)
    return Mention(
        start,
        stop,
        digits,
        unit.measure,
        round(value * unit.factor, 2),
        top,
        unit.name,
        "超" if qualifier == "超过" else qualifier,
        is_class,
    )
