"""How far a run goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Scope:
    """What a run sets out to read.

    A `full` one reads every page of the listings, any other follows a listing for as long as
    that has news. A first publication date, a number of pages and pages to start from narrow it.
    """

    since: date | None = None
    max_pages: int | None = None
    starts: tuple[str, ...] = ()
    full: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether the run leaves out pages whatever they show."""
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
        parts = ["full" if self.full else "incremental"]
        if self.since is not None:
            parts.append(f"since {self.since.isoformat()}")
        if self.max_pages is not None:
            parts.append(f"at most {self.max_pages} pages")
        if self.starts:
            parts.append(f"from {' '.join(self.starts)}")
        return ", ".join(parts)
