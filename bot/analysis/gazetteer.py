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

    A district that an article's region names belongs to that region's city, whatever other district bears the name.
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
        for found in [*analyzer.places(folded), *landmarks]:
            named.update(lexicon.ancestors(found.value))
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
