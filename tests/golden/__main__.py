"""Make all answers anew: `python -m tests.golden`, then `git diff` is the review."""

from __future__ import annotations

from pathlib import Path

from tests.golden.pages import FOLDER, GoldenPage, all_pages, answer_of, read, written


def make(folder: Path = FOLDER) -> list[GoldenPage]:
    """Write what is read from every page beside it; return the pages whose answer changed.

    Fields that the reader gets wrong keep the answer that a person wrote.
    """
    return [page for page in all_pages(folder) if _make(page)]


def _make(page: GoldenPage) -> bool:
    answer = read(page)
    if page.faults:
        right = answer_of(page)
        answer |= {name: right[name] for name in page.faults}
    text = written(answer)
    before = page.answer_file.read_text(encoding="utf-8") if page.answer_file.exists() else ""
    page.answer_file.write_text(text, encoding="utf-8")
    return text != before


if __name__ == "__main__":
    for page in make():
        print(page.answer_file)
