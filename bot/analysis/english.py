"""English questions: what the glossary makes of them in Mandarin, and the terms of their own words."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Container
from typing import NamedTuple

import snowballstemmer

from bot.analysis.lexicon import Lexicon, english_key

REMEMBERED = 8192
WORD = re.compile("[a-z]{2,}|[0-9][0-9.,]*")


class Translation(NamedTuple):
    """What a glossary makes of an English text.

    Args:
        mandarin: The glossary's Chinese terms in the text's order, with numbers and what else was kept.
        untranslated: Which share of its words has no Mandarin, 0 to 1; words that carry no topic do not count.
        unread: Which share of them no known question in English uses either.
    """

    mandarin: str
    untranslated: float
    unread: float


def translate(
    folded: str,
    lexicon: Lexicon,
    kept: Callable[[str], str],
    asked: Container[str] = frozenset(),
) -> Translation:
    """Return a folded English text in Mandarin.

    Args:
        folded: The text.
        lexicon: For its glossary and its stop words.
        kept: Returns what to keep of a word that the glossary lacks; "" where it says nothing.
        asked: The stems of words that known questions in English use.
    """
    flat = english_key(folded)
    terms: list[str] = []
    at = 0
    lacking: list[str] = []
    for phrase in [*lexicon.english.find(flat), None]:
        between = flat[at : phrase.start if phrase else len(flat)].split()
        left = [kept(word) for word in between]
        terms += filter(None, left)
        pairs = zip(between, left, strict=True)
        lacking += [word for word, found in pairs if not found and word not in lexicon.stopwords]
        if phrase:
            terms.append(phrase.value)
            at = phrase.end
    size = max(len(flat.split()), 1)
    unread = sum(_stem(word) not in asked for word in lacking)
    return Translation(" ".join(terms), len(lacking) / size, unread / size)


def keep_numbers(word: str) -> str:
    """Return a number or a Chinese word as it is, "" for any other."""
    return word if word[0].isdigit() or not word[0].isascii() else ""


def stems(folded: str, lexicon: Lexicon) -> list[str]:
    """Return the stems of a folded English text's words in order, stop words and names of places left out."""
    flat = english_key(folded)
    for found in reversed(lexicon.english.find(flat)):
        if lexicon.places.find(found.value):
            flat = f"{flat[: found.start]} {flat[found.end :]}"
    return [_stem(word) for word in WORD.findall(flat) if word not in lexicon.stopwords]


@functools.lru_cache(REMEMBERED)
def _stem(word: str) -> str:
    # A stemmer for each word: it holds what it works on, and threads may share ours.
    return str(snowballstemmer.stemmer("english").stemWord(word))
