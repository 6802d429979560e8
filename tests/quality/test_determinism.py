"""The same bytes give the same article and listing in any order and in any process."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache

import pytest

from benchmarks.corpus import ROOT

READ_ALL = """
import sys
from random import Random
from benchmarks.corpus import find_corpus, load
from benchmarks.mutations import SEEDS, mutated
from benchmarks.growth import SHAPES
from benchmarks.mutations import notice
from cqcrawler import read_article, read_listing
from tests.golden.pages import all_pages

corpus = find_corpus()
parts = ("gov", "bureaus") if corpus else ()
real = [page.path.read_bytes() for part in parts for page in load(corpus, part)]
hostile = [notice(unit * 200).encode() for unit in SHAPES.values()]
golden = [page.body for page in all_pages()]
pages = [*SEEDS, *golden, *real, *hostile, *(page for _, page in mutated(SEEDS, 26, Random(1)))]
numbers = list(range(len(pages)))
Random(int(sys.argv[1])).shuffle(numbers)
url = "https://example.test/list/"
read = {
    number: (read_article(pages[number]), read_listing(pages[number], url)) for number in numbers
}
print(*(ascii(read[number]) for number in sorted(read)), sep="\\n")
"""


@cache
def read_all(order: str, hash_seed: str) -> list[str]:
    env = os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", READ_ALL, order]
    return subprocess.run(
        command, env=env, capture_output=True, check=True, text=True
    ).stdout.splitlines()


@pytest.mark.parametrize("other", [("1", "0"), ("2", "4711")])
def test_order_and_process_do_not_matter(other: tuple[str, str]) -> None:
    first = read_all("0", "0")
    assert len(first) > 70
    assert read_all(*other) == first
