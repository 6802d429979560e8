from __future__ import annotations

import json
import time
from urllib.parse import quote

import pytest

from cqcrawler.reading.fallback.script_values import read_values

ENCODED = quote('{"a":"一"}')


def values_of(script: str) -> list[tuple[str, str]]:
    """The values of a script with the names that lead to them."""
    return [
        (".".join([*(h.name for h in [*v.holder.path()][::-1] if h.name), v.name]), v.text)
        for v in read_values(script)
    ]


@pytest.mark.parametrize(
    ("script", "values"),
    [
        ('{"a": {"b": "一"}, "c": "二"}', [("a.b", "一"), ("c", "二")]),
        ("window.s = {a: {b: '一'}, c: `二`}", [("s.a.b", "一"), ("s.c", "二")]),
        ('var a = "一", b="二";c=>"三"', [("a", "一"), ("b", "二"), ("", "三")]),
        ('{"l": ["一", "二"]}', [("l.", "一"), ("l.", "二")]),
        (
            '{"t": 1600000000, "n": 12, "m": 1600000000000}',
            [("t", "1600000000"), ("m", "1600000000000")],
        ),
        (r'"\u4e00\x41\n\"\/\ud83d\ude00"', [("", '一A\n"/😀')]),
        (r"'\'一\''", [("", "'一'")]),
        ("// don't\nvar a = '一'", [("", "t"), ("a", "一")]),
        (f"JSON.parse({json.dumps(json.dumps({'a': '一'}))})", [("a", "一")]),
        (ENCODED, [("a", "一")]),
        (f"f('{ENCODED}')", [("a", "一")]),
        ('}]{"a":"一"}', [("a", "一")]),
        ('{"a":"一', [("a", "一")]),
        ('"\\', []),
    ],
)
def test_values_have_names_and_lose_their_escapes(
    script: str, values: list[tuple[str, str]]
) -> None:
    assert values_of(script) == values


@pytest.mark.parametrize(
    "piece", ['"\\', '"', "'a", "[", "{}", "a", "a ", '"{\\"', "`\\", "%7B", '"a"   ']
)
def test_hostile_scripts_take_linear_time(piece: str) -> None:
    script = piece * (400_000 // len(piece))
    start = time.process_time()
    for _ in read_values(script):
        pass
    assert time.process_time() - start < 4
