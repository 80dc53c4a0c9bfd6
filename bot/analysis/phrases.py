"""Finding known phrases in a text: the longest at each place, left to right, without overlap."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")


class Found(NamedTuple, Generic[Value]):
    """A phrase's place in a text, and what the table says of it."""

    start: int
    end: int
    value: Value


class PhraseTable(Generic[Value]):
    """A set of phrases with a value each.

    Args:
        entries: Value by phrase; phrases are folded by the caller, as the text will be. An empty one is never found.
    """

    def __init__(self, entries: Mapping[str, Value]) -> None:
        self.entries = dict(entries)
        lengths: dict[str, set[int]] = {}
        for phrase in filter(None, self.entries):
            lengths.setdefault(phrase[0], set()).add(len(phrase))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def find(self, text: str) -> list[Found[Value]]:
        """Return the phrases found in a folded text, in order.

        A phrase of Latin letters is found only as a whole word: "who" is not in "whole".
        """
        found: list[Found[Value]] = []
        at = 0
        while at < len(text):
            end = self._longest(text, at)
            if end:
                found.append(Found(at, end, self.entries[text[at:end]]))
                at = end
            else:
                at += 1
        return found

    def _longest(self, text: str, start: int) -> int:
        for length in self._lengths.get(text[start], ()):
            end = start + length
            if end > len(text):  # the slice would be a shorter phrase
                continue
            if text[start:end] in self.entries and not _cuts_word(text, start, end):
                return end
        return 0


def _cuts_word(text: str, start: int, end: int) -> bool:
    return (start > 0 and _latin(text[start - 1]) and _latin(text[start])) or (
        end < len(text) and _latin(text[end]) and _latin(text[end - 1])
    )


def _latin(char: str) -> bool:
    return char.isalpha() and not "\u3400" <= char <= "\u9fff"
