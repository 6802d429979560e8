"""Which paragraphs are cells of tables or items of lists, and which only stand in layout."""

from __future__ import annotations

import pytest

from cqcrawler import read_article
from cqcrawler.models import Page
from cqcrawler.reading.article import extract_article
from cqcrawler.reading.page.document import open_page

TITLE = "云岭县招商引资工作专题通报"
LEAD = (
    "云岭县今年引进项目四十二个，合同资金超过一百二十亿元，其中亿元以上项目十五个，涉及七个产业。"
)
OTHER = "各乡镇要在月底前完成申报，由县投资促进局汇总后报送，逾期不报的不再受理，也不另行通知。"
SAID = "逾期未提交年度投资进度报表且未作书面说明的，按照管理办法扣减相应分值。"


def page(body: str) -> str:
    return (
        f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>"
        f"<p>2024-03-05</p><div>{body}</div></body></html>"
    )


def items(body: str) -> list[str]:
    """Return the paragraphs of a page that are cells or items."""
    article = extract_article(open_page(Page("", page(body))))
    return [text for i, text in enumerate(article.paragraphs) if i in article.items]


def rows(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def test_cells_of_a_table_with_columns() -> None:
    table = rows(("甲", SAID), ("乙", SAID))
    assert items(f"<p>{LEAD}</p><p>{OTHER}</p>{table}<p>{LEAD}</p>") == ["甲", SAID, "乙", SAID]


def test_items_of_lists() -> None:
    lists = "".join(f"<p>{name}</p><ul><li>{SAID}<li>{name}类</ul>" for name in "甲乙")
    found = items(f"<p>{LEAD}</p><p>{OTHER}</p>{lists}")
    assert found == [SAID, "甲类", SAID, "乙类"]


@pytest.mark.parametrize(
    "body",
    [
        rows((LEAD,), (OTHER,), (LEAD,)),
        rows(("专题", f"<p>{LEAD}</p><p>{OTHER}</p><p>{LEAD}</p>")),
        f"<ul><li>{LEAD}</li><li>{OTHER}</li><li>{LEAD}</li></ul>",
        f"<p>{LEAD}</p><p>{OTHER}</p><p>{LEAD}</p>",
    ],
    ids=["one column", "text in one cell", "text in a list", "paragraphs"],
)
def test_layout_is_no_table(body: str) -> None:
    assert LEAD not in items(body)
    assert read_article(page(body)).body.count(LEAD) == 1


def test_a_table_inside_a_cell_of_layout() -> None:
    inner = rows(("甲", SAID), ("乙", SAID))
    body = rows(("专题", f"<p>{LEAD}</p><p>{OTHER}</p>{inner}<p>{OTHER}</p>"))
    assert [text for text in items(body) if text != "专题"] == ["甲", SAID, "乙", SAID]
    assert read_article(page(body)).paragraphs.count(SAID) == 2


def test_nobody_looks_where_all_paragraphs_differ() -> None:
    assert items(f"<p>{LEAD}</p>{rows(('甲', SAID), ('乙', OTHER))}") == []


def test_a_list_printed_twice_goes_with_the_lines_around_it() -> None:
    names = "<ul><li>云岭食品工业园项目</li><li>云岭建材物流港项目</li></ul>"
    block = f"<p>{SAID}</p>{names}<p>{OTHER}</p>"
    article = read_article(page(f"<p>{LEAD}</p>{block}{block}"))
    assert article.paragraphs == (
        LEAD,
        SAID,
        "云岭食品工业园项目",
        "云岭建材物流港项目",
        OTHER,
    )


def test_tables_in_tables_are_read_in_time() -> None:
    tables = "<table><tr><td>甲<td>乙" * 20_000
    assert read_article(page(f"<p>{LEAD}</p><p>{OTHER}</p>{tables}")).paragraphs[0] == LEAD
