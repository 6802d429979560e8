"""What the row of a listing makes of the fields of its notice, and how sure they are then."""

from __future__ import annotations

import pytest

from cqcrawler.doubts import find_doubts
from cqcrawler.models import UNDATED, Article, Evidence, FrontierPage, SectionKind
from cqcrawler.reading.article import NO_DATE
from cqcrawler.run.rows import with_row
from tests.run.conftest import make_page

TITLE = "【石门招商】轴承产业园二期厂房招租"


def article(title: float = 0.8, published: float = 0.6) -> Article:
    evidence = {
        "title": Evidence("above labels", TITLE, title),
        "published": Evidence("url", "/20250707/", published),
    }
    return Article("http://h/1", TITLE, published="2025-07-07", provenance=evidence)


def row(title: str | None = None, published: str | None = None, *sections: str) -> FrontierPage:
    return make_page("http://h/1", title=title, published=published, sections=sections)


def sure(article: Article, field: str) -> tuple[str, float]:
    evidence = article.provenance[field]
    return evidence.origin, evidence.confidence


@pytest.mark.parametrize("title", [TITLE, "轴承产业园二期厂房招租", "轴承產業園二期廠房招租"])
def test_a_title_that_the_row_has_too_is_sure(title: str) -> None:
    read = with_row(article(), row(title, None), promised=True)
    assert (read.title, sure(read, "title")) == (TITLE, ("above labels", 0.95))
    assert sure(with_row(article(title=0.98), row(title, None), promised=True), "title")[1] == 0.98


@pytest.mark.parametrize(
    "title", ["轴承产业园二期…", "轴承产业园二期厂房招租（更新）", "详情", None]
)
def test_a_title_that_the_row_cuts_off_or_lacks_is_as_sure_as_it_was(title: str | None) -> None:
    assert sure(with_row(article(), row(title, None), promised=True), "title")[1] == 0.8


def test_a_date_that_the_row_has_too_is_sure() -> None:
    read = with_row(article(published=0.8), row(None, "2025-07-07"), promised=True)
    assert (read.published, sure(read, "published")) == ("2025-07-07", ("url", 0.95))
    weak = with_row(article(), row(None, "2025-07-07"), promised=True)
    assert (weak.published, sure(weak, "published")) == ("2025-07-07", ("listing row", 0.95))


def test_another_date_of_the_row_stands_for_a_weak_one_only() -> None:
    weak = with_row(article(), row(None, "2025-07-09"), promised=True)
    assert (weak.published, sure(weak, "published")) == ("2025-07-09", ("listing row", 0.7))
    strong = with_row(article(published=0.8), row(None, "2025-07-09"), promised=True)
    assert (strong.published, sure(strong, "published")) == ("2025-07-07", ("url", 0.8))


def test_a_field_that_only_the_row_has_stays_doubtful() -> None:
    read = with_row(Article("http://h/1"), row(TITLE, "2025-07-07"), promised=False)
    assert (read.title, read.published) == (TITLE, "2025-07-07")
    assert {field: evidence.confidence for field, evidence in read.provenance.items()} == {
        "title": 0.7,
        "published": 0.7,
    }


def filed(article: Article, *sections: str) -> tuple[str | None, str | None, str]:
    """The section, its kind, and where they come from."""
    read = with_row(article, row(None, None, *sections), promised=True)
    origins = (read.provenance.get(name) for name in ("section", "section_kind"))
    return read.section, read.section_kind, " ".join(each.origin for each in origins if each)


def test_a_listing_names_the_section_of_a_page_that_does_not() -> None:
    assert filed(Article("http://h/1"), "招商政策") == ("招商政策", "policy", "listing")
    assert filed(Article("http://h/1"), "营商环境") == ("营商环境", None, "listing")
    assert filed(Article("http://h/1")) == (None, None, "")


def test_of_several_listings_the_first_counts_whose_name_tells_a_kind() -> None:
    assert filed(Article("http://h/1"), "省级", "土地出让", "招商动态")[:2] == ("土地出让", "land")


def test_what_the_page_states_outweighs_the_listing_and_that_the_address() -> None:
    stated = Article("http://h/1", section="厂房租赁", section_kind=SectionKind.SPACE)
    assert filed(stated, "招商动态") == ("厂房租赁", "space", "")
    vague = Article("http://h/1", section="东部")
    assert filed(vague, "厂房租赁") == ("东部", "space", "listing")
    by_address = Article(
        "http://h/company/1",
        section_kind=SectionKind.COMPANY,
        provenance={"section_kind": Evidence("folder", "company", 0.5)},
    )
    assert filed(by_address, "企业资讯") == ("企业资讯", "news", "listing")
    assert filed(by_address, "营商环境") == ("营商环境", "company", "listing folder")


def test_no_date_is_no_fault_where_pages_of_the_section_have_none() -> None:
    warned = Article("http://h/1", warnings=(NO_DATE, "else"))
    park = with_row(warned, row(None, None, "产业园区"), promised=True)
    assert park.warnings == ("else",)
    assert sure(park, "published")[0] == UNDATED
    doubts = find_doubts(park.provenance, park.warnings)
    assert not [doubt for doubt in doubts if doubt.field == "published"]
    news = with_row(warned, row(None, None, "招商动态"), promised=True)
    assert (news.warnings, "published" in news.provenance) == ((NO_DATE, "else"), False)
    unknown = with_row(warned, row(), promised=True)
    assert unknown.warnings == (NO_DATE, "else")


def test_a_date_in_the_row_of_such_a_section_counts() -> None:
    warned = Article("http://h/1", warnings=(NO_DATE,))
    park = with_row(warned, row(None, "2025-07-07", "产业园区"), promised=True)
    assert (park.published, sure(park, "published")) == ("2025-07-07", ("listing row", 0.7))
