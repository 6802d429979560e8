"""What lies in ../shared, beside the project: real pages, small cases and scorers."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared(path: str) -> Path:
    """Return a file or folder of ../shared; without it the test that asks is skipped."""
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"{found} is not here: it lies beside the project, outside of it")
    return found
