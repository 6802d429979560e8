"""Pages that a reader of quadratic time would take minutes for; `benchmarks.mutate growth` times
them. Here only the right answer counts: a test that hangs has found one."""

from __future__ import annotations

import pytest

from benchmarks.mutations import CLOSING, TITLE, notice
from cqcrawler import read_article, read_listing

_MANY = 200_000
_URL = "http://example.test/"

_HOSTILE = {
    "files whose links do not end": '<a href="/a.pdf">' * (_MANY // 10),
    "an attribute's name": f"<a href=/a.pdf {'a' * _MANY}>",
    "white space for a name": f"<meta name={' ' * _MANY}>",
    "styles": f"<p {'style=  ' * (_MANY // 10)} idden>",
    "underscores in addresses": f"<p><a href='/index{'_' * 100}!'>{TITLE}</a></p>" * 5,
    "selects in selects": "<select><option>1<option>2" * 2000 + "</select>" * 2000,
    "a font of symbols": f"<span style='symbol {'font:' * _MANY}'>",
    "bullets": "<span style='font-family:symbol'>&nbsp;" * (_MANY // 10),
    "raw text": "<xmp><title><b>" * (_MANY // 10) + "</xmp></title>" * 9,
    "scripts in comments of scripts": f"<script>{'<!--<script>' * (_MANY // 10)}--></script>",
    "a tag of very many attributes": f"<p{''.join(f' a{n}=1' for n in range(_MANY // 10))}>",
}


@pytest.mark.parametrize("piece", _HOSTILE.values(), ids=list(_HOSTILE))
def test_a_hostile_page_is_read_in_time(piece: str) -> None:
    article = read_article(notice(head=piece))
    assert (article.title, article.published) == (TITLE, "2024-06-12")
    assert article.body.endswith(CLOSING)
    assert read_listing(notice(head=piece), _URL).url == _URL


@pytest.mark.parametrize(
    "head",
    [f"{TITLE}{'-' * _MANY}网", "".join(map("标题之{}".format, range(_MANY // 10)))],
    ids=["dashes", "titles"],
)
def test_a_title_tag_of_any_length_states_the_title(head: str) -> None:
    page = notice("".join(f"<p>标题之{n}</p>" for n in range(_MANY // 10))).replace(
        f"{TITLE}_示范区网", head
    )
    assert read_article(page).title == TITLE


def test_brackets_in_quotation_marks_up_to_the_end_of_the_page() -> None:
    article = read_article(notice() + """<a b=">\"""" * _MANY)
    assert article.body.endswith(CLOSING)


def test_the_beginning_of_an_endless_page_is_read_with_a_warning() -> None:
    article = read_article(notice() + "<p>" * 400_000 + f"<p>{CLOSING}全部。</p>")
    assert article.title == TITLE
    assert not article.body.endswith("全部。")
    assert article.warnings == ("only the first 300000 tags and lines of the page are read",)
