"""Lines that a portal prints on its notices, told by what the notices share."""

from __future__ import annotations

import pytest

from cqcrawler.cleaning import clean, restore
from cqcrawler.demo import gold
from cqcrawler.demo.sections import SECTIONS
from cqcrawler.demo.site import canonical, site
from cqcrawler.learn import Kind, Notice, Shared, learn
from cqcrawler.models import Page
from cqcrawler.reading.article import extract_article
from cqcrawler.reading.page.document import open_page
from cqcrawler.text.own_lines import NO_LINES, OwnLines, key_of

HOTLINE = "招商热线：400-000-0000"
SLOGAN = "投资渝北，共享未来！"


def shared(*lines: str, above: tuple[str, ...] = (), known: OwnLines = NO_LINES) -> list[Shared]:
    """What twenty notices share that have these lines below texts of their own."""
    return learn(
        [Notice(n, "", f"第{n}批", (*above, f"第{n}批项目签约。", *lines)) for n in range(20)],
        known,
    )


def kinds(found: list[Shared]) -> dict[str, Kind]:
    return {line.text: line.kind for line in found}


def test_what_all_notices_have_below_their_texts_is_proposed():
    found = shared(SLOGAN, HOTLINE)
    assert kinds(found) == {SLOGAN: Kind.PROPOSED, HOTLINE: Kind.PROPOSED}
    first = found[0]
    assert (first.notices, first.of, first.share, first.examples) == (20, 20, 1.0, (0, 1, 2))
    assert first.why == "below the text, in all sections"
    assert kinds(shared(above=(SLOGAN,))) == {SLOGAN: Kind.PROPOSED}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("渝北区招商投资促进局", "may be who signs"),
        ("联系电话：023-00000000", "may be a detail of each notice"),
        ("一、项目概况", "may be a heading"),
        ("有关事项如下：", "may be a heading"),
    ],
)
def test_what_may_belong_to_notices_is_shown_apart(line, why):
    (found,) = shared(line)
    assert (found.kind, found.why) == (Kind.PERHAPS, why)


def test_what_stands_amid_texts_is_shown_apart():
    notices = [Notice(n, "", "", (f"第{n}批签约", SLOGAN, f"第{n}批投产")) for n in range(20)]
    assert [line.why for line in learn(notices, NO_LINES)] == ["stands amid the text"]


@pytest.mark.parametrize(
    "line",
    [
        "2025年7月7日",
        "发布日期：2025-07-07",
        "七月七日起施行7月8日",
        "总投资10亿元",
        "占地三百亩",
        "提速30%",
    ],
)
def test_dates_and_sums_are_never_shown(line):
    assert shared(line) == []


def test_what_is_missing_in_a_section_or_on_many_notices_is_not_proposed():
    def notice(number: int, section: str, *lines: str) -> Notice:
        return Notice(number, section, "", (f"第{number}批项目签约。", *lines))

    news = [notice(n, "动态", SLOGAN) for n in range(40)]
    (line,) = learn([*news, *(notice(n, "土地") for n in range(40, 50))], NO_LINES)
    assert (line.kind, line.why) == (Kind.PERHAPS, "not in every section: 0 of 10 in 土地")
    (line,) = learn([*news, *(notice(n, "动态") for n in range(40, 80))], NO_LINES)
    assert (line.kind, line.why) == (Kind.PERHAPS, "on too few notices")
    assert learn(news[:9], NO_LINES) == []


def test_what_the_file_has_already_is_not_shown():
    assert shared(HOTLINE, known=OwnLines("x.toml", (f" {HOTLINE} ",))) == []


def test_what_stands_behind_titles_is_proposed():
    notices = [Notice(n, "", f"第{n}批项目 - 签约_渝北招商", (f"第{n}批",)) for n in range(20)]
    (end,) = learn(notices, NO_LINES)
    assert (end.text, end.kind, end.title_end) == ("_渝北招商", Kind.PROPOSED, True)
    assert learn(notices, OwnLines("x.toml", (), ("_渝北招商",))) == []


def test_an_end_of_titles_that_is_too_short_for_a_file_is_not_shown():
    notices = [Notice(n, "", f"第{n}批项目签约 - 渝北", ()) for n in range(20)]
    assert learn(notices, NO_LINES) == []


def demo_notices(layout: str, *, cleaned: bool) -> list[Notice]:
    """The notices of a section of the demo's portal, with what cleaning takes out or without."""
    notices = []
    for number, page in enumerate(page for page in gold() if page.layout == layout):
        came = site(1)[canonical(page.path)]
        url = f"http://127.0.0.1{page.path}"
        article = clean(extract_article(open_page(Page(url, came.body, came.content_type))))
        lines = article.paragraphs if cleaned else restore(article)
        notices.append(Notice(number, page.section or "", article.title, tuple(lines)))
    return notices


def test_nothing_is_proposed_that_the_gold_of_the_demo_keeps():
    """Each section of the demo is a portal of its own, with its own lines around the notices."""
    kept = {key_of(line) for page in gold() for line in page.body.split("\n")}
    proposed = [
        line.text
        for section in SECTIONS
        for cleaned in (True, False)
        for line in learn(demo_notices(section.name, cleaned=cleaned), NO_LINES)
        if line.kind is Kind.PROPOSED
    ]
    assert "扫一扫在手机打开当前页" in proposed
    assert len(proposed) >= 8
    assert not [line for line in proposed if key_of(line) in kept]
