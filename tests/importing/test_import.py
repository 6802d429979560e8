"""What an import does to an archive, and what it leaves alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cqcrawler import portals
from cqcrawler.archive import Archive
from cqcrawler.health import survey
from cqcrawler.importing import Imported
from cqcrawler.models import Gone, Outcome, PageKind, ReadNotice, Visit
from cqcrawler.platforms.canonical import canonical_url
from cqcrawler.run.bounds import Limits
from cqcrawler.run.due import next_due
from cqcrawler.run.opening import open_run
from cqcrawler.run.scope import Scope
from cqcrawler.verify import verify
from cqcrawler.warc import WarcSettings
from tests.crawl.conftest import notice_path, published, title
from tests.importing.conftest import HOST, Kept, later, only, page, rows, tables

NAME = "invest.yunling.example"
LIMITS = Limits(200, 100_000, 5, 20, 60.0)
Bring = Callable[..., Imported]


def articles(path: Path) -> dict[str, tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as db:
        found = db.execute("SELECT url, title, published, version, last_seen FROM articles")
        return {url.removeprefix(HOST): tuple(rest) for url, *rest in found}


def state_of(path: Path, number: int) -> str:
    with closing(sqlite3.connect(path)) as db:
        url = HOST + notice_path(number)
        (state,) = db.execute("SELECT state FROM pages WHERE url = ?", [url]).fetchone()
        return str(state)


def test_pages_of_a_warc_file_are_read_as_a_crawl_reads_them(
    kept: Kept, bring: Bring, path: Path
) -> None:
    undated = page(2)
    undated["body"] = undated["body"].replace(f"发布日期:{published(2)}", "")
    done = bring(kept.warc("a.warc.gz", rows(1, 2), page(1), undated))
    report = only(done)
    assert (report.portal, report.outcome, done.exit) == (NAME, Outcome.OK, 0)
    assert (report.pages, report.new, report.lists) == (3, 2, 1)
    # The date of the second is that of its row.
    expected = {notice_path(n): (title(n), published(n), 1, "2025-10-07T08:00:00Z") for n in (1, 2)}
    assert articles(path) == expected
    with Archive(path, must_exist=True) as archive:
        assert archive.count("智能制造") == 2
        (run,) = archive.runs.latest()
        assert (run.imported, run.scope, run.whole) == ("a.warc.gz", "import", False)
        article = next(iter(archive))
        assert (article.section, article.section_kind) == ("招商动态", "news")
        assert archive.runs.imported(article.id, 1) == (run.id, "a.warc.gz")
        assert verify(archive, lambda what, steps: lambda: None).ok


def test_the_order_in_a_file_does_not_matter(kept: Kept, bring: Bring, path: Path) -> None:
    bring(kept.warc("a.warc", page(1), page(2), rows(1, 2), gzip=False))
    with Archive(path, must_exist=True) as archive:
        assert {article.section for article in archive} == {"招商动态"}


def test_importing_twice_changes_nothing(kept: Kept, bring: Bring, path: Path) -> None:
    pages = (
        rows(1, 2),
        page(1),
        page(2),
        page(1, later(1), text="总投资调整为九十亿元，特此说明。"),
    )
    file = kept.warc("a.warc.gz", *pages, {"url": f"{HOST}/about.html", "body": "<p>hello</p>"})
    first = only(bring(file))
    assert (first.new, first.changed, first.others) == (2, 1, 1)
    before = tables(path)
    raw = sorted(path.parent.rglob("*.warc.gz"))
    again = bring(file)
    assert only(again).held == 4
    assert (only(again).outcome, again.exit) == (Outcome.OK, 0)
    assert tables(path) == before
    assert sorted(path.parent.rglob("*.warc.gz")) == raw


def test_a_newer_page_is_an_edit_and_an_older_one_is_refused(
    kept: Kept, bring: Bring, path: Path
) -> None:
    bring(kept.warc("a.warc.gz", page(1, later(10))))
    edited = "总投资调整为九十亿元，其余内容不变，特此更正说明，请各有关单位知悉。"
    older = only(bring(kept.warc("b.warc.gz", page(1, later(5), text=edited))))
    assert (older.older, older.changed, older.outcome) == (1, 0, Outcome.OK)
    newer = only(bring(kept.warc("c.warc.gz", page(1, later(15), text=edited))))
    assert newer.changed == 1
    assert articles(path)[notice_path(1)][2:] == (2, "2025-10-22T08:00:00Z")
    # What was refused stays so, and what is held stays held.
    assert only(bring(kept.folder / "a.warc.gz")).held == 1
    assert only(bring(kept.folder / "b.warc.gz")).older == 1


def test_rows_of_an_older_listing_tell_of_its_notices(kept: Kept, bring: Bring, path: Path) -> None:
    bring(kept.warc("new.warc.gz", rows(1, at=later(100)), page(1, later(100))))
    old = page(2)
    old["body"] = old["body"].replace(f"发布日期:{published(2)}", "")
    report = only(bring(kept.warc("old.warc.gz", rows(2, 3), old)))
    assert (report.older, report.new, report.missing) == (1, 1, 1)
    assert articles(path)[notice_path(2)][1] == published(2)
    with closing(sqlite3.connect(path)) as db:
        shown = "SELECT checked_at FROM pages WHERE url = ?"
        assert db.execute(shown, [f"{HOST}/"]).fetchone() == ("2026-01-15T08:00:00Z",)


def test_pages_that_listings_name_and_nobody_kept_are_told(
    kept: Kept, bring: Bring, path: Path
) -> None:
    file = kept.warc("a.warc.gz", rows(1, 2, 3, page=1, pages=2), page(1))
    done = bring(file)
    report = only(done)
    assert (report.outcome, report.missing, done.exit) == (Outcome.INCOMPLETE, 3, 1)
    assert "3 pages that the listings name are not among those imported" in report.reason
    assert (state_of(path, 2), state_of(path, 1)) == ("pending", "done")
    assert only(bring(file)).missing == 3


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make the portal a registered one, called yunling, that starts at a page."""

    def register(start: str) -> None:
        folder = tmp_path / "portals"
        folder.mkdir()
        (folder / "yunling.toml").write_text(
            'name = "yunling"\ntitle = "云岭"\nplatform = "generic"\nregion = "500112"\n'
            f'start_urls = ["{HOST}{start}"]\n',
            encoding="utf-8",
        )
        monkeypatch.setenv("CQCRAWLER_PORTALS", str(folder))

    return register


