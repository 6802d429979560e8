from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cqcrawler.text.differences import Kind, Piece, compare

TEXTS = st.lists(st.text(alphabet="重庆a1。 ", max_size=12), min_size=1, max_size=5).map("\n".join)


def test_a_changed_number_is_one_piece() -> None:
    (paragraph,) = compare("总投资120亿元，占地。", "总投资150亿元，占地。")
    assert paragraph.pieces == (
        Piece(Kind.SAME, "总投资"),
        Piece(Kind.REMOVED, "120"),
        Piece(Kind.ADDED, "150"),
        Piece(Kind.SAME, "亿元，占地。"),
    )


def test_another_paragraph_is_not_mixed_with_it() -> None:
    kinds = [p.pieces[0].kind for p in compare("甲乙丙丁\n末段", "子丑寅卯\n末段\n新段")]
    assert kinds == [Kind.REMOVED, Kind.ADDED, Kind.SAME, Kind.ADDED]


@given(old=TEXTS, new=TEXTS)
def test_both_versions_can_be_read_from_it(old: str, new: str) -> None:
    paragraphs = compare(old, new)
    for kind, text in ((Kind.ADDED, old), (Kind.REMOVED, new)):
        of_it = [p.text(kind) for p in paragraphs if any(x.kind is not kind for x in p.pieces)]
        assert [t for t in of_it if t] == [t for t in text.split("\n") if t]
