"""Conversations over the corpus that ships, replayed. The format of `tests/scripts/*.txt`:

    # a comment
    >>> 静安寺那边多少家店可以无理由退货？
    <<< answered 000 | 313家
    >>> 虹口呢？
    <<< refused | 虹口

Behind the status stand the beginnings of the ids of the articles cited, in order, each once; behind each bar what the
lead holds, or the message where there is no lead. A line `---` begins another conversation.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.dialogue.reply import Reply, Status
from bot.dialogue.turn import Dialogue
from tests import promises
from tests.tiny import Chat

SCRIPTS = Path(__file__).parent / "scripts"


class Turn(NamedTuple):
    """What is said, and what must come back; `where` is the line in the script."""

    where: str
    says: str
    status: str
    articles: list[str]
    holds: list[str]


def read(path: Path) -> list[list[Turn]]:
    """Return the conversations of a script."""
    conversations: list[list[Turn]] = [[]]
    says = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        mark, _, rest = line.partition(" ")
        if mark == "---":
            conversations.append([])
        elif mark == ">>>":
            says = rest
        elif mark == "<<<":
            head, *holds = (part.strip() for part in rest.split("|"))
            status, *articles = head.split()
            where = f"{path.name}:{number}"
            conversations[-1].append(Turn(where, says, status, articles, holds))
        elif line and not line.startswith("#"):
            raise ValueError(f"{path.name}:{number}: neither comment, >>>, <<< nor ---")
    return conversations


CONVERSATIONS = [
    conversation for path in sorted(SCRIPTS.glob("*.txt")) for conversation in read(path)
]


def check(turn: Turn, reply: Reply) -> None:
    promises.keep(reply)
    got = f"{turn.where}: {turn.says} → {reply.status} {reply.lead or reply.message}"
    assert reply.status == turn.status, got
    cited = dict.fromkeys(shown.excerpt.article.id for shown in reply.excerpts)
    if turn.articles:
        firsts = [
            article[: len(prefix)] for article, prefix in zip(cited, turn.articles, strict=False)
        ]
        assert firsts == turn.articles, got
    for text in turn.holds:
        assert text in (reply.lead if reply.status is Status.ANSWERED else reply.message), got


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda turns: turns[0].where)
async def test_a_conversation(
    real_dialogue: Dialogue, new_chat: Callable[[Dialogue], Chat], conversation: list[Turn]
) -> None:
    chat = new_chat(real_dialogue)
    for turn in conversation:
        check(turn, await chat.says(turn.says))


async def test_conversations_held_at_the_same_time_do_not_mix(
    real_dialogue: Dialogue, new_chat: Callable[[Dialogue], Chat]
) -> None:
    """Each gets the replies that it gets alone, when all take turns line by line."""
    alone, together = (
        {turns[0].where: new_chat(real_dialogue) for turns in CONVERSATIONS} for _ in range(2)
    )
    want = {
        turn.where: await alone[turns[0].where].says(turn.says)
        for turns in CONVERSATIONS
        for turn in turns
    }
    for place in range(max(map(len, CONVERSATIONS))):
        for turns in CONVERSATIONS:
            for turn in turns[place : place + 1]:
                assert await together[turns[0].where].says(turn.says) == want[turn.where]
