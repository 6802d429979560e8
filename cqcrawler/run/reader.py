"""The reader: which one it is, and what it makes of a raw page."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from cqcrawler import __version__
from cqcrawler.digests import rule_files
from cqcrawler.models import FrontierPage, PageKind, PageResult, Record
from cqcrawler.portals import Portal
from cqcrawler.run.interpret import cleaned, interpret
from cqcrawler.warc import read_answer

# Everything that takes part in reading: our rules with their data, and the parsers below.
_PARTS = (
    *("text", "reading", "platforms", "resources"),
    *("cleaning.py", "doubts.py", "filing.py", "models.py"),
    *("run/interpret.py", "run/rows.py"),
)
_PARSERS = ("lxml", "resiliparse", "dateparser", "parsel", "cssselect", "jmespath")


def reader_version(portal: Portal | None = None) -> str:
    """Return a version that changes with everything that may change what is read.

    It is that of the package and a digest of the code and data of reading, so that a rule
    changed between two releases shows. A changed comment changes it too: a version too many
    does no harm. Where the file of a `portal` says how its pages are read, or where they were
    before, a digest of that follows.
    """
    own = (portal.own_lines.digest, portal.digest) if portal else ()
    return ".".join((rules_version(), *filter(None, own)))


@cache
def rules_version() -> str:
    """Return the version of the reader without what the files of portals say."""
    content = sha256()
    for parser in _PARSERS:
        content.update(f"{parser} {version(parser)}\n".encode())
    root = files("cqcrawler")
    for part in _PARTS:
        for file in rule_files(root / part):
            content.update(f"{file.name}\n".encode() + file.read_bytes())
    return f"{__version__}+{content.hexdigest()[:12]}"


def read_again(folder: Path, record: Record, page: FrontierPage, portal: Portal) -> PageResult:
    """Return what today's rules make of a raw page, cleaned as a crawl would.

    Raises RecordError where it is missing or damaged.
    """
    return cleaned(interpret(read_answer(folder, record), page, portal), portal)


def notice_page(
    url: str, listed: str | None, titled: str | None = None, sections: tuple[str, ...] = ()
) -> FrontierPage:
    """Return the page of a notice, to be read again, with what its rows say of it."""
    return FrontierPage(url, PageKind.NOTICE, None, None, listed, titled, None, sections=sections)
