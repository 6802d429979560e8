"""The section of a notice by the listings that show it, where its own page does not tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cqcrawler.models import FROM_FOLDER, Evidence, SectionKind
from cqcrawler.text.sections import section_kind

# The origin of a section that a listing names: it is the portal's word, but not the page's.
_FROM_LISTING, _CONFIDENCE = "listing", 0.7


class Filed(NamedTuple):
    """A section with its kind, and the evidence for all fields of its notice."""

    section: str | None
    kind: SectionKind | None
    provenance: Mapping[str, Evidence]


def filed_under(names: Sequence[str], known: Filed) -> Filed:
    """Return what is known of a notice with the section under which listings show it.

    `names` are those of the sections, the surest first; the first that tells a kind counts. What
    the notice's page states stands, but not what its address alone tells.
    """
    name = next(filter(section_kind, names), next(iter(names), None))
    if name is None:
        return known
    section, kind, evidence = known.section, known.kind, {**known.provenance}
    shown = Evidence(_FROM_LISTING, name, _CONFIDENCE)
    if section is None or _is_from(_FROM_LISTING, evidence, "section"):
        section, evidence["section"] = name, shown
    if (told := section_kind(name)) and (
        kind is None or _is_from(FROM_FOLDER, evidence, "section_kind")
    ):
        kind, evidence["section_kind"] = told, shown
        if evidence.get("section") == shown:  # the section's own name tells it
            del evidence["section_kind"]
    return Filed(section, kind, evidence)


def _is_from(origin: str, evidence: Mapping[str, Evidence], field: str) -> bool:
    return field in evidence and evidence[field].origin == origin
