from __future__ import annotations

import json
import logging
import unicodedata
from io import StringIO

import pytest

from cqcrawler.text.controls import PlainRecord, escaped, one_line

HARMFUL = [chr(code) for code in range(0x20) if chr(code) not in "\n\t"]
HARMFUL += [chr(code) for code in (*range(0x7F, 0xA0), *range(0x202A, 0x202F))]
HARMFUL += list("\u061c\u200e\u200f\u2028\u2029\u2066\u2067\u2068\u2069\u206a\ufff9")


@pytest.mark.parametrize("harmful", HARMFUL, ids=lambda c: f"{ord(c):04x}")
def test_nothing_harmful_is_left(harmful: str) -> None:
    text = f"招商{harmful}引资"
    assert one_line(text) == "招商 引资"
    assert escaped(text) == f"招商\\u{ord(harmful):04x}引资"
    assert json.loads(escaped(json.dumps({text: text}, ensure_ascii=False))) == {text: text}


def test_every_control_and_bidirectional_mark_is_known() -> None:
    marks = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
    for character in map(chr, range(0x10000)):
        turns = unicodedata.bidirectional(character) in marks
        if unicodedata.category(character) == "Cc" or turns:
            assert one_line(character) == " "


def test_the_rest_stays() -> None:
    text = "招商\t引资\n“5G” — é 😀 \u3000"
    assert escaped(text) == text
    assert one_line(text) == text.replace("\t", " ").replace("\n", " ")


def test_the_log_is_plain() -> None:
    written = StringIO()
    handler = logging.StreamHandler(written)
    logger = logging.Logger("hostile")
    logger.addHandler(handler)
    before = logging.getLogRecordFactory()
    logging.setLogRecordFactory(PlainRecord)
    try:
        logger.warning("%s", "标题\x9b31m\u202e")
        try:
            raise ValueError("\x1b]0;title\x07")
        except ValueError:
            logger.exception("failed")
    finally:
        logging.setLogRecordFactory(before)
    assert "标题\\u009b31m\\u202e\n" in written.getvalue()
    assert "ValueError: \\u001b]0;title\\u0007\n" in written.getvalue()
    assert one_line(written.getvalue()).strip() == written.getvalue().replace("\n", " ").strip()
