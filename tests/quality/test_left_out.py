"""What the lines beside a text cost, by part of the corpus."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks import quality
from benchmarks.corpus import PARTS
from benchmarks.report import write_blocks
from cqcrawler.models import Article, RemovedParagraph


def test_bytes_of_bodies_and_of_what_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in PARTS:
        (tmp_path / part / "pages").mkdir(parents=True)
        ids = ("one", "two", "three")
        rows = [{"id": name, "url": "", "title": "", "date": None, "body": ""} for name in ids]
        gold = "".join(f"{json.dumps(row)}\n" for row in rows)
        (tmp_path / part / "gold.jsonl").write_text(gold, encoding="utf-8")
        for number, name in enumerate(ids):
            (tmp_path / part / "pages" / f"{name}.html").write_bytes(b"x" * number)

    def read(page: bytes, url: str) -> Article:
        beside = (RemovedParagraph(1, "links", "要闻"),) * len(page)
        article = Article(url, paragraphs=("正文",), left_out=beside)
        return replace(article, removed=(*beside, RemovedParagraph(9, "repeat", "正文")))

    document = tmp_path / "quality.md"
    document.write_text("<!-- left-out -->\n<!-- /left-out -->\n")
    monkeypatch.setattr(quality, "read_article", read)
    monkeypatch.setattr(quality.report, "write_blocks", partial(write_blocks, document=document))
    env = {"CQCRAWLER_CORPUS": str(tmp_path)}
    answer = CliRunner().invoke(quality.main, ["left-out"], env=env, catch_exceptions=False)
    rows = [f"| {part} | 3 | 6 | 6 | 6 | 6 | 1 |" for part in PARTS]
    assert answer.stdout.splitlines()[2:] == rows
    assert "\n".join(rows) in document.read_text()
