"""What the package says to people: its messages, found in the code that makes them.

Every text in the code that reads as English is taken for a message, so that nobody has to think of
listing a new one. What is none is told by what it is for, or is named here with the reason.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "cqcrawler"

# Two words in a row, or one beside what is filled in.
_ENGLISH = re.compile(
    r"[A-Za-z]{2,}[,;:.)]* +[A-Za-z(\[]|[a-z]{2}[,;:]? \{\}|\{\}[,;:]? \(?[a-z]{2}"
)
_SQL = re.compile(
    r"\b(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|ORDER BY|GROUP BY|INDEXED BY|BEGIN|WITH"
    r"|VACUUM|PRAGMA|SAVEPOINT|ROLLBACK|RELEASE|BETWEEN|NOT NULL|IS NULL|IS NOT|TEXT|INTEGER"
    r"|WHERE|UNION|AND|NULL AS|IN \(|FROM|ON|JOIN|NOT INDEXED)|\bcoalesce\(|\(\?, \?\)"
)
_MARKUP = re.compile(
    r"</?\w[^>]*>|//\*\[|\bHTTP/1|; charset=|; filename=|default-src|\bfunction\b|\{count: "
)
# Messages of the log, of which `%s` are filled in when they are written.
_LOGGED = re.compile("%[sr]")
# For a shell, to be typed as it stands.
_TYPED = re.compile(r"(?:python -m|chmod|cd) ")
# Functions whose arguments nobody reads, or who reads knows English.
_SILENT = re.compile(
    r"(?:.*\.)?(?:logger|log)\.\w+|re\.\w+|etree\.\w+|AttributeError|TypeError"
    r"|.*\.(?:execute(?:many|script)?|r?split|r?partition|startswith)"
)
# How counted things are named: by one of them.
_COUNTED = "_count"
# Parts of the package that say nothing to people, and what they have instead.
_OTHERS = {
    "archive/articles/paged.py:_PLACE": "names of columns",
    "archive/articles/stated.py": "names of columns",
    "archive/articles/stored.py": "names of columns",
    "archive/bulletin.py:_COLUMNS": "names of columns",
    "archive/export/briefing.py": "a workbook in Chinese, with words of its own",
    "archive/export/cells.py:_FORMATS": "formats",
    "archive/export/workbook.py": "formats, and references to both languages",
    "archive/file/fact_tables.py": "definitions of tables",
    "archive/file/schema.py": "definitions of tables",
    "archive/file/story_tables.py": "definitions of tables",
    "archive/file/values.py:timestamp": "a fault of the caller",
    "archive/file/views.py": "definitions of views",
    "archive/search/search.py:_named": "names of columns",
    "demo/money.py": "faults of pages of our own",
    "demo/sections": "markup of the pages of the demo",
    "digest/markup.py": "styles of a page",
    "facts": "what is looked for in texts, and faults of callers in Python",
    "messages": "the catalogue",
    "platforms/trs.py:TRS": "the name of a system",
    "platforms/ucap.py:UCAP": "the name of a system",
    "probe/draft.py:_about_list": "comments in a portal file, which whoever keeps it rewrites",
    "probe/draft.py:_dated": "comments in a portal file",
    "probe/draft.py:_lines": "comments in a portal file",
    "probe/draft.py:_region": "comments in a portal file",
    "probe/draft.py:_selectors": "a reason in a portal file, to be filled in",
    "reading/listing/selected.py:unmatched": "a key of a portal file",
    "reading/selected.py:read_selected": "a key of a portal file",
    "reading/page/elements.py": "names of elements",
    "reading/page/encodings.py": "names of encodings",
    "reading/page/exclusion.py": "names of elements",
    "reading/page/styled.py": "names of elements",
    "reading/page/visibility.py": "names of elements",
    "reading/scripts/syntax.py": "signs of JavaScript",
    "schedule.py:_SERVICE": "a unit of systemd",
    "schedule.py:_TIMER": "a unit of systemd",
    "site/api": "for programs, which get English",
    "site/labels.py": "markup of Datasette's pages",
    "site/pages/projects.py:page": "what is remembered, and under which key",
    "text/dates.py": "orders of day, month and year",
    "text/uncommon_dates.py": "why a date is none, which is not passed on",
    "warc/records.py": "fields of WARC",
}


@dataclass(frozen=True)
class Message:
    """A message, with `{}` where something is filled in, and where the code has it; `within` is
    the one that it is filled into, if the code says so at the same place."""

    text: str
    where: str
    within: str = ""


def messages() -> list[Message]:
    """Return all that the code says."""
    return [message for path in sorted(PACKAGE.rglob("*.py")) for message in _of_file(path)]


def constants() -> Iterator[str]:
    """Yield every text of the code, messages and others, in pieces as they stand there."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def _of_file(path: Path) -> Iterator[Message]:
    file = path.relative_to(PACKAGE).as_posix()
    for statement in _children(ast.parse(path.read_text(encoding="utf-8"))):
        if not _is_other(f"{file}:{_name_of(statement)}"):
            yield from _read(statement, file, "")


