from __future__ import annotations

import sys

from benchmarks.isolated import IsolatedReader

WORKER = """
import json, os, sys, time
for line in sys.stdin:
    what = json.loads(line)["what"]
    if what == "die": os._exit(7)
    if what == "hang": time.sleep(3600)
    print(json.dumps({"read": what}), flush=True)
"""


def test_a_reader_that_dies_or_hangs_costs_its_page_only() -> None:
    with IsolatedReader([sys.executable, "-c", WORKER]) as reader:
        answers = [reader.ask({"what": what}) for what in ("a", "die", "b")]
        reader.timeout, patience = 0.5, reader.timeout
        answers.append(reader.ask({"what": "hang"}))
        reader.timeout = patience
        answers.append(reader.ask({"what": "c"}))
    assert [answer.get("read") for answer in answers] == ["a", None, "b", None, "c"]
    assert [bool(answer.get("error")) for answer in answers] == [False, True, False, True, False]
