from __future__ import annotations

from cqcrawler.archive import Archive
from cqcrawler.text import regions


def test_regions_are_those_of_the_gazetteer(archive: Archive) -> None:
    stored = archive._db.execute("SELECT * FROM regions ORDER BY code").fetchall()
    assert stored == sorted(regions.all_regions())
    names = [column.name for column in archive._db.database["regions"].columns]
    assert names == list(next(iter(regions.all_regions()))._fields)


def test_regions_follow_the_gazetteer(archive: Archive) -> None:
    archive._db.execute("UPDATE regions SET name = '旧名'")
    archive._db.commit()
    with Archive(archive.path) as again:
        (names,) = again._db.execute("SELECT count(*) FROM regions WHERE name = '旧名'").fetchone()
    assert names == 0
