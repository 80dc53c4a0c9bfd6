"""What users see of the commands, word for word, over the corpus that ships: `tests/transcripts/<language>.txt`.

A line that begins with `>>> ` is typed in the console, what follows is what comes. After a change of what is said look
at what `python -m tests.test_transcripts` makes of the files, as a user would, before accepting it.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import pytest

from bot import wiring
from bot.channel import console
from bot.dialogue.turn import Dialogue
from bot.settings import Settings, shipped_corpus

FILES = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))
TYPED = ">>> "


def replayed(typed: list[str], dialogue: Dialogue) -> str:
    """Return the transcript of a session in which some lines are typed."""
    lines: list[str] = []
    for number, line in enumerate(typed):
        stdout = io.StringIO()
        if number == 0:
            session = console.ConsoleCommands(console.CALLER)
        with console.asyncio.Runner() as runner:
            console._answer(line, dialogue, session, runner, stdout)
        lines += [TYPED + line, stdout.getvalue().strip(), ""]
    return "\n".join(lines)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_transcript(real_dialogue: Dialogue, path: Path) -> None:
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