def test_of_a_sitemap_only_what_was_kept_is_known(
    kept: Kept, bring: Bring, path: Path, register: Callable[[str], None]
) -> None:
    register("/sitemap.xml")
    named = "".join(f"<url><loc>{HOST}{notice_path(n)}</loc></url>" for n in range(1, 90))
    body = (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"{named}</urlset>"
    )
    xml = [("Content-Type", "application/xml")]
    sitemap = {"url": f"{HOST}/sitemap.xml", "body": body, "headers": xml}
    report = only(bring(kept.warc("a.warc.gz", sitemap, page(1))))
    assert (report.outcome, report.new, report.missing) == (Outcome.OK, 1, 0)
    with closing(sqlite3.connect(path)) as db:
        found = db.execute("SELECT url, kind, state FROM pages ORDER BY id").fetchall()
    assert found == [
        (f"{HOST}/sitemap.xml", "listing", "done"),
        (HOST + notice_path(1), "notice", "done"),
    ]


def test_nothing_is_withdrawn_and_what_failed_is_not_entered(
    kept: Kept, bring: Bring, path: Path
) -> None:
    bring(kept.warc("a.warc.gz", rows(1, 2), page(1), page(2)))
    before = tables(path)
    gone = page(1, later(1), status="404 Not Found", body="<h1>404</h1>")
    refused = page(2, later(1), status="403 Forbidden", body="<p>no</p>")
    done = bring(kept.warc("b.warc.gz", gone, refused))
    report = only(done)
    assert (report.outcome, report.gone, report.failed, done.exit) == (Outcome.PARTIAL, 1, 1, 1)
    assert done.refused[0].why.startswith(f"{HOST}{notice_path(2)}: ")
    assert tables(path) == before


def test_rows_that_were_all_gone_are_no_success(kept: Kept, bring: Bring) -> None:
    gone = [page(number, status="404 Not Found", body="gone") for number in (1, 2, 3)]
    done = bring(kept.warc("a.warc.gz", rows(1, 2, 3), *gone))
    assert (only(done).outcome, done.exit) == (Outcome.PARTIAL, 1)
    assert only(done).reason.startswith("3 listed pages were gone, such as http")
    # Notices that are held went later.
    bring(kept.warc("b.warc.gz", *(page(number, later(1)) for number in (1, 2, 3))))
    went = [{**each, "at": later(2)} for each in gone]
    assert bring(kept.warc("c.warc.gz", rows(1, 2, 3, at=later(2)), *went)).exit == 0


