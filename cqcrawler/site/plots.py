"""One or two series over time as columns side by side, and sums by province as a map of tiles."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from cqcrawler.archive.answers.money import in_period
from cqcrawler.site.charts import periods
from cqcrawler.site.languages import current, say
from cqcrawler.site.measures import Measure
from cqcrawler.text import regions

_SLOT, _GAP = 12.0, 2.4
_TILE, _TILE_GAP = 62, 2
# Shades of the map, from none to most: sums differ so much that shares would show one province.
_SHADES = 5

# Old events that are told of today would make months too narrow to be seen.
_LATEST, _EARLY = 36, 0.2

Link = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Series:
    """What is drawn: numbers by month, and the address that a month or year leads to."""

    name: str
    months: Mapping[str, float]
    link: Link


@dataclass(frozen=True, slots=True)
class Column:
    """One series, counted from 1, in one period."""

    series: int
    value: float
    x: float
    width: float
    height: float
    link: str


@dataclass(frozen=True, slots=True)
class Slot:
    """One period, with a column for each series."""

    label: str
    x: float
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """Slots from left to right under an axis that ends at `top`; `summary` says it in words."""

    slots: tuple[Slot, ...]
    names: tuple[str, ...]
    measure: Measure
    top: float
    width: float
    summary: str
    slot: float = _SLOT


@dataclass(frozen=True, slots=True)
class Tile:
    """A province: where its tile is, what stands on it, and where it leads."""

    x: int
    y: int
    short: str
    name: str
    value: float
    shade: int
    link: str


@dataclass(frozen=True, slots=True)
class TileMap:
    """Tiles of all provinces; `legend` has from which number on a shade is used."""

    tiles: tuple[Tile, ...]
    legend: tuple[float, ...]
    measure: Measure
    width: int
    height: int
    size: int = _TILE - _TILE_GAP


def plot(
    series: Sequence[Series],
    measure: Measure,
    shown: Sequence[str] = (),
    top: float | None = None,
) -> Plot:
    """Return series as columns; `shown` are the periods, and `top` is the end of the axis, that
    several plots share."""
    shown = shown or periods_of(series)
    sums = [[_within(one.months, period) for period in shown] for one in series]
    most = max((value for values in sums for value in values), default=0)
    top = top or round_up(most)
    width = (_SLOT - _GAP) / max(1, len(series))
    slots = tuple(
        Slot(
            _label(period),
            x := number * _SLOT,
            tuple(
                Column(
                    place + 1,
                    values[number],
                    round(x + _GAP / 2 + place * width, 2),
                    round(width, 2),
                    _height(values[number], top),
                    one.link(period) if values[number] else "",
                )
                for place, (one, values) in enumerate(zip(series, sums, strict=True))
            ),
        )
        for number, period in enumerate(shown)
    )
    names = tuple(one.name for one in series)
    return Plot(slots, names, measure, top, len(slots) * _SLOT, _summary(names, slots, measure))


def periods_of(series: Sequence[Series]) -> list[str]:
    """Return the months that these have numbers of, without gaps.

    Of too many, those are told one by one that have most of what there is, and the others
    together (..2022-09) where they are earlier; else years.
    """
    months = {month for one in series for month in one.months}
    shown = periods(months)
    if not shown or len(shown[0]) > len("2025"):
        return shown
    late = _latest(max(months))
    before = f"..{_before(late[0])}"
    total = sum(sum(one.months.values()) for one in series)
    early = sum(_within(one.months, before) for one in series)
    return [before, *late] if early <= _EARLY * total else shown


def most_within(series: Sequence[Series], shown: Sequence[str]) -> float:
    """Return the largest number that a plot of these would show."""
    return max((_within(one.months, period) for one in series for period in shown), default=0)


def round_up(value: float) -> float:
    """Return the end of an axis: the next number that is 1, 2 or 5 with zeros."""
    if value <= 0:
        return 1.0
    unit = 10.0 ** math.floor(math.log10(value))
    return next(step * unit for step in (1.0, 2.0, 5.0, 10.0) if step * unit >= value * (1 - 1e-9))


def tile_map(sums: Mapping[str, float], measure: Measure, link: Link) -> TileMap:
    """Return a map of sums by province (the first two digits of its code)."""
    most = max((sums.get(code, 0) for code in _provinces()), default=0)
    tiles = tuple(
        Tile(
            column * _TILE,
            row * _TILE,
            words[current.get()],
            province_name(code),
            value := sums.get(code, 0.0),
            _shade(value, most),
            link(code) if value else "",
        )
        for code, (column, row, words) in _provinces().items()
    )
    shades = range(1, _SHADES) if most else ()
    legend = tuple(most * ((shade - 1) / (_SHADES - 1)) ** 2 for shade in shades)
    size = 1 + max(max(column, row) for column, row, _ in _provinces().values())
    return TileMap(tiles, legend, measure, size * _TILE - _TILE_GAP, size * _TILE - _TILE_GAP)


def province_name(code: str) -> str:
    """Return the name of a province in the reader's language, by the first digits of its code."""
    if current.get() == "en" and code in _provinces():
        return _provinces()[code][2]["name"]
    place = regions.find(f"{code}0000")
    return place.province if place else code


@cache
def _provinces() -> dict[str, tuple[int, int, dict[str, str]]]:
    text = files("cqcrawler.site").joinpath("provinces.toml").read_text(encoding="utf-8")
    return {code: (*entry.pop("at"), entry) for code, entry in tomllib.loads(text).items()}


def _shade(value: float, most: float) -> int:
    return math.ceil(math.sqrt(value / most) * (_SHADES - 1) - 1e-9) if value > 0 else 0


def _within(months: Mapping[str, float], period: str) -> float:
    return sum(value for month, value in months.items() if in_period(month, period))


def _latest(month: str) -> list[str]:
    """Return the months up to one, of which so many are told one by one."""
    last = int(month[:4]) * 12 + int(month[5:7]) - 1
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(last - _LATEST + 1, last + 1)]


def _before(month: str) -> str:
    year, number = int(month[:4]), int(month[5:7])
    return f"{year:04}-{number - 1:02}" if number > 1 else f"{year - 1:04}-12"


def _label(period: str) -> str:
    return period.replace("..", "≤")


def _height(value: float, top: float) -> float:
    # What is above zero can be seen.
    return max(1.0, round(100 * value / top, 2)) if value else 0.0


def _summary(names: Sequence[str], slots: Sequence[Slot], measure: Measure) -> str:
    if not slots:
        return ""
    return " ".join(_told(name, number, slots, measure) for number, name in enumerate(names))


def _told(name: str, number: int, slots: Sequence[Slot], measure: Measure) -> str:
    values = [slot.columns[number].value for slot in slots]
    most = max(values)
    return say(
        "dashboard.summary_of",
        name=name,
        first=slots[0].label,
        last=slots[-1].label,
        total=measure.show(sum(values)),
        unit=measure.unit,
        most=measure.show(most),
        peak=slots[values.index(most)].label,
    )
