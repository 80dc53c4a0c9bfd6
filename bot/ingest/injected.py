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
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from bot.ingest import chains, cycles
from bot.ingest.chains import Chain
from bot.ingest.cycles import Cycle
from bot.ingest.edits import Edit
from bot.ingest.fluency import HAN
from bot.ingest.slots import NEAR, Slots

FEWEST = 4
"""Insertions below which nothing is even suspected."""
BEGINNING = 150
"""Characters within which the first insertion stands: the damage begins with the article."""
PROOF = 1.5
"""Times around the cycle that prove it without a title: every fragment once, and half of them again in order."""
MOST_UNUSED = 0.15
"""Delimiters passed over, an insertion, up to which a chain proves its cycle without a title."""
TRIED = 3
"""Chains that are improved, the best first: improving takes most of the time."""
END_WEIGHT = 3.0
"""Nats that the text must gain by leaving out a chain's first and last insertion, else it is asked about."""
PLANTED_WEIGHT = 3.0
CLOSE = 12
MANY = 5
"""So many different pieces of the title behind so many marks in a row, each so much better left out (nats), are no chance:
of thirty invented articles none has more than 4; where cycles of five fragments and more are planted, so many stand."""
RIVAL_MARGIN = 2.0
"""Nats by which one of two places must be the better one."""


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
    found = [chain for chain in known.values() if len(chain.insertions) >= FEWEST]
    found = [chains.improve(slots, chain, known) for chain in sorted(found, key=_rank)[:TRIED]]
    best = min(found, key=_rank, default=None)
    if best is None:
        return Finding([], _suspected(slots, None))
    best = chains.trim(slots, best)
    if _is_proven(slots, best):
        removed = [Edit(a, b, text[a:b], "", "injected") for a, b in best.insertions]
        what = "a fragment of the title may be left here: the cycle passes this place only once"
        seams = [(what, start, end) for start, end in _seams(slots, best)]
        if seams and not title:
            return Finding([], seams)
        what = "which of two equal words was planted is not certain"
        rivals = [*_rivals(slots, best), *_ends(slots, best)]
        doubts = seams + [(what, start, end) for start, end in rivals]
        if not title:
            what = "fragments of a title were taken out, and no title proves them"
            doubts.append((what, best.insertions[0].start, best.insertions[-1].end))
        return Finding(removed, doubts + _suspected(slots, best))
    if _is_suspicious(slots, best):
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


def _is_proven(slots: Slots, chain: Chain) -> bool:
    """Say whether a chain proves its cycle."""
    rounds = len(chain.insertions) / len(chain.cycle)
    if not _holds(slots, chain) or chain.insertions[0].start > BEGINNING:
        return False
    if rounds >= PROOF and len(chain.insertions) >= 6 and len(chain.cycle) >= 4:
        return bool(slots.title) or chain.unused <= MOST_UNUSED * len(chain.insertions)
    return (
        bool(slots.title)
        and rounds >= 1
        and _covered(slots, chain) >= 0.7
        and len(chain.insertions) >= FEWEST
    )


def _is_suspicious(slots: Slots, chain: Chain) -> bool:
    """Say whether a chain that proves nothing is still too regular for chance."""
    if (
        not _holds(slots, chain)
        or len(chain.insertions) < FEWEST
        or chain.insertions[0].start > BEGINNING
    ):
        return False
    rounds = len(chain.insertions) / len(chain.cycle)
    regular = rounds > 1 and len(chain.cycle) >= 4 and len(chain.insertions) >= 6
    return regular or (bool(slots.title) and _covered(slots, chain) >= 0.4)


def _seams(slots: Slots, chain: Chain) -> list[tuple[int, int]]:
    """Return where a fragment that no repetition shows could be left, between two that follow only once."""
    follows = [
        (slots.text[a.start : a.end], slots.text[b.start : b.end])
        for a, b in pairwise(chain.insertions)
    ]
    once = Counter(follows)
    return [
        (one.end, other.start)
        for (one, other), pair in zip(pairwise(chain.insertions), follows, strict=True)
        if once[pair] == 1
        and any(one.end + 4 <= at <= other.start - 4 for at in slots.closing)
        and _may_hide(slots, pair, one.end, other.start)
    ]


def _rivals(slots: Slots, chain: Chain) -> list[tuple[int, int]]:
    """Return where another insertion of the same fragment, between the same two, gives another text as likely."""
    found = []
    bounds = [0, *(end for _, end in chain.insertions)]
    for n, (start, end) in enumerate(chain.insertions):
        fragment = slots.text[start:end]
        stop = chain.insertions[n + 1].start if n + 1 < len(chain.insertions) else end + NEAR
        for at in slots.places:
            other_end = at + len(fragment)
            if (
                at == start
                or not bounds[n] <= at <= stop - len(fragment)
                or not slots.after[at].startswith(fragment)
            ):
                continue
            low, high = min(start, at), max(end, other_end)
            same = (
                slots.text[low:start] + slots.text[end:high]
                == slots.text[low:at] + slots.text[other_end:high]
            )
            if (
                not same
                and slots.weight(at, fragment) > slots.weight(start, fragment) - RIVAL_MARGIN
            ):
                found.append((low, high))
    return found


def _ends(slots: Slots, chain: Chain) -> list[tuple[int, int]]:
    """Return the first and last insertion where the text reads as well with it: the order has one neighbour only there."""
    return [
        (start, end)
        for start, end in {chain.insertions[0], chain.insertions[-1]}
        if slots.weight(start, slots.text[start:end]) < END_WEIGHT
    ]


def _may_hide(slots: Slots, pair: tuple[str, str], start: int, stop: int) -> bool:
    """Say whether a fragment can hide between two: without a title always, else a piece of it that none has."""
    if not slots.title:
        return True
    first = slots.title.find(pair[0][-1])
    last = slots.title.find(pair[1][0], first + 1)
    between = slots.title[first + 1 : last] if 0 <= first < last else slots.title
    pieces = {between[at : at + 2] for at in range(len(between) - 1)}
    return any(slots.after[at][:2] in pieces for at in slots.places if start + 4 <= at <= stop - 4)


def _holds(slots: Slots, chain: Chain) -> bool:
    count = len(chain.insertions)
    return count > 0 and chain.unused <= 0.6 * count and chain.score >= 1.5 * count


def _covered(slots: Slots, chain: Chain) -> float:
    """Return the share of the title that a cycle's fragments make up, read in its order."""
    best = 0
    for turn in range(len(chain.cycle)):
        at = covered = 0
        for fragment in (*chain.cycle[turn:], *chain.cycle[:turn]):
            for character in fragment:
                place = slots.title.find(character, at)
                if place >= 0:
                    at, covered = place + 1, covered + 1
        best = max(best, covered)
    return best / max(1, len(slots.title))
