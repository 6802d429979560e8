"""A process that reads pages with one reader: a request a line in, an answer a line out.

Run as `python -m benchmarks.worker READER` by the interpreter that has the reader. A request
is `{path, url, rounds}`; the answer is what was read, or `{error}`. With `rounds` it also has
`cpu` and `parse_cpu`: seconds of CPU of reading and of `lxml.html.fromstring` in each round.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from time import process_time
from typing import Any

from benchmarks.readers import READERS, Reader


def main(name: str) -> None:
    # Some readers print: keep the answers' channel for the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    set_up = cache(READERS[name])
    for line in sys.stdin:
        print(json.dumps(_answer(set_up, json.loads(line))), file=answers, flush=True)


def _answer(set_up: Callable[[], Reader], request: dict[str, Any]) -> dict[str, Any]:
    body = Path(request["path"]).read_bytes()
    try:
        read = set_up()
        answer = read(body, request["url"])
    except Exception as error:  # whatever a reader raises is a result of the measurement
        return {"error": f"{type(error).__name__}: {error}"}
    if request["rounds"]:
        answer |= _cost(read, body, request["url"], request["rounds"])
    return answer


def _cost(read: Reader, body: bytes, url: str, rounds: int) -> dict[str, list[float]]:
    from lxml.html import fromstring

    cpu, parse_cpu = [], []
    for _ in range(rounds):
        parse_cpu.append(_seconds(lambda: fromstring(body)))
        cpu.append(_seconds(lambda: read(body, url)))
    return {"cpu": cpu, "parse_cpu": parse_cpu}


def _seconds(call: Callable[[], object]) -> float:
    start = process_time()
    call()
    return process_time() - start


if __name__ == "__main__":
    main(sys.argv[1])
