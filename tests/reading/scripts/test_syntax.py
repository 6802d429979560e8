"""Parts of expressions, as readers of scripts take them apart."""

from __future__ import annotations

import pytest

from cqcrawler.reading.scripts.syntax import parse_members, parse_value, terms


def test_terms_of_a_sum() -> None:
    node = parse_value("'/a?x=' + f(1 + 2, 'b,') + (\"&y=\" + z), type: 'get'")
    assert node is not None
    first, call, *rest = terms(node)
    assert first == ("value", "/a?x=")
    assert call[:2] == ("call", ("name", "f"))
    assert rest == [("value", "&y="), ("name", "z")]


def test_a_template_is_a_sum() -> None:
    node = parse_value("`/search/${id}?page=${page}`;")
    assert node is not None
    parts = [part[1] for part in terms(node)]
    assert [part for part in parts if part] == ["/search/", "id", "?page=", "page"]


def test_a_sum_of_very_many_terms() -> None:
    node = parse_value("+".join("a" * 3000))
    assert node is not None
    assert set(terms(node)) == {("name", "a")}


@pytest.mark.parametrize(
    ("code", "members"),
    [
        ("{ 'a': 1, b: \"x, y: z\", c } other: 5", ["a", "b", "c"]),
        ("{ a: f({b: 2}, 3), go() { return 1 }, d: n => n }", ["a", "go", "d"]),
        ("{ a: 1, b: 2, ...rest, c: 3 }", ["a", "b"]),
        ("{ a: 1, b: ", ["a"]),
        ("[1]", []),
    ],
)
def test_members_up_to_what_cannot_be_read(code: str, members: list[str]) -> None:
    assert list(parse_members(code)) == members
