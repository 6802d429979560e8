"""A short run of each target, the same every time; `python -m tests.fuzz TARGET` runs one for long.

What a long run finds becomes a test of what it broke.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS

# What breaks readers: ends cut off, marks without an end, numbers that are too large, odd letters.
SPLINTERS = [
    *(b"<", b">", b"<!--", b"-->", b"</", b"<script>", b"<table><tr><td>", b"&#x110000;", b"&#0;"),
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\x80", "\u202e".encode(), "\ufdd0".encode()),
    *("亿".encode(), b"9" * 400, "〇年月日".encode(), "至".encode(), b"1e400", b"-1"),
    *(b"\r\n", b"\n" * 50, b" " * 300, b'"', b"'", b"=", b"[[", b"0000-00-00", b"%"),
]


@st.composite
def damaged(draw: st.DrawFn, seeds: list[bytes]) -> bytes:
    """A seed with parts taken out, written twice and put between."""
    data = draw(st.sampled_from(seeds))[:20_000]
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(data)))
        stop = min(len(data), start + draw(st.integers(0, 200)))
        put = draw(st.sampled_from(SPLINTERS) | st.just(data[start:stop] * 2) | st.just(b""))
        data = data[:start] + put + data[draw(st.sampled_from([start, stop])) :]
    return data


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_breaks_it(name: str) -> None:
    run, seeds = TARGETS[name]

    @settings(max_examples=100)
    @given(data=damaged(seeds()) | st.binary(max_size=300))
    def check(data: bytes) -> None:
        run(data)

    check()


@pytest.mark.parametrize("name", TARGETS)
def test_a_seed_by_itself_is_read(name: str) -> None:
    run, seeds = TARGETS[name]
    assert seeds()
    for seed in seeds():
        run(seed)
