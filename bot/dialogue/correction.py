"""What is shown of a correction: to the admin who is about to send it, and to those whom it reaches. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.dialogue.panel import Block, Button, Look, Panel, Span, text_panel
from bot.dialogue.shortening import shortened
from bot.dialogue.wording import Wording

if TYPE_CHECKING:
    from bot.dialogue.oversight import Withdrawn

SEND, NO = "correct", "correct-not"
"""What the data of the buttons begin with; a colon and a key follow."""
LONGEST, MOST = 100, 20


def how_panel(withdrawn: Sequence[Withdrawn], words: Wording) -> Panel:
    """Return how the command is written, and for which withdrawn articles there is somebody to be told."""
    blocks: list[Block] = [(Span(words.say("correction_how")),)]
    if withdrawn:
        listed = [
            words.say("correction_withdrawn", article=one.article_id, count=one.followers)
            for one in withdrawn[:MOST]
        ]
        blocks.append((Span(words.say("correction_gone")), *(Span(o, Look.ITEM) for o in listed)))
    return Panel(tuple(blocks))


def asked_panel(name: str, count: int, text: str, words: Wording, key: str) -> Panel:
    """Return the message as it would arrive and to how many, with the buttons that send it or do not.

    Args:
        name: What the article is called; "" where the corpus has it no more.
        count: How many it would reach.
        text: What the admin wrote.
        words: The bot's own words.
        key: Names what waits.
    """
    if not count:
        return text_panel(words.say("correction_nobody"))
    send = Button(words.say("correction_send", count=count), f"{SEND}:{key}")
    leave = Button(words.say("correction_leave"), f"{NO}:{key}")
    head = (Span(words.say("correction_sure", count=count), Look.LEAD),)
    return Panel((head, *told_panel(name, text, words).blocks), ((send, leave),))


def told_panel(name: str, text: str, words: Wording) -> Panel:
    """Return what reaches someone who was answered from the article; the admin's text stands apart, as a quote."""
    key = "correction_told_of" if name else "correction_told"
    told = words.say(key, title=shortened(name, LONGEST))
    return Panel(
        (
            (Span(told),),
            (Span(text, Look.BODY),),
            (Span(words.say("correction_stop"), Look.SOURCE),),
        )
    )
