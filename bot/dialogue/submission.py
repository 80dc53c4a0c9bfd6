"""What a channel hands to the corpus, and what it gets back: articles, and the seam to what cleans and adds them.

`Desk.clean` makes an `Offer` of a file; `Offer.add` adds its accepted articles, `Offer.review` begins the review of one
that needs it; `Desk.undo` takes the last change back; `Desk.renew` gives a dialogue that answers from what there is then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from bot.article import Article
from bot.dialogue.review import Added, Doubt, Review
from bot.dialogue.turn import Dialogue


class Outcome(StrEnum):
    """What became of an article."""

    ACCEPTED = "accepted"
    NEEDS_REVIEW = "needs_review"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Submitted:
    """One article of a file.

    Args:
        name: The file, with the line where it holds several.
        outcome: What became of it.
        article: The article; None when it is refused.
        reason: Why it is refused, in English.
        doubts: What is in doubt when it needs a review.
        reviewable: Whether `Offer.review` begins a review of it: it needs one, or may take the place of its copy.
    """

    name: str
    outcome: Outcome
    article: Article | None = None
    reason: str = ""
    doubts: tuple[Doubt, ...] = ()
    reviewable: bool = False


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

    def review(self, number: int) -> Review:
        """Return the review of the article of that number in `articles`, which is reviewable."""


class LastChange(NamedTuple):
    """The last change of the corpus.

    Args:
        key: Tells it from any other: up to 16 ASCII letters and digits.
        what: What it was, in English.
        added: The articles that it added.
        removed: Ids of those that it removed.
    """

    key: str
    what: str
    added: tuple[Article, ...]
    removed: tuple[str, ...]


class Desk(NamedTuple):
    """Where articles are handed in and taken back. Every call blocks, for seconds at times, and raises `BotError`.

    Args:
        clean: Cleans a file, given its name and content.
        renew: Returns a dialogue over the corpus as it stands, with the conversations of the one before.
        last: Returns the last change that can be taken back.
        undo: Takes the last change back if it is the one of that key.
    """

    clean: Callable[[str, bytes], Offer]
    renew: Callable[[], Dialogue]
    last: Callable[[], LastChange]
    undo: Callable[[str], None]
