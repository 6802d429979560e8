"""A process that reads pages with one reader: a request a line in, an answer a line out.

Run as `python -m benchmarks.worker READER` by the interpreter that has the reader. A request
is `{path, url, timed}`; the answer is what was read, or `{error}`. Where it is `timed`, the answer
is `{cpu, parse_cpu}`: seconds of CPU of reading and of `lxml.html.fromstring`.
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
        return (_cost if request["timed"] else _read)(read, body, request["url"])
    except Exception as error:  # whatever a reader raises is a result of the measurement
        return {"error": f"{type(error).__name__}: {error}"}


def _read(read: Reader, body: bytes, url: str) -> dict[str, Any]:
    return read(body, url)


def _cost(read: Reader, body: bytes, url: str) -> dict[str, Any]:
    from lxml.html import fromstring

    parse_cpu = _seconds(lambda: fromstring(body))
    return {"cpu": _seconds(lambda: read(body, url)), "parse_cpu": parse_cpu}


def _seconds(call: Callable[[], object]) -> float:
    start = process_time()
    call()
    return process_time() - start


if __name__ == "__main__":
    main(sys.argv[1])
