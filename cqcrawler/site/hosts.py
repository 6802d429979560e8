"""By which names the site may be asked.

A page of another site can have its own name lead to this machine (DNS rebinding); a browser then
lets it read what we answer, and only the name in its request tells.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Collection

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

_ANY_ADDRESS = {"0.0.0.0", "::"}
_HOST = re.compile(r"(?:\[([0-9a-f:.]+)\]|([\w.-]+))(?::\d{1,5})?", re.IGNORECASE | re.ASCII)


def names(bound: str, allowed: Collection[str]) -> frozenset[str]:
    """Return the names of a site that listens on `bound`, and is also known as `allowed`.

    Where it listens on every address, it is also known by the name of the machine.
    """
    own = socket.gethostname() if bound in _ANY_ADDRESS else bound
    return LOOPBACK | {name.lower().removesuffix(".") for name in (own, *allowed)}


def name_in(header: str) -> str | None:
    """Return the name in a Host header, without its port; None for what is no such header."""
    found = _HOST.fullmatch(header)
    return (found[1] or found[2]).lower().removesuffix(".") if found else None


def is_known(name: str, known: Collection[str], reached: str | None) -> bool:
    """Whether a request may be for `name`; `reached` is our address at the end of its connection.

    That address is a number, and nobody can have a number lead elsewhere.
    """
    return name in known or name == reached
