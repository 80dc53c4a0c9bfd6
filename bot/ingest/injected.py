"""Fragments of the title planted after delimiters, in a fixed cyclic order, in the first paragraphs.

    也是打造地标促进…,更是静安百姓…。11月14日,圈放记者从…获悉,心消该局…,费新织密…,上海寺商创新…,打造地标不断…

The order is the evidence. A *cycle* is a list of fragments; a *chain* is its insertions in the text: at delimiters, one
after the other in the cycle's order, from any of its fragments on, around and around. A real word that equals a
fragment breaks the order, or the words around it, and stays. Cycles are found in two ways: from what repeats in the
same order, and from a known title whose pieces turn up in its order. Only a chain that proves its cycle is removed;
a weaker one is reported.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.edits import Edit
from bot.ingest import chains, cycles, proof
from bot.ingest.chains import Chain
from bot.ingest.cycles import Cycle
from bot.ingest.fluency import HAN
from bot.ingest.slots import Slots

TRIED = 3
"""Chains that are improved, the best first: improving takes most of the time."""
PLANTED_WEIGHT = 3.0
CLOSE = 12
MANY = 5
"""So many different pieces of the title behind so many marks in a row, each so much better left out (nats), are no chance:
of thirty invented articles none has more than 4; where cycles of five fragments and more are planted, so many stand."""


class Finding(NamedTuple):
    """What the search for fragments gives.

    Args:
        edits: The proven insertions, removed.
        doubts: Places that look planted but are not proven: (what, start, end).
    """

    edits: list[Edit]
    doubts: list[tuple[str, int, int]]


def find(text: str, title: str | None) -> Finding:
    """Find the planted fragments of an article's body.

    Args:
        text: The body, Simplified and without readings; paragraphs joined by newlines.
        title: The title, if the page gives it.
    """
    slots = Slots(text, _characters(title or ""))
    known = {cycle: chains.follow(slots, cycle) for cycle in cycles.suggest(slots)}
    found = [chain for chain in known.values() if len(chain.insertions) >= proof.FEWEST]
    found = [chains.improve(slots, chain, known) for chain in sorted(found, key=_rank)[:TRIED]]
    best = min(found, key=_rank, default=None)
    if best is None:
        return Finding([], _suspected(slots, None))
    best = chains.trim(slots, best)
    if proof.is_proven(slots, best):
        removed = [Edit(a, b, text[a:b], "", "injected") for a, b in best.insertions]
        what = "a fragment of the title may be left here: the cycle passes this place only once"
        seams = [(what, start, end) for start, end in proof.seams(slots, best)]
        if seams and not title:
            return Finding([], seams)
        doubts = seams + proof.doubts(slots, best)
        if not title:
            what = "fragments of a title were taken out, and no title proves them"
            doubts.append((what, best.insertions[0].start, best.insertions[-1].end))
        return Finding(removed, doubts + _suspected(slots, best))
    if proof.is_suspicious(slots, best):
        what = "fragments of a title seem to be planted, but no full cycle proves them"
        return Finding([], [(what, best.insertions[0].start, best.insertions[-1].end)])
    return Finding([], _suspected(slots, None))


def _suspected(slots: Slots, chain: Chain | None) -> list[tuple[str, int, int]]:
    planted = _planted(slots, chain)
    what = "pieces of the title seem to be planted here, but no cycle explains them"
    return [(what, planted[0][0], planted[-1][1])] if planted else []


def _planted(slots: Slots, chain: Chain | None = None) -> list[tuple[int, int]]:
    """Return places close together where different pieces of the title stand and the text reads better without them.

    Args:
        slots: The text's slots.
        chain: What has been found; its places are not looked at.
    """
    taken = chain.insertions if chain else ()
    pieces: dict[int, str] = {}
    for at in slots.closing if slots.title else ():
        word = slots.after[at]
        sizes = [size for size in range(2, len(word) + 1) if slots.in_title(word[:size])]
        best = max(sizes, key=lambda size: slots.weight(at, word[:size]), default=0)
        free = not any(start <= at < end for start, end in taken)
        if best and free and slots.weight(at, word[:best]) > PLANTED_WEIGHT:
            pieces[at] = word[:best]
    for n in range(len(slots.closing)):
        near = [at for at in slots.closing[n : n + CLOSE] if at in pieces]
        if len({pieces[at][:2] for at in near}) >= MANY:
            return [(at, at + len(pieces[at])) for at in near]
    return []


def _characters(title: str) -> str:
    return re.sub(rf"[^{HAN}0-9A-Za-z]", "", title)


def _rank(chain: Chain) -> tuple[float, Cycle]:
    """Order chains from the best on; equal ones by their cycles, so that a run is like the next."""
    return -chain.score, chain.cycle
