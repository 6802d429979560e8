from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from benchmarks.corpus import PARTS
from benchmarks.plot import draw
from benchmarks.report import Row, quoted, score_table, write_blocks
from benchmarks.scoring import PartScore

QUOTES = """
| system | body F1 | title | date | CPU |
|---|---|---|---|---|
| gne | .851 | .922 | .928 | 23.3 |
| readability-lxml | .920 | .435 | - | 27.4 |

| readability-lxml | .947 | .386 | - |
"""


def row(name: str, f1: float) -> Row:
    return Row(name, {part: PartScore((), f1, 1.0, None) for part in PARTS})


def test_a_peer_that_cannot_be_had_is_quoted_and_marked(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(QUOTES)
    found = quoted("readability", tmp_path)
    assert found.scores["articles"] == PartScore((), 0.92, 0.435, None)
    assert found.scores["gov"] == PartScore((), 0.947, 0.386, None)
    text = score_table([found, row("cqcrawler", 0.5)])
    assert "| readability-lxml † | .920 | .435 | - | .947 | .386 | - | - | - | - |  |" in text
    assert "quoted" in text


def test_ours_stands_first_and_the_peers_by_text() -> None:
    text = score_table([row("gne", 0.8), row("goose3", 0.9), row("cqcrawler", 0.7)])
    names = [line.split("|")[1].strip() for line in text.splitlines()[2:]]
    assert names == ["**cqcrawler**", "goose3 (zh)", "gne"]


def test_blocks_are_replaced_between_their_markers(tmp_path: Path) -> None:
    document = tmp_path / "quality.md"
    document.write_text("a\n<!-- x -->\nold\n<!-- /x -->\nb\n<!-- y -->\n<!-- /y -->\n")
    write_blocks({"x": "new"}, document)
    write_blocks({"x": "newer"}, document)
    assert document.read_text() == (
        "a\n<!-- x -->\n\nnewer\n\n<!-- /x -->\nb\n<!-- y -->\n<!-- /y -->\n"
    )


def test_the_plot_has_a_dot_for_each_figure() -> None:
    plot = ElementTree.fromstring(draw([row("cqcrawler", 0.9), row("goose3", 0.2)]))
    rows_and_legend = plot.findall(".//{*}circle")
    assert len(rows_and_legend) == 2 * len(PARTS) * 2 + len(PARTS)
