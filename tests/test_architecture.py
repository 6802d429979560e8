"""The directions that imports may take, and who may import the big libraries."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "cqcrawler"

# The Scrapy components and what starts them.
GLUE = {
    "checks",
    "crawling",
    "domains",
    "downloads",
    "extensions",
    "log_file",
    "middlewares",
    "pipelines",
    "probing",
    "resolver",
    "scheduler",
    "scrapy_commands",
    "settings",
    "spider_loader",
    "spiders",
}
# From the bottom up: a part may import those of lower layers. The parts of one layer do not
# know each other, but for the Scrapy glue. The package itself (`cqcrawler.read_article`) puts
# reading, cleaning and the archive together for users and for the commands.
LAYERS = [
    {"digests", "exceptions", "messages", "models", "private_files"},
    {"litestream", "resources", "schedule"},
    {"text"},
    {"reading", "cleaning", "doubts", "facts", "filing"},
    {"platforms"},
    {"api", "portals"},
    {"archive", "warc"},
    {"run"},
    {"forget", "health", "learn", "probe", "reextract", "verify", "wacz"},
    {"digest", "drill", "importing", "watching"},
    {"site"},
    GLUE,
    {"demo"},
    {"commands"},
]
RANKS = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}
# The same inside the parts that have rooms of their own: folders, and modules beside them.
ROOMS = {
    "reading": [
        {"page", "refusals"},
        {"addresses", "files", "labels"},
        {"scripts"},
        {"title"},
        {"body"},
        {"page_foot"},
        {"layout"},
        {"fallback", "feeds", "fields", "listing"},
        {"text_evidence"},
        {"selected"},
        {"article", "page_kind", "promises"},
    ],
    "archive": [
        {"file", "search"},
        {"articles", "asking", "frontier"},
        {
            "answers",
            "bulletin",
            "export",
            "forgetting",
            "industries",
            "places",
            "recovery",
            "repair",
            "robots",
            "runs",
            "statistics",
            "upkeep",
            "verification",
            "watches",
        },
        {"store"},
    ],
}
ONLY_IN = {
    "scrapy": GLUE,
    "tldextract": GLUE,
    "sqlite_utils": {"archive"},
    "sqlite3": {"archive"},
    "warcio": {"warc"},
    "dateparser": {"text"},
    "parsel": {"probe", "reading"},
    "cssselect": {"probe", "reading"},
    "jmespath": {"platforms"},
    "datasette": {"site"},
    "jinja2": {"site"},
    "uvicorn": {"site"},
    "click": {"commands"},
    "rich": {"commands"},
}


def part_of(path: Path) -> str:
    """The part of the package that a file belongs to: `text`, `cleaning`, ..."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def may_import(part: str, name: str) -> bool:
    top, *rest = name.split(".")
    if top != "cqcrawler":
        return part in ONLY_IN.get(top, {part})
    imported = rest[0] if rest and rest[0] in RANKS else "cqcrawler"
    if imported == "cqcrawler":  # a public name of the package, such as `read_article`
        return part == "commands" or rest == ["__version__"]
    return imported == part or RANKS[imported] < RANKS[part] or {imported, part} <= GLUE


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    part = part_of(path)
    if part in ("__init__", "__main__"):
        return
    assert part in RANKS, f"{part} has no layer: add it to LAYERS"
    wrong = {name for name in imports_of(path) if not may_import(part, name)}
    assert not wrong, f"{part} must not import {', '.join(sorted(wrong))}"


@pytest.mark.parametrize("part", ROOMS)
def test_rooms_of_a_part_know_those_below_them_only(part: str) -> None:
    ranks = {room: rank for rank, layer in enumerate(ROOMS[part]) for room in layer}
    wrong = {
        f"{room} must not import {other}"
        for path in FILES
        if part_of(path) == part and (room := room_of(path)) != "__init__"
        for name in imports_of(path)
        if name.startswith(f"cqcrawler.{part}.")
        and (other := name.split(".")[2]) != room
        and ranks[other] >= ranks[room]
    }
    assert not wrong, ", ".join(sorted(wrong))


def test_sqlite_utils_is_met_in_one_place() -> None:
    """Whoever writes gets the tables from the connection, so whoever reads need not load it."""
    users = {path for path in FILES if any(n.startswith("sqlite_utils") for n in imports_of(path))}
    folder = PACKAGE / "archive" / "file"
    assert {path.relative_to(folder).name for path in users} == {
        "connection.py",
        "dictionary.py",
        "schema.py",
    }


def room_of(path: Path) -> str:
    """The room of a part that a file belongs to: `page`, `title`, `article`, ..."""
    return path.relative_to(PACKAGE).parts[1].removesuffix(".py")
