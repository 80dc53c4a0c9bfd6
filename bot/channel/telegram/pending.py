"""Offers that wait for an admin's press. A button carries an offer's key only; the rest is in memory, bounded.

An offer that is forgotten costs a second sending of the file: nothing of it was written.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from bot.dialogue.submission import Offer

LIFETIME_S = 3600.0
MOST_OFFERS = 16
MOST_BYTES = 64 * 1024 * 1024
"""Size of the files whose articles are held. The newest is held however large it is."""
MOST_ENDED = 256


@dataclass(slots=True)
class Waiting:
    """One offer.

    Args:
        user_id: Who sent the file.
        until: When it expires, on the clock that `Pending` is handed.
        size: Bytes of the file.
        offer: The offer; None once it was decided.
        added: Whether it was decided that the articles be added.
    """

    user_id: int
    until: float
    size: int
    offer: Offer | None
    added: bool = False

    def end(self, *, added: bool) -> None:
        """Let go of the articles and remember only what was decided."""
        self.offer, self.size, self.added = None, 0, added


class Pending:
    """The offers, oldest first; those decided are remembered, so that a second press is told so."""

    def __init__(self) -> None:
        self._waiting: dict[str, Waiting] = {}

    def keep(self, offer: Offer, user_id: int, size: int, now: float) -> str:
        """Hold an offer and return its key, twelve characters; older ones give way."""
        self._expire(now)
        key = secrets.token_urlsafe(9)
        self._waiting[key] = Waiting(user_id, now + LIFETIME_S, size, offer)
        held = [k for k, waiting in self._waiting.items() if waiting.offer is not None]
        while len(held) > MOST_OFFERS or (
            len(held) > 1 and sum(self._waiting[k].size for k in held) > MOST_BYTES
        ):
            del self._waiting[held.pop(0)]
        while len(self._waiting) > MOST_ENDED:
            del self._waiting[next(iter(self._waiting))]
        return key

    def find(self, key: str, now: float) -> Waiting | None:
        """Return what waits under a key; None where nothing does, or does no more."""
        self._expire(now)
        return self._waiting.get(key)

    def _expire(self, now: float) -> None:
        for key in [k for k, waiting in self._waiting.items() if waiting.until <= now]:
            del self._waiting[key]
