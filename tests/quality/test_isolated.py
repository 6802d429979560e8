from __future__ import annotations

import sys

from benchmarks.isolated import IsolatedReader

WORKER = """
import json, os, sys, time
for line in sys.stdin:
    what = json.loads(line)["what"]
    if what == "die": os._exit(7)
    if what == "hang": time.sleep(60)
    print(json.dumps({"read": what}), flush=True)
"""


def test_a_reader_that_dies_or_hangs_costs_its_page_only() -> None:
    with IsolatedReader([sys.executable, "-c", WORKER], timeout=1) as reader:
        asked = [reader.ask({"what": what}) for what in ("a", "die", "b", "hang", "c")]
    assert [answer.get("read") for answer in asked] == ["a", None, "b", None, "c"]
    assert [bool(answer.get("error")) for answer in asked] == [False, True, False, True, False]
