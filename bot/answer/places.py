"""Whether a sentence speaks of the places that a question names."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence

from bot.analysis.analyzer import Analyzer
from bot.analysis.asks import Ask
from bot.analysis.chars import fold
from bot.analysis.lexicon import Place
from bot.article import Article, Kind, Paragraph
from bot.question.question import Question

TIME = re.compile(r"(?:19|20)\d\d|[去前今明]年|[上下]半年|上个?月|本月|最近")
WHOLE = re.compile("全[国省市区县]|一共|总共|共计|合计|总数|总计|总量|加起来|整个")
"""How people ask for all there is."""
OUTSIDE = ("香港特别行政区", "香港", "澳门特别行政区", "澳门", "台湾省", "台湾")
"""Regions in which the mainland's law on consumers does not hold."""
STANDS_IN = re.compile("[在去到于从]$")
GOES_ON = re.compile("的(?:法|店|商|超市|网)|这?边|那边|[有能可怎哪买投退如购]|消费|法律|商家")
"""What stands before, and behind, the name of a place in which something happens. Chosen by hand, not measured."""
REMEMBERED = 32768
"""Texts whose places are remembered; the same paragraphs are judged again and again."""

EXACT, MENTIONED, WIDER, NAMED, NONE, OTHER = 1.0, 0.8, 0.4, 0.2, 0.0, -1.0


class PlaceFit:
    """Judges places against articles.

    Args:
        analyzer: Finds places in texts; its lexicon knows which place lies in which.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._lexicon = analyzer.lexicon
        self._strange: dict[tuple[str | None, str], frozenset[str]] = {}
        self._times = functools.lru_cache(REMEMBERED)(_find_times)
        self._is_abroad = functools.lru_cache(REMEMBERED)(self._find_abroad)
        self._named = functools.lru_cache(REMEMBERED)(self._find_named)

    def of(self, places: Sequence[Place], article: Article, paragraph: Paragraph) -> float:
        """Return how well a paragraph fits the places that a question names: the best of them.

        Returns:
            EXACT when its article is about that very place (or the place lies inside the article's region and
            the article speaks of it), MENTIONED when the paragraph names it, WIDER when the article is about a part
            of it, NAMED when its article names it elsewhere, OTHER when it is about another place, NONE when the
            question names no place, or the article is about the country as a whole.
        """
        return max((self._one(place, article, paragraph) for place in places), default=NONE)

    def of_rule(self, question: Question, article: Article, paragraph: Paragraph) -> float:
        """Return how well a paragraph of a statute or of the guide fits the places of a question, named in an article or not.

        Returns:
            EXACT where it holds in one of them, OTHER where it holds in none of them, or the question is about somewhere
            outside the mainland, NONE where it holds in the whole country or the question names no place.
        """
        if self._is_abroad(question.plain):
            return OTHER
        entries = self._lexicon.places.entries
        strange = (entries[name] for name in question.elsewhere if name in entries)
        local = set(map(fold, article.region.levels[-1:]))
        if article.kind is Kind.GUIDE:
            local = set(self._named(paragraph.text))
        asked = [*question.places, *strange]
        if not (local and asked):
            return NONE
        return EXACT if any(local & set(self._lexicon.ancestors(p)) for p in asked) else OTHER

    def _find_abroad(self, plain: str) -> bool:
        """Whether something happens outside the mainland, as in 在日本买的; a thing from there (日本糖) may be anywhere."""
        for found in self._lexicon.places.find(plain):
            root = self._lexicon.ancestors(found.value)[-1]
            place = self._lexicon.places.entries.get(root, found.value)
            if place.level == "country" or root in OUTSIDE:
                before, behind = plain[: found.start], plain[found.end :]
                if STANDS_IN.search(before) or (not before and GOES_ON.match(behind)):
                    return True
        return False

    def applies(self, ask: Ask, question: Question, articles: Mapping[str, Article]) -> bool:
        """Whether a known question that nothing answers can speak against answering this one.

        One that is unanswered because of its place (another district, another city) or its time (another year) says
        nothing about a question that names another place or time, or none, and one that asks for a total (全区一共) nothing
        about one that does not. Its own article's places are not meant: what 静安寺 does not state is
        missing, whether or not the question names 静安寺 again.
        """
        if not self._times(ask.plain) <= self._times(question.plain):
            return False
        if WHOLE.search(ask.plain) and not WHOLE.search(question.plain):
            return False
        names = self._strange_places(ask, articles)
        if not names:
            return not self._bound_elsewhere(ask, question, articles)
        return bool(names & {place.name for place in question.places}) or bool(
            question.elsewhere and "" in names
        )

    def _bound_elsewhere(
        self, ask: Ask, question: Question, articles: Mapping[str, Article]
    ) -> bool:
        """Whether an ask names its own article's place, and the question another: 静安寺有名单吗 says nothing of 海曙."""
        article = articles.get(ask.article_id or "")
        if not question.places or article is None or ask.paragraph is None:
            return False
        named = self._named(ask.plain)
        if ask.paragraph >= len(article.paragraphs) or not named:
            return False
        if not set(article.region.levels[-1:]) & named:  # 静安区全区呢, of an article about 静安寺
            return not named & {place.name for place in question.places}
        return self.of(question.places, article, article.paragraphs[ask.paragraph]) == OTHER

    def _strange_places(self, ask: Ask, articles: Mapping[str, Article]) -> frozenset[str]:
        """Return the places that an ask names outside its article's region; "" for those of no article."""
        key = (ask.article_id, ask.text)
        if key not in self._strange:
            article = articles.get(ask.article_id or "")
            levels = article.region.levels if article else ()
            named = [found.value for found in self._analyzer.places(fold(ask.plain))]
            self._strange[key] = frozenset(
                place.name if place.known else ""
                for place in named
                if not (
                    place.name in levels
                    or (place.known and set(levels[-1:]) & set(self._lexicon.ancestors(place)))
                )
            )
        return self._strange[key]

    def _one(self, place: Place, article: Article, paragraph: Paragraph) -> float:
        levels = tuple(map(fold, article.region.levels))
        chain = self._lexicon.ancestors(place)
        if (levels and place.name == levels[-1]) or self._speaks_of(place, article.title or ""):
            return EXACT
        inside = self._speaks_of(place, article.body)
        if levels and levels[-1] in chain and inside:
            return EXACT
        if self._speaks_of(place, paragraph.text):
            return MENTIONED
        if place.name in levels:
            return WIDER
        if inside:
            return NAMED
        return OTHER if levels else NONE

    def _speaks_of(self, place: Place, text: str) -> bool:
        return place.name in self._named(text)

    def _find_named(self, text: str) -> frozenset[str]:
        return frozenset(found.value.name for found in self._lexicon.places.find(fold(text)))


def _find_times(text: str) -> frozenset[str]:
    return frozenset(TIME.findall(fold(text)))
