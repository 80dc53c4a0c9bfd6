"""The corpus's own words by their pinyin: what reads toneless pinyin and mends homophone typos.

A word is looked up by its letters (静安寺 by "jinganshi", z/zh, c/ch, s/sh, n/ng and l/n told apart no better than
many people type them). A correction never touches a word that the corpus or jieba's dictionary holds.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from bot.question.pinyin import HAN_RUN, readings, sound, spell

LONGEST = 8
ORDINAL = re.compile(r"\bdi ?([1-9])(?![0-9])")
DIGITS = ("ling", "yi", "er", "san", "si", "wu", "liu", "qi", "ba", "jiu")
LETTERS = re.compile("[a-z']+")
NO_WORD_COST = -1.5
"""What a letter that belongs to no word costs when pinyin is read; a word of n letters earns n - 1."""


class Vocabulary:
    """Words with their readings.

    Args:
        counts: How often each word stands in the corpus and its asks; words of one character may be among them.
            A word with the count 0 is understood in pinyin, but no typo is mended into it.
        is_word: Whether the general dictionary holds a word.
        known: Syllables of the words and of single characters, as `bot.question.pinyin.readings` gives them; without
            them they are made when first needed.
        names: Names of places among the words: whatever sounds like one and is no word is one mistyped (奉闲).
    """

    def __init__(
        self,
        counts: Counter[str],
        is_word: Callable[[str], bool],
        known: Mapping[str, Sequence[str]] | None = None,
        names: Collection[str] = frozenset(),
    ) -> None:
        self.counts = Counter({w: n for w, n in counts.items() if HAN_RUN.fullmatch(w)})
        self._is_word = is_word
        self._given = known or None
        self._names = frozenset(names)

    @functools.cached_property
    def _by_letters(self) -> dict[str, str]:
        """The words by their letters; made when first needed, since most questions need it not."""
        return {"".join(syllables): word for word, syllables in self._readings()}

    @functools.cached_property
    def _names_by_letters(self) -> dict[str, str]:
        """The words with the count 0, by their letters."""
        return {
            "".join(syllables): word
            for word, syllables in self._readings()
            if not self.counts[word]
        }

    @functools.cached_property
    def _by_sound(self) -> dict[str, str]:
        """The words of two characters and more by their sound."""
        return {
            sound(syllables): word
            for word, syllables in self._readings()
            if 2 <= len(word) <= LONGEST and self.counts[word] > 0
        }

    @functools.cached_property
    def _names_by_sound(self) -> dict[str, str]:
        """The names of places by their sound."""
        return {self._sound(name): name for name in sorted(self._names) if len(name) <= LONGEST}

    @functools.cached_property
    def _beginnings(self) -> frozenset[tuple[str, int]]:
        """How the first characters of the words sound, in whatever word, and how long the words are."""
        return frozenset(
            (first, len(word))
            for key, word in self._by_sound.items()
            for first in (key.partition(" ")[0], self._sound(word[0]))
        )

    def _readings(self) -> Iterator[tuple[str, Sequence[str]]]:
        """Return each word with its syllables; the most frequent last, so that it wins where two sound alike."""
        for word, _ in sorted(self.counts.items(), key=lambda item: (item[1], item[0])):
            yield word, spell(word, self._known)

    @functools.cached_property
    def _known(self) -> Mapping[str, Sequence[str]]:
        return readings(self.counts) if self._given is None else self._given

    def _sound(self, text: str) -> str:
        return sound(spell(text, self._known))

    def __contains__(self, word: str) -> bool:
        return word in self.counts

    def spelt(self, letters: str) -> str | None:
        """Return the word that Latin letters spell in pinyin, names before other words: 北京, not 背景, for beijing."""
        return self._names_by_letters.get(letters) or self._by_letters.get(letters)

    def read_pinyin(self, text: str) -> tuple[str, float]:
        """Read toneless pinyin as words of the vocabulary.

        Args:
            text: Small Latin letters, spaces anywhere; other characters are kept as they are.

        Returns:
            The words, separated by spaces, and which share of the letters belongs to a word, 0 to 1.
        """
        text = ORDINAL.sub(lambda match: f"di {DIGITS[int(match[1])]}", text)
        words: list[str] = []
        read = letters = 0
        for piece in re.findall(r"[a-z' ]+|[^a-z' ]+", text):
            if not LETTERS.search(piece):
                words.append(piece)
                continue
            joined = re.sub("[^a-z]", "", piece)
            found = self._segment(joined)
            letters += len(joined)
            read += sum(len(part) for part, word in found if word)
            words += [word for _, word in found if word]
        return " ".join(words), read / letters if letters else 0.0

    def correct(self, words: Sequence[str]) -> str:
        """Mend homophone typos in a segmented question.

        Args:
            words: The question's segments in order, as the tokenizer cuts them, punctuation included.

        Returns:
            The question; a run of segments that is no word but sounds like a word of the corpus is replaced by it.
        """
        out: list[str] = []
        at = 0
        while at < len(words):
            size, replacement = self._mend(words, at)
            out.append(replacement or words[at])
            at += size
        return "".join(out)

    def _mend(self, words: Sequence[str], at: int) -> tuple[int, str]:
        for size in range(min(5, len(words) - at), 0, -1):
            run = words[at : at + size]
            text = "".join(run)
            if not (2 <= len(text) <= LONGEST and HAN_RUN.fullmatch(text)):
                continue
            if text in self.counts or self._is_word(text) or ASKING.search(text):
                continue
            suspicious = self._suspicious(run)
            if not suspicious and max(map(len, run)) > 1:
                continue
            # Reading a run is slow; most are no word whatever they sound like, as their first character tells.
            if (self._sound(text[0]), len(text)) not in self._beginnings:
                continue
            word = self._names_by_sound.get(self._sound(text))
            if word is None and suspicious:
                word = self._by_sound.get(self._sound(text))
            if word and len(word) == len(text) and _shares(word, text):
                return size, word
        return 1, ""

    def _suspicious(self, run: Sequence[str]) -> bool:
        """Whether a run of segments may be a mistyped word: it falls apart into characters, or is long enough.

        Two ordinary words that stand side by side sound like a third one too often to be mended.
        """
        lone = [word for word in run if len(word) == 1]
        whole = "".join(run)
        if len(whole) == 2:
            return len(lone) == 2 and not any(self.counts[word] > COMMON for word in lone)
        if len(lone) == 1 and self.counts[lone[0]] > COMMON:  # 评 上 星级 is no 三星级
            return any(len(word) > 1 and not self.counts[word] for word in run)
        return bool(lone) or len(run) == 1 or len(whole) >= 4

    def _segment(self, letters: str) -> list[tuple[str, str]]:
        """Return the best cover of a string of letters by words: (letters, word), the word "" where none fits."""
        best: list[tuple[float, int, str]] = [(0.0, 0, "")]
        longest = max(map(len, self._by_letters), default=0)
        for end in range(1, len(letters) + 1):
            options = [(best[end - 1][0] + NO_WORD_COST, end - 1, "")]
            for start in range(max(0, end - longest), end):
                word = self._by_letters.get(letters[start:end])
                if word:
                    options.append((best[start][0] + _worth(end - start, word), start, word))
            best.append(max(options, key=lambda option: option[0]))
        parts: list[tuple[str, str]] = []
        end = len(letters)
        while end:
            _, start, word = best[end]
            parts.append((letters[start:end], word))
            end = start
        return parts[::-1]


ASKING = re.compile("[哪几谁啥]")
"""Characters that ask; what holds one is no word mistyped: 哪件事 sounds like 那件事."""
COMMON = 40
"""A lone character seen more often than this in the corpus is taken for a word of its own (的, 是, 有, 店)."""


def _shares(word: str, text: str) -> bool:
    """Whether at least a third of the characters are the same: a typo seldom leaves nothing of a word."""
    same = sum(a == b for a, b in zip(word, text, strict=True))
    return same * 3 >= len(word)


def _worth(letters: int, word: str) -> float:
    """Long words are worth more than the short ones that they could be cut into."""
    return letters - 1 - (0.5 if len(word) == 1 else 0.0)
