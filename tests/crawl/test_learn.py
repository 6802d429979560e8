"""From a hotline on every notice of a portal to texts without it."""

from __future__ import annotations

import json
import sqlite3

from tests.crawl.conftest import Reply, notice, notice_path

HOTLINE = "渝北招商欢迎您，请拨打服务专线 400-000-0000"


def test_a_line_of_the_portal_is_learnt_and_taken_out(site, crawl):
    site.portal(12)
    for number in range(1, 13):
        text = notice(number).replace("</div>\n</body>", f"<p>{HOTLINE}</p></div>\n</body>")
        site.pages[notice_path(number)] = Reply(text)
    folder = crawl.folder / "portals"
    folder.mkdir()
    (folder / "yubei.toml").write_text(
        f'name = "yubei"\ntitle = "渝北招商网"\nplatform = "generic"\nregion = "500112"\n'
        f'start_urls = ["{site.url}/"]\n',
        encoding="utf-8",
    )
    crawl.env |= {"CQCRAWLER_PORTALS": str(folder), "CQCRAWLER_PRIVATE_ADDRESSES": "1"}
    assert crawl("yubei").portal["new"] == 12
    assert bodies_with(HOTLINE, crawl) == 12

    learnt = crawl.run("portals", "learn", "yubei", "--write", "--json")
    assert learnt.returncode == 0, learnt.stderr
    (portal,) = json.loads(learnt.stdout)
    proposed = [line["text"] for line in portal["lines"] if line["kind"] == "proposed"]
    assert proposed == [HOTLINE]
    assert str(folder / "yubei.toml") in learnt.stderr

    dry = crawl.run("reextract", "--dry-run", "--workers", "1", "--json")
    assert dry.returncode == 0, dry.stderr
    tried = json.loads(dry.stdout)
    assert (tried["changed"], tried["fields"]) == (12, {"yubei": {"body": 12, "removed": 12}})
    assert bodies_with(HOTLINE, crawl) == 12
    assert crawl.run("reextract", "--workers", "1", "--quiet").returncode == 0
    assert bodies_with(HOTLINE, crawl) == 0
    with sqlite3.connect(crawl.archive) as db:
        removed = db.execute(
            "SELECT DISTINCT rule, text FROM removed_text WHERE rule LIKE '%.toml'"
        )
        assert removed.fetchall() == [("yubei.toml", HOTLINE)]

    again = crawl("yubei").portal
    assert (again["outcome"], again["changed"]) == ("quiet", 0)
    assert not json.loads(crawl.run("portals", "learn", "yubei", "--json").stdout)[0]["lines"]


def bodies_with(line: str, crawl) -> int:
    with sqlite3.connect(crawl.archive) as db:
        query = "SELECT count(*) FROM articles WHERE instr(body, ?)"
        return db.execute(query, [line]).fetchone()[0]
