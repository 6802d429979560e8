"""Replay every capture of a WACZ file by pywb, and compare what comes with its digest.

pywb cannot be installed beside what we need (its brotlipy takes the place of our brotli), so this
runs in an environment of its own:

    python3 -m venv /tmp/replay && /tmp/replay/bin/pip install pywb webtest
    /tmp/replay/bin/python scripts/replay.py evidence.wacz
    CQCRAWLER_PYWB=/tmp/replay/bin/python python -m pytest tests/test_wacz.py
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import sys
from base64 import b32encode
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from gevent.monkey import patch_all

patch_all()

from pywb.apps.frontendapp import FrontEndApp  # noqa: E402
from webtest import TestApp  # noqa: E402


def captures(wacz: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the captures of the index: the time, and what it says of each."""
    with ZipFile(wacz) as package:
        for line in gzip.decompress(package.read("indexes/index.cdx.gz")).decode().splitlines():
            _, time, said = line.split(" ", 2)
            yield time, json.loads(said)


def faults(wacz: Path) -> Iterator[str]:
    """Yield what pywb does not show as it came; it reads its collection in the folder here."""
    manager = [str(Path(sys.executable).with_name("wb-manager"))]
    subprocess.run([*manager, "init", "here"], check=True, capture_output=True)
    subprocess.run(
        [*manager, "add", "--unpack-wacz", "here", str(wacz)], check=True, capture_output=True
    )
    app = TestApp(FrontEndApp(custom_config={"debug": False}))
    for time, said in captures(wacz):
        shown = app.get(f"/here/{time}id_/{said['url']}", expect_errors=True)
        digest = f"sha1:{b32encode(hashlib.sha1(shown.body).digest()).decode()}"
        expected = int(said.get("status", 200))
        if (shown.status_int, digest) != (expected, said["digest"]):
            yield f"{time} {said['url']}: {shown.status}, {len(shown.body)} bytes"


def main() -> None:
    wacz = Path(sys.argv[1]).resolve()
    with TemporaryDirectory() as folder:
        os.chdir(folder)
        found = list(faults(wacz))
    print(f"{len(list(captures(wacz)))} captures, {len(found)} do not replay", *found, sep="\n")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
