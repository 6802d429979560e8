"""What reading and cleaning the portal's pages should give, derived from the same notices."""

from __future__ import annotations

from dataclasses import dataclass

from cqcrawler.demo.compose import notices
from cqcrawler.demo.notice import Investment, Notice
from cqcrawler.demo.repeats import Repeat, repeat_of
from cqcrawler.demo.retold import copies, signings
from cqcrawler.demo.sections import section_of
from cqcrawler.models import SectionKind


@dataclass(frozen=True, slots=True)
class GoldPage:
    """The expected reading of the page at `path`; None where the page does not say.

    `province`, `city` and `district` hold for a portal whose home is 重庆. `layout` and
    `repeat` tell what the page tries a reader with. `copy_of` is the path of the notice that it
    prints again, `project` that of the signing of the undertaking that it tells of, where other
    notices tell of it, too: copies and later stages state the same money as those.
    """

    path: str
    layout: str
    repeat: Repeat
    title: str
    headline_tag: str | None
    region: str | None
    province: str
    city: str | None
    district: str | None
    published: str | None
    section: str | None
    section_kind: SectionKind
    source: str | None
    tags: tuple[str, ...]
    body: str
    attachments: tuple[str, ...]
    stage: str | None
    industries: tuple[str, ...]
    investments: tuple[Investment, ...]
    copy_of: str | None
    project: str | None


def gold(revision: int = 1) -> tuple[GoldPage, ...]:
    """Return the expected reading of every notice of the portal, oldest first."""
    return tuple(map(_gold_page, notices(revision)))


def _gold_page(notice: Notice) -> GoldPage:
    section = section_of(notice.kind)
    copy = copies().get(notice.number)
    signing = signings().get(copy.of if copy else notice.number)
    return GoldPage(
        path=section.notice_path(notice),
        layout=section.name,
        repeat=repeat_of(notice),
        title=notice.title,
        headline_tag=notice.headline_tag,
        region=section.region(notice) or None,
        province=notice.province,
        city=notice.city,
        district=notice.district,
        published=notice.published.isoformat() if section.prints_date else None,
        section=section.title if section.is_named else None,
        section_kind=section.kind,
        source=notice.source if section.prints_source else None,
        tags=notice.tags if section.prints_tags else (),
        body="\n".join(notice.paragraphs),
        attachments=notice.attachments,
        stage=notice.stage,
        industries=notice.industries,
        investments=notice.investments,
        copy_of=_path(copy.of) if copy else None,
        project=None if signing is None else _path(signing),
    )


def _path(number: int) -> str:
    """The path of a notice that is in both revisions."""
    notice = next(notice for notice in notices() if notice.number == number)
    return section_of(notice.kind).notice_path(notice)
