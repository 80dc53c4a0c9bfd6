"""The services that articles tell of, place by place, each in an article's own words, and what can be compared."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from bot.analysis.lexicon import Matter
from bot.article import Region
from bot.dialogue import citation, menu, suggestion
from bot.dialogue.catalogue import COUNT, Catalogue, Cell
from bot.dialogue.menu import MENU, Answers
from bot.dialogue.panel import Block, Button, Look, Panel, Span, text_panel
from bot.dialogue.utterance import Utterance
from bot.dialogue.wording import Language, Wording

PLACES_A_PAGE = 5
PLACES_LISTED = 6
"""Places that the overview lists of a service; the others stand behind its button."""
COMPARED = 8
"""Comparisons that are offered."""
ARTICLES_A_PLACE = 2
"""Articles that speak for a place."""
PART = 12
"""Digits of a key that tell the few matters and places apart; three of them fit on a button."""


class Services:
    """Shows the services.

    Args:
        catalogue: The corpus as a whole.
        answers: Answers a question that stands alone.
        wordings: The bot's own words by language.
    """

    def __init__(
        self, catalogue: Catalogue, answers: Answers, wordings: Mapping[Language, Wording]
    ) -> None:
        self._catalogue = catalogue
        self._answers = answers
        self._wordings = wordings
        self._pairs: list[tuple[Matter, Region, Region]] | None = None

    def overview(self, words: Wording) -> Panel:
        """Return each service with the places that it is told of, and how it is put there."""
        blocks: list[Block] = []
        buttons: list[Button] = []
        for matter in self._catalogue.matters:
            if not matter.service:
                continue
            name = menu.name_of(matter, words)
            cells = self._catalogue.cells(matter)
            told = [
                words.say("service_cell", place=menu.place_of(cell.region, words), says=_says(cell))
                for cell in cells[:PLACES_LISTED]
            ]
            if len(cells) > PLACES_LISTED:
                told.append(words.say("service_more", count=len(cells) - PLACES_LISTED))
            blocks.append((Span(name, Look.LEAD), *(Span(text, Look.ITEM) for text in told)))
            buttons.append(Button(name, f"{MENU}service:{suggestion.key(matter.name)}"))
        if not buttons:
            return text_panel(words.say("services_none"))
        return Panel(((Span(words.say("services_head")),), *blocks), menu.rows(buttons, 2))

    def service(self, matter: Matter, words: Wording, page: int = 0) -> Panel:
        """Return what the articles say of a service, place by place."""
        cells = self._catalogue.cells(matter)
        page = menu.page_of(page, len(cells), PLACES_A_PAGE)
        first = page * PLACES_A_PAGE
        blocks: list[Block] = [(Span(menu.name_of(matter, words), Look.LEAD),)]
        for cell in cells[first : first + PLACES_A_PAGE]:
            spans = [Span(menu.place_of(cell.region, words), Look.ITEM)]
            for fact in cell.facts[:ARTICLES_A_PLACE]:
                at = fact.start - fact.excerpt.start
                source = menu.shown(citation.source(fact.excerpt, words), words)
                spans += [
                    Span(fact.excerpt.quote, Look.QUOTE, ((at, at + len(fact.says)),)),
                    Span(source, Look.SOURCE),
                ]
            blocks.append(tuple(spans))
        data = f"{MENU}service:{suggestion.key(matter.name)}:"
        more = menu.pager(data, page, len(cells), PLACES_A_PAGE, words)
        back = Button(words.say("back_to_services"), f"{MENU}services")
        return Panel(tuple(blocks), (*more, (back,)))

    async def comparisons(self, words: Wording) -> Panel:
        """Return what can be compared: figures of a service that two places both state."""
        if self._pairs is None:
            self._pairs = await self._comparable()
        if not self._pairs:
            return text_panel(words.say("compare_none"))
        buttons = []
        for matter, *regions in self._pairs:
            first, second = (menu.place_of(region, words, short=True) for region in regions)
            name = menu.name_of(matter, words)
            label = words.say("compare_item", matter=name, first=first, second=second)
            keys = (matter.name, *map(str, regions))
            data = ":".join(suggestion.key(each)[:PART] for each in keys)
            buttons.append((Button(label, f"{MENU}pair:{data}"),))
        said = f"{words.say('compare_head')}\n\n{words.say('compare_how')}"
        return text_panel(said, *buttons)

    def pair(self, keys: str) -> str:
        """Return the question behind a button that compares; "" where the corpus has it no more."""
        matter_key, _, places = keys.partition(":")
        first, _, second = places.partition(":")
        for matter in self._catalogue.matters:
            if suggestion.key(matter.name)[:PART] == matter_key:
                cells = self._catalogue.cells(matter)
                regions = {suggestion.key(str(c.region))[:PART]: c.region for c in cells}
                if first in regions and second in regions:
                    return self._question(matter, regions[first], regions[second])
        return ""

    def compared(self, first: str, second: str, matter: str) -> str:
        """Return the question that compares what a user named: figures by their size, all else side by side.

        It is worded in the language of the names, whatever the reply's.
        """
        known = self._catalogue.matter_in(matter)
        cells = self._catalogue.cells(known) if known else ()
        counted = all(
            any(_counts(cell) and set(cell.region.levels[-1:]) & named for cell in cells)
            for named in map(self._catalogue.places_in, (first, second))
        )
        key = "compare_figures" if counted else "compare_all"
        language = Language.EN if f"{first}{second}{matter}".isascii() else Language.HANS
        return self._wordings[language].say(key, first=first, second=second, matter=matter)

    async def _comparable(self) -> list[tuple[Matter, Region, Region]]:
        """Return what can be compared and was seen to be answered from both places."""
        found: list[tuple[Matter, Region, Region]] = []
        for matter in self._catalogue.matters:
            cells = [c for c in self._catalogue.cells(matter) if matter.service and _counts(c)]
            for one, other in itertools.combinations(cells, 2):
                levels = set(one.region.levels), set(other.region.levels)
                if levels[0] <= levels[1] or levels[1] <= levels[0]:
                    continue  # a part beside the whole says little
                if len(found) == COMPARED:
                    return found
                question = self._question(matter, one.region, other.region)
                reply = await self._answers(Utterance(question, ""))
                cited = [shown.excerpt.article.region for shown in reply.excerpts[:2]]
                if cited == [one.region, other.region]:
                    found.append((matter, one.region, other.region))
        return found

    def _question(self, matter: Matter, first: Region, second: Region) -> str:
        names = {"first": first.levels[-1], "second": second.levels[-1]}
        return self._wordings[Language.HANS].say("compare_figures", matter=matter.name, **names)


def _counts(cell: Cell) -> bool:
    return bool(cell.region.levels) and cell.facts[0].kind == COUNT


def _says(cell: Cell) -> str:
    return "；".join(dict.fromkeys(fact.says for fact in cell.facts[:ARTICLES_A_PLACE]))
