"""What listings call their sections, and the notices that they file under these."""

from __future__ import annotations

from typing import Any

import pytest

from cqcrawler.archive import Archive, Filters
from cqcrawler.models import Candidate, Evidence, Listing, PageKind, SectionKind

HOME, LIST, SECOND, NOTICE = "http://h/", "http://h/list", "http://h/list2", "http://h/1"


def show(crawl: Any, url: str, name: str = "", heading: str = "", first: str | None = None) -> None:
    """Save a listing's page with the one notice in it."""
    row = Candidate(NOTICE, PageKind.NOTICE, "标题", None, heading)
    crawl.save(
        url,
        kind=PageKind.LISTING,
        listing=Listing(url, section=name),
        candidates=(row,),
        continues=first,
    )


def sections(archive: Archive) -> tuple[str, ...]:
    return archive.frontier.sections_of(NOTICE)


def test_a_notice_is_known_by_the_names_of_its_listings(crawl: Any, archive: Archive) -> None:
    show(crawl, LIST, "招商政策")
    show(crawl, "http://h/new", "")
    show(crawl, "http://h/other", "通知公告")
    assert sections(archive) == ("招商政策", "通知公告")


def test_the_heading_of_a_block_comes_behind_the_name_of_a_listing(
    crawl: Any, archive: Archive
) -> None:
    show(crawl, HOME, "", "最新动态")
    show(crawl, LIST, "招商政策")
    assert sections(archive) == ("招商政策", "最新动态")


def test_rows_of_further_pages_and_answers_have_the_name_of_the_first_page(
    crawl: Any, archive: Archive
) -> None:
    shell = Listing(LIST, section="厂房租赁")
    further = Candidate(SECOND, PageKind.LISTING)
    crawl.save(LIST, kind=PageKind.LISTING, listing=shell, candidates=(further,))
    show(crawl, SECOND, first=LIST)
    assert sections(archive) == ("厂房租赁",)


def test_a_listing_that_becomes_a_page_of_several_loses_its_name(
    crawl: Any, archive: Archive
) -> None:
    show(crawl, HOME, "招商动态")
    rows = (Candidate(NOTICE, PageKind.NOTICE), Candidate("http://h/2", PageKind.NOTICE))
    listing = Listing(HOME, headings={"http://h/2": "厂房租赁"})
    crawl.save(HOME, kind=PageKind.LISTING, listing=listing, candidates=rows)
    assert sections(archive) == ()


def test_a_listing_that_loses_its_name_keeps_it(crawl: Any, archive: Archive) -> None:
    show(crawl, LIST, "招商政策")
    show(crawl, LIST)
    assert sections(archive) == ("招商政策",)
    show(crawl, LIST, "惠企政策")
    name = archive._db.execute("SELECT section FROM pages WHERE url = ?", [LIST]).fetchone()
    assert name == ("惠企政策",)


def test_a_notice_that_was_read_before_its_listing_is_filed_then(
    crawl: Any, archive: Archive
) -> None:
    show(crawl, HOME)
    crawl.notice(NOTICE)
    show(crawl, LIST, "招商政策")
    article = archive.article(NOTICE)
    assert article is not None
    assert (article.section, article.section_kind) == ("招商政策", "policy")
    assert article.provenance["section"] == Evidence("listing", "招商政策", 0.7)
    assert (article.version, article.changed_at) == (1, None)
    assert archive.count("", Filters(section="policy")) == 1


def test_a_notice_that_was_on_its_way_when_its_listing_was_read_is_filed(
    crawl: Any, archive: Archive
) -> None:
    show(crawl, LIST, "招商政策")
    crawl.notice(NOTICE)
    article = archive.article(NOTICE)
    assert article is not None
    assert (article.section, article.section_kind) == ("招商政策", "policy")


@pytest.mark.parametrize(
    ("known", "section", "kind"),
    [
        ({"section": "要闻", "section_kind": SectionKind.NEWS}, "要闻", "news"),
        ({"section": "江城"}, "江城", "policy"),
        ({"section_kind": SectionKind.PARK}, "招商政策", "park"),
        (
            {
                "section_kind": SectionKind.NEWS,
                "provenance": {"section_kind": Evidence("folder", "/news/", 0.5)},
            },
            "招商政策",
            "policy",
        ),
    ],
)
def test_what_its_page_states_stands(
    crawl: Any, archive: Archive, known: dict[str, Any], section: str, kind: str | None
) -> None:
    show(crawl, HOME)
    crawl.notice(NOTICE, **known)
    show(crawl, LIST, "招商政策")
    article = archive.article(NOTICE)
    assert article is not None
    assert (article.section, article.section_kind) == (section, kind)


def test_a_page_that_nobody_knows_has_no_sections(archive: Archive) -> None:
    assert sections(archive) == ()


def test_reading_again_hears_of_the_sections(crawl: Any, archive: Archive) -> None:
    show(crawl, LIST, "招商政策")
    crawl.notice(NOTICE)
    ((reading,),) = archive.readings.batches(Filters())
    assert reading.sections == ("招商政策",)
