"""Whose pages these are, as they say themselves, and what else they offer to be read."""

from __future__ import annotations

import re

from cqcrawler.models import Place
from cqcrawler.probe.report import Site
from cqcrawler.reading.feeds.offers import linked_sitemaps, offered_feeds, sitemaps_in
from cqcrawler.reading.page.document import Document
from cqcrawler.reading.refusals import title_tag
from cqcrawler.text import regions
from cqcrawler.text.normalize import collapse

# 国办发〔2017〕47号: every page of a government site has these, and the code in its foot. The first
# six digits of a code are those of GB/T 2260; bodies of the State Council have `bm` before theirs.
_NAME, _CODE = "sitename", "siteidcode"
_PRINTED_CODE = re.compile(r"网站标识码\s{0,3}[:：]?\s{0,3}(\d{10})")
_CODE_FORM = re.compile(r"\d{10}")
# Where the name of a place may end in the name of a site; provinces have short names, too.
_PLACE_END = re.compile("[省市区县旗州盟]")
_PROVINCE_LENGTHS, _OF_PROVINCE = (3, 2), "0000"
_PARTS = re.compile(r"\s*[-–—_|·>»]\s*|\s{2,}")
_LONGEST_NAME = 40


def read_site(document: Document, robots: str) -> Site:
    """Return what a page, and a robots.txt, say of their site."""
    metas = _metas(document)
    name = metas.get(_NAME) or _name_in_title(document)
    place, why = _place(metas.get(_CODE, ""), document.text, name)
    return Site(
        name=name,
        region_code=place.code if place else "",
        region=_full_name(place) if place else "",
        region_from=why,
        feeds=offered_feeds(document),
        sitemaps=tuple(dict.fromkeys([*sitemaps_in(robots), *linked_sitemaps(document)])),
    )


def _metas(document: Document) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in document.root.iter("meta"):
        name = (meta.get("name") or "").strip().lower()
        if content := collapse(meta.get("content") or "")[:_LONGEST_NAME]:
            found.setdefault(name, content)
    return found


def _place(code: str, text: str, name: str) -> tuple[Place | None, str]:
    """Return the place that a site speaks for, and what says so."""
    if not _CODE_FORM.fullmatch(code):
        printed = _PRINTED_CODE.search(text)
        code = printed[1] if printed else ""
    for area in (code[:6], f"{code[:4]}00", f"{code[:2]}0000") if code else ():
        if place := regions.find(area):
            return place, f"SiteIDCode {code}"
    ends = [match.end() for match in _PLACE_END.finditer(name)]
    for end in (*reversed(ends), *_PROVINCE_LENGTHS):
        place = regions.find(name[:end])
        if place and (end in ends or place.code.endswith(_OF_PROVINCE)):
            return place, f"the name {name}"
    return None, ""


def _full_name(place: Place) -> str:
    return "".join(filter(None, (place.province, place.city, place.district)))


def _name_in_title(document: Document) -> str:
    """Return the longest part of the page's title: names of sites are longer than of sections."""
    parts = _PARTS.split(title_tag(document.text))
    return max(reversed(parts), key=len)[:_LONGEST_NAME]
