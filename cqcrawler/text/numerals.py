"""Chinese numerals: as dates print them, digit by digit (二〇二五) or with tens and hundreds
(二十一, 一百一十四), and as amounts do (二十三亿五千万, 1.2万亿, 百亿)."""

from __future__ import annotations

# What pages print for the zero of 二〇二五: the numeral, circles, and Latin, Greek or Cyrillic O.
_ZEROS = "〇零○◯OoＯｏΟοОо"
_NINE = "一二三四五六七八九"
_VALUES = str.maketrans(_ZEROS + _NINE, "0" * len(_ZEROS) + "123456789")

# Bodies of regular expression character classes.
DIGITS = rf"\d{_ZEROS}{_NINE}"
NUMERALS = rf"{DIGITS}十廿卅"


def to_int(text: str) -> int:
    """Return the value of a number with hundreds or tens, or of any written digit by digit.

    Raises ValueError for what is no such number.
    """
    if text.isdecimal():
        return int(text)
    hundreds, hundred, rest = text.rpartition("百")
    if hundred:
        return 100 * _with_tens(hundreds or "一") + _with_tens(rest or "零")
    return _with_tens(text)


def _with_tens(text: str) -> int:
    expanded = text.replace("廿", "二十").replace("卅", "三十").translate(_VALUES)
    tens, ten, ones = expanded.partition("十")
    if not ten:
        return int(tens)
    return int(tens or "1") * 10 + int(ones or "0")


# From the largest: what stands before one counts it, what stands behind it is added.
_SCALES = (("万亿", 1e12), ("亿", 1e8), ("万", 1e4), ("千", 1e3), ("百", 1e2), ("十", 1e1))
_PAIR = str.maketrans("两", "二")


def to_number(text: str) -> float:
    """Return the value of an amount in figures, numerals or both: 85,000, 1.2万亿, 2亿3500万.

    A scale alone counts once (百亿); 点 is the point of numerals, before one scale (一点二亿).
    Raises ValueError for what is no such number.
    """
    if text[:1].isdecimal() and text[-1:].isdecimal() and text.isascii():
        return float(text.replace(",", ""))
    for scale, factor in _SCALES:
        before, found, after = map(str.strip, text.partition(scale))
        if found:
            count = to_number(before) if before else 1.0
            rest = to_number(after.lstrip("零〇")) if after.strip("零〇") else 0.0
            if factor >= 100 and len(after) == 1 and after in _NINE:
                rest *= factor / 10  # 四百五 is 450, 四百零五 is 405.
            if rest >= factor:
                raise ValueError(f"{text!r} is no number")
            return round(count * factor + rest, 6)
    figures = text.translate(_PAIR).translate(_VALUES)
    whole, point, decimals = map(str.strip, figures.partition("点"))
    if point and not decimals.isdecimal():
        raise ValueError(f"{text!r} is no number")
    return float(f"{whole}{'.' * len(point)}{decimals}".replace(",", ""))
