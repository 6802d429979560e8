"""How far a run goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Scope:
    """What narrows a run: a first publication date, a number of pages, pages to start from."""

    since: date | None = None
    max_pages: int | None = None
    starts: tuple[str, ...] = ()

    @property
    def narrowed(self) -> bool:
        """Whether the run leaves out pages that a full run reads."""
        return self.since is not None or self.max_pages is not None

    @property
    def whole(self) -> bool:
        """Whether the run is one of all of the portal, as a schedule wants it."""
        return not self.narrowed and not self.starts

    def leaves_out(self, published: str | None) -> bool:
        """Whether a notice with this date (ISO) is too old; one without a date never is."""
        return (
            self.since is not None
            and published is not None
            and (published < self.since.isoformat())
        )

    def __str__(self) -> str:
        parts = []
        if self.since is not None:
            parts.append(f"since {self.since.isoformat()}")
        if self.max_pages is not None:
            parts.append(f"at most {self.max_pages} pages")
        if self.starts:
            parts.append(f"from {' '.join(self.starts)}")
        return ", ".join(parts) or "full"
