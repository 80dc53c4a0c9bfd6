"""What was answered lately: the same question in the same conversation has the same answer, and many ask the same.

A question is known by its digest only, so that no text of a user stays in memory longer than its answer takes.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict

from bot.dialogue.reply import Reply
from bot.dialogue.state import State
from bot.dialogue.wording import Language

CAPACITY = 1024
"""Answers remembered; each is a few references to what is in memory anyway."""

Key = tuple[bytes, Language | None, State]


class Lately:
    """Answers that may be given again, for as long as the corpus stays as it is.

    Args:
        capacity: How many; the ones not asked for longest go first.
    """

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._answers: OrderedDict[Key, tuple[Reply, State]] = OrderedDict()

    @staticmethod
    def key(text: str, language: Language | None, state: State) -> Key:
        """Return what an answer depends on."""
        data = text.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(data, digest_size=16).digest(), language, state

    def find(self, key: Key) -> tuple[Reply, State] | None:
        """Return an answer and the state after it, or None where it has to be worked out."""
        found = self._answers.get(key)
        if found is not None:
            self._answers.move_to_end(key)
        return found

    def keep(self, key: Key, reply: Reply, after: State) -> None:
        """Remember an answer."""
        self._answers[key] = reply, after
        if len(self._answers) > self._capacity:
            self._answers.popitem(last=False)
