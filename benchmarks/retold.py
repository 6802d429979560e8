"""Invented notices as series print them, and the same told again: cut, edited, rounded, retitled.

Everything is drawn from the `Random` that is handed in. Two notices of one frame are as alike as
copies are, but for what tells them apart.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

_MATERIAL = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
COUNTIES = tuple(_MATERIAL["counties"])
FRAMES = {name: (frame["title"], frame["body"]) for name, frame in _MATERIAL["frames"].items()}


@dataclass(frozen=True, slots=True)
class Retold:
    """A notice: `story` tells which ones tell the same, `frame` which ones look alike."""

    title: str
    body: str
    story: str
    frame: str
    firms: tuple[str, ...] = ()


class _Slots(dict[str, str]):
    """What the blanks of a frame hold: drawn once each, numbers by the name of the blank."""

    def __init__(self, random: Random) -> None:
        super().__init__()
        self.random = random
        trade, self["industry"], self["line"] = random.choice(_MATERIAL["trades"])
        self["trade"] = trade
        self["county"] = random.choice(COUNTIES)
        self["city"] = random.choice(_MATERIAL["cities"])
        self["firm"] = (
            random.choice(_MATERIAL["stems"]) + trade[:2] + random.choice(_MATERIAL["kinds"])
        )
        self["year"] = str(random.randint(2019, 2026))
        self["month"] = str(random.randint(1, 12))
        day = random.randint(1, 21)
        self["day"], self["day7"] = str(day), str(day + 6)
        self["half"] = random.choice(("上半年", "前三季度", "一季度", "1—10月"))

    def __missing__(self, name: str) -> str:
        kind = name.rstrip("0123456789")
        self[name] = value = _NUMBERS[kind](self.random)
        return value


_NUMBERS: dict[str, Callable[[Random], str]] = {
    "yi": lambda random: f"{random.randint(11, 3000) / 10:g}亿元",
    "small": lambda random: f"{random.randint(11, 99) / 10:g}亿元",
    "mu": lambda random: f"{random.randint(21, 900)}亩",
    "count": lambda random: str(random.randint(3, 120)),
    "few": lambda random: str(random.randint(2, 9)),
    "jobs": lambda random: str(random.randint(12, 480) * 10),
    "share": lambda random: f"{random.randint(11, 390) / 10:g}%",
    "code": lambda random: f"{random.randint(1, 99):03}",
    "letter": lambda random: random.choice("ABCDEFGH"),
    "number": lambda random: random.choice("一二三四五六七八九十"),
}

_CLAUSES = re.compile("([，；。\n])")
_NUMBER = re.compile(r"(?<![\d.年月日-])\d+(?:\.\d)?(?=亿元|亩|个|人|万平方米|条|家)")
_EXACT = re.compile(r"(?<![\d.])(\d+)\.\d亿元")


def invented(random: Random, frame: str) -> Retold:
    """Return a notice of a frame, like no other."""
    title, body = FRAMES[frame]
    slots = _Slots(random)
    filled = (title.format_map(slots), body.format_map(slots))
    firms = (slots["firm"],) if "{firm}" in body else ()
    return Retold(*filled, f"{frame}-{random.getrandbits(64):x}", frame, firms)


def look_alike(random: Random, frame: str, seed: int, kept: float) -> Retold:
    """Return a notice of a frame that has a share of what the one of `seed` has in its blanks, but
    never both its county and its year, nor its numbers."""
    first, slots = _Slots(Random(seed)), _Slots(random)
    title, body = FRAMES[frame]
    for name in ("trade", "industry", "line", "city", "county", "year", "half", "month"):
        if random.random() < kept:
            slots[name] = first[name]
    while (slots["county"], slots["year"]) == (first["county"], first["year"]):
        slots["county"] = random.choice(COUNTIES)
    firms = (slots["firm"],) if "{firm}" in body else ()
    return Retold(
        title.format_map(slots), body.format_map(slots), f"{frame}-{random.random()}", frame, firms
    )


def other_numbers(random: Random, notice: Retold, share: float) -> Retold:
    """Return a notice that differs in a share of its numbers, one at least: another story."""
    spots = list(_NUMBER.finditer(notice.body))
    body, shift = notice.body, 0
    for spot in sorted(random.sample(spots, max(1, round(share * len(spots)))), key=re.Match.start):
        value = float(spot[0]) * random.choice((0.45, 0.62, 0.83, 1.27, 1.55, 2.4))
        printed = f"{value:.1f}" if "." in spot[0] else str(max(int(value), 1) + (value < 3))
        body = body[: spot.start() + shift] + printed + body[spot.end() + shift :]
        shift += len(printed) - len(spot[0])
    return Retold(notice.title, body, f"{notice.story}-other", notice.frame, notice.firms)


def followed(random: Random) -> tuple[Retold, Retold, Retold]:
    """Return three notices of one undertaking: signed, started and in production, with the same
    numbers wherever they state them."""
    slots = _Slots(random)
    name = f"{random.getrandbits(64):x}"
    told = []
    for frame in ("signing", "start", "production"):
        slots |= {"day": str(random.randint(1, 28)), "month": str(random.randint(1, 12))}
        title, body = (text.format_map(slots) for text in FRAMES[frame])
        told.append(Retold(title, body, f"{frame}-{name}", frame, (slots["firm"],)))
    return told[0], told[1], told[2]


def edited(random: Random, notice: Retold, share: float) -> Retold:
    """Return a notice with a share of its clauses left out, worded otherwise, moved or joined by
    new ones; half of the time with a new headline."""
    pieces = _CLAUSES.split(notice.body)
    clauses = list(range(0, len(pieces) - 1, 2))
    for at in random.sample(clauses, round(share * len(clauses))):
        pieces[at] = _reworded(random, pieces[at])
    title = (
        random.choice(_MATERIAL["headlines"]).format(notice.title)
        if random.random() < 0.5
        else None
    )
    body = re.sub("[，；]+(?=[。\n])", "", "".join(pieces))
    return _with(notice, title or notice.title, re.sub("([，；。])[，；。]+", r"\1", body))


def _reworded(random: Random, clause: str) -> str:
    way = random.randrange(4)
    if way == 0:
        return ""
    if way == 1:
        return f"{random.choice(_MATERIAL['fillers'])}，{clause}"
    for old, new in _MATERIAL["synonyms"]:
        if old in clause:
            return clause.replace(old, new)
    return clause[2:] if len(clause) > 12 and not clause[:4].isascii() else clause + "等"


def rounded(notice: Retold) -> Retold:
    """Return a notice with its money rounded down: 26.3亿元 becomes 超26亿元."""
    return _with(notice, notice.title, _EXACT.sub(r"超\1亿元", notice.body))


def cut(random: Random, notice: Retold) -> Retold:
    """Return the beginning of a notice: half of its sentences or more."""
    lines = notice.body.split("\n")
    kept = random.randint((len(lines) + 1) // 2, len(lines))
    return _with(notice, notice.title, "\n".join(lines[:kept]))


def _with(notice: Retold, title: str, body: str) -> Retold:
    return Retold(title, body, notice.story, notice.frame, notice.firms)
