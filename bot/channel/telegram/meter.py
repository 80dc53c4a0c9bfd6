"""Counts what the bot does, so that somebody may look at it; cheap enough to be always there.

    update ──→ received ──→ (the question's outcome) asked ──→ (its first message) sent
                                                               retried, for each attempt that failed

No chat, user or question is among it. What the counts are called outside is told in `metrics.py`.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter, OrderedDict
from collections.abc import Callable
from enum import StrEnum

BUCKETS_S = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, float("inf"))
"""Upper ends of the classes into which the time from an update to its answer is counted."""
UNANSWERED = 10_000
"""Updates whose arrival is remembered at most; those that need no answer are among them."""


class Cause(StrEnum):
    """Why something has to be tried again."""

    FLOOD = "flood"  # Telegram says that it is too fast
    NETWORK = "network"  # the line, or Telegram's side
    STORE = "store"  # nothing can be written


class Meter:
    """The counts of one process, from its start.

    Args:
        clock: The time in seconds, from any start.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._arrived: OrderedDict[int, float] = OrderedDict()
        self._heard_at = float("-inf")
        self.updates = 0
        self.outcomes: Counter[str] = Counter()
        self.answers = [0] * len(BUCKETS_S)
        self.answers_s = 0.0
        self.messages = 0
        self.retries: Counter[Cause] = Counter()

    def heard(self) -> None:
        """Note that Telegram answers: a poll ended well, with updates or without, or the webhook stands."""
        self._heard_at = self._clock()

    @property
    def silent_s(self) -> float:
        """For how many seconds Telegram has not been heard of; infinite where it never was."""
        return self._clock() - self._heard_at

    def received(self, update_id: int) -> None:
        """Note a new update, and when it came."""
        self.updates += 1
        self._arrived[update_id] = self._clock()
        if len(self._arrived) > UNANSWERED:
            self._arrived.popitem(last=False)

    def asked(self, outcome: str) -> None:
        """Note a question and what became of it: the value of a reply's status."""
        self.outcomes[outcome] += 1

    def sent(self, update_id: int) -> None:
        """Note a message that arrived, new or in the place of another; the first one to an update is its answer."""
        self.messages += 1
        arrived = self._arrived.pop(update_id, None)
        if arrived is not None:
            took_s = self._clock() - arrived
            self.answers[bisect_left(BUCKETS_S, took_s)] += 1
            self.answers_s += took_s

    def within_s(self, share: float) -> float | None:
        """Return in how many seconds this share of the answers came, as the upper end of a class; None before any did."""
        wanted, counted = share * sum(self.answers), 0
        if not wanted:
            return None
        for end, count in zip(BUCKETS_S, self.answers, strict=True):
            counted += count
            if counted >= wanted:
                return end
        return BUCKETS_S[-1]

    def retried(self, cause: Cause) -> None:
        """Note that something failed and is tried again."""
        self.retries[cause] += 1
