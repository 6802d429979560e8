from __future__ import annotations

from cqcrawler.demo.draw import draw, in_turn, pick, shuffled


def test_a_draw_depends_on_its_key_alone() -> None:
    assert [draw(0, 99, n, "x") for n in range(5)] == [99, 10, 94, 25, 69]
    assert {draw(3, 5, n) for n in range(50)} == {3, 4, 5}


def test_pick_and_shuffled_lose_nothing() -> None:
    options = list("abcdef")
    assert {pick(options, n) for n in range(60)} == set(options)
    assert sorted(shuffled(options, 7)) == options
    assert shuffled(options, 7) != shuffled(options, 8)


def test_in_turn_takes_each_option_once_a_round() -> None:
    options = list("abcde")
    for start in (0, 5, 10):
        assert sorted(in_turn(options, n, "k") for n in range(start, start + 5)) == options
