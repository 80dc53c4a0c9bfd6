"""The import contracts of pyproject.toml hold, and would notice if they did not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROGRAM = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_contracts_are_kept() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("bot/utils.py", "", "The data's way"),
        ("bot/article.py", "from bot.search import bm25", "The data's way"),
        ("bot/dialogue/turn.py", "import asyncio", "The core does no I/O"),
        ("bot/dialogue/turn.py", "import telegram", "Only the Telegram channel knows Telegram"),
        ("bot/cli.py", "from bot.store import memory", "Adapters are chosen in one place"),
    ],
)
def test_a_breach_is_noticed(tmp_path: Path, module: str, line: str, contract: str) -> None:
    shutil.copytree(ROOT / "bot", tmp_path / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    done = lint(tmp_path)
    assert done.returncode == 1, done.stderr
    broken = [row for row in done.stdout.splitlines() if row.endswith("BROKEN")]
    assert any(row.startswith(contract) for row in broken), done.stdout


def test_packages_hold_nothing_but_their_docstring() -> None:
    for path in (ROOT / "bot").rglob("__init__.py"):
        text = path.read_text(encoding="utf-8").strip()
        assert text.count('"""') == 2, path
        assert text.startswith('"""'), path
        assert text.endswith('"""'), path


def test_importing_the_command_line_loads_nothing_heavy() -> None:
    program = (
        "import sys; import bot.cli;"
        "print({'numpy', 'jieba', 'opencc', 'pypinyin', 'telegram', 'rich', 'aiohttp'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"
