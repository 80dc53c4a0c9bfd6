"""The likeliest way through a lattice: the text that stands behind a printed line.

A word of the list, or of the article, is a row of arcs; the cheapest row of words from one end of the line to the
other is the text. What the other ways cost says how certain each character is.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from bot.ingest import fluency, lattice
from bot.ingest.fluency import HAN, OwnWords
from bot.ingest.lattice import IN, Arc

SINGLE_COST = 3.0
EVERYDAY_COST = 7.5
"""A single character that is not as common as 的, 和, 将 hardly stands alone; the word list counts it as if it did."""
MARK_COSTS = {
    **dict.fromkeys("，。、", 3.5),
    **dict.fromkeys("“”：；《》", 5.5),
    **dict.fromkeys("！？", 8.0),
}
"""Costs of the marks of Chinese prose in nats, about as common as they are in the five articles."""

RIVAL = 10.0
"""Nats above the best of several characters in one place from which one is no rival to it."""

_NONE: frozenset[str] = frozenset()
Nodes = dict[tuple[int, int], dict[str, list[Arc]]]
"""The arcs that begin at each node, by their character as words are spelled."""


@dataclass(frozen=True, slots=True)
class Route:
    """The likeliest text behind a line.

    Args:
        arcs: Its arcs in order.
        cost: Its cost.
        plain: The cost of the line as printed.
        rivals: For every arc where it begins and ends, its character, and the cost of the best way that uses it.
        inside: Those of its arcs that go on a word.
        alone: Those that are a word by themselves.
    """

    arcs: tuple[Arc, ...]
    cost: float
    plain: float
    rivals: tuple[tuple[float, float, str, float], ...]
    inside: frozenset[Arc]
    alone: frozenset[Arc]

    def margin(self, arc: Arc) -> float:
        """Return by how much the route beats the best one that reads another character in an arc's place."""
        cut = (lattice.place(arc.tail) + lattice.place(arc.head)) / 2
        others = (
            cost for low, high, key, cost in self.rivals if low < cut < high and key != arc.key
        )
        return min(others, default=math.inf) - self.cost


def best(line: str, words: OwnWords) -> Route:
    """Return the likeliest text behind a printed line.

    Args:
        line: The line, or a part of it that begins in step.
        words: The article's own words and their costs, from `local_words`.
    """
    nodes: Nodes = {}
    queue = [(0, IN)]
    while queue:
        node = queue.pop()
        if node not in nodes:
            nodes[node] = _group(lattice.arcs(line, node))
            queue += [arc.head for arcs in nodes[node].values() for arc in arcs]
    steps = [step for node in nodes for step in _words(nodes, node, words)]
    goal = (len(line), IN)
    forward = _cheapest(steps, (0, IN), backwards=False)
    backward = _cheapest(steps, goal, backwards=True)
    rivals: dict[Arc, float] = {}
    via: dict[tuple[int, int], tuple[float, list[Arc]]] = {}
    for cost, row in steps:
        if row[0].tail in forward and row[-1].head in backward:
            total = forward[row[0].tail] + cost + backward[row[-1].head]
            for arc in row:
                rivals[arc] = min(total, rivals.get(arc, math.inf))
            if total < via.get(row[0].tail, (math.inf, []))[0] - 1e-9:
                via[row[0].tail] = (total, row)
    route: list[Arc] = []
    inside: set[Arc] = set()
    alone: set[Arc] = set()
    node = (0, IN)
    while node != goal:
        row = via[node][1]
        route += row
        inside |= set(row[1:])
        alone |= set(row) if len(row) == 1 else set()
        node = row[-1].head
    plain = [step for step in steps if all(arc.printed for arc in step[1])]
    return Route(
        tuple(route),
        forward[goal],
        _cheapest(plain, (0, IN), backwards=False)[goal],
        tuple(
            (lattice.place(arc.tail), lattice.place(arc.head), arc.key, cost)
            for arc, cost in rivals.items()
        ),
        frozenset(inside),
        frozenset(alone),
    )


def local_words(text: str) -> OwnWords:
    """Return an article's own sequences of two to four characters as words, wherever they stand in it."""
    sequences = (
        part[at : at + size]
        for part in re.findall(f"[{HAN}]+", text)
        for size in (2, 3, 4)
        for at in range(len(part) - size + 1)
    )
    return fluency.own_words(sequences, len(text))


def _group(arcs: Iterable[Arc]) -> dict[str, list[Arc]]:
    """Return arcs by their key; of two that differ in script only, the first."""
    groups: dict[str, list[Arc]] = {}
    for arc in arcs:
        group = groups.setdefault(arc.key, [])
        if not any(other.head == arc.head and other.cost <= arc.cost for other in group):
            group.append(arc)
    return groups


def _words(nodes: Nodes, node: tuple[int, int], own: OwnWords) -> Iterator[tuple[float, list[Arc]]]:
    """Yield the words that begin at a node, each a row of arcs with its cost."""
    known = fluency.model().cost
    singles = [(arc.cost + _single(arc.key), arc) for arcs in nodes[node].values() for arc in arcs]
    cheapest: dict[tuple[int, int], float] = {}
    for cost, arc in singles:
        cheapest[arc.head] = min(cost, cheapest.get(arc.head, math.inf))
    for cost, arc in singles:
        if cost <= cheapest[arc.head] + RIVAL:
            yield cost, [arc]
    rows: list[tuple[str, float, list[Arc]]] = [
        (arc.key, arc.cost, [arc]) for _, arc in singles if arc.key
    ]
    while rows:
        spelled, cost, row = rows.pop()
        listed, mine = fluency.following(spelled), own.following.get(spelled, _NONE)
        if not listed and not mine:
            continue
        options = nodes.get(row[-1].head, {})
        if "" not in options and listed.isdisjoint(options) and mine.isdisjoint(options):
            continue
        for character, arcs in options.items():
            if not character:
                rows += [(spelled, cost + arc.cost, [*row, arc]) for arc in arcs]
            elif character in listed or character in mine:
                word = spelled + character
                price = min(known.get(word, math.inf), own.cost.get(word, math.inf))
                for arc in arcs:
                    longer = [*row, arc]
                    if price < math.inf:
                        yield cost + arc.cost + price, longer
                    rows.append((word, cost + arc.cost, longer))


@cache
def _single(key: str) -> float:
    """Return the cost of one character as a word; none for a reading that is passed over."""
    if not "\u3400" <= key <= "\u9fff":
        return MARK_COSTS.get(key, fluency.OTHER) if key else 0.0
    price = fluency.model().cost.get(key, fluency.UNKNOWN)
    return price + SINGLE_COST if price > EVERYDAY_COST else price


def _cheapest(
    steps: Iterable[tuple[float, list[Arc]]], origin: tuple[int, int], *, backwards: bool
) -> dict[tuple[int, int], float]:
    """Return the cost of the cheapest way from an origin to each node, or from each node to it."""
    links: dict[tuple[int, int], list[tuple[float, tuple[int, int]]]] = {}
    for cost, row in steps:
        tail, head = row[0].tail, row[-1].head
        if backwards:
            tail, head = head, tail
        links.setdefault(tail, []).append((cost, head))
    costs = {origin: 0.0}
    for node in sorted({origin, *links}, key=_order, reverse=backwards):
        if node in costs:
            for cost, head in links.get(node, ()):
                if costs[node] + cost < costs.get(head, math.inf):
                    costs[head] = costs[node] + cost
    return costs


def _order(node: tuple[int, int]) -> tuple[float, int]:
    return lattice.place(node), node[1]
