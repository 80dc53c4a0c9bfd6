"""Telegram counts message entities in UTF-16 code units; Python counts characters.

A character outside the basic plane (𠮷, 😀) is two units. A lone surrogate, which Python strings can hold, is one.
"""

from __future__ import annotations


def length(text: str) -> int:
    """Return how many UTF-16 code units the text takes."""
    return len(text) + sum(character > "\uffff" for character in text)


def index(text: str, offset_utf16: int) -> int:
    """Return which character of the text stands at a UTF-16 offset; an offset behind the end gives the end."""
    units = 0
    for number, character in enumerate(text):
        if units >= offset_utf16:
            return number
        units += 2 if character > "\uffff" else 1
    return len(text)
