"""Evidence to hand on: the raw pages of a selection in one WACZ file, which browsers replay."""

from __future__ import annotations

from cqcrawler.wacz.pack import Packed, Provenance, pack

__all__ = ["Packed", "Provenance", "pack"]
