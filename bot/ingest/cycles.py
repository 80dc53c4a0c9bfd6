"""Cycles that a text suggests: lists of fragments that may have been planted in it in turn.

They are suggestions only; `injected` tries each against the text. Repetition suggests what stands, in order, between
a fragment and its next occurrence; a title suggests its pieces.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.ingest.slots import Slots

Cycle = tuple[str, ...]
MAX_CYCLE = 24
MOST_BETWEEN = 2 * MAX_CYCLE
"""Repeating slots between a fragment and its next occurrence: those of a cycle, and as many that repeat by nature."""
FIRST_PLACE = 300
"""Characters within which a cycle's first fragment stands: twice as many as the damage takes to begin."""
MIN_TITLE = 6
"""A shorter title has no three pieces that tell anything."""


def suggest(slots: Slots) -> set[Cycle]:
    """Return every cycle that repetition or the title suggests."""
    return {*_repeated(slots), *_of_title(slots), *_tilings(slots)}


def _repeated(slots: Slots) -> Iterable[Cycle]:
    """Return the cycles that repetition suggests: what stands, in order, between a fragment and itslots."""
    for n, first in enumerate(at for at in slots.repeating if at <= FIRST_PLACE):
        for m in range(n + 1, len(slots.repeating)):
            second = slots.repeating[m]
            if slots.after[second][:2] != slots.after[first][:2]:
                continue
            shared = _shared(slots, first, second)
            if len(shared) >= 2:
                between = [at for at in slots.repeating[n + 1 : m] if first + len(shared) <= at]
                beyond = [at for at in slots.repeating[m + 1 :] if second + len(shared) <= at]
                if 2 <= len(between) <= MOST_BETWEEN and beyond:
                    cycle = (shared, *_common(slots, between, beyond[: 2 * len(between)]))
                    if 3 <= len(cycle) == len(set(cycle)) <= MAX_CYCLE:
                        yield _turn(cycle)


def _of_title(slots: Slots) -> Iterable[Cycle]:
    """Return the cycles that the title suggests: its pieces, in its order, at slots close to each other."""
    if len(slots.title) < MIN_TITLE:
        return
    # best[n] chains end at slot n with a piece of the title: (score, previous slot's index or None, start, end)
    best: list[list[tuple[float, tuple[int, int] | None, int, int]]] = []
    for n, at in enumerate(slots.places):
        row: list[tuple[float, tuple[int, int] | None, int, int]] = []
        for start, end, size in _pieces(slots, at):
            top: tuple[float, tuple[int, int] | None] = (float(size), None)
            for m in range(max(0, n - 8), n):
                for index, (score, _, _, done) in enumerate(best[m]):
                    gap = (start - done) % len(slots.title)
                    if gap <= 3 and score + size - gap > top[0]:
                        top = (score + size - gap, (m, index))
            row.append((top[0], top[1], start, end))
        best.append(row)
    ends = sorted(
        ((entry[0], n, index) for n, row in enumerate(best) for index, entry in enumerate(row)),
        reverse=True,
    )
    for _, n, index in ends[:3]:
        pieces: dict[int, str] = {}
        link: tuple[int, int] | None = (n, index)
        while link is not None:
            _, before, start, end = best[link[0]][link[1]]
            size = next(
                z for s, e, z in _pieces(slots, slots.places[link[0]]) if (s, e) == (start, end)
            )
            pieces.setdefault(start, slots.after[slots.places[link[0]]][:size])
            link = before
        if 3 <= len(pieces) == len(set(pieces.values())):
            yield _turn(tuple(pieces[start] for start in sorted(pieces)))


def _tilings(slots: Slots) -> Iterable[Cycle]:
    """Return the title cut into pieces of equal size, which is how most cycles were made."""
    for size in (2, 3, 4):
        pieces = [slots.title[at : at + size] for at in range(0, len(slots.title), size)]
        if len(pieces) > 1 and len(pieces[-1]) == 1:
            pieces[-2:] = [pieces[-2] + pieces[-1]]
        kept = [piece for piece in dict.fromkeys(pieces) if _at_slot(slots, piece)]
        if len(kept) >= 3:
            yield _turn(tuple(kept))


def _at_slot(slots: Slots, piece: str) -> bool:
    return any(word.startswith(piece) for word in slots.after.values())


def _shared(slots: Slots, first: int, second: int) -> str:
    """Return what two slots begin with alike, as far as it can be a fragment of the title; two characters or more."""
    one, other = slots.after[first], slots.after[second]
    if one[:2] != other[:2]:
        return ""
    size = 0
    for a, b in zip(one[: second - first], other, strict=False):
        if a != b:
            break
        size += 1
    while size and not slots.in_title(one[:size]):
        size -= 1
    return one[:size]


def _common(slots: Slots, one: Sequence[int], other: Sequence[int]) -> list[str]:
    """Return the fragments that two rows of slots share in order, the best such list (a weighted LCS)."""
    table = [[0.0] * (len(other) + 1) for _ in range(len(one) + 1)]
    shared: dict[tuple[int, int], str] = {}
    begins = [slots.after[at][:2] for at in other]
    for n in range(len(one) - 1, -1, -1):
        begin = slots.after[one[n]][:2]
        row, below = table[n], table[n + 1]
        for m in range(len(other) - 1, -1, -1):
            best = row[m + 1] if row[m + 1] > below[m] else below[m]
            piece = _shared(slots, one[n], other[m]) if begins[m] == begin else ""
            if len(piece) >= 2:
                shared[n, m] = piece
                weight = slots.weight(one[n], piece) + slots.weight(other[m], piece)
                best = max(best, below[m + 1] + weight)
            row[m] = best
    found: list[str] = []
    n = m = 0
    while n < len(one) and m < len(other):
        if table[n][m] == table[n + 1][m]:
            n += 1
        elif table[n][m] == table[n][m + 1]:
            m += 1
        else:
            found.append(shared[n, m])
            n, m = n + 1, m + 1
    return found


def _pieces(slots: Slots, at: int) -> Iterable[tuple[int, int, int]]:
    """Return the pieces of the title, with small gaps, that a slot begins with: title start, end, size."""
    word = slots.after[at]
    for start, character in enumerate(slots.title):
        if character != word[0]:
            continue
        done = start + 1
        for size in range(2, len(word) + 1):
            place = slots.title.find(word[size - 1], done, done + 4)
            if place < 0:
                break
            done = place + 1
            yield start, done, size


def _turn(cycle: Cycle) -> Cycle:
    """Return a cycle begun at its smallest fragment, so that equal cycles are equal."""
    at = cycle.index(min(cycle))
    return cycle[at:] + cycle[:at]
