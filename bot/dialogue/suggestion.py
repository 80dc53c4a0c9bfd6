"""Questions that are suggested: those that a person wrote for the articles, and for other articles ones made of their figures.

`corpus/suggestions.tsv` has a question a line, with tabs between: article, question, the same in Traditional characters, the same
in English. A line that begins with `#` is a comment. Only what shares the matter of what was asked, or its place where it
names no matter, is suggested; nothing where nothing does.

Each has a key short enough for a button: it works after a restart, since nothing is kept.
"""

from __future__ import annotations

import functools
import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from bot.analysis.analyzer import Analyzer
from bot.analysis.asks import Ask
from bot.analysis.chars import fold
from bot.analysis.lexicon import Place
from bot.analysis.sentences import clauses, sentences
from bot.answer import detect
from bot.article import MARK_OPEN, Article
from bot.dialogue.asking import key
from bot.dialogue.compose import to_traditional
from bot.dialogue.wording import Language
from bot.errors import CorpusError
from bot.question.question import Question

__all__ = [
    "Example",
    "Suggested",
    "Suggester",
    "Suggestions",
    "key",
    "made_of",
    "parse",
    "reads_well",
]

FILE, FIELDS = "suggestions.tsv", 4
SUGGESTED = 3
SHORTEST, LONGEST = 6, 24
"""Characters of a known question that is shown: not a fragment, and short enough to be read on a button."""
FIRST = "count"
"""The kind of example that is shown first: nothing is asked for as often as figures."""
LEAST = 0.2
"""How like a question another must be to be near it."""
COMMON = 0.3
"""Share of the suggestions in which a term stands that says nothing of a matter: 消费, 海曙."""
OF_BEST = 0.6
"""Share of the best one's likeness that another suggestion must have."""
SAME_PLACE = 1.0
"""What the place that a question names is worth beside its matter, in the units of a rare word."""
GENERIC = frozenset(
    "消费者 消费 企业 单位 问题 工作 情况 商家 市民 服务 发展 电话 时间 群众 有关 相关 累计 合计 总数 维权 消费维权 建设 线上".split()  # noqa: SIM905
)
"""Nouns that stand beside any matter."""
INSIDE = 0.5
"""What it is worth to lie in the place that a question names, beside being it."""
MADE = 28
"""Characters of a question that is made of a figure's clause."""
REACHED = re.compile("(?:已经?)?(?:达到?|共?有|共计|共|为|超过?|近|约)$")
"""What may stand between a noun and its figure."""
NUMBER = re.compile(rf"([0-9][0-9.,]*[余多]?[万亿]?[余多]?)({detect.UNIT}|元|人次)(?![0-9])")


class Example(NamedTuple):
    """A question that shows what can be asked.

    Args:
        ask: The question.
        places: The places that it names.
    """

    ask: Ask
    places: frozenset[Place]


class Suggested(NamedTuple):
    """A question that may be suggested.

    Args:
        article: Id of the article that answers it.
        text: The question, in Simplified characters.
        traditional: The same in Traditional characters.
        english: The same in English; "" where nobody has written it.
        made: Whether it was made of the article's own words, so that nobody has seen it answered.
    """

    article: str
    text: str
    traditional: str
    english: str
    made: bool = False

    def shown(self, language: Language) -> str:
        """Return the question in a language; "" where it is not written in it."""
        by_language = {Language.HANT: self.traditional, Language.EN: self.english}
        return by_language.get(language, self.text)


def parse(text: str) -> list[Suggested]:
    """Return the suggestions in the text of their file.

    Raises:
        CorpusError: A line has not four fields.
    """
    found: list[Suggested] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = [field.strip() for field in line.split("\t")]
        if len(fields) != FIELDS or not all(fields):
            raise CorpusError(
                FILE, number, "needs article, question, Traditional and English, with tabs between"
            )
        found.append(Suggested(fields[0], fields[1], fields[2], fields[3]))
    return found


def made_of(article: Article, analyzer: Analyzer) -> Iterator[Suggested]:
    """Yield questions made of an article's figures, as 吴兴区设立消费维权服务站多少个 of 设立消费维权服务站12个.

    Only what is counted by name makes one: 累计达到12个 can be understood beside other clauses only.

    Args:
        article: The article.
        analyzer: Finds words and places.
    """
    region = article.region.levels[-1] if article.region.levels else ""
    for paragraph in article.paragraphs:
        if paragraph.heading or MARK_OPEN in paragraph.text:
            continue
        for sentence in sentences(paragraph.text):
            for start, end in clauses(paragraph.text, *sentence):
                clause = paragraph.text[start:end].strip()
                figures = list(NUMBER.finditer(clause))
                before = clause[: figures[0].start()] if figures else ""
                if len(figures) != 1 or not _counts_by_name(before, analyzer):
                    continue
                asked = f"{before}多少{figures[0][2]}"
                if not analyzer.places(fold(asked)):
                    asked = region + asked
                if len(asked) <= MADE and not re.search("[“”（）《》]", asked):
                    question = f"{asked}？"
                    yield Suggested(article.id, question, to_traditional(question), "", True)


def _counts_by_name(text: str, analyzer: Analyzer) -> bool:
    """Whether a text before a figure ends in the noun that the figure counts: 无理由退货单位已有, 退货单位."""
    text = REACHED.sub("", text)
    words = analyzer.tokenizer.words(text)
    if not words or words[-1].end != len(text):
        return False
    named = [word.term for word in words[-2:] if word.term not in GENERIC and len(word.term) > 1]
    if words[-1].term not in GENERIC:
        named = named[-1:] if len(words[-1].term) > 1 else []
    noun, concepts = analyzer.tokenizer.is_noun, analyzer.lexicon.concepts
    return any(noun(word) or concepts.find(word) for word in named)


