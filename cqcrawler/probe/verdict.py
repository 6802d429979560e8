"""Whether a site can be crawled, and why not wholly."""

from __future__ import annotations

from collections.abc import Iterator

from cqcrawler.models import STRANGE, Listing, Outcome, Rejected
from cqcrawler.probe.report import Kind, ListFound, NoticeFound, PageFound, Probe, Trial
from cqcrawler.reading.page.document import Document


def why_no_list(result: Rejected, document: Document, read: Listing) -> str:
    """Say why a page that was to be a list is none; `read` is what reads as one."""
    if result.reason == STRANGE or document.is_data:
        return result.detail
    return read.beyond or "; ".join(document.warnings) or "it lists no notices"


def problems_of(probe: Probe) -> Iterator[str]:
    """Yield why a crawl would not be whole, the worst first."""
    if probe.error:
        yield f"an error of ours: {probe.error}"
    if probe.page.problem:
        yield probe.page.problem
    elif probe.page.kind is Kind.NOTICE:
        yield f"this is a notice: give the address of its list{_perhaps(probe)}"
    if probe.trial:
        yield from _of_trial(probe.trial)
    trial = probe.trial or Trial()
    if probe.listing:
        yield from _of_list(probe.listing, probe.page, trial)
    if probe.notice:
        yield from _of_notice(probe.notice, trial)


def _of_trial(trial: Trial) -> Iterator[str]:
    """Yield which selectors find nothing on any page that they were tried on, and what makes a
    crawl end at once."""
    yield from (f"a crawl would end {Outcome.REDESIGNED}: {fault}" for fault in trial.faults)
    for key in dict.fromkeys((each.name, each.selector) for each in trial.tried):
        pages = [each for each in trial.tried if (each.name, each.selector) == key]
        if all(each.found == 0 for each in pages):
            yield f"{key[0]} {key[1]} matches nothing on {pages[0].url}"


def _perhaps(probe: Probe) -> str:
    """Return the link of a notice's page that has the name of its section."""
    fields = probe.notice.fields if probe.notice else ()
    section = next((field.value for field in fields if field.name == "section"), "")
    link = next((each for each in probe.sections if each.title in section), None)
    return f", perhaps {link.url}" if link else ""


def _of_list(found: ListFound, page: PageFound, trial: Trial) -> Iterator[str]:
    rows = found.rows
    if found.beyond:
        yield f"the list goes on where we cannot follow: {found.beyond}"
    if not trial.faults:
        yield from _of_further(found)
    if rows.elsewhere > len(rows.rows) / 2:
        hint = "" if page.url else " (--url says where a saved page was)"
        whose = f"{trial.link}: " if trial.link else ""
        lead = f"{rows.elsewhere} of {len(rows.rows)} rows lead to another site or to a file"
        yield f"{whose}{lead}{hint}"


def _of_further(found: ListFound) -> Iterator[str]:
    further = found.further
    if further and further.problem:
        yield f"{further.url}: {further.problem}"
    elif further and not further.new:
        yield f"{further.url} shows no rows that the first page has not"
    elif found.is_shell and not found.rows.rows:
        yield f"its rows are fetched by a script, from {found.pages[0]}"


def _of_notice(notice: NoticeFound, trial: Trial) -> Iterator[str]:
    if notice.problem:
        whose = f"{trial.link} leads to no notice: " if trial.link else ""
        yield f"{whose}{notice.url}: {notice.problem}"
        return
    if not (notice.characters or notice.attachments):
        yield f"{notice.url} has no text"
    if not any(field.name == "published" for field in notice.fields):
        yield f"{notice.url} shows no date, nor does its row"
