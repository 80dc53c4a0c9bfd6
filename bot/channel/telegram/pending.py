"""Offers that wait for an admin's press. A button carries an offer's key only; the rest is in memory, bounded.

An offer that is forgotten costs a second sending of the file: nothing of it was written.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.dialogue.review import Review
from bot.dialogue.submission import Offer, Outcome

LIFETIME_S = 3600.0
MOST_OFFERS = 16
MOST_BYTES = 64 * 1024 * 1024
"""Size of the files whose articles are held. The newest is held however large it is."""
MOST_ENDED = 256


@dataclass(slots=True)
class Reviewing:
    """The review of one article of an offer.

    Args:
        review: How far it has come; None once it has ended.
        step: How often it has gone on: a button of a step before is passed.
        confirmed: Whether it was said that the article is to take the place of its copy.
        message_id: The message that shows it; None until it is opened.
        working: Whether a press is being carried out.
    """

    review: Review | None
    step: int = 0
    confirmed: bool = False
    message_id: int | None = None
    working: bool = False


class Waiting:
    """One offer.

    Args:
        user_id: Who sent the file.
        until: When it expires, on the clock of `Pending`.
        size: Bytes of the file.
        offer: The offer.
    """

    def __init__(self, user_id: int, until: float, size: int, offer: Offer) -> None:
        self.user_id = user_id
        self.until = until
        self.offer: Offer | None = offer
        self.reviews = {
            number: Reviewing(offer.review(number))
            for number, article in enumerate(offer.articles)
            if article.reviewable
        }
        self.decided = all(one.outcome is not Outcome.ACCEPTED for one in offer.articles)
        """Whether the accepted articles were added or left."""
        self.added = False
        self._size = size

    @property
    def holds(self) -> bool:
        """Whether anything of it is still to be decided."""
        return not self.decided or bool(self.under_review)

    @property
    def under_review(self) -> list[int]:
        """Which articles' reviews have not ended, by their number in the file."""
        return [number for number, one in self.reviews.items() if one.review is not None]

    @property
    def size(self) -> int:
        """How many bytes it holds."""
        return self._size if self.holds else 0

    def end(self, *, added: bool) -> None:
        """Remember what was decided about the accepted articles, and let go of what is needed no more."""
        self.decided, self.added = True, added
        self._let_go()

    def end_review(self, number: int) -> None:
        """Note that a review has ended."""
        self.reviews[number].review = None
        self._let_go()

    def _let_go(self) -> None:
        if not self.holds:
            self.offer = None


class Pending:
    """The offers, oldest first; those decided are remembered, so that a second press is told so.

    Args:
        clock: The time in seconds, from any start.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._waiting: dict[str, Waiting] = {}

    def keep(self, offer: Offer, user_id: int, size: int) -> str:
        """Hold an offer and return its key, twelve characters; older ones give way."""
        self._expire()
        key = secrets.token_urlsafe(9)
        self._waiting[key] = Waiting(user_id, self._clock() + LIFETIME_S, size, offer)
        held = [k for k, waiting in self._waiting.items() if waiting.holds]
        while len(held) > MOST_OFFERS or (
            len(held) > 1 and sum(self._waiting[k].size for k in held) > MOST_BYTES
        ):
            del self._waiting[held.pop(0)]
        while len(self._waiting) > MOST_ENDED:
            del self._waiting[next(iter(self._waiting))]
        return key

    def find(self, key: str) -> Waiting | None:
        """Return what waits under a key; None where nothing does, or does no more."""
        self._expire()
        return self._waiting.get(key)

    def prolong(self, waiting: Waiting) -> None:
        """Let an offer that somebody is at work on expire later."""
        waiting.until = self._clock() + LIFETIME_S

    def shown_in(self, user_id: int, message_id: int) -> tuple[str, int] | None:
        """Return the key and the number of the review that a message shows to its user; None where it shows none."""
        self._expire()
        for key, waiting in self._waiting.items():
            for number, one in waiting.reviews.items():
                if waiting.user_id == user_id and one.review and one.message_id == message_id:
                    return key, number
        return None

    def _expire(self) -> None:
        now = self._clock()
        for key in [k for k, waiting in self._waiting.items() if waiting.until <= now]:
            del self._waiting[key]
