"""What a question demands of the sentence that answers it, however alike they are: its days and years, what it denies.

What happened on one day is no answer about another, and those that did something are none about those that did not.
"""

from __future__ import annotations

import functools
import re

from bot.analysis.chars import fold
from bot.analysis.phrases import PhraseTable
from bot.answer import detect, forms, lookup
from bot.answer.answer import Reason, Refusal
from bot.answer.candidate import Candidate
from bot.article import Article
from bot.question import negation, ordinals, times
from bot.question.ordinals import Ordinal
from bot.question.question import YEAR, Question

COUNTING = frozenset(["count", "money", "percent", "date", "duration"])
"""Kinds of answer that are true of one shop or street and not of another."""
REMEMBERED = 4096
"""Texts whose folded form is remembered; the same sentences are judged again and again."""
FIGURE = re.compile("[0-9][0-9.,]*[余多]?[万亿]?余?[家个件起]")
"""A number of things that are counted one by one."""
JOINT = 1
"""Characters between two words that are named together: 五星级、四星级."""
TIMED = COUNTING | {"list", "who", "where", "definition", "yesno"}
"""Kinds of answer that are true of one day and not of another."""
RELATIVE = {"今年": 0, "本年": 0, "去年": -1, "前年": -2}
"""Words of an article for a year, and how far it is from the one in which it was written."""
OF_PEOPLE = re.compile(
    "(?<![我是为])((?:老年人|老人|未成年人|儿童|学生|女性|男性|妇女|外国人|外国游客|外籍|境外|外地人|游客|残疾人|农民工|外卖员|外卖骑手)(?:们)?)(?=的|在|提|打|投|反映|举报|买|来|消费|受骗|共|有)"
)
"""Groups of people of whom a figure is asked; a figure of everybody is none of theirs."""
CLAUSE = re.compile("[,，。?？!！;；]")
ASKING = re.compile("多少|几|什么|啥|谁|哪|怎|如何|吗|么|(.)[不没]\\1")
OWN = re.compile("[我咱俺]")
MEANING = re.compile("什么意思|啥意思|含义|定义|什么叫|何谓|怎么理解")
"""How people ask what a word means; that a sentence uses it says nothing."""
ADDS = re.compile("(?:加|合|算)(?:在一|一)?起来?(?:一共|总共|是)?(?:有)?(?:多少|几)|相加|之和")
"""How people ask for a sum; the articles may have the parts and not the sum."""
SUM = re.compile("共|总数|合计|总计|累计")
"""What a sentence that states one says."""
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
        demands = (
            question.times
            or question.years
            or question.denied
            or question.names
            or question.ordinals
            or question.latin
            or not negation.turned(question.plain, "")
            or ADDS.search(question.plain)
        )
        return bool(demands) or bool(self._contrasts.find(question.plain))

    def fits(self, question: Question, candidate: Candidate) -> bool:
        """Whether a candidate lacks nothing that a question demands; that it may not be quoted is another matter."""
        lacking = self.unmet(question, candidate)
        return lacking is None or lacking.reason is Reason.UNQUOTABLE

    def unmet(self, question: Question, candidate: Candidate) -> Refusal | None:
        """Return why a candidate is no answer, naming what it lacks; None where it meets every condition."""
        quoted = ""
        if candidate.sentence is not None:
            quoted = self._folded(candidate.paragraph.text[slice(*candidate.sentence)])
        if question.years and (year := self._strange_year(question, candidate, quoted)):
            return Refusal(Reason.UNKNOWN_YEAR, year)
        kinds = set(question.kinds)
        # Who tells when something was bought asks what can be done, not what happened then.
        timed = TIMED & kinds or not kinds
        demanded = [t for t in question.times if timed and not _of_asker(t.text, question.plain)]
        for time in demanded:
            if not _speaks_of(time, candidate, quoted or self._folded(candidate.paragraph.text)):
                return Refusal(Reason.UNKNOWN_TIME, time.text)
        if candidate.sentence is None:
            return Refusal(Reason.UNQUOTABLE, where=(candidate.article, candidate.paragraph))
        return None if self._states(question, candidate, quoted) else Refusal(Reason.MISSING_PART)

    def _states(self, question: Question, candidate: Candidate, quoted: str) -> bool:
        """Whether a sentence has all that a question demands beside its times."""
        kinds = set(question.kinds)
        body = self._folded(candidate.article.body) if question.ordinals else ""
        denied = question.denied if negation.ASKING & kinds else ()
        certain = (a.detector for a in question.attributes if a.detector in CERTAIN)
        return (
            all(word in self._folded(candidate.article.body) for word in question.latin)
            and all(_holds(ordinal, quoted, body) for ordinal in question.ordinals)
            and all(negation.says_not(word, quoted) for word in denied)
            and not (negation.ASKING & kinds and not negation.turned(question.plain, quoted))
            and not (COUNTING & kinds and not self._counts(question, candidate, quoted))
            and not (_asks_meaning(question) and not _explains(quoted, question))
            and not any(detect.lacks(detector, quoted) for detector in certain)
            and not (ADDS.search(question.plain) and not SUM.search(quoted))
        )

    def _strange_year(self, question: Question, candidate: Candidate, quoted: str) -> str:
        """Return the year of a question that a sentence is not about; "" where it may be about all of them.

        A figure of one year is no answer about another, also within a paragraph.
        """
        body = self._folded(candidate.article.body)
        around = _years(candidate, quoted)
        told = YEAR.findall(quoted) or (around if COUNTING & set(question.kinds) else ())
        for year in question.years:
            if (year not in body and year not in around) or (told and year not in told):
                return year
        return ""

    def told_apart(self, question: Question, short: str) -> bool:
        """Whether a short answer's figures are of the one of two things that the question asks about: 五星级, not of both."""
        return not COUNTING & set(question.kinds) or self._tells(question, fold(short))

    def _counts(self, question: Question, candidate: Candidate, quoted: str) -> bool:
        """Whether a sentence's figures are of what a question names: of this street, of four stars and not of both."""
        assert candidate.sentence is not None
        before = candidate.paragraph.text[: candidate.sentence[1]]
        said = fold(f"{candidate.article.name}\n{before}")
        if any(name not in said for name in question.names):
            return False
        if any(group not in said for group in OF_PEOPLE.findall(question.plain)):
            return False
        return self._tells(question, quoted) and not self._relates(question, fold(candidate.says))

    def qualified(self, question: Question, says: str) -> bool:
        """Whether a clause tells of one of two things, as 五星级, where a question asks for neither by name."""
        asked = self._members(question.plain)
        return any(group not in asked for group in self._members(fold(says)))

    def _relates(self, question: Question, says: str) -> bool:
        """Whether a clause's only figure is of two things of which a question asks about one: 首批四星级中23家评为第二批五星级."""
        if len(FIGURE.findall(says)) != 1:
            return False
        asked = self._members(question.plain)
        said = self._members(says)
        if any(
            len(members) > 1 and members <= said.get(group, set())
            for group, members in asked.items()
        ):
            return False  # 首批四星级升为五星级的: it asks for what is of both
        return any(
            len(members) == 1 and len(said.get(group, ())) > 1 for group, members in asked.items()
        )

    def _members(self, text: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for each in self._contrasts.find(text):
            found.setdefault(each.value[0], set()).add(each.value[1])
        return found

    def _tells(self, question: Question, said: str) -> bool:
        return all(
            self._tells_apart(group, min(members), said)
            for group, members in self._members(question.plain).items()
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


def _asks_meaning(question: Question) -> bool:
    """Whether it is asked what a word means; a figure is explained by whatever sentence has it."""
    return bool(MEANING.search(question.plain)) and not lookup.asks_figure(question)


def _explains(quoted: str, question: Question) -> bool:
    """Whether a sentence explains something, and has a word that a question asks the meaning of."""
    return forms.explains(quoted) and any(word in quoted for word in question.content)


def _years(candidate: Candidate, quoted: str) -> tuple[str, ...]:
    """Return the years that a sentence without one may be about: 今年 and 去年, else those told last before it and its article's own.

    Empty where nothing tells the year of the article.
    """
    article = candidate.article
    if not article.published or candidate.sentence is None:
        return ()
    year = int(article.published[:4])
    relative = [str(year + step) for word, step in RELATIVE.items() if word in quoted]
    if relative:
        return tuple(relative)
    before = [p.text for p in article.paragraphs[: candidate.paragraph.number]]
    before.append(candidate.paragraph.text[: candidate.sentence[0]])
    told = (YEAR.findall(fold(text)) for text in reversed(before))
    last = next((years[-1:] for years in told if years), [])
    return (*last, str(year))


def _holds(ordinal: Ordinal, quoted: str, body: str) -> bool:
    """Whether a sentence, or where it counts nothing of the kind its article, speaks of the second, the third and so on."""
    said = [one for one in ordinals.named(quoted) if one.of == ordinal.of]
    return ordinal in (said or ordinals.named(body))


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


def _of_asker(time: str, plain: str) -> bool:
    """Whether a time is told of who asks, and stands beside what is asked: 我上个月买的鞋，怎么退."""
    clauses = CLAUSE.split(plain)
    return bool(OWN.search(plain)) and not any(
        time in clause and ASKING.search(clause) and not OWN.search(clause) for clause in clauses
    )
