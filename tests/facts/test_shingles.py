"""Keys under which copies find each other: the same ones for ever, and for copies only."""

from __future__ import annotations

from random import Random

import pytest

from cqcrawler.facts import shingles

# What the texts in the first test have as keys in version 2.
BANDS = (7962783416481228443, -1831442965455065375, 6821074726318192423)
SENTENCE = (7201226071601687853,)
VALUE = (-881276571411588814, 2802876377638123246)
TITLE = (-3560862338145382171,)


def random_letters(count: int, seed: int) -> str:
    random = Random(seed)
    return "".join(chr(0x4E00 + random.randrange(9000)) for _ in range(count))


def test_keys_never_change_silently() -> None:
    """Archives keep them: whoever changes these raises KEYS_VERSION."""
    grams = shingles.shingles("岚川县举行项目集中签约仪式")
    assert shingles.KEYS_VERSION == 2
    assert shingles.band_keys(grams)[:3] == BANDS
    assert shingles.sentence_keys("岚川县举行二〇二五年第二批重点项目集中签约仪式。") == SENTENCE
    assert shingles.value_keys("总投资138.2亿元，一期46亿元") == VALUE
    assert shingles.title_key("岚川县项目集中签约") == TITLE


@pytest.mark.parametrize("shared", [0.2, 0.5, 0.8])
def test_bands_are_shared_as_often_as_texts_resemble_each_other(shared: float) -> None:
    """A band of two rows is shared with a chance of the resemblance squared."""
    hits = expected = 0.0
    for seed in range(60):
        common, *rest = (random_letters(400, 3 * seed + i) for i in range(3))
        one, other = (
            shingles.shingles(common[: int(400 * shared)] + own[int(400 * shared) :])
            for own in rest
        )
        pairs = zip(shingles.band_keys(one), shingles.band_keys(other), strict=True)
        hits += sum(a == b for a, b in pairs)
        expected += shingles.BANDS * shingles.resemblance(one, other) ** shingles.ROWS
    assert hits == pytest.approx(expected, rel=0.25, abs=12)


def test_width_case_and_punctuation_make_no_difference() -> None:
    one = shingles.letters_of("总投资１２亿元，用地ABC。")
    assert shingles.letters_of("总投资１２亿元,用地abc\n") == one


@pytest.mark.parametrize("text", ["", "岚", "岚川", "岚川县", "\ud800", "。" * 50])
def test_texts_of_no_length_have_keys(text: str) -> None:
    grams = shingles.shingles(shingles.letters_of(text))
    assert len(shingles.band_keys(grams)) == shingles.BANDS
    assert shingles.containment(grams, grams) == 1


def test_a_cut_keeps_keys_of_the_sentences_that_it_keeps() -> None:
    sentences = [random_letters(30, seed) for seed in range(24)]
    whole = shingles.sentence_keys("。".join(sentences))
    kept = shingles.sentence_keys("。".join(sentences[:10]))
    assert len(whole) <= 8
    assert set(whole) & set(kept)


@pytest.mark.parametrize(
    "text", ["2025年", "用地12亩", "3月15日", "编号JJ2025-018", "100亿元", "电话023-67891234"]
)
def test_what_many_notices_print_is_no_key(text: str) -> None:
    assert shingles.value_keys(text) == ()


def test_a_notice_written_anew_is_found_by_two_of_its_values() -> None:
    one = shingles.value_keys("总投资58亿元，用地720亩，一期16亿元，年产值130亿元。")
    other = shingles.value_keys("拟投资58亿元，产值130亿元，其中一期16亿元，占地720亩。")
    assert set(one) == set(other)
    assert shingles.value_keys("总投资58亿元。") == ()
    assert len(shingles.value_keys("总投资58亿元，一期16亿元。")) == 1


def test_the_number_of_keys_is_bounded() -> None:
    text = "".join(f"{number}.{number}亿元。" for number in range(100, 900))
    assert len(shingles.value_keys(text)) <= 22
    assert len(shingles.sentence_keys("\n".join(random_letters(40, n) for n in range(300)))) <= 8


def test_no_more_than_the_beginning_of_a_long_text_is_read() -> None:
    assert len(shingles.letters_of("岚" * 1_000_000)) == shingles.LONGEST_TEXT