def _is_other(where: str) -> bool:
    return any(
        where.startswith(f"{part}{end}") or where == part for part in _OTHERS for end in "/:"
    )


def _name_of(statement: ast.AST) -> str:
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        return statement.targets[0].id
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return statement.target.id
    return getattr(statement, "name", "")


def _read(node: ast.AST, file: str, within: str) -> Iterator[Message]:
    for text in _texts(node):
        if _is_english(text):
            yield Message(text, f"{file}:{getattr(node, 'lineno', 0)}", within)
            within = text
    for child in _children(node):
        yield from _read(child, file, within)


def _texts(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        # What is filled in by `format`.
        yield re.sub(r"\{\w*\}", "{}", node.value)
    elif isinstance(node, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
        yield "".join(map(str, parts))
    elif isinstance(node, ast.Call) and ast.unparse(node.func) == _COUNTED:
        noun = node.args[1]
        if isinstance(noun, ast.Constant):
            yield from (f"{{}} {noun.value}", f"{{}} {noun.value}s")


def _children(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.JoinedStr):
        yield from (part.value for part in node.values if isinstance(part, ast.FormattedValue))
    elif not (isinstance(node, ast.Call) and _is_silent(node)):
        for child in ast.iter_child_nodes(node):
            # A text that stands for itself explains the code.
            if not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):
                yield child


def _is_silent(call: ast.Call) -> bool:
    function = ast.unparse(call.func)
    return bool(_SILENT.fullmatch(function)) or function == _COUNTED


def _is_english(text: str) -> bool:
    others = (_SQL, _MARKUP, _LOGGED, _TYPED)
    return bool(_ENGLISH.search(text)) and not any(other.search(text) for other in others)


# The commands, and what tells them how far it is.
_PRINTING = ("commands/*.py", "archive/**/*.py", "importing/*.py", "verify.py", "probing.py")
# Whose first argument people read, and may be a single word.
_WORD_SINKS = re.compile(
    r"watch|progress|tell|say|in_words|label|heading|word|_print_list|bars\.add_task"
)
# Whose first argument, and what is assigned to such names, are headings.
_TABLES, _HEADINGS = "print_table", re.compile("_HEADINGS|_DOUBTS|_COUNTS|headings")


def single_words() -> Iterator[tuple[str, str]]:
    """Yield the single words that commands print, each with where it stands."""
    files = (file for part in _PRINTING for file in sorted(PACKAGE.glob(part)))
    for path in files:
        if _is_other(path.relative_to(PACKAGE).as_posix()):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for word in _words_of(node):
                if word.strip() and " " not in word:
                    yield word.strip(), f"{path.relative_to(PACKAGE)}:{getattr(node, 'lineno', 0)}"


def _words_of(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and node.args:
        function = ast.unparse(node.func)
        if function == _TABLES or _WORD_SINKS.fullmatch(function):
            yield from _constants_of(node.args[0])
    elif isinstance(node, ast.Assign) and _HEADINGS.fullmatch(ast.unparse(node.targets[0])):
        yield from _constants_of(node.value)


def _constants_of(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Tuple | ast.List):
        for item in node.elts:
            yield from _constants_of(item)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
