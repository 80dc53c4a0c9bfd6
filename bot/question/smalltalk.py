"""Small talk: greetings, thanks, who are you. Only a whole utterance counts, never a part of a question."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from bot.analysis.chars import fold
from bot.question.question import Question

ENDS = "啊呀哦喔噢呢吧啦咯嘛哈嘿诶欸哟呦了哒滴的吗嗯呵么"
MARKS = re.compile(r"[^0-9a-z一-鿿]+")
TONES = re.compile("[\\s\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
"""What changes how an emoji looks and not what it says: variation selectors and skin tones."""
ALIKE = 0.6
"""Share of character pairs (Dice) from which on an utterance is taken for a known phrase put a little differently."""
LONGEST = 12
"""Characters of an utterance that is taken for small talk by its words alone."""
MOST = 60
"""Characters of an utterance that is taken for phrases in a row; each phrase costs a look at all that is left."""
SHORTEST = 4
"""Characters from which on an utterance is compared so; shorter ones share pairs by chance."""
DESPAIR = "despair"


class Smalltalk:
    """Knows small talk.

    Args:
        phrases: Class by folded phrase or emoji.
    """

    def __init__(self, phrases: Mapping[str, str]) -> None:
        self._known = {key(phrase): name for phrase, name in phrases.items() if key(phrase)}
        self._emoji = {first(phrase): name for phrase, name in phrases.items() if not key(phrase)}
        self._pairs = {
            phrase: _pairs(phrase)
            for phrase, name in self._known.items()
            if len(phrase) >= SHORTEST and name != DESPAIR
        }

    def classify(self, text: str, content: Collection[str]) -> str | None:
        """Return the class of small talk that an utterance is, or None.

        Of a text of emoji alone the first one counts.

        Args:
            text: What was typed. Marks, spaces and particles at the end do not count; a phrase said twice or
                several phrases in a row are small talk too, of the last one's class.
            content: The words in it that carry a topic. An utterance with none needs only to begin or end with
                a phrase (好的，那先这样，拜拜).
        """
        parts = [part for part in MARKS.split(fold(text)) if part]
        if not parts:
            return self._emoji.get(first(text))
        whole = self._whole("".join(parts))
        if whole:
            return whole
        if not content and len(parts) > 1:
            return self._whole(parts[-1]) or self._whole(parts[0])
        return None

    def resembles(self, text: str) -> str | None:
        """Return the class of the known phrase that an utterance is much like, or None."""
        pairs = _pairs(key(text))
        if len(pairs) < SHORTEST - 1:
            return None
        best = max(self._pairs, key=lambda phrase: _dice(pairs, self._pairs[phrase]), default=None)
        if best is None or _dice(pairs, self._pairs[best]) < ALIKE:
            return None
        return self._known[best]

    def made_of(self, text: str, content: Collection[str]) -> str | None:
        """Return the class of an utterance that nothing else explains, if its topical words are those of small talk.

        The class is that of the shortest known phrase which holds them all: 聪明 stands in 你真聪明.
        """
        whole = key(text)
        if not content or len(whole) > LONGEST:
            return None
        holding = [
            phrase
            for phrase, name in self._known.items()
            if name != DESPAIR and all(word in phrase for word in content)
        ]
        return self._known[min(holding, key=len)] if holding else None

    def spoken_in(self, text: str) -> str | None:
        """Return the class of the last part of an utterance that is a known phrase: 谢谢 in 谢谢你，帮大忙了."""
        classes = [self._whole(part) for part in MARKS.split(fold(text)) if part]
        return next((name for name in reversed(classes) if name), None)

    def despairs(self, text: str) -> bool:
        """Whether someone says, among other things, that they do not want to live."""
        whole = key(text)
        return any(
            name == DESPAIR and len(phrase) >= SHORTEST and phrase in whole
            for phrase, name in self._known.items()
        )

    def speaks_to_us(self, text: str) -> bool:
        """Whether a short utterance is about the bot itself: 你今天心情怎么样."""
        return "你" in key(text) and len(key(text)) <= LONGEST

    def heard_in(self, question: Question) -> str | None:
        """Return the class of small talk that a question plainly is, or None."""
        talk = self.classify(question.text, question.content)
        return talk if talk or question.places else self.resembles(question.text)

    def behind(self, question: Question, concepts: Iterable[str]) -> str | None:
        """Return the class of small talk that a refused question was, if it is about nothing that articles are about.

        Whoever despairs is heard whatever else they write.

        Args:
            question: The question.
            concepts: The concepts, kinds of answer and attributes that it speaks of, as the analyzer names them.
        """
        if self.despairs(question.text):
            return DESPAIR
        if question.places or question.elsewhere or any(c[0] in "#@" for c in concepts):
            return None
        named = self.made_of(question.text, question.content) or self.spoken_in(question.text)
        return named or ("ability" if self.speaks_to_us(question.text) else None)

    def _whole(self, text: str) -> str | None:
        if not 0 < len(text) <= MOST:
            return None
        for form in (text, text.rstrip(ENDS)):
            if form in self._known:
                return self._known[form]
        for size in range(len(text) - 1, 1, -1):
            if text[:size] in self._known:
                rest = text[size:].lstrip(ENDS)
                if not rest:
                    return self._known[text[:size]]
                last = self._whole(rest)
                if last:
                    return last
        return None


def key(text: str) -> str:
    """Return an utterance as it is compared: folded, without marks and spaces."""
    return MARKS.sub("", fold(text))


def first(text: str) -> str:
    """Return the first emoji of a text, as it is compared."""
    return TONES.sub("", text)[:1]


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def _dice(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0
