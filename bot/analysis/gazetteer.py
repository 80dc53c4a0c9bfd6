"""Which places a corpus speaks of: found in the articles' regions, titles and texts when the index is built.

The lexicon's tables say only what places there are and what people call them.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.analysis.analyzer import Analyzer
from bot.analysis.chars import fold
from bot.analysis.lexicon import LANDMARK, Place
from bot.article import Article


def spoken_of(articles: Iterable[Article], analyzer: Analyzer) -> dict[str, Place]:
    """Return the places that articles name, and those they lie in, by each of their names.

    A district that an article's region names belongs to that region's city, whatever other district bears the name. By its
    everyday name a district is named only where the article also has what it lies in: 温泉酒店 is not of 温泉县.
    """
    lexicon = analyzer.lexicon
    table = lexicon.places
    named: set[str] = set()
    regions: dict[str, Place] = {}
    for article in articles:
        levels = {"province": "", "city": "", "district": ""}
        wider = ""
        for level in levels:
            name = getattr(article.region, level)
            if name and name != wider:
                regions[fold(name)] = Place(fold(name), level, wider, known=True)
                wider = fold(name)
        folded = fold(f"{article.name}\n{article.body}")
        landmarks = (found for found in table.find(folded) if found.value.level == LANDMARK)
        inside: set[str] = set(filter(None, map(fold, article.region.levels)))
        doubtful: list[Place] = []
        for found in [*analyzer.places(folded), *landmarks]:
            place = found.value
            if place.level == "district" and folded[found.start : found.end] != place.name:
                doubtful.append(place)
            else:
                inside.update(lexicon.ancestors(place))
        for place in doubtful:
            if inside & set(lexicon.ancestors(place)):
                named.update(lexicon.ancestors(place))
        named |= inside
    known = {
        name: place._replace(known=True)
        for name, place in table.entries.items()
        if place.name in named or place.name in regions
    }
    for name, place in list(known.items()):
        if place.name in regions and place.level == "district":
            known[name] = regions[place.name]
    for name, place in regions.items():
        known[name] = regions[name] = known.get(name, place)
        if name in lexicon.shorts:
            known[lexicon.shorts[name]] = known[name]
    return known
