"""Draws docs/img/quality.svg: every reader as a dot for each part on each of three scales."""

from __future__ import annotations

from xml.sax.saxutils import escape

from benchmarks.corpus import PARTS
from benchmarks.readers import OURS
from benchmarks.report import Row, label
from benchmarks.scoring import PartScore

_COLOURS = dict(zip(PARTS, ("#1b6ca8", "#e07b39", "#4c9a52"), strict=True))
_LEFT, _TOP, _LINE, _WIDTH, _GAP = 180, 56, 28, 190, 34
# What is scored, its caption, and the left end of its scale.
_PANELS = (("f1", "text (F1)", 0.6), ("title", "exact title", 0.0), ("date", "exact date", 0.0))


def draw(rows: list[Row]) -> str:
    """Return the plot as SVG, the best reader on top."""
    ranked = sorted(rows, key=_mean_f1, reverse=True)
    height = _TOP + _LINE * len(ranked) + 16
    width = _LEFT + len(_PANELS) * (_WIDTH + _GAP)
    pieces = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
        *_legend(),
        *(_reader(row, place) for place, row in enumerate(ranked)),
        *(_panel(number, ranked) for number in range(len(_PANELS))),
        "</svg>\n",
    ]
    return "\n".join(pieces)


def _legend() -> list[str]:
    return [
        f'<circle cx="{12 + 66 * n}" cy="18" r="5" fill="{colour}"/>'
        f'<text x="{22 + 66 * n}" y="22">{part}</text>'
        for n, (part, colour) in enumerate(_COLOURS.items())
    ]


def _reader(row: Row, place: int) -> str:
    weight = ' font-weight="bold"' if row.name == OURS else ""
    name = escape(label(row.name)) + (" †" if row.quoted else "")
    return f'<text x="{_LEFT - 16}" y="{_y(place) + 4}" text-anchor="end"{weight}>{name}</text>'


def _panel(number: int, rows: list[Row]) -> str:
    field, caption, lowest = _PANELS[number]
    left = _LEFT + number * (_WIDTH + _GAP)
    pieces = [f'<text x="{left + _WIDTH / 2}" y="22" text-anchor="middle">{caption}</text>']
    for tick in (lowest, (lowest + 1) / 2, 1.0):
        x = _x(left, tick, lowest)
        pieces.append(
            f'<line x1="{x}" x2="{x}" y1="{_TOP - 8}" y2="{_y(len(rows)) - 8}" stroke="#ddd"/>'
            f'<text x="{x}" y="{_TOP - 14}" text-anchor="middle" fill="#666">{tick:g}</text>'
        )
    for place, row in enumerate(rows):
        for aside, (part, colour) in enumerate(_COLOURS.items()):
            value = _value(row, part, field)
            if value is not None:
                x, y = _x(left, max(value, lowest), lowest), _y(place) - 7 + 7 * aside
                pieces.append(f'<circle cx="{x}" cy="{y}" r="4" fill="{colour}"/>')
    return "\n".join(pieces)


def _value(row: Row, part: str, field: str) -> float | None:
    score = row.scores.get(part)
    value: float | None = getattr(score, field) if isinstance(score, PartScore) else None
    return value


def _mean_f1(row: Row) -> float:
    return sum(score.f1 or 0 for score in row.scores.values())


def _x(left: int, value: float, lowest: float) -> float:
    return round(left + _WIDTH * (value - lowest) / (1 - lowest), 1)


def _y(place: int) -> int:
    return _TOP + _LINE * place + 8
