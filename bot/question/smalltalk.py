"""Small talk: greetings, thanks, who are you. Only a whole utterance counts, never a part of a question."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.analysis.chars import fold

ENDS = "啊呀哦喔噢呢吧啦咯嘛哈嘿诶欸哟呦了哒滴的吗嗯呵么"
MARKS = re.compile(r"[^0-9a-z一-鿿]+")


def classify(text: str, phrases: Mapping[str, str]) -> str | None:
    """Return the class of small talk that an utterance is, or None.

    Args:
        text: What was typed.
        phrases: Class by folded phrase. Marks, spaces and particles at the end do not count; a phrase said twice or
            several phrases in a row are small talk too, of the last one's class.
    """
    known = {key(phrase): name for phrase, name in phrases.items()}
    return _classify(key(text), known)


def key(text: str) -> str:
    """Return an utterance as it is compared: folded, without marks and spaces."""
    return MARKS.sub("", fold(text))


def _classify(text: str, known: Mapping[str, str]) -> str | None:
    if not text:
        return None
    bare = text.rstrip(ENDS)
    for form in (text, bare):
        if form in known:
            return known[form]
    for size in range(len(text) - 1, 1, -1):
        if text[:size] in known:
            rest = text[size:].lstrip(ENDS)
            if not rest:
                return known[text[:size]]
            last = _classify(rest, known)
            if last:
                return last
    return None
