"""Reading a question: from what was typed to what is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import opencc

from bot.analysis import english
from bot.analysis.analyzer import Analyzer
from bot.analysis.chars import fold, visible
from bot.analysis.lexicon import Attribute, Place
from bot.analysis.tokenizer import RUN
from bot.question.vocabulary import Vocabulary
from bot.question.writing import Writing, detect

LIMIT = 600
"""Characters of a question that are read; a story's question stands at its end, so the end is kept."""

SPELT = 5
"""Letters from which on an English question's unknown word is tried as pinyin; shorter ones are words by chance."""

KEYWORDS = 16
"""Characters of keywords at most."""

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)(?=年|\D|$)")


@dataclass(frozen=True, slots=True)
class Question:
    """What a question asks.

    Args:
        text: What was typed, visible characters only, on one line.
        plain: The same in folded Mandarin: rewritten, translated or read from pinyin, typos mended.
        writing: How it was typed.
        places: The places named that articles speak of, in order, each once.
        elsewhere: The names, as typed, of places that no article speaks of.
        years: The years named, in order.
        kinds: Kinds of answer that its wording asks for, in order.
        attributes: Attributes that it asks for.
        untranslated: Which share of an English or pinyin question is not in `plain`, 0 to 1.
        unread: Which share of it nobody can read.
        content: Its words that carry a topic: no places, function words or question words.
        named: The names of places as they stand in `plain`.
    """

    text: str
    plain: str
    writing: Writing
    places: tuple[Place, ...] = ()
    elsewhere: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    untranslated: float = 0.0
    unread: float = 0.0
    content: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    @property
    def bare(self) -> bool:
        """Whether it is keywords only (ODR, 静安寺 退货): no question word, no word beside topic and places."""
        named = sum(len(name) for name in self.named)
        words = len(re.sub(r"\W", "", self.plain))
        if self.kinds or not self.content or words > KEYWORDS:
            return False
        return len("".join(self.content)) + named == words

    @property
    def asks_nothing(self) -> bool:
        """Whether there is no letter, character or digit in it."""
        return not RUN.search(fold(self.text))


class Reader:
    """Reads questions.

    Args:
        analyzer: The analyzer that the corpus was indexed with.
        vocabulary: The corpus's words by their sound.
        latin: Latin words that the articles use, folded.
        asked: Stems of the words that known questions in English use.
    """

    def __init__(
        self,
        analyzer: Analyzer,
        vocabulary: Vocabulary,
        latin: frozenset[str] = frozenset(),
        asked: frozenset[str] = frozenset(),
    ) -> None:
        self.analyzer = analyzer
        self.lexicon = analyzer.lexicon
        self.vocabulary = vocabulary
        self.latin = latin
        self.asked = asked
        self._from_taiwan = opencc.OpenCC("tw2sp")

    def read(self, text: str) -> Question:
        """Return what a typed text asks; any text will do."""
        shown = visible(text)
        writing = detect(shown)
        if writing is not Writing.HANT and set(RUN.findall(fold(shown))) <= self.latin:
            writing = (
                Writing.HANS
            )  # a bare "ODR" is a word of the articles, not an English question
        plain, untranslated, unread = self._plain(shown[-LIMIT:], writing)
        return self.analyse(shown, plain, writing, untranslated, unread)

    def analyse(
        self,
        shown: str,
        plain: str,
        writing: Writing = Writing.HANS,
        untranslated: float = 0.0,
        unread: float = 0.0,
    ) -> Question:
        """Return the question whose Mandarin wording is known already, as that of an ask."""
        lexicon = self.lexicon
        found = self.analyzer.places(plain)
        places = tuple(dict.fromkeys(f.value for f in found if f.value.known))
        elsewhere = tuple(dict.fromkeys(plain[f.start : f.end] for f in found if not f.value.known))
        asked = plain if writing is not Writing.ENGLISH else f"{plain} {fold(shown)}"
        kinds = [f.value for f in lexicon.kinds.find(asked)]
        return Question(
            text=shown,
            plain=plain,
            writing=writing,
            places=places,
            elsewhere=elsewhere,
            years=tuple(dict.fromkeys(YEAR.findall(plain))),
            kinds=tuple(dict.fromkeys(kinds)),
            attributes=tuple(dict.fromkeys(f.value for f in lexicon.attributes.find(asked))),
            untranslated=untranslated,
            unread=unread,
            named=tuple(plain[f.start : f.end] for f in found),
            content=self._content(plain, [(f.start, f.end) for f in found]),
        )

    def terms(self, question: Question) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        """Return a question's terms for searching paragraphs, and those for recalling known questions."""
        known = self.analyzer.question_terms(question.plain)
        if (
            question.writing is Writing.ENGLISH
        ):  # its question words are not in the Mandarin wording
            known["concepts"] += [f"?{kind}" for kind in question.kinds]
            known["concepts"] += [f"@{attribute.name}" for attribute in question.attributes]
            known["english"] = english.stems(fold(question.text), self.lexicon)
        return self.analyzer.text_terms(question.plain), known

    def without_places(self, text: str) -> str:
        """Return the folded text with the names of places taken out."""
        folded = fold(text)
        for place in reversed(self.analyzer.places(folded)):
            folded = folded[: place.start] + folded[place.end :]
        return folded

    def _plain(self, shown: str, writing: Writing) -> tuple[str, float, float]:
        """Return the Mandarin wording, and which shares of a Latin one are not in it and cannot be read."""
        if writing is Writing.ENGLISH:
            return english.translate(fold(shown), self.lexicon, self._kept, self.asked)
        if writing is Writing.PINYIN:
            words, share = self.vocabulary.read_pinyin(fold(shown))
            return words, 1 - share, 1 - share
        if writing is Writing.HANT:
            shown = self._from_taiwan.convert(shown)
        plain = fold(shown)
        for old, new in self.lexicon.rewrites.items():
            plain = plain.replace(old, new)
        return self.vocabulary.correct(self._segments(plain)), 0.0, 0.0

    def _kept(self, word: str) -> str:
        """Return what is kept of an English question's word that the glossary lacks; "" where it says nothing.

        Numbers, Chinese and the articles' own Latin words stay; a name spelt in pinyin is the name.
        """
        if word in self.latin:
            return word
        if number := english.keep_numbers(word):
            return number
        if len(word) < SPELT or word in self.lexicon.stopwords:
            return ""
        return self.vocabulary.spelt(word) or ""

    def _segments(self, plain: str) -> list[str]:
        """Return the text cut into words and what stands between them; joined, they are the text."""
        segments: list[str] = []
        at = 0
        for token in self.analyzer.tokenizer.words(plain, guess=False):
            if token.start > at:
                segments.append(plain[at : token.start])
            segments.append(plain[token.start : token.end])
            at = token.end
        return [*segments, plain[at:]] if at < len(plain) else segments

    def _content(self, plain: str, places: Sequence[tuple[int, int]]) -> tuple[str, ...]:
        stop = self.lexicon.stopwords
        return tuple(
            token.term
            for token in self.analyzer.tokenizer.words(plain)
            if token.term not in stop
            and not any(start < token.end and token.start < end for start, end in places)
        )
