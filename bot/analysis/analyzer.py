"""The analyzer: a text's terms by field, the same for what is indexed and for what is asked.

    words, bigrams, chars    see `bot.analysis.tokenizer`
    english                  the stems of an English question's own words
    concepts                 what the lexicon reads out of the text: "#无理由退货" for 不喜欢能退, "?count" for 几家,
                             "@phone" for 联系方式, "@elsewhere" for a place that no article speaks of

For known questions, places are masked: whether a place fits is judged apart from whether the matter is the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from bot.analysis import english, tokenizer
from bot.analysis.chars import fold
from bot.analysis.lexicon import LANDMARK, Lexicon, Place
from bot.analysis.phrases import Found
from bot.analysis.tokenizer import Tokenizer

VERSION = "7"
"""Raised with every change of what terms come out; an index of another version is stale."""

TEXT_FIELDS = ("words", "bigrams", "chars")
QUESTION_FIELDS = (*TEXT_FIELDS, "concepts")
ENGLISH_FIELDS = (*QUESTION_FIELDS, "english")


class Analyzer:
    """Cuts texts into terms.

    Args:
        lexicon: Domain words for the tokenizer, and the concepts.
        tokenizer: One that holds those words already.
    """

    def __init__(self, lexicon: Lexicon, tokenizer: Tokenizer | None = None) -> None:
        self.lexicon = lexicon
        landmarks = [n for n, place in lexicon.places.entries.items() if place.level == LANDMARK]
        self.tokenizer = tokenizer or Tokenizer([*lexicon.words, *landmarks])
        digest = hashlib.sha256(VERSION.encode())
        self.fingerprint = digest.hexdigest()

    def knowing(self, places: Mapping[str, Place]) -> Analyzer:
        """Return the same analyzer for a corpus that speaks of some places, given by each of their names."""
        return Analyzer(self.lexicon.knowing(places), self.tokenizer)

    def text_terms(self, text: str) -> dict[str, list[str]]:
        """Return the terms of a paragraph, or of a question for searching paragraphs, by field."""
        return {
            "words": [token.term for token in self.tokenizer.words(text)],
            "bigrams": [token.term for token in tokenizer.bigrams(text)],
            "chars": [token.term for token in tokenizer.chars(text)],
        }

    def question_terms(self, text: str) -> dict[str, list[str]]:
        """Return the terms of a question for comparing it with known questions, places masked, by field."""
        folded = fold(text)
        found = self.places(folded)
        masked = _blank(folded, ((place.start, place.end) for place in found))
        terms = self.text_terms(masked)
        terms["concepts"] = self.concepts(masked)
        if any(not place.value.known for place in found):
            terms["concepts"].append("@elsewhere")
        return terms

    def english_terms(self, text: str) -> tuple[str, dict[str, list[str]]]:
        """Return an English ask in Mandarin, and its terms by field."""
        folded = fold(text)
        mandarin = english.translate(folded, self.lexicon, english.keep_numbers).mandarin
        terms = self.question_terms(mandarin)
        terms["concepts"] = self.concepts(f"{mandarin} {folded}")
        terms["english"] = english.stems(folded, self.lexicon)
        return mandarin, terms

    def places(self, folded: str) -> list[Found[Place]]:
        """Return the places that a folded text names, in order; landmarks are words like others.

        A place that no article speaks of must be a word of its own: 海口 is not in 上海口碑好的店.
        """
        found = [f for f in self.lexicon.places.find(folded) if f.value.level != LANDMARK]
        if all(place.value.known for place in found):
            return found
        # Without guessing: jieba would put 区 and 有 of 密云区有几家 together, and 密云区 were no word.
        words = self.tokenizer.words(folded, guess=False)
        borders = {word.start for word in words}, {word.end for word in words}
        kept = []
        for place in found:
            if place.value.known or (place.start in borders[0] and place.end in borders[1]):
                kept.append(place)
                continue
            # 嘉兴市 is not in 嘉兴 市场监管, but 嘉兴 is.
            end = place.end - 1
            shorter = self.lexicon.places.entries.get(folded[place.start : end])
            if shorter and place.start in borders[0] and end in borders[1]:
                kept.append(Found(place.start, end, shorter))
        return kept

    def known_places(self, folded: str) -> list[Found[Place]]:
        """Return those of `places` that articles speak of; without the others it takes a tenth of the time."""
        found = self.lexicon.places.known.find(folded)
        return [place for place in found if place.value.level != LANDMARK]

    def concepts(self, folded: str) -> list[str]:
        """Return the concepts, kinds of answer and attributes that a folded text speaks of."""
        lexicon = self.lexicon
        names = [f"#{c}" for found in lexicon.concepts.find(folded) for c in found.value]
        names += [f"?{found.value}" for found in lexicon.kinds.find(folded)]
        names += [f"@{found.value.name}" for found in lexicon.attributes.find(folded)]
        return names


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the text with spans blanked out, of the same length."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
