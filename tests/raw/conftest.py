"""An archive with its raw pages, filled by the functions of the crawl."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cqcrawler.archive import Archive
from cqcrawler.archive.articles import statements
from cqcrawler.models import Exchange
from cqcrawler.portals import Portal
from cqcrawler.run import reader
from cqcrawler.warc import WarcSettings, WarcWriter

AT = datetime(2025, 7, 20, 8, 0, tzinfo=UTC)
PORTAL = Portal("演示", "演示", ("http://h/",), region="500000")
TABLES = {
    **dict.fromkeys(("articles", "article_versions", "pages", "articles_fts"), "rowid"),
    **dict.fromkeys(("article_tags", "related_links", "attachments"), "article_id, position"),
    "removed_text": "article_id, version, rowid",
    **dict.fromkeys(statements.TABLES, "article_id, rowid"),
}


def html(number, text="总投资三十亿元，由多家企业共同建设，建成后可以带动上下游配套企业落户。"):
    body = f"第{number}批项目{text}"
    return f"""<html><body><h1>渝北区第{number}批智能制造项目集中签约</h1>
<p>所属地区:重庆-渝北区 发布日期:2025-07-0{number}</p><div><p>{body}</p><p>{body}</p>
<p>园区为企业提供从注册到投产的全程服务，并协调用地、用能和人才政策。</p>
<p><a href="/f/{number}.pdf">附件</a></p></div></body></html>"""


def url(number):
    return f"http://h/info/{number}.html"


class Crawl:
    """A crawl that fetches whatever pages it is given."""

    def __init__(self, path):
        self.archive = Archive(path)
        self.run_id = self.archive.runs.begin(
            PORTAL.name,
            scope="full",
            version=reader.reader_version(),
            at=AT,
            region=PORTAL.region,
        )
        self.warc = WarcWriter(path.parent, PORTAL.name, self.run_id, WarcSettings())
        self.at = AT

    def fetch(self, number, body):
        self.at += timedelta(seconds=1)
        headers = ((b"Content-Type", b"text/html; charset=utf-8"),)
        page = Exchange(url(number), "GET", (), 200, headers, body.encode(), self.at)
        record = self.warc.write([page], None)
        notice = reader.notice_page(url(number), None)
        result = reader.read_again(self.archive.path.parent, record, notice, PORTAL)
        visit = replace(result.visit, record=record)
        return self.archive.save(replace(result, visit=visit), self.run_id)

    def close(self):
        self.archive.index_all()
        self.archive.close()
        self.warc.close()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "archive.db"


def fill(path, notices=9):
    """Nine notices, or more, one with a second version."""
    with closing(Crawl(path)) as crawl:
        for number in range(1, notices + 1):
            crawl.fetch(number, html(number))
        assert (
            crawl.fetch(4, html(4, "总投资调整为九十亿元，其余内容不变，特此更正说明。"))
            == "changed"
        )
    return path


@pytest.fixture
def filled(path):
    return fill(path)


@pytest.fixture(scope="session")
def raw():
    """This module."""
    return sys.modules[__name__]


# Facts that are read again are new rows.
_NUMBERS = {"facts": ("rowid", "id")}


def dump(path, *, but=()):
    """Every row of an archive by its table, some columns left out."""
    with closing(sqlite3.connect(path)) as db:
        db.row_factory = sqlite3.Row
        return {
            table: [
                {name: row[name] for name in set(row.keys()) - {*but, *_NUMBERS.get(table, ())}}
                for row in db.execute(f"SELECT rowid, * FROM {table} ORDER BY {order}")
            ]
            for table, order in TABLES.items()
        }
