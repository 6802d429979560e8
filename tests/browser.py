"""Debian's Chromium; what asks for it is skipped where there is none."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests import processes

CHROMIUM = shutil.which("chromium")
OPTIONS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()

# In milliseconds: only what hangs takes so long.
PATIENCE = processes.PATIENCE * 1000

needs_chromium = pytest.mark.skipif(
    not CHROMIUM, reason="there is no chromium: apt install chromium"
)


@contextmanager
def launched() -> Iterator[Any]:
    """A browser, as Playwright drives it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=OPTIONS, timeout=PATIENCE
        )
        yield browser
        browser.close()
