"""Make the pictures of the README from the demo archive: the site in Chromium, then the terminal.

Run it from the project's root after `make demo`: `.venv/bin/python scripts/pictures.py`. It takes
Chromium and a Chinese font, such as Debian's chromium and fonts-noto-cjk.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
ARCHIVE = ROOT / "data/demo.db"
PAGES = {
    "home": "/",
    "search": "/search?q=生物医药",
    "article": "/articles/46",
    "dashboard": "/dashboard",
    "projects": "/projects",
    "project": "/projects/24",
    "facts": "/facts",
    "new": "/new",
    "changes": "/articles/4/changes",
    "watches": "/watches",
}
SIZES = {"desktop": (1080, 640), "phone": (375, 760)}
SCHEMES = ("light", "dark")
_OPTIONS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --lang=zh-CN"
)


def main() -> None:
    chromium = shutil.which("chromium")
    if not chromium or not ARCHIVE.exists():
        sys.exit("this takes chromium, and data/demo.db from `make demo`")
    with sync_playwright() as playwright, _site() as address:
        browser = playwright.chromium.launch(executable_path=chromium, args=_OPTIONS.split())
        for scheme in SCHEMES:
            for size in SIZES:
                _take(browser, address, size, scheme)
        browser.close()
    subprocess.run([sys.executable, "scripts/terminal_picture.py"], cwd=ROOT, check=True)


@contextmanager
def _site() -> Iterator[str]:
    """Serve the demo archive and yield the address."""
    command = [sys.executable, "-m", "cqcrawler", "site", "--port", "0", "--archive", str(ARCHIVE)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        yield process.stderr.readline().split("served on ")[1].split()[0].rstrip("/")
        process.terminate()


def _take(browser: Browser, address: str, size: str, scheme: str) -> None:
    """Save all pages at one size, in light or dark."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="zh-CN",
    )
    page = context.new_page()
    for name, path in PAGES.items():
        page.goto(address + path)
        page.screenshot(path=ROOT / f"docs/img/{name}-{size}-{scheme}.png")
    context.close()


if __name__ == "__main__":
    main()
