from __future__ import annotations

from pathlib import Path

import pytest

from cqcrawler.archive import Archive
from cqcrawler.archive.file.disk import check_space, disk_use, free_space
from cqcrawler.exceptions import ArchiveError


def test_counts_the_archive_and_the_raw_pages(path: Path) -> None:
    Archive(path).close()
    for name, size in (("sc/1.warc.gz", 100), ("js/2.warc.gz", 11)):
        file = path.parent / "warc" / name
        file.parent.mkdir(parents=True)
        file.write_bytes(b"x" * size)
    use = disk_use(path)
    assert use.warc == 111
    assert use.archive >= path.stat().st_size > 0
    assert use.free > 0


def test_an_archive_that_is_not_there_yet_has_the_room_of_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "archive.db"
    assert free_space(path) > 0
    assert disk_use(path).archive == 0
    check_space(path, 0)
    with pytest.raises(ArchiveError, match="a crawl wants 1152921504606846976: make room"):
        check_space(path, 2**80)
