from __future__ import annotations

from cqcrawler.reading.page.elements import BLOCK, LINK, UNSEEN_BLOCK, Elements

TAGS = ["div", 'a href="/1.html"', 'p style="display:none"', None]


def test_what_tags_do_is_remembered_up_to_a_limit() -> None:
    elements = Elements(most=300)
    first = [elements[tag] for tag in TAGS]
    assert [role for role, *_ in first[:3]] == [BLOCK, LINK, UNSEEN_BLOCK]
    assert TAGS[1] in elements
    for number in range(1000):
        assert elements[f'a href="/{number}.html"'] == first[1]
        assert len(elements) <= 300
    assert [elements[tag] for tag in TAGS] == first


def test_tags_with_an_embedded_image_are_not_remembered() -> None:
    elements = Elements(most=300)
    tag = f'div style="background:url(data:image/png;base64,{"A" * 5000})"'
    assert elements[tag] == elements["div"]
    assert tag not in elements
