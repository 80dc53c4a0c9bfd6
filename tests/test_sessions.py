"""What users see of the commands, word for word, over the corpus that ships: `tests/sessions/<language>.txt`.

A line that begins with `>>> ` is typed in the console, what follows is what comes. After a change of what is said look
at what `python -m tests.test_sessions` makes of the files, as a user would, before accepting it.
"""

from __future__ import annotations

import asyncio
import io
import tempfile
from pathlib import Path

import pytest

from bot import wiring
from bot.channel import console
from bot.dialogue.turn import Dialogue
from bot.settings import Settings, shipped_corpus

FILES = sorted((Path(__file__).parent / "sessions").glob("*.txt"))
TYPED = ">>> "


def replayed(typed: list[str], dialogue: Dialogue) -> str:
    """Return a session in which some lines are typed."""
    lines: list[str] = []
    session = console.ConsoleCommands(console.CALLER)
    with asyncio.Runner() as runner:
        for line in typed:
            stdout = io.StringIO()
            console._answer(line, dialogue, session, runner, stdout)
            lines += [TYPED + line, stdout.getvalue().strip(), ""]
    return "\n".join(lines)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_session(real_dialogue: Dialogue, path: Path) -> None:
    want = path.read_text(encoding="utf-8")
    assert replayed(_typed(want), real_dialogue) == want


def _typed(transcript: str) -> list[str]:
    return [line.removeprefix(TYPED) for line in transcript.split("\n") if line.startswith(TYPED)]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as state:
        shipped = wiring.dialogue(Settings(shipped_corpus(), Path(state)))
        for each in FILES:
            text = replayed(_typed(each.read_text(encoding="utf-8")), shipped)
            each.write_text(text, encoding="utf-8")
