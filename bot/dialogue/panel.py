"""A panel: what is shown at once, as blocks of text with buttons under them, free of any channel.

The dialogue makes panels, a channel lays them out: Telegram with message entities and an inline keyboard, the console
with lines. So both say the same words. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

MAX_DATA_BYTES = 64
"""What a button of Telegram's may carry. Source: https://core.telegram.org/bots/api#inlinekeyboardbutton."""

ASK = "ask:"
"""Data of a button that asks a question begin with it, the question's key follows."""


class Look(StrEnum):
    """What a piece of text is; a channel decides how that looks."""

    TEXT = "text"  # the bot's own words
    LEAD = "lead"  # the short answer, or a headline
    QUOTE = "quote"  # verbatim from an article; may be folded up where it is long
    BODY = "body"  # verbatim, to be read through: never folded up
    SOURCE = "source"  # where a quote stands
    ITEM = "item"  # one of several of a kind
    CODE = "code"  # to be read to the letter: a hash, an offset, a command


class Span(NamedTuple):
    """A piece of text in one look; the spans of a block stand below each other.

    Args:
        text: The text.
        look: What it is.
        marks: Words to be pointed out, as (start, end) in `text`, in order and apart.
    """

    text: str
    look: Look = Look.TEXT
    marks: tuple[tuple[int, int], ...] = ()


Block = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a panel.

    Args:
        label: What stands on it.
        data: What the bot is told when it is pressed, at most `MAX_DATA_BYTES` of UTF-8. All that a press needs stands
            in it, so that it works after a restart.
        ask: Whether it asks the question on it, rather than changing what is shown.
    """

    label: str
    data: str
    ask: bool = False

    def __post_init__(self) -> None:
        if not 1 <= len(self.data.encode("utf-8", "surrogatepass")) <= MAX_DATA_BYTES:
            raise ValueError(f"a button's data must have 1 to {MAX_DATA_BYTES} bytes")


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """What is shown at once.

    Args:
        blocks: Blocks of text, an empty line between two of them.
        buttons: Rows of buttons.
    """

    blocks: tuple[Block, ...]
    buttons: Rows = ()


def text_panel(text: str, *buttons: tuple[Button, ...]) -> Panel:
    """Return a panel of the bot's own words; a blank line parts its blocks."""
    return Panel(tuple((Span(block),) for block in text.split("\n\n")), buttons)
