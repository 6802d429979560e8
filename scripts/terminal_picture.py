"""Draw docs/img/terminal.svg: real commands on the demo archive, as a terminal shows them.

Run it from the project's root after `make demo`: `.venv/bin/python scripts/terminal_picture.py`.
"""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

_COLUMNS, _ROWS = 96, 40
_COMMANDS = (
    "cqcrawler runs",
    "cqcrawler search 生物医药 --limit 2",
    "cqcrawler show 5 --removed",
)
_LONGEST = 18


def main() -> None:
    root = Path(__file__).parent.parent
    console = Console(record=True, width=_COLUMNS, file=StringIO())
    for command in _COMMANDS:
        console.print(f"[bold green]$[/] {command}", highlight=False)
        lines = _run(command, root).splitlines()
        for line in lines[:_LONGEST]:
            console.print(Text.from_ansi(line), no_wrap=True, overflow="ellipsis", crop=True)
        if len(lines) > _LONGEST:
            console.print("…")
        console.print()
    console.save_svg(str(root / "docs/img/terminal.svg"), title="cqcrawler")


def _run(command: str, root: Path) -> str:
    """Return what `command` prints to a terminal."""
    ours, theirs = pty.openpty()
    environment = os.environ | {
        "CQCRAWLER_ARCHIVE": str(root / "data/demo.db"),
        "COLUMNS": str(_COLUMNS),
        "LINES": str(_ROWS),
        "TERM": "xterm-256color",
    }
    program = [sys.executable, "-m", *command.split()]
    process = subprocess.Popen(
        program, cwd=root, env=environment, stdout=theirs, stderr=subprocess.DEVNULL
    )
    os.close(theirs)
    output = bytearray()
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # Linux says so when the other end is closed.
            break
        if not piece:
            break
        output += piece
    process.wait()
    os.close(ours)
    return output.decode("utf-8")


if __name__ == "__main__":
    main()
