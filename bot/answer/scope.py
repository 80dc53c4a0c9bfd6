"""What a figure is of: its place, and whether it is the one that a question asks about.

A figure of 海曙区 is none of 宁波市, and one of 奉贤区 none of its towns. Asked for the whole of a wider place the bot says that
there is no such figure and which parts there are; asked for a part of what is stated, likewise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from bot.analysis.analyzer import Analyzer
from bot.analysis.chars import fold
from bot.analysis.lexicon import LANDMARK, Place
from bot.answer import lead
from bot.answer.candidate import Candidate
from bot.answer.features import Ranked
from bot.answer.places import WHOLE
from bot.article import Article
from bot.question.question import Question

FIGURES = frozenset(["count", "money", "percent"])
"""Kinds of answer that are figures."""
WIDE = re.compile(
    "全国|全中国|中国(?!消费者报|消协)|我国|长三角|珠三角|京津冀|华东|华南|华北|江浙沪"
)
"""What is wider than any place of the tables."""
ENGLISH = re.compile(r"\b(?:whole|entire|all of|altogether|in total|total number|overall)\b")
"""The same in English."""
OFFICE = re.compile("[^,。的有]{0,6}(?:局|委|会|协|院|所|厅|办(?![了过有好完的成])|中心|公司)")
"""What makes a place's name a part of an office's: 吉林省消协."""
HAS = re.compile(
    "(?:市|省)?(?:现在|目前|到底|究竟)?(?:一共|总共|共)?(?:有|开了|设了|建了)(?:多少|几)|[^,。]{1,16}(?:一共|总共|共)有?(?:多少|几)(?!钱)"
)
"""How it is asked how many there are of something in all of a place: 上海有多少家."""
PARTS = 3
"""Parts that are listed at most."""
NEAR_BEST = 5.0
"""How many spreads below the best clause another part may stand and still be listed."""
ALIKE = 0.5
"""Share of the question's topical words that a part must hold."""


class Fit(Enum):
    """How what a clause counts lies to what a question asks for."""

    SAME = "same"
    PART = "part"
    WIDER = "wider"


class Part(NamedTuple):
    """A figure with the place that it is of.

    Args:
        place: The place's name, as articles write it.
        says: The clause with its bounds.
        candidate: Where it stands.
    """

    place: str
    says: str
    candidate: Candidate


class Scope:
    """Tells scopes.

    Args:
        analyzer: Finds places; its lexicon knows which place lies in which.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._lexicon = analyzer.lexicon

    def place(self, says: str, article: Article) -> Place | None:
        """Return the narrowest place that a clause names, else the one that its article is about; None for neither."""
        told = [f.value for f in self._analyzer.places(fold(says)) if f.value.known]
        return max(told, key=self._depth) if told else self._about(article)

    def _about(self, article: Article) -> Place | None:
        """Return the narrowest place that an article is about."""
        named = [f.value for f in self._analyzer.places(fold(article.name)) if f.value.known]
        levels = [self._lexicon.places.entries.get(fold(n)) for n in article.region.levels]
        about = [*named, *(place for place in levels if place is not None)]
        return max(about, key=self._depth, default=None)

    def fit(self, question: Question, says: str, article: Article) -> Fit:
        """Return how a clause's place lies to those that a question names; SAME where it names none."""
        if not FIGURES & set(question.kinds):
            return Fit.SAME
        told = self.place(says, article)
        if told is None:
            return Fit.SAME
        if not question.places:
            wide = WIDE.search(question.plain)
            return Fit.PART if wide and wide[0] not in fold(says) else Fit.SAME
        asked = min(question.places, key=lambda place: -self._depth(place))
        if told.name == asked.name or asked.level == LANDMARK or asked.name in fold(says):
            return Fit.SAME
        if asked.name in self._lexicon.ancestors(told)[1:]:
            return Fit.PART
        about = self._about(article)  # 奉贤's 上海市第一条 is none of all Shanghai
        if told.name in self._lexicon.ancestors(asked)[1:] and about != asked:
            return Fit.WIDER
        return Fit.SAME

    def asks_whole(self, question: Question) -> bool:
        """Whether a question asks for all of a wide place: 宁波市一共受理多少, 全国有多少家."""
        if WIDE.search(question.plain) or ENGLISH.search(fold(question.text)):
            return True
        return any(self._is_whole(name, question.plain) for name in question.named)

    def _is_whole(self, name: str, plain: str) -> bool:
        """Whether a question asks for all of a place that it names: 上海总共几家, and not 南京老陶一共充了多少."""
        end = plain.find(name) + len(name)
        within = plain[end - 1 : end + 1]  # 市北 of 青岛市北
        if plain[: plain.find(name)].endswith(("全", "整个")):
            return True
        inside = any(each in self._lexicon.places.entries for each in (within, f"{within}区"))
        official = name[-1] in "市省" and not inside and not OFFICE.match(plain, end)
        asking = HAS.match(plain, end)
        return bool(official or asking or WHOLE.match(plain[end:].lstrip("的有市区省")))

    def asked(self, question: Question) -> str:
        """Return what a question calls the place whose whole it asks for."""
        if question.places:
            return max(question.places, key=self._depth).name
        wide = WIDE.search(question.plain)
        return wide[0] if wide else ""

    def parts(self, question: Question, ranked: Ranked) -> Sequence[Part]:
        """Return the figures of places that a question's place holds, or lies in, the best of each place."""
        found: dict[str, Part] = {}
        words = [word for word in question.content if len(word) > 1]
        for score, candidate, features in ranked:
            if score < ranked[0][0] - NEAR_BEST or len(found) == PARTS:
                break
            if features.formless or not features.slot or features.contradicts == 1.0:
                continue
            if candidate.sentence is None:
                continue
            says = lead.alone(candidate, question)
            held = sum(word in fold(says) for word in words)
            place = self.place(says, candidate.article)
            if place is None or held < ALIKE * len(words):
                continue
            if self.fit(question, says, candidate.article) is not Fit.SAME:
                found.setdefault(place.name, Part(place.name, says, candidate))
        return tuple(found.values())

    def _depth(self, place: Place) -> int:
        return len(self._lexicon.ancestors(place))
