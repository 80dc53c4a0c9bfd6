"""What the buttons under an answer carry: which view is wanted, of which citation, and the answer's reference.

t02:ABCDEF…      the article of the first citation, its third page
p17:ABCDEF…      the eighth paragraph of the second citation's article
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from bot.dialogue.panel import Button, Rows
from bot.dialogue.wording import Wording


class View(StrEnum):
    """What can be looked at of an answer."""

    ANSWER = "a"  # the answer itself
    TEXT = "t"  # the article cited, page by page
    PARAGRAPH = "p"  # one paragraph of it
    ORIGINAL = "o"  # what the excerpt was in the file as received
    RELATED = "q"  # what else can be asked
    SHARE = "s"  # a link to the answer
    UNCERTAIN = "u"  # the article's sentences that are never quoted, with their marks


LINK = "a_"
"""What a link hands to `/start` begins with it, the answer's reference follows."""
UP, DOWN = "+:", "-:"
"""What a vote's data begin with, the answer's reference follows."""
NOT_TYPED = (UP, DOWN, f"{View.SHARE}0:")
"""Buttons that are of no use where one has to type what stands on them."""
BUTTONS = rf"^[{''.join(View)}][0-2]\d{{0,5}}:"
_DATA = re.compile(rf"([{''.join(View)}])([0-2])(\d{{1,5}})?:([A-Za-z0-9_-]{{1,56}})", re.ASCII)


class Press(NamedTuple):
    """A press of a button.

    Args:
        view: What is wanted.
        reference: The answer's reference, as text.
        citation: Number of the citation that it is about.
        number: Number of a page or paragraph; None for where the citation stands.
    """

    view: View
    reference: str
    citation: int = 0
    number: int | None = None

    @property
    def data(self) -> str:
        """The press as a button carries it."""
        number = "" if self.number is None else self.number
        return f"{self.view}{self.citation}{number}:{self.reference}"

    def at(self, view: View, number: int | None = None) -> Press:
        """Return the press that leads from here to another view of the same citation."""
        return Press(view, self.reference, self.citation, number)


def read(data: str) -> Press | None:
    """Return the press that a button carries; None for anything else."""
    found = _DATA.fullmatch(data)
    if found is None:
        return None
    view, citation, number, reference = found.groups()
    press = Press(View(view), reference, int(citation), int(number) if number else None)
    return press if press.data == data else None


def under_answer(
    reference: str, plain: str, beside: tuple[int | None, int | None], words: Wording
) -> Rows:
    """Return the rows of buttons under an answer.

    Args:
        reference: The answer's reference, with the words pointed out.
        plain: The same without them, for what people vote on.
        beside: Numbers of the paragraphs before and behind the one cited first; None where there is none.
        words: The bot's own words.
    """
    here = Press(View.ANSWER, reference)
    reading = [("view_read", here.at(View.TEXT))]
    for key, number in zip(("view_before", "view_after"), beside, strict=True):
        if number is not None:
            reading.append((key, here.at(View.PARAGRAPH, number)))
    more = (
        ("view_check", here.at(View.ORIGINAL)),
        ("view_related", here.at(View.RELATED)),
        ("view_share", here.at(View.SHARE)),
    )
    rows = [tuple(Button(words.say(key), to.data) for key, to in row) for row in (reading, more)]
    votes = (
        Button(words.say("view_up"), f"{UP}{plain}"),
        Button(words.say("view_down"), f"{DOWN}{plain}"),
    )
    return (*rows, votes)