class Suggester:
    """Finds what to suggest.

    Args:
        suggestions: What may be suggested.
        analyzer: Finds words, concepts and places.
    """

    def __init__(self, suggestions: Sequence[Suggested], analyzer: Analyzer) -> None:
        self.suggestions = suggestions
        self._analyzer = analyzer
        named = analyzer.lexicon.concepts.entries.values()
        self._concepts = frozenset(itertools.chain.from_iterable(named))
        self._noun = functools.lru_cache(4096)(analyzer.tokenizer.is_noun)

    def fitting(self, question: Question, language: Language) -> Iterator[Suggested]:
        """Yield the suggestions of a question's matter, or of its place where it names no matter, the most alike first.

        Where it names a place that articles speak of, those of other places are left out.
        """
        wanted = self._terms(question.plain) & self._weights.keys()
        named = {place.name for place in question.places}
        scored: list[tuple[float, int]] = []
        for number, (terms, here, around) in enumerate(self._read):
            shared = sum(self._weights[term] for term in wanted & terms)
            place = bool(named & here) + INSIDE * bool(named & around)
            if not shared and (question.content or not place):
                continue
            if named and not place:
                continue
            if self.suggestions[number].shown(language):
                scored.append((shared + SAME_PLACE * place, -number))
        scored.sort(reverse=True)
        for score, number in scored:
            if score >= OF_BEST * scored[0][0]:
                yield self.suggestions[-number]

    def first(self, language: Language) -> tuple[str, ...]:
        """Return a suggestion of each of the first articles, whatever was asked."""
        by_article: dict[str, str] = {}
        for one in self.suggestions:
            if one.shown(language) and len(by_article) < SUGGESTED:
                by_article.setdefault(one.article, one.shown(language))
        return tuple(by_article.values())

    def _terms(self, text: str) -> frozenset[str]:
        """Return the topical words and concepts of a text, without the names of places."""
        folded = fold(text)
        for place in reversed(self._analyzer.places(folded)):
            folded = folded[: place.start] + " " * (place.end - place.start) + folded[place.end :]
        stop = self._analyzer.lexicon.stopwords
        tokenizer = self._analyzer.tokenizer
        words = (w.term for w in tokenizer.words(folded) if len(w.term) > 1 and w.term not in stop)
        found = {c[1:] for c in self._analyzer.concepts(folded) if c.startswith("#")}
        # 线上调解 is 调解, too.
        within = {c for c in self._concepts if any(c in one for one in found)}
        concepts = (f"#{c}" for c in (found | within) - GENERIC)
        return frozenset([*(w for w in words if w not in GENERIC and self._noun(w)), *concepts])

    @cached_property
    def _read(self) -> Sequence[tuple[frozenset[str], frozenset[str], frozenset[str]]]:
        """The terms of each suggestion, the places that it names, and those that they lie in."""
        read = []
        for one in self.suggestions:
            found = [f.value for f in self._analyzer.known_places(fold(one.text))]
            around = {n for place in found for n in self._analyzer.lexicon.ancestors(place)[1:]}
            named = frozenset(place.name for place in found)
            read.append((self._terms(one.text), named, frozenset(around)))
        return read

    @cached_property
    def _weights(self) -> Mapping[str, float]:
        """What each term is worth, the rarer the more; without the common ones."""
        counts = Counter(term for terms, *_ in self._read for term in terms)
        total = len(self._read)
        return {
            t: math.log(1 + total / n) for t, n in counts.items() if n <= max(COMMON * total, 1)
        }


def example(examples: Sequence[Example], about: str = "") -> str | None:
    """Return the example to show first, or the first about a matter where there is one; None where there is none.

    Args:
        examples: To choose from.
        about: A word of the matter, in Simplified characters.
    """
    asks = [one.ask for one in examples]
    fitting = [ask.text for ask in asks if about and about in ask.text]
    return next(iter([*fitting, *(ask.text for ask in asks if ask.kind == FIRST)]), None)


def reads_well(ask: Ask) -> bool:
    """Whether a known question is worth showing: a sentence of some length, not keywords."""
    shortest, longest = (2 * SHORTEST, 2 * LONGEST) if ask.english else (SHORTEST, LONGEST)
    return shortest <= len(ask.text) <= longest and (ask.english or " " not in ask.text)


class Suggestions:
    """The questions that may stand on a button.

    Args:
        questions: All of them; they may also be shown in Traditional characters.
        suggested: Those that are suggested.
    """

    def __init__(self, questions: Sequence[str], suggested: Iterable[Suggested] = ()) -> None:
        self._questions = questions
        self._suggested = suggested

    def find(self, wanted: str) -> str | None:
        """Return the question with a key, as it was shown; None where the corpus does not have it any more."""
        return self._simplified.get(wanted) or self._traditional.get(wanted)

    # Made at the first press, not at the start: thousands of questions, of which hardly one is pressed. To convert them
    # takes half a second, in which nobody would be answered.
    @cached_property
    def _simplified(self) -> Mapping[str, str]:
        written = [
            q for one in self._suggested for q in (one.text, one.traditional, one.english) if q
        ]
        return {key(question): question for question in (*self._questions, *written)}

    @cached_property
    def _traditional(self) -> Mapping[str, str]:
        return {key(question): question for question in map(to_traditional, self._questions)}
