"""Only what is surely a comment of a script is left out."""

from __future__ import annotations

import pytest

from cqcrawler.reading.scripts.comments import without_comments


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("a(); /* b(); */ c();", "a();  c();"),
        ("a(); /** b(1 * 2) **/c();", "a(); c();"),
        ("  // turn(2);\nturn(3);", "\nturn(3);"),
        ("a = 'http://x.cn/1.html';", "a = 'http://x.cn/1.html';"),
        ("accept: 'text/*', other: '*/*'", "accept: 'text/*', other: '*/*'"),
        ("accept: \"image/*\"; a(); b = '*/';", "accept: \"image/*\"; a(); b = '*/';"),
        ("a(); /* never closed", "a(); "),
    ],
)
def test_without_comments(script: str, code: str) -> None:
    assert without_comments(script) == code
