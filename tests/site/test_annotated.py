from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from cqcrawler.archive.articles.around import Statement
from cqcrawler.site.annotated import annotated

TEXT = "渝北区签约，<总投资>30亿元。\n明年投产。"


def statement(words: str, kind: str = "fact", number: int = 7) -> Statement:
    start = TEXT.index(words)
    return Statement(kind, number, "", None, words, "body", start, start + len(words))


def test_words_that_state_something_have_its_id() -> None:
    first, second = annotated(TEXT, [statement("30亿元")], [])
    assert first == (
        '渝北区签约，&lt;总投资&gt;<span class="said fact" id="fact-7">30亿元</span>。'
    )
    assert second == "明年投产。"


def test_what_was_searched_for_is_marked_within_and_across_them() -> None:
    at = TEXT.index("资>30")
    first, _ = annotated(TEXT, [statement("30亿元")], [(at, at + 4)])
    assert first == (
        '渝北区签约，&lt;总投<mark>资&gt;</mark><span class="said fact" id="fact-7"><mark>30</mark>'
        '</span><span class="said fact">亿元</span>。'
    )


def test_words_in_words_have_both() -> None:
    first, _ = annotated(
        TEXT, [statement("渝北", "place", 0), statement("渝北区签约", "event", 0)], []
    )
    assert first.startswith(
        '<span class="said event" id="event-0"><span class="said place" id="place-0">渝北</span>'
        '</span><span class="said event">区签约</span>'
    )


def test_no_text_has_no_paragraphs() -> None:
    assert annotated("", [], []) == []


@given(
    st.text("甲<&\n", max_size=12),
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=4),
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=4),
)
def test_nothing_of_a_text_is_lost(
    text: str, spans: list[tuple[int, int]], marks: list[tuple[int, int]]
) -> None:
    stated = [
        Statement("fact", number, "", None, "", "body", min(span), min(max(span), len(text)))
        for number, span in enumerate(spans)
    ]
    shown = annotated(text, stated, [(min(m), min(max(m), len(text))) for m in marks])
    plain = "\n".join(Markup(paragraph).striptags() for paragraph in shown)
    assert Markup("\n").join(shown).count("<script") == 0
    assert plain == text
