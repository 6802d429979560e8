"""Pack cqcrawler into an egg for scrapyd: `python scripts/build_egg.py dist/cqcrawler.egg`.

An egg is a zip with the package and, in EGG-INFO, its name and where its Scrapy settings are.
What it depends on has to be installed where scrapyd runs.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

ROOT = Path(__file__).resolve().parent.parent


def build(egg: Path) -> None:
    """Write the egg, in a folder that is made as needed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name, version = project["name"], project["version"]
    egg.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(egg, "w", ZIP_DEFLATED) as archive:
        for file in sorted((ROOT / name).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                archive.write(file, file.relative_to(ROOT))
        about = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        archive.writestr("EGG-INFO/PKG-INFO", about)
        archive.writestr("EGG-INFO/entry_points.txt", f"[scrapy]\nsettings = {name}.settings\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    build(Path(sys.argv[1]))
