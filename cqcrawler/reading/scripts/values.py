"""Values of scripts, and what operators and built-in functions make of them.

They are those of Python: texts, numbers, truth values, lists, dicts with texts as keys, and None
for `null` and `undefined`. What cannot be told is `UNKNOWN`, and so is whatever is made of it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import Any, Final
from urllib.parse import quote, unquote

Value = Any

# In characters: an address or a field is shorter, and texts must not double without end.
_LONGEST_TEXT = 10_000
# Beyond it numbers of scripts are no longer exact.
_LARGEST = 2**53
_DIGITS = re.compile(r"\s*([-+]?\d{1,15})")
_SAFE_IN_COMPONENT, _SAFE_IN_ADDRESS = "!~*'()", "!~*'();/?:@&=+$,#"
# A regular expression that stands for nothing but itself.
_PLAIN_REGEX = re.compile(r"(?:[^\\^$.|?*+()\[\]{}]|\\\W)*+")


class _Unknown:
    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = _Unknown()


def is_known(*values: Value) -> bool:
    """Whether none of the values is unknown."""
    return all(value is not UNKNOWN for value in values)


def to_text(value: Value) -> Value:
    """Return a value as a text; of what has none, UNKNOWN."""
    match value:
        case None:
            return "undefined"
        case bool():
            return "true" if value else "false"
        case int() | str():
            return str(value)
        case float():
            return str(int(value)) if value.is_integer() else str(value)
    return UNKNOWN


def to_number(value: Value) -> Value:
    """Return a value as a number; of a text that is none, UNKNOWN."""
    match value:
        case bool() | int() | float():
            return value
        case str() if value.strip() == "":
            return 0
        case str():
            try:
                return int(value) if value.strip().isdecimal() else float(value)
            except ValueError:
                return UNKNOWN
    return UNKNOWN


def truth(value: Value) -> Value:
    """Return whether a value counts as true."""
    if value is UNKNOWN:
        return UNKNOWN
    return value not in (None, False, 0, "")


def binary(op: str, left: Value, right: Value) -> Value:
    """Return what an operator makes of two values."""
    if op == ",":
        return right
    if not is_known(left, right):
        return UNKNOWN
    if op in ("==", "===", "!=", "!=="):
        same = _are_equal(left, right)
        return same if op[0] == "=" else not same
    if op == "+" and (isinstance(left, str) or isinstance(right, str)):
        return _joined(to_text(left), to_text(right))
    numbers = to_number(left), to_number(right)
    if op not in _ARITHMETIC or not is_known(*numbers):
        return UNKNOWN
    try:
        return _exact(_ARITHMETIC[op](*numbers))
    except (ArithmeticError, ValueError):
        return UNKNOWN


def unary(op: str, value: Value) -> Value:
    """Return what an operator makes of a value."""
    if op == "void":
        return None
    if not is_known(value):
        return UNKNOWN
    if op == "!":
        return not truth(value)
    number = to_number(value)
    if op not in ("+", "-") or not is_known(number):
        return UNKNOWN
    return -number if op == "-" else number


def _are_equal(left: Value, right: Value) -> bool:
    if isinstance(left, str) is isinstance(right, str) or left is None or right is None:
        return bool(left == right)
    numbers = to_number(left), to_number(right)
    return is_known(*numbers) and numbers[0] == numbers[1]


def _joined(left: Value, right: Value) -> Value:
    if not is_known(left, right) or len(left) + len(right) > _LONGEST_TEXT:
        return UNKNOWN
    return left + right


def _exact(value: Value) -> Value:
    if not abs(value) <= _LARGEST:
        return UNKNOWN
    return int(value) if isinstance(value, float) and value.is_integer() else value


_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "%": math.fmod,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
}


def _parse_int(value: Value, *_: Value) -> Value:
    text = to_text(value)
    digits = _DIGITS.match(text) if is_known(text) else None
    return int(digits[1]) if digits else UNKNOWN


def _is_no_number(value: Value) -> Value:
    return not is_known(to_number(value)) if is_known(value) else UNKNOWN


def _quoted(safe: str) -> Callable[..., Value]:
    return lambda value: quote(text, safe) if is_known(text := to_text(value)) else UNKNOWN


def _math(name: str) -> Callable[..., Value]:
    of: Callable[..., Any] = getattr(math, name)
    return lambda value: of(number) if is_known(number := to_number(value)) else UNKNOWN


def _chosen(choose: Callable[..., Any]) -> Callable[..., Value]:
    def choice(*values: Value) -> Value:
        numbers = [*map(to_number, values)]
        return choose(numbers) if is_known(*numbers) else UNKNOWN

    return choice


# Functions of a browser that need no page.
FUNCTIONS: dict[str, Callable[..., Value]] = {
    "parseInt": _parse_int,
    "parseFloat": lambda value: to_number(value),
    "Number": lambda value: to_number(value),
    "String": lambda value: to_text(value),
    "isNaN": _is_no_number,
    "encodeURIComponent": _quoted(_SAFE_IN_COMPONENT),
    "encodeURI": _quoted(_SAFE_IN_ADDRESS),
    "escape": _quoted("@*_+-./"),
    "decodeURIComponent": lambda text: unquote(text),
    "alert": lambda *_: None,
    "confirm": lambda *_: True,  # The reader wants to go there.
}
MATH: dict[str, Callable[..., Value]] = {
    "ceil": _math("ceil"),
    "floor": _math("floor"),
    "round": lambda value: math.floor(to_number(value) + 0.5),
    "max": _chosen(max),
    "min": _chosen(min),
}


def _slice(text: str, start: int = 0, end: int | None = None) -> str:
    return text[start:end]


def _substring(text: str, start: int, end: int | None = None) -> str:
    stop = len(text) if end is None else max(end, 0)
    return text[min(max(start, 0), stop) : max(max(start, 0), stop)]


def _replace(text: str, old: str, new: Value) -> str:
    return text.replace(old, to_text(new), 1)


METHODS: dict[str, Callable[..., Value]] = {
    "toString": lambda text: text,
    "indexOf": lambda text, part, *start: text.find(part, *start),
    "lastIndexOf": lambda text, part: text.rfind(part),
    "substring": _substring,
    "substr": lambda text, start, size=_LONGEST_TEXT: text[start : start + size],
    "slice": _slice,
    "split": lambda text, mark: text.split(mark),
    "replace": _replace,
    "replaceAll": lambda text, old, new: text.replace(old, to_text(new)),
    "trim": lambda text: text.strip(),
    "toLowerCase": lambda text: text.lower(),
    "toUpperCase": lambda text: text.upper(),
    "charAt": lambda text, at=0: text[at : at + 1],
    "includes": lambda text, part: part in text,
    "startsWith": lambda text, part: text.startswith(part),
    "endsWith": lambda text, part: text.endswith(part),
}


def applied(function: Callable[..., Value], arguments: Sequence[Value]) -> Value:
    """Return what a built-in function makes of its arguments: UNKNOWN if it cannot be told."""
    if not is_known(*arguments):
        return UNKNOWN
    try:
        result = function(*arguments)
    except (TypeError, ValueError, ArithmeticError, AttributeError):
        return UNKNOWN
    return UNKNOWN if isinstance(result, str) and len(result) > _LONGEST_TEXT else result


def plain_regex(pattern: str) -> Value:
    """Return the text that a regular expression stands for; UNKNOWN if there are several."""
    if not _PLAIN_REGEX.fullmatch(pattern):
        return UNKNOWN
    return re.sub(r"\\(\W)", r"\1", pattern)
