"""Reading a question: from what was typed to what is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import opencc

from bot.analysis import english
from bot.analysis.analyzer import Analyzer
from bot.analysis.chars import fold, visible
from bot.analysis.lexicon import NO_PLACE, Attribute, Place
from bot.analysis.tokenizer import RUN, Token
from bot.analysis.wordvectors import WordVectors
from bot.question.vocabulary import Vocabulary
from bot.question.writing import Writing, detect
from bot.search.voice import Query

LIMIT = 600
"""Characters of a question that are read; a story's question stands at its end, so the end is kept."""

SPELT = 5
"""Letters from which on an English question's unknown word is tried as pinyin; shorter ones are words by chance."""

KEYWORDS = 16
"""Characters of keywords at most."""

AREA = re.compile("(?:镇|乡|街道|社区|商圈|商业区|新区|片区|新片区|开发区|园区|古镇|老街|步行街)$")
"""How towns and parts of towns end that no table of divisions has."""

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)(?=年|\D|$)")


@dataclass(frozen=True, slots=True)
class Question:
    """What a question asks.

    Args:
        text: What was typed, visible characters only, on one line.
        plain: The same in folded Mandarin: rewritten, translated or read from pinyin, typos mended.
        writing: How it was typed.
        places: The places named that articles speak of, in order, each once.
        elsewhere: The names, as typed, of places that no article speaks of: towns, streets and business areas too.
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
    def topical(self) -> tuple[str, ...]:
        """Its words that carry a topic, each once, the names of places behind the others."""
        return tuple(dict.fromkeys((*self.content, *self.named)))

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
        vectors: Which words name somebody, something or some place.
        said: All that the articles say, folded.
    """

    def __init__(
        self,
        analyzer: Analyzer,
        vocabulary: Vocabulary,
        vectors: WordVectors,
        latin: frozenset[str] = frozenset(),
        asked: frozenset[str] = frozenset(),
        said: str = "",
    ) -> None:
        self.analyzer = analyzer
        self.lexicon = analyzer.lexicon
        self.vocabulary = vocabulary
        self.latin = latin
        self.asked = asked
        self.said = said
        self._vectors = vectors
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
        asked = plain if writing is not Writing.ENGLISH else f"{plain} {fold(shown)}"
        found = self.analyzer.places(plain)
        places = tuple(dict.fromkeys(f.value for f in found if f.value.known))
        words = self.analyzer.tokenizer.words(plain)
        strange = [(f.start, plain[f.start : f.end]) for f in found if not f.value.known]
        kinds = [f.value for f in lexicon.kinds.find(asked)]
        if kinds:  # 拜拜 is no place where nothing is asked
            strange += self._unlisted(words, plain, [(f.start, f.end) for f in found])
        elsewhere = tuple(dict.fromkeys(name for _, name in sorted(strange)))
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
            content=self._content(words, [(f.start, f.end) for f in found]),
        )

    def query(self, question: Question) -> Query:
        """Return a question as it is searched for."""
        known = self.analyzer.question_terms(question.plain)
        if (
            question.writing is Writing.ENGLISH
        ):  # its question words are not in the Mandarin wording
            known["concepts"] += [f"?{kind}" for kind in question.kinds]
            known["concepts"] += [f"@{attribute.name}" for attribute in question.attributes]
            known["english"] = english.stems(fold(question.text), self.lexicon)
        latin = question.writing is Writing.ENGLISH
        wording = f"{question.text} {question.plain}" if latin else question.plain
        return Query(wording, self.analyzer.text_terms(question.plain), known, question.topical)

    def strange_names(self, question: Question) -> tuple[str, ...]:
        """Return the names among a question's topical words that stand nowhere in the articles."""
        names = (word for word in question.content if word in self._vectors.names)
        return tuple(name for name in names if name not in self.said)

    def _unlisted(
        self, words: Sequence[Token], plain: str, listed: Sequence[tuple[int, int]]
    ) -> list[tuple[int, str]]:
        """Return the places that no table lists and no article names, each with where it stands: 安亭镇, 中关村."""
        found: list[tuple[int, str]] = []
        before: Token | None = None
        for word in words:
            area = AREA.search(word.term)
            start = word.end
            if area and area[0] != word.term and not self._is_common(word.term):
                start = word.start
            elif area and before is not None and before.end == word.start:
                # 良渚 街道: a name and what it is a name of; 核心 商圈 names nothing
                if len(before.term) > 1 and not self._is_common(before.term):
                    start = before.start
            elif before is None and word.term in self._vectors.places:
                # A dictionary calls many words places; one that opens a question, and is no road, is meant.
                start = word.end if NO_PLACE.match(plain, word.end) else word.start
            before = word
            name = plain[start : word.end]
            apart = not any(a < word.end and start < b for a, b in listed)
            apart = apart and name not in self.lexicon.places.entries  # a landmark, say
            if len(name) > 1 and apart and name not in self.said:
                if found and found[-1][0] == start:  # 良渚, of which 良渚街道 is the whole
                    found.pop()
                found.append((start, name))
        return found

    def _is_common(self, word: str) -> bool:
        """Whether a word is an ordinary one that names nothing."""
        return word in self._vectors and word not in self._vectors.names

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

    def _content(
        self, words: Sequence[Token], places: Sequence[tuple[int, int]]
    ) -> tuple[str, ...]:
        stop = self.lexicon.stopwords
        return tuple(
            token.term
            for token in words
            if token.term not in stop
            and not any(start < token.end and token.start < end for start, end in places)
        )
