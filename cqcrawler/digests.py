"""Which files of the package decide what is read: what versions of rules are digests of."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources.abc import Traversable

# The table that explains the archive is for people.
_UNREAD = ("data_dictionary.toml",)


def rule_files(part: Traversable) -> Iterator[Traversable]:
    """Yield a file, or the code and data of a folder with all that is in it, in a fixed order."""
    if part.is_file():
        yield part
        return
    for inner in sorted(part.iterdir(), key=lambda entry: entry.name):
        if inner.name.endswith((".py", ".csv", ".toml")) and inner.name not in _UNREAD:
            yield inner
        elif inner.is_dir() and inner.name != "__pycache__":
            yield from rule_files(inner)
