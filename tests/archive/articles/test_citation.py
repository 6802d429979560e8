from __future__ import annotations

from typing import Any

import pytest

from cqcrawler.archive import Archive
from cqcrawler.models import Place, Record


def test_the_line_has_all_that_finds_the_article_again(crawl: Any, archive: Archive) -> None:
    place = Place("500112", "重庆市", district="渝北区")
    crawl.notice(title="项目落户", source="渝北招商", published="2025-07-01", place=place)
    citation = archive.citation(1, "重庆招商网")
    assert citation.line.startswith(
        "渝北招商, 重庆招商网. 项目落户[EB/OL]. (2025-07-01)[2025-07-07]. http://h/1. "
        "存档：第1版，2025-07-07 16:00采集（北京时间），地区：重庆市渝北区，正文 SHA-256："
    )
    assert citation.body_sha256.startswith(citation.line[-17:-1])
    assert citation.line.endswith("。")


@pytest.mark.parametrize("source", [None, "本站", "本网讯", "本站原创", "原创"])
def test_a_portal_is_responsible_where_nobody_else_is_named(
    crawl: Any, archive: Archive, source: str | None
) -> None:
    crawl.notice(source=source)
    line = archive.citation(1, "重庆招商网").line
    assert line.startswith("重庆招商网. 标题[EB/OL]. [2025-07-07]. http://h/1. ")


def test_the_present_version_is_cited(crawl: Any, archive: Archive) -> None:
    crawl.notice(title="旧")
    crawl.at = crawl.at.replace(hour=20)
    crawl.notice(title="新")
    crawl.withdraw("http://h/1")
    citation = archive.citation(1, "甲")
    assert (citation.title, citation.version, citation.accessed) == ("新", 2, "2025-07-08")
    assert "2025-07-08 04:00发现已撤下" in citation.line
    assert citation.captured_at == "2025-07-07T20:00:00Z"


def test_the_raw_page_is_named_where_there_is_one(crawl: Any, archive: Archive) -> None:
    crawl.notice(page={"record": Record("warc/cq/2025-07-07-1-1.warc.gz", 4096)})
    citation = archive.citation(1, "甲")
    assert "，原始网页：warc/cq/2025-07-07-1-1.warc.gz:4096，" in citation.line
    assert (citation.warc_file, citation.warc_offset) == ("warc/cq/2025-07-07-1-1.warc.gz", 4096)
