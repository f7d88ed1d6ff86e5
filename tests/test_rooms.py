import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = {
    *("activities", "api", "cli", "domain", "letters", "reports", "settings", "store", "worker"),
    "workflows",
}


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.partition(".")[0]


def python_files(*places: str) -> list[Path]:
    found = [ROOT / place for place in places]
    return [file for each in found for file in (each.rglob("*.py") if each.is_dir() else [each])]


@pytest.mark.parametrize("path", python_files("domain"), ids=lambda path: path.name)
def test_the_domain_imports_itself_and_the_standard_library(path: Path) -> None:
    assert set(imports_of(path)) <= sys.stdlib_module_names | {"domain"}
    assert not set(imports_of(path)) & {"asyncio", "random", "socket", "uuid"}


def test_settings_import_nothing_of_ours() -> None:
    for file in ("settings.py", "setting_evidence.py", "setting_files.py", "setting_kinds.py"):
        assert not set(imports_of(ROOT / file)) & OURS


@pytest.mark.parametrize(
    "room", ["domain", "letters", "reports", "store", "activities", "workflows"]
)
def test_rooms_behind_the_edge_do_not_read_settings(room: str) -> None:
    for path in python_files(room):
        assert "settings" not in set(imports_of(path)), path


def test_nobody_imports_the_worker_but_the_command_line() -> None:
    for path in python_files(
        "domain", "letters", "reports", "store", "activities", "workflows", "api", "settings.py"
    ):
        assert "worker" not in set(imports_of(path)), path
