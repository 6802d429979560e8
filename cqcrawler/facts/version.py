"""Which rules read facts: a version apart from that of the reader of pages."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files

from cqcrawler import __version__
from cqcrawler.digests import rule_files

# What `text` knows of regions and words lies in `resources`.
_PARTS = ("facts", "text", "resources")


@cache
def facts_version() -> str:
    """Return a version that changes with every rule by which facts are read from a stored text.

    Facts are no part of the version of the reader, so that a new cue has stored texts read again
    and no pages.
    """
    content = sha256()
    root = files("cqcrawler")
    for part in _PARTS:
        for file in rule_files(root / part):
            content.update(f"{file.name}\n".encode() + file.read_bytes())
    return f"{__version__}+{content.hexdigest()[:12]}"
