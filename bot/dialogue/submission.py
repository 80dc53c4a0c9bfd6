"""What a channel hands to the corpus, and what it gets back: articles, and the seam to what cleans and adds them.

`Desk.clean` makes an `Offer` of a file; `Offer.add` adds its articles; `Desk.renew` gives a dialogue that answers from
them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from bot.article import Article
from bot.dialogue.turn import Dialogue


class Outcome(StrEnum):
    """What became of an article."""

    ACCEPTED = "accepted"
    NEEDS_REVIEW = "needs_review"
    REFUSED = "refused"


class Doubt(NamedTuple):
    """A place that a person must look at.

    Args:
        what: The matter, in English.
        raw: The place as received, with the text around it.
        clean: The same as it would stand in the article; "" where it was left out.
    """

    what: str
    raw: str
    clean: str


@dataclass(frozen=True, slots=True)
class Submitted:
    """One article of a file.

    Args:
        name: The file, with the line where it holds several.
        outcome: What became of it.
        article: The article; None when it is refused.
        reason: Why it is refused, in English.
        doubts: What is in doubt when it needs a review.
    """

    name: str
    outcome: Outcome
    article: Article | None = None
    reason: str = ""
    doubts: tuple[Doubt, ...] = ()


class Added(NamedTuple):
    """What became of an article that was to be added.

    Args:
        name: The file, with the line where it holds several.
        article_id: What the article is called.
        reason: Why it is not added after all, in English; "" when it is.
    """

    name: str
    article_id: str
    reason: str = ""


class Offer(Protocol):
    """What the cleaning made of one file; the accepted articles can be added."""

    @property
    def articles(self) -> Sequence[Submitted]:
        """Every article of the file, in order; at least one."""

    def add(self) -> list[Added]:
        """Add the accepted articles, all of them in one change; it blocks, and may be called again when it fails.

        Raises:
            BotError: Nothing was added: the disk is full, the corpus is being written or broken.
        """


class Desk(NamedTuple):
    """Where articles are handed in. Both calls block for seconds.

    Args:
        clean: Cleans a file, given its name and content. Raises `BotError` when the corpus cannot be read.
        renew: Returns a dialogue over the corpus as it stands, with the conversations of the one before. Raises
            `BotError` when it cannot.
    """

    clean: Callable[[str, bytes], Offer]
    renew: Callable[[], Dialogue]
