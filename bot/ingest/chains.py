"""Chains: the insertions of one cycle in a text, one after the other in its order, around and around.

cycle  心消 费新 上海寺商 打造地标 静安 圈放
chain  …,心消…,费新…,上海寺商…,打造地标…,静安…,圈放…,心消…,费新…
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from bot.ingest.cycles import MAX_CYCLE, Cycle
from bot.ingest.slots import MAX_FRAGMENT, Slots

USUAL_COUNT = 15
SURPLUS_COST = 3.0
"""Insertions on each of the pages seen so far, and what one more costs."""
UNUSED_COST = 3.0
"""Cost of a mark that a chain passes over: natural repetition passes over most, an injection over few."""


class Insertion(NamedTuple):
    """One planted fragment: `text[start:end]`."""

    start: int
    end: int


class Chain(NamedTuple):
    """Insertions of a cycle in order, and how well they hold together."""

    cycle: Cycle
    insertions: tuple[Insertion, ...]
    score: float
    unused: int


def follow(slots: Slots, cycle: Cycle) -> Chain:
    """Return the best chain of a cycle in the text."""
    # entry: (score, unused, length, slot, phase, entry before)
    entries: list[tuple[float, int, int, int, int, int]] = []
    of_phase: list[list[int]] = [[] for _ in cycle]
    stands = sorted(
        (at, phase) for phase, fragment in enumerate(cycle) for at in slots.places_of(fragment)
    )
    for at, phase in stands:
        weight = slots.weight(at, cycle[phase])
        top = (weight, 0, 1, -1)
        size = len(cycle[phase - 1])
        for index in of_phase[phase - 1]:
            score, unused, length, before, _, _ = entries[index]
            end = before + size
            if end <= at and score + weight > top[0]:
                passed = slots.passed(end, at)
                total = score + weight - UNUSED_COST * passed - (at - end) / 50
                total -= SURPLUS_COST * (length >= USUAL_COUNT)
                if total > top[0]:
                    top = (total, unused + passed, length + 1, index)
        of_phase[phase].append(len(entries))
        entries.append((top[0], top[1], top[2], at, phase, top[3]))
    if not entries:
        return Chain(cycle, (), 0.0, 0)
    index = max(range(len(entries)), key=lambda n: entries[n][0])
    score, unused = entries[index][:2]
    score -= slots.telling(cycle)
    insertions: list[Insertion] = []
    while index >= 0:
        _, _, _, at, phase, index = entries[index]
        insertions.append(Insertion(at, at + len(cycle[phase])))
    return Chain(cycle, tuple(reversed(insertions)), score, unused)


def improve(slots: Slots, chain: Chain, known: dict[Cycle, Chain]) -> Chain:
    """Return the best chain that leaving out, adding, shortening or dividing fragments, one at a time, leads to.

    Args:
        slots: The text's slots.
        chain: Where to begin.
        known: Chains that were followed already; new ones are added.
    """
    while True:
        options = []
        for cycle in _variants(slots, chain):
            if cycle not in known and slots.telling(cycle) < math.inf:
                known[cycle] = follow(slots, cycle)
            if cycle in known:
                options.append(known[cycle])
        better = max(options, key=lambda option: option.score, default=chain)
        if better.score <= chain.score + 1e-9:
            return chain
        chain = better


def trim(slots: Slots, chain: Chain) -> Chain:
    """Return a chain without what only seems to end its fragments: 级、公布四|星级 where 级、四星级 stands elsewhere."""
    cycle = list(chain.cycle)
    for n, fragment in enumerate(cycle):
        ends = [i for i in chain.insertions if slots.text[i.start : i.end] == fragment]
        for size in range(2, len(fragment)):
            left = [
                slots.text[start - 2 : start] + slots.text[start + size : end + 1]
                for start, end in ends
            ]
            if left and all(words in slots.whole for words in left):
                cycle[n] = fragment[:size]
                break
    return chain if tuple(cycle) == chain.cycle else follow(slots, tuple(cycle))


def _variants(slots: Slots, chain: Chain) -> Iterable[Cycle]:
    cycle = chain.cycle
    for n, fragment in enumerate(cycle):
        if len(cycle) > 3:
            yield cycle[:n] + cycle[n + 1 :]
        for size in range(2, len(fragment)):
            yield (*cycle[:n], fragment[:size], *cycle[n + 1 :])
            if size <= len(fragment) - 2 and len(cycle) < MAX_CYCLE:
                yield (*cycle[:n], fragment[:size], fragment[size:], *cycle[n + 1 :])
    if len(cycle) < MAX_CYCLE:
        for phase, piece in _missing(slots, chain):
            yield (*cycle[:phase], piece, *cycle[phase:])


def _missing(slots: Slots, chain: Chain) -> set[tuple[int, str]]:
    """Return what repeats at slots between the same two fragments, each time around: (place in cycle, piece)."""
    seen: dict[int, list[set[str]]] = {}
    for one, other in pairwise(chain.insertions):
        phase = chain.cycle.index(slots.text[other.start : other.end])
        pieces = {
            slots.after[at][:size]
            for at in slots.places
            if one.end <= at < other.start
            for size in range(1 if slots.title else 2, min(MAX_FRAGMENT, other.start - at) + 1)
            if len(slots.after[at]) >= size and slots.in_title(slots.after[at][:size])
        }
        seen.setdefault(phase, []).append(pieces)
    return {
        (phase, piece)
        for phase, rounds in seen.items()
        for piece in set.intersection(*rounds)
        if piece not in chain.cycle
        and (
            len(rounds) > 1 < len(piece)
            or (slots.title and _joins(slots, chain.cycle, phase, piece))
        )
    }


def _joins(slots: Slots, cycle: Cycle, phase: int, piece: str) -> bool:
    """Say whether a piece stands in the title between the fragments that it would stand between."""
    before, after = cycle[phase - 1], cycle[phase]
    if len(piece) == 1:
        return before + piece + after in slots.title or slots.title.endswith(before + piece)
    return any(
        text in slots.title for text in (before + piece + after, before + piece, piece + after)
    )
