"""Forty dialogues of three to six turns, written by somebody who had not seen the program: at least `RIGHT` of the turns are right.

In the form of `tests/test_scripts.py`, but that an answer need only cite the articles named. What is not right is printed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bot.dialogue.turn import Dialogue
from tests.test_scripts import read
from tests.tiny import Chat

RIGHT = 0.9
DIALOGUES = Path(__file__).parent / "dialogues"


async def test_most_turns_are_right(
    real_dialogue: Dialogue, new_chat: Callable[[Dialogue], Chat]
) -> None:
    wrong: list[str] = []
    turns = 0
    for path in sorted(DIALOGUES.glob("*.txt")):
        for conversation in read(path):
            chat = new_chat(real_dialogue)
            for turn in conversation:
                reply = await chat.says(turn.says)
                told = reply.lead or reply.message
                cited = [shown.excerpt.article.id[:3] for shown in reply.excerpts]
                right = str(reply.status) == turn.status and set(turn.articles) <= set(cited)
                turns += 1
                if not right or not all(part in told for part in turn.holds):
                    wrong.append(f"{turn.where}: {turn.says} → {reply.status} {told}")
    print("\n".join(wrong))
    assert turns >= 40 * 3
    assert len(wrong) <= (1 - RIGHT) * turns
