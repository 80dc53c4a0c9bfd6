"""What a question demands of the sentence that answers it, however alike they are: its days and years, what it denies.

What happened on one day is no answer about another, and those that did something are none about those that did not.
"""

from __future__ import annotations

import functools
import re

from bot.analysis.chars import fold
from bot.analysis.phrases import PhraseTable
from bot.answer import detect
from bot.answer.answer import Reason, Refusal
from bot.answer.candidate import Candidate
from bot.article import Article
from bot.question import negation, times
from bot.question.question import YEAR, Question

COUNTING = frozenset(["count", "money", "percent", "date", "duration"])
"""Kinds of answer that are true of one shop or street and not of another."""
REMEMBERED = 4096
"""Texts whose folded form is remembered; the same sentences are judged again and again."""
JOINT = 1
"""Characters between two words that are named together: 五星级、四星级."""
TIMED = COUNTING | {"list", "who", "where", "definition", "yesno"}
"""Kinds of answer that are true of one day and not of another."""
OWN = re.compile("[我咱俺]")
CERTAIN = {"phone", "url", "address", "clock"}
"""Detectors that miss nothing of their kind: what they do not find is not stated."""


class Conditions:
    """Tells what a question demands, and what lacks it.

    Args:
        contrasts: Words that exclude each other: 五星级, 四星级.
    """

    def __init__(self, contrasts: PhraseTable[tuple[str, str]]) -> None:
        self._contrasts = contrasts
        self._folded = functools.lru_cache(REMEMBERED)(fold)

    def binds(self, question: Question) -> bool:
        """Whether a question demands anything that sentences can lack."""
        demands = question.times or question.years or question.denied or question.names
        return bool(demands) or bool(self._contrasts.find(question.plain))

    def fits(self, question: Question, candidate: Candidate) -> bool:
        """Whether a candidate lacks nothing that a question demands; that it may not be quoted is another matter."""
        lacking = self.unmet(question, candidate)
        return lacking is None or lacking.reason is Reason.UNQUOTABLE

    def unmet(self, question: Question, candidate: Candidate) -> Refusal | None:
        """Return why a candidate is no answer, naming what it lacks; None where it meets every condition."""
        body = self._folded(candidate.article.body) if question.years else ""
        strange = [year for year in question.years if year not in body]
        if strange:  # a figure of one year is no answer about another
            return Refusal(Reason.UNKNOWN_YEAR, strange[0])
        if candidate.sentence is None:
            return Refusal(Reason.UNQUOTABLE)
        quoted = self._folded(candidate.paragraph.text[slice(*candidate.sentence)])
        told = YEAR.findall(quoted)
        others = [year for year in question.years if told and year not in told]
        if others:  # the same within a paragraph: what was so by 2021 is not said of 2020
            return Refusal(Reason.UNKNOWN_YEAR, others[0])
        kinds = set(question.kinds)
        # Who tells when something was bought asks what can be done, not what happened then.
        demanded = question.times if TIMED & kinds and not OWN.search(question.plain) else ()
        for time in demanded:
            if not _speaks_of(time, candidate, quoted):
                return Refusal(Reason.UNKNOWN_TIME, time.text)
        denied = question.denied if negation.ASKING & kinds else ()
        if not all(negation.says_not(word, quoted) for word in denied):
            return Refusal(Reason.MISSING_PART)
        if COUNTING & kinds and not self._counts(question, candidate, quoted):
            return Refusal(Reason.MISSING_PART)
        for attribute in question.attributes:
            if attribute.detector in CERTAIN and detect.lacks(attribute.detector, quoted):
                return Refusal(Reason.MISSING_PART)
        return None

    def _counts(self, question: Question, candidate: Candidate, quoted: str) -> bool:
        """Whether a sentence's figures are of what a question names: of this street, of four stars and not of both."""
        assert candidate.sentence is not None
        before = candidate.paragraph.text[: candidate.sentence[1]]
        said = fold(f"{candidate.article.name}\n{before}")
        if any(name not in said for name in question.names):
            return False
        asked: dict[str, set[str]] = {}
        for found in self._contrasts.find(question.plain):
            asked.setdefault(found.value[0], set()).add(found.value[1])
        return all(
            self._tells_apart(group, min(members), quoted)
            for group, members in asked.items()
            if len(members) == 1
        )

    def _tells_apart(self, group: str, member: str, quoted: str) -> bool:
        """Whether a text speaks of one member of a group by itself, or not at all: 五星级、四星级共155家 speaks of both."""
        found = [f for f in self._contrasts.find(quoted) if f.value[0] == group]
        named = [f for f in found if f.value[1] == member]
        others = [f for f in found if f.value[1] != member]
        together = (
            any(0 <= max(f.start, o.start) - min(f.end, o.end) <= JOINT for o in others)
            for f in named
        )
        return not named or not all(together)


def _speaks_of(time: times.Time, candidate: Candidate, quoted: str) -> bool:
    """Whether a sentence, or where it names no day its paragraph or its article's date, is of a time."""
    article = candidate.article
    year = int(article.published[:4]) if article.published else None
    if times.spoken_of(time, quoted, year):
        return True
    if times.DAY.search(quoted):
        return False
    around = f"{fold(candidate.paragraph.text)}\n{_written(article)}"
    return times.spoken_of(time, around, year)


def _written(article: Article) -> str:
    """Return the day of an article as texts name days; "" where it is not known to the day."""
    written = (article.published or article.event_date or "").split("-")
    if len(written) < 2 + bool(article.published):
        return ""
    return f"{int(written[-2])}月{int(written[-1])}日"
