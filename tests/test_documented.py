"""Every setting is documented where an operator looks for it, and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot import settings

ROOT = Path(__file__).parent.parent
NAME = re.compile(r"(?:BOT|TELEGRAM|WEBHOOK)_[A-Z_]+[A-Z]")


def read_by_the_program() -> set[str]:
    source = Path(settings.__file__).read_text(encoding="utf-8")
    return set(re.findall(rf'"({NAME.pattern})"', source))


def in_order(pattern: str, file: str) -> list[str]:
    text = (ROOT / file).read_text(encoding="utf-8")
    return re.findall(rf"^{pattern.replace('NAME', f'({NAME.pattern})')}", text, re.M)


@pytest.mark.parametrize(
    ("pattern", "file"), [("NAME=", ".env.example"), (r"\| `NAME` \|", "README.md")]
)
def test_every_setting_is_named_once_and_in_the_same_order(pattern: str, file: str) -> None:
    named = in_order(pattern, file)
    assert sorted(named) == sorted(read_by_the_program())
    assert named == in_order("NAME=", ".env.example")


def test_the_whole_check_runs_without_the_settings_of_who_runs_it() -> None:
    text = (ROOT / ".ci" / "run").read_text(encoding="utf-8").replace("\\\n", "")
    unset = NAME.findall(" ".join(re.findall("^unset .*", text, re.M)))
    exported = NAME.findall(" ".join(re.findall("^export .*", text, re.M)))
    assert sorted(unset + exported) == sorted(read_by_the_program())