def test_a_page_that_a_crawl_asked_for_in_vain_can_be_brought(
    kept: Kept, bring: Bring, path: Path
) -> None:
    bring(kept.warc("a.warc.gz", rows(1)))
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE pages SET state = 'failed', attempts = 1, checked_at = '2026-01-01'")
    assert only(bring(kept.warc("b.warc.gz", page(1)))).new == 1
    assert state_of(path, 1) == "done"


def test_a_withdrawn_notice_comes_back_only_by_a_newer_page(
    kept: Kept, bring: Bring, path: Path
) -> None:
    bring(kept.warc("a.warc.gz", page(1)))
    with Archive(path) as archive:
        run_id = archive.runs.begin(NAME, scope="full", version="1", at=later(5))
        visit = Visit(HOST + notice_path(1), NAME, PageKind.NOTICE, later(5), status=404)
        archive.save(Gone(visit, "HTTP 404"), run_id)
        archive.withdraw_gone(NAME, run_id, begun=later(5), looked_at=50)
    assert only(bring(kept.warc("b.warc.gz", page(1, later(3))))).older == 1
    assert only(bring(kept.warc("c.warc.gz", page(1, later(9))))).returned == 1


def test_an_import_tells_nothing_of_how_a_portal_is(
    kept: Kept, bring: Bring, path: Path, register: Callable[[str], None]
) -> None:
    register("/")
    file = kept.warc("a.warc.gz", rows(1, 2), page(1), page(2))
    assert only(bring(file)).portal == "yunling"
    portal, now = portals.load("yunling"), datetime.now(UTC)
    with Archive(path) as archive:
        (health,) = [h for h in survey(archive, [portal], now) if h.portal == "yunling"]
        assert (health.state, health.last_run) == ("never", None)
        assert health.reason == "was never crawled; what is held of it was imported"
        assert next_due(portal, archive.runs.last("yunling", whole=True), now) == now
        assert archive.runs.last("yunling") is None
        assert archive.runs.accept("yunling") is None
        assert archive._db.execute("SELECT * FROM portal_health").fetchall() == []
        # The first crawl is one without history, and a full one.
        run = open_run(archive, portal, Scope(), limits=LIMITS, raw=WarcSettings())
        begun = run.begun
        assert (begun.history, begun.known, begun.scope.full) == (False, False, True)
        run.end("shutdown", {})


def test_rows_that_only_files_showed_do_not_end_a_listing_early(
    kept: Kept, bring: Bring, path: Path
) -> None:
    bring(kept.warc("a.warc.gz", rows(1), page(1)))
    with Archive(path) as archive:
        (row,) = archive._db.execute("SELECT title, published FROM listed").fetchall()
        assert row == (title(1), published(1))
        from cqcrawler.models import Candidate

        shown = [Candidate(HOST + notice_path(1), PageKind.NOTICE, *row)]
        assert archive.frontier.unchanged_rows(f"{HOST}/", shown) == set()


def test_what_was_forgotten_does_not_come_back(kept: Kept, bring: Bring, path: Path) -> None:
    file = kept.warc("a.warc.gz", page(1), page(2))
    bring(file)
    url = canonical_url(HOST + notice_path(1))
    with Archive(path) as archive:
        from cqcrawler.forget import forget

        forget(archive, url)
    report = only(bring(file))
    assert (report.new, report.excluded) == (0, 1)
    assert list(articles(path)) == [notice_path(2)]


def test_the_pages_of_one_portal_may_be_asked_for(kept: Kept, bring: Bring, path: Path) -> None:
    other = {**page(1), "url": "http://news.example/info/1.html"}
    file = kept.warc("a.warc.gz", page(1), other)
    assert {report.portal for report in bring(file, dry_run=True).portals} == {
        NAME,
        "news.example",
    }
    done = bring(file, portal="chongqing")
    assert (done.portals, done.elsewhere, done.exit) == ([], 2, 1)


