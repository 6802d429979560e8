"""The table of guards fits the project; `python scripts/guards.py` takes each guard out."""

from __future__ import annotations

import ast
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("guards", ROOT / "scripts/guards.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["guards"] = module
    spec.loader.exec_module(module)
    return module


guards = _script()
TABLE = guards.guards()


@pytest.mark.parametrize("guard", TABLE, ids=lambda guard: guard.name)
def test_a_guard_can_be_taken_out_and_has_a_test(guard: guards.Guard) -> None:  # type: ignore[name-defined]
    text = (ROOT / guard.file).read_text("utf-8")
    changed = guards.without(guard, text)
    assert changed != text
    ast.parse(changed)
    file, _, name = guard.test.partition("::")
    tests = {
        node.name
        for node in ast.parse((ROOT / file).read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    assert name.partition("[")[0] in tests if name else tests


def test_names_of_guards_are_unique() -> None:
    names = [guard.name for guard in TABLE]
    assert len(names) == len(set(names))
