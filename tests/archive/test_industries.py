from __future__ import annotations

import json

from cqcrawler.archive import Archive


def stored(archive: Archive) -> dict[str, tuple[str | None, str | None, list[str]]]:
    rows = archive._db.execute("SELECT name, strategic, cluster, divisions FROM industries")
    return {name: (sei, cluster, json.loads(gb)) for name, sei, cluster, gb in rows}


def test_an_archive_says_what_industries_are_elsewhere(archive: Archive) -> None:
    found = stored(archive)
    assert len(found) == 25
    assert found["集成电路"] == ("新一代信息技术产业", "功率半导体及集成电路", ["C397"])
    assert found["现代物流"][2] == ["G"]
    assert all(divisions for _, _, divisions in found.values())


def test_the_table_follows_the_data(archive: Archive) -> None:
    archive._db.execute("UPDATE industries SET cluster = '旧名'")
    archive._db.commit()
    with Archive(archive.path) as again:
        assert "旧名" not in {cluster for _, cluster, _ in stored(again).values()}