def test_pages_of_a_former_host_are_those_of_today(
    kept: Kept, bring: Bring, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "moved.toml").write_text(
        'name = "moved"\ntitle = "云岭"\nplatform = "generic"\nregion = "530000"\n'
        f'start_urls = ["https://new.example.cn/"]\nformerly = ["{NAME}"]\n'
    )
    monkeypatch.setenv("CQCRAWLER_PORTALS", str(tmp_path))
    report = only(bring(kept.warc("a.warc.gz", rows(1, 2), page(1), page(2))))
    assert (report.portal, report.new, report.missing) == ("moved", 2, 0)
    assert articles(path).keys() == {f"https://new.example.cn{notice_path(n)}" for n in (1, 2)}
    with Archive(path, must_exist=True) as archive:
        assert verify(archive, lambda what, steps: lambda: None).ok


def test_a_dry_run_tells_what_would_come_and_changes_nothing(
    kept: Kept, bring: Bring, path: Path
) -> None:
    file = kept.warc("a.warc.gz", rows(1, 2), page(1), page(2))
    assert only(bring(file, dry_run=True)).new == 2
    assert not path.parent.exists()
    bring(kept.warc("b.warc.gz", page(1)))
    before, raw = tables(path), sorted(path.parent.rglob("*"))
    edited = kept.warc("c.warc.gz", page(1, later(1), text="改为九十亿元，其余不变，特此更正。"))
    done = bring(file, edited, dry_run=True)
    report = only(done)
    assert (report.run_id, report.new, report.changed, report.held) == (None, 1, 1, 1)
    assert (tables(path), sorted(path.parent.rglob("*"))) == (before, raw)


def test_an_error_of_ours_is_told_and_the_others_are_read(
    kept: Kept, bring: Bring, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cqcrawler.run import interpret

    def clean(article: Any, own: Any) -> Any:
        if article.title == title(1):
            raise KeyError("a rule")
        return article

    monkeypatch.setattr(interpret, "clean", clean)
    done = bring(kept.warc("a.warc.gz", page(1), page(2)))
    report = only(done)
    assert (report.outcome, report.new, done.exit) == (Outcome.FAILED, 1, 4)
    assert notice_path(1) in report.reason


def test_a_stop_loses_nothing(
    kept: Kept, bring: Bring, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = kept.warc("a.warc.gz", rows(1, 2, 3), page(1), page(2), page(3))
    save = Archive.save

    def stopped(self: Archive, result: Any, *rest: Any) -> Any:
        if isinstance(result, ReadNotice) and result.visit.url.endswith(notice_path(2)):
            raise KeyboardInterrupt
        return save(self, result, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(Archive, "save", stopped)
        done = bring(file)
    assert (only(done).outcome, done.interrupted, done.exit) == (Outcome.INTERRUPTED, True, 1)
    report = only(bring(file))
    assert (report.outcome, report.new, report.held) == (Outcome.OK, 2, 2)
    assert len(articles(path)) == 3


def test_pages_of_a_portal_that_got_a_file_since_are_its_own(
    kept: Kept, bring: Bring, path: Path, register: Callable[[str], None]
) -> None:
    bring(kept.warc("a.warc.gz", rows(1), page(1)))
    register("/")
    bring(kept.warc("b.warc.gz", page(1, later(1))))
    with closing(sqlite3.connect(path)) as db:
        find = "SELECT pages.portal, articles.portal FROM pages JOIN articles USING (url)"
        assert db.execute(find).fetchall() == [("yunling", "yunling")]


def test_a_page_in_place_of_a_file_is_left_alone(kept: Kept, bring: Bring, path: Path) -> None:
    bring(kept.warc("a.warc.gz", page(1)))
    url = f"{HOST}/download.jsp?id=1"
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(
            """INSERT INTO pages (url, portal, kind, state, found_at)
            VALUES (?, ?, 'file', 'pending', '')""",
            [url, NAME],
        )
    before = tables(path)
    report = only(bring(kept.warc("b.warc.gz", {**page(2), "url": url})))
    assert (report.others, report.new) == (1, 0)
    assert tables(path) == before


def test_pages_that_were_gone_later_are_no_loss(kept: Kept, bring: Bring) -> None:
    numbers = (1, 2, 3)
    gone = [page(n, later(1), status="404 Not Found", body="<h1>404</h1>") for n in numbers]
    file = kept.warc("a.warc.gz", rows(*numbers), *map(page, numbers), *gone)
    for done in (bring(file), bring(file)):
        assert (only(done).outcome, only(done).gone, done.exit) == (Outcome.OK, 3, 0)
    assert only(bring(file)).reason == ""
