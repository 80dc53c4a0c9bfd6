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
        entries, lengths = self.entries, self._lengths
        past = 0
        for at, first in enumerate(text):
            if at < past or first not in lengths:
                continue
            for length in lengths[first]:
                end = at + length
                if end <= len(text) and text[at:end] in entries and not _cuts_word(text, at, end):
                    found.append(Found(at, end, entries[text[at:end]]))
                    past = end
                    break
        return found


def _cuts_word(text: str, start: int, end: int) -> bool:
    return (start > 0 and _latin(text[start - 1]) and _latin(text[start])) or (
        end < len(text) and _latin(text[end]) and _latin(text[end - 1])
    )


def _latin(char: str) -> bool:
    return char.isalpha() and not "\u3400" <= char <= "\u9fff"
