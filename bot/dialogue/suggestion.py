"""Suggested questions, each with a key short enough for a button: it works after a restart, since nothing is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property

from bot.dialogue.compose import to_traditional

KEY_BYTES = 8


def key(question: str) -> str:
    """Return the key of a question as it is shown: 16 hexadecimal digits, the same in every process."""
    data = question.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=KEY_BYTES).hexdigest()


class Suggestions:
    """The questions that may be suggested.

    Args:
        questions: All of them; they may also be shown in Traditional characters.
    """

    def __init__(self, questions: Sequence[str]) -> None:
        self._questions = questions

    def find(self, wanted: str) -> str | None:
        """Return the question with a key, as it was shown; None where the corpus does not have it any more."""
        return self._by_key.get(wanted)

    @cached_property
    def _by_key(self) -> Mapping[str, str]:
        # Made at the first press, not at the start: thousands of questions, of which hardly one is pressed.
        shown = (*self._questions, *map(to_traditional, self._questions))
        return {key(question): question for question in shown}
