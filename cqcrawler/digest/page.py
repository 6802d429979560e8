"""A digest as one HTML file: no script, nothing fetched, styles on the elements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import urlencode

from cqcrawler.archive.bulletin import Event, Retold, Some, Source, Sum, Undertaking
from cqcrawler.digest.gathering import Digest, Watched
from cqcrawler.digest.markup import (
    bar,
    document,
    faint,
    items,
    link,
    paragraph,
    section,
    table,
    text,
)
from cqcrawler.digest.words import NOT_SAID, money, state_name
from cqcrawler.health import Health
from cqcrawler.text.clock import BEIJING

_BIGGEST, _NAMES = 10, 12


class _Page:
    """Writes one digest; `site` is the address of a site over the same archive, or empty."""

    def __init__(self, digest: Digest, site: str) -> None:
        self._digest = digest
        self._site = site.rstrip("/")

    def write(self) -> str:
        digest = self._digest
        sections = (
            self._head(),
            self._projects(),
            self._sums("industry", "产业", digest.by_industry, _INDUSTRY_NOTE),
            self._sums("place", "地区", digest.by_place, ""),
            self._news(),
            self._watched(),
            self._events("changed", "改动", digest.changed, "改动于 {at}"),
            self._events("withdrawn", "撤下", digest.withdrawn, "撤下于 {at}"),
            self._retold(),
            self._events("stale", "旧事新发", digest.stale, "所述：{detail}", _STALE_NOTE),
            self._health(),
            self._foot(),
        )
        return document(title_of(digest), "\n".join(filter(None, sections)))

    def _head(self) -> str:
        digest = self._digest
        span = (
            f"{_moment(digest.named.span.since)} 至 {_moment(digest.named.span.until)}（北京时间）"
        )
        figures = [
            ("news", digest.news.count, "新公告"),
            ("projects", digest.projects.count, "新项目"),
            *(("industry", money(one.promised, one.unit), "投资额") for one in digest.promised[:1]),
            ("changed", digest.changed.count, "改动"),
            ("withdrawn", digest.withdrawn.count, "撤下"),
            ("retold", digest.retold.count, "重复报道"),
            ("stale", digest.stale.count, "旧事新发"),
        ]
        tiles = "\n".join(_tile(*figure) for figure in figures)
        also = [f"另有 {money(one.promised, one.unit)}。" for one in digest.promised[1:]]
        if digest.late:
            also.append(f"另有 {digest.late} 条旧公告首次收录，未计入以上各项。")
        heading = text(title_of(digest))
        return (
            f'<h1 style="font-size:24px;line-height:1.35;margin:0 0 4px">{heading}</h1>\n'
            f"{paragraph(faint(text(span)))}\n<div>\n{tiles}\n</div>\n"
            f"{paragraph(faint(text(''.join(also)))) if also else ''}"
        )

    def _projects(self) -> str:
        found = self._digest.projects
        sized = [one for one in found.items if one.invested and one.unit == "CNY"][:_BIGGEST]
        others = [one for one in found.items if one not in sized]
        most = max((one.invested for one in sized), default=1.0)
        parts = [items(self._project(one, (one.invested or 0) / most) for one in sized)]
        if others:
            parts.append(paragraph(faint("其他新项目")))
            parts.append(items(self._project(one) for one in others))
        parts.append(_left(found, "个项目"))
        return section("projects", "新项目，金额大者在前", *_or_none(found, parts))

    def _project(self, one: Undertaking, share: float = 0) -> str:
        """Return a project, its name leading to its first notice; a large one has a bar."""
        first, *others = one.sources or (None,)
        name = link(first.url, one.name, title=first.title) if first else text(one.name)
        invested = text(money(one.invested, one.unit or "")) if one.invested else ""
        when = first.published if first else None
        told = " · ".join(filter(None, (one.investor, one.place, one.industry, one.stage, when)))
        here = self._here(first) if first and self._site else ""
        more = _numbered(others, one.notices, begin=2)
        under = faint(" ".join(filter(None, (text(told), here, more))))
        if not share:
            return f"{name} {invested} {under}"
        return f"<b>{name} {invested}</b>{bar(share)}{under}"

    def _sums(self, name: str, label: str, sums: Sequence[Sum], note: str) -> str:
        heading = f"按{label}"
        shown = [one for one in sums if one.unit == "CNY"][:_NAMES]
        if not shown:
            return section(name, heading, _nothing()) if name == "industry" else ""
        most = shown[0].promised
        rows = [
            (
                f"{self._search(name, one.name)}{bar(one.promised / most)}"
                f"{faint(_numbered(one.sources, one.notices))}",
                text(money(one.promised, one.unit)),
            )
            for one in shown
        ]
        more = len([one for one in sums if one.unit == "CNY"]) - len(shown)
        left = paragraph(faint(f"另有 {more} 项，金额较小。")) if more else ""
        notes = paragraph(faint(text(note))) if note else ""
        return section(name, heading, table((f"{label}和公告", "投资额"), rows), left, notes)

    def _search(self, name: str, value: str | None) -> str:
        if value is None or not self._site:
            return text(value or NOT_SAID)
        since = self._digest.named.span.since.astimezone(BEIJING).date()
        query = urlencode({name: value, "since": since.isoformat()})
        return link(f"{self._site}/search?{query}", value)

    def _news(self) -> str:
        found = self._digest.news
        parts = [items(map(self._notice, found.items)), _left(found, "条")]
        return section("news", "新公告", *_or_none(found, parts))

    def _watched(self) -> str:
        watched = self._digest.watched
        return section("watches", "关注", *map(self._watch, watched)) if watched else ""

    def _watch(self, one: Watched) -> str:
        name = f"<b>{text(one.watch.name)}</b>"
        if self._site:
            query = urlencode(one.watch.search.pairs())
            name = f"<b>{link(f'{self._site}/search?{query}', one.watch.name)}</b>"
        if one.count is None:
            return paragraph(f"{name} {faint('条件中有本库已没有的名称')}")
        found = Some(one.sources, one.count)
        lines = items(map(self._notice, one.sources)) if one.count else ""
        return f"{paragraph(f'{name} {one.count} 条')}{lines}{_left(found, '条')}"

    def _events(self, name: str, heading: str, found: Some, said: str, note: str = "") -> str:
        parts = [items(self._event(one, said) for one in found.items), _left(found, "条")]
        if note:
            parts.append(paragraph(faint(text(note))))
        return section(name, heading, *_or_none(found, parts))

    def _event(self, one: Event, said: str) -> str:
        at = _moment(datetime.fromisoformat(one.at))
        return f"{self._notice(one.source)} {faint(text(said.format(at=at, detail=one.detail)))}"

    def _retold(self) -> str:
        found = self._digest.retold
        parts = [items(map(self._story, found.items)), _left(found, "篇报道")]
        return section("retold", "重复报道", *_or_none(found, parts))

    def _story(self, one: Retold) -> str:
        copies = _numbered(one.copies, one.count)
        return f"{self._notice(one.leader)}<br>{faint(f'又见 {one.count} 次：{copies}')}"

    def _health(self) -> str:
        ill = [health for health in self._digest.health if not health.well]
        well = len(self._digest.health) - len(ill)
        parts = [paragraph(f"正常 {well} 个，异常 {len(ill)} 个。")]
        if ill:
            parts.append(items(map(self._state, ill)))
        return section("health", "门户状况", *parts)

    def _state(self, health: Health) -> str:
        told = state_name(health.state)
        if health.last_good:
            told += f"，上次正常 {_moment(datetime.fromisoformat(health.last_good))}"
        name = f"<b>{text(self._portal(health.portal))}</b>"
        return f"{name} {faint(text(told))}<br>{faint(text(health.reason))}"

    def _foot(self) -> str:
        words = "由 cqcrawler 据所存公告生成。金额按首次披露计，同一项目只计一次；撤下的公告不计。"
        site = f" {link(self._site, '打开检索站点')}" if self._site else ""
        return f'<div style="margin-top:36px">{paragraph(faint(text(words) + site))}</div>'

    def _notice(self, source: Source) -> str:
        """Return a line with the notice at its portal and, where there is a site, here."""
        day = faint(text(source.published or "无日期"))
        here = f" {self._here(source)}" if self._site else ""
        label = source.title or source.url
        return f"{day} {link(source.url, label)} {faint(text(self._portal(source.portal)))}{here}"

    def _portal(self, name: str) -> str:
        return self._digest.portals.get(name, name)

    def _here(self, source: Source) -> str:
        return link(f"{self._site}/articles/{source.id}", "存档", title=source.title)


_INDUSTRY_NOTE = "一条公告涉及几个产业时，在各产业中都计入，故各行相加可大于总额。"
_STALE_NOTE = "公告发布时，所述之事已过去半年以上；不计入新项目和投资额。"


def to_html(digest: Digest, site: str = "") -> str:
    """Return the digest as a page; with the address of a `site`, notices lead there, too."""
    return _Page(digest, site).write()


def title_of(digest: Digest) -> str:
    """Return what page and mail are called."""
    return f"招商动态 {digest.named.title}"


def _numbered(sources: Sequence[Source], count: int, *, begin: int = 1) -> str:
    links = [
        link(source.url, f"[{number}]", title=source.title)
        for number, source in enumerate(sources, begin)
    ]
    more = [f"等 {count} 条"] if count > len(sources) + begin - 1 else []
    return " ".join([*links, *more])


def _tile(name: str, figure: object, label: str) -> str:
    return (
        '<div style="display:inline-block;vertical-align:top;margin:8px 22px 8px 0">'
        f'<a href="#{name}" style="color:inherit;text-decoration:none">'
        f'<b style="font-size:24px;line-height:1.2">{text(str(figure))}</b><br>'
        f"{faint(text(label))}</a></div>"
    )


def _moment(at: datetime) -> str:
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M}"


def _or_none(found: Some, parts: Iterable[str]) -> list[str]:
    return [*filter(None, parts)] if found.count else [_nothing()]


def _nothing() -> str:
    return paragraph(faint("没有。"))


def _left(found: Some, what: str) -> str:
    left = found.count - len(found.items)
    return paragraph(faint(f"另有 {left} {what}未列出。")) if left else ""
