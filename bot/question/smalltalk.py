"""Small talk: greetings, thanks, who are you. Only a whole utterance counts, never a part of a question.

But whoever speaks of death, or of somebody who is hurt, is heard whatever else they write.
"""

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
ALARMS = ("emergency", "despair")
"""Classes that are heard anywhere in an utterance, before anything else."""
ASIDES = ("weather", "insult")
"""Classes that are heard anywhere in an utterance that nothing answers."""
GAP = 4
"""Characters that may stand where a phrase that is heard anywhere has …."""
ASPECT = "[了过着]?"
"""What may stand between the characters of such a phrase."""
NO_ALARM = "not_despair"
"""Class of phrases that hold the words of an alarm and are none: 跳楼价."""


HELP = re.compile(
    "电话|热线|号码|打什么|打给|打哪|找谁|找哪|去哪|怎么办|咋办|帮帮|帮我|救|谁能|谁来|陪我|说说话|心理|医生"
    r"|\b(?:help|call|phone|number|hotline|talk to|what (?:do|should|can) i|who can)\b"
)
"""How somebody asks for help."""


def asks_for_help(text: str) -> bool:
    """Whether somebody asks for help, whatever it is about."""
    return HELP.search(fold(text)) is not None


class Smalltalk:
    """Knows small talk.

    Args:
        phrases: Class by folded phrase or emoji.
    """

    def __init__(self, phrases: Mapping[str, str]) -> None:
        anywhere = {*ALARMS, *ASIDES, NO_ALARM}
        heard = {phrase: name for phrase, name in phrases.items() if name in anywhere}
        self._heard = {_gapped(phrase): name for phrase, name in heard.items()}
        phrases = {phrase: name for phrase, name in phrases.items() if name not in anywhere}
        self._known = {key(phrase): name for phrase, name in phrases.items() if key(phrase)}
        self._emoji = {first(phrase): name for phrase, name in phrases.items() if not key(phrase)}
        self._pairs = {
            phrase: _pairs(phrase)
            for phrase, name in self._known.items()
            if len(phrase) >= SHORTEST
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

    def resembles(self, text: str, content: Collection[str] = ()) -> str | None:
        """Return the class of the known phrase that an utterance is much like, or None.

        Args:
            text: What was typed.
            content: The words in it that carry a topic; a phrase that lacks one is another: 主播叫什么名字.
        """
        pairs = _pairs(key(text))
        if len(pairs) < SHORTEST - 1:
            return None
        best = max(self._pairs, key=lambda phrase: _dice(pairs, self._pairs[phrase]), default=None)
        if best is None or _dice(pairs, self._pairs[best]) < ALIKE:
            return None
        if any(word not in best for word in content):
            return None
        return self._known[best]

    def made_of(self, text: str, content: Collection[str]) -> str | None:
        """Return the class of an utterance that nothing else explains, if its topical words are those of small talk.

        The class is that of the shortest known phrase which holds them all: 聪明 stands in 你真聪明.
        """
        whole = key(text)
        topical = len("".join(content))
        if (
            topical < 2 or 2 * topical < len(whole) or len(whole) > LONGEST
        ):  # 答 stands in 答得好, too
            return None
        holding = [
            phrase
            for phrase, name in self._known.items()
            if all(word in phrase for word in content)
        ]
        return self._known[min(holding, key=len)] if holding else None

    def spoken_in(self, text: str) -> str | None:
        """Return the class of the last part of an utterance that is a known phrase: 谢谢 in 谢谢你，帮大忙了."""
        classes = [self._whole(part) for part in MARKS.split(fold(text)) if part]
        return next((name for name in reversed(classes) if name), None)

    def alarm(self, text: str) -> str | None:
        """Return the class of an utterance that speaks of death or of somebody in danger, oneself or another; or None."""
        return self._anywhere(text, ALARMS)

    def _anywhere(self, text: str, classes: Collection[str]) -> str | None:
        whole = key(text)
        for phrase, name in self._heard.items():
            if name == NO_ALARM:
                whole = phrase.sub(" ", whole)
        found = {name for phrase, name in self._heard.items() if phrase.search(whole)}
        return next((name for name in classes if name in found), None)

    def speaks_to_us(self, text: str) -> bool:
        """Whether a short utterance is about the bot itself: 你今天心情怎么样."""
        whole = key(text)
        return "你" in whole and len(whole) <= LONGEST and not any(c.isdecimal() for c in whole)

    def heard_in(self, question: Question) -> str | None:
        """Return the class of small talk that a question plainly is, or None."""
        talk = self.classify(question.text, question.content)
        return talk if talk or question.places else self.resembles(question.text, question.content)

    def behind(self, question: Question, concepts: Iterable[str]) -> str | None:
        """Return the class of small talk that a refused question was, if it is about nothing that articles are about.

        Args:
            question: The question.
            concepts: The concepts, kinds of answer and attributes that it speaks of, as the analyzer names them.
        """
        matters = any(c[0] in "#@" for c in concepts)
        aside = None if matters else self._anywhere(question.text, ASIDES)
        if aside or matters or question.places or question.elsewhere:
            return aside
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


def _gapped(phrase: str) -> re.Pattern[str]:
    """Return how a phrase is heard anywhere: 割…手 with up to `GAP` characters between, 喝农药 also as 喝了农药, 没 also as 没有."""
    parts = (ASPECT.join(map(re.escape, key(part))) for part in phrase.split("…"))
    return re.compile(f".{{0,{GAP}}}?".join(parts).replace("没", "没有?"))


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
