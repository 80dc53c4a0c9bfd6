"""Text to tokens whose offsets index the original text.

Three kinds of term are cut from the same folded text, each a field of its own in the index: jieba's words,
bigrams of Chinese characters, and single characters. A run of Latin letters or digits is one term in each.

    fold("ODR平台") -> words   odr 平台
                       bigrams odr 平台
                       chars   odr 平 台
"""

from __future__ import annotations

import functools
import itertools
import logging
import re
import sys
import warnings
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.analysis.chars import CJK, fold

# jieba imports pkg_resources if it can, which takes as long to load as the dictionary, and does as well without.
sys.modules.setdefault("pkg_resources", None)  # type: ignore[arg-type]
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import jieba
if sys.modules["pkg_resources"] is None:
    del sys.modules["pkg_resources"]

RUN = re.compile(f"[{CJK}]+|[0-9]+(?:[.][0-9]+)?%?|[a-zà-ɏ]+")


ORDINAL = re.compile("第[一二三四五六七八九十百0-9]+(?:批(?!次)|届|轮)")
"""Ordinals with a measure that begins other words, too: 第二批|评出, not 第二|批评|出."""
TAGGED = 16384
"""Words whose part of speech is remembered; to find one in the dictionary's file takes a millisecond."""


class Token(NamedTuple):
    """A term and where it stands: `text[start:end]` of the original text is what the term was made from."""

    term: str
    start: int
    end: int


class Tokenizer:
    """Cuts words, bigrams and characters.

    Args:
        words: Domain words that jieba's own dictionary lacks; it will keep each of them whole.
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        jieba.setLogLevel(logging.WARNING)
        self._jieba = jieba.Tokenizer()
        self._own = tuple(words)
        self._own_words = frozenset(map(fold, self._own))
        self._dictionary: bytes | None = None
        self._tag = functools.lru_cache(TAGGED)(self._find_tag)
        self._ready = False

    def words(self, text: str, *, guess: bool = True) -> list[Token]:
        """Return jieba's words in order, punctuation and spaces left out.

        Args:
            text: Any text.
            guess: Let jieba put together words that its dictionary lacks; without it they fall apart into
                characters, which is how a mistyped word shows itself.
        """
        self.load()
        folded = fold(text)
        cuts = [0, *(match.end() for match in ORDINAL.finditer(folded)), len(folded)]
        return [
            Token(word, begin + start, begin + end)
            for begin, stop in itertools.pairwise(cuts)
            for word, start, end in self._jieba.tokenize(folded[begin:stop], HMM=guess)
            if RUN.search(word)
        ]

    def knows(self, word: str) -> bool:
        """Whether jieba's dictionary, or a domain word list, holds the word."""
        self.load()
        return bool(self._jieba.FREQ.get(word))

    def frequency(self, word: str) -> int:
        """Return how often jieba's dictionary has met a word in its texts; 0 for one that it lacks."""
        self.load()
        return self._jieba.FREQ.get(word) or 0

    def is_noun(self, word: str) -> bool:
        """Whether jieba's dictionary calls a word a noun or a name, or a domain word list has it."""
        return fold(word) in self._own_words or self._tag(word).startswith(("n", "vn"))

    def is_proper(self, word: str) -> bool:
        """Whether jieba's dictionary calls a word the name of a person, a place or an organisation."""
        return self._tag(word)[:2] in {"nr", "ns", "nt", "nz"}

    def opens_phrase(self, word: str) -> bool:
        """Whether jieba's dictionary calls a word a verb, an adverb, a pronoun or the like, which names do not begin with."""
        return self._tag(word)[:1] in {"v", "d", "r", "p", "c", "u"}

    def _find_tag(self, word: str) -> str:
        """Return the part of speech that jieba's dictionary gives a word, "" where it lacks it.

        jieba keeps the tags of all 350,000 words in memory once asked for one, 40 MB of them; one is soon found in the file.
        A word without a frequency is not in the file, and the file is not read for it.
        """
        if not self.frequency(word):
            return ""
        if self._dictionary is None:
            with self._jieba.get_dict_file() as file:
                self._dictionary = b"\n" + file.read()
        at = self._dictionary.find(b"\n" + word.encode("utf-8", "surrogatepass") + b" ")
        line = self._dictionary[at + 1 : self._dictionary.find(b"\n", at + 1)] if at >= 0 else b""
        return line.decode().split(" ")[-1].strip()

    def load(self) -> None:
        """Read the dictionary now rather than at the first text; it takes most of a second."""
        if self._ready:
            return
        self._jieba.initialize()
        for word in self._own:
            self._jieba.add_word(fold(word))
        self._ready = True


def bigrams(text: str) -> list[Token]:
    """Return the overlapping pairs of Chinese characters; a lone character, number or Latin word stands for itself."""
    return list(_bigrams(fold(text)))


def chars(text: str) -> list[Token]:
    """Return single Chinese characters, numbers and Latin words."""
    return list(_chars(fold(text)))


def _bigrams(folded: str) -> Iterator[Token]:
    for match in RUN.finditer(folded):
        start, end = match.span()
        if end - start == 1 or not _is_han(folded[start]):
            yield Token(match[0], start, end)
            continue
        for at in range(start, end - 1):
            yield Token(folded[at : at + 2], at, at + 2)


def _chars(folded: str) -> Iterator[Token]:
    for match in RUN.finditer(folded):
        start, end = match.span()
        if _is_han(folded[start]):
            for at in range(start, end):
                yield Token(folded[at], at, at + 1)
        else:
            yield Token(match[0], start, end)


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"
