"""What a chain of planted fragments proves, and what about it stays in doubt.

A chain proves its cycle by going around; what is in doubt then are its edges, where the order has a neighbour on one
side only, and fragments that it passes once, whose length nothing confirms.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from bot.ingest import fluency
from bot.ingest.chains import USUAL_COUNT, Chain
from bot.ingest.fluency import HAN
from bot.ingest.slots import MAX_FRAGMENT, NEAR, Slots

FEWEST = 4
"""Insertions below which nothing is even suspected."""
BEGINNING = 150
"""Characters within which the first insertion stands: the damage begins with the article."""
PROOF = 1.5
"""Times around the cycle that prove it without a title: every fragment once, and half of them again in order."""
MOST_UNUSED = 0.15
"""Delimiters passed over, an insertion, up to which a chain proves its cycle without a title."""
END_WEIGHT = 3.0
"""Nats that the text must gain by leaving out a chain's first and last insertion, else it is asked about."""
DEPENDENT = tuple("时后前的了着过者中里上下内外间等们地得之")
"""What hardly begins a clause, so that the word before it is its own: 交房|时."""
RIVAL_MARGIN = 2.0
"""Nats by which one of two places must be the better one."""
LEFT_WEIGHT = 0.0
"""Nats that a place beside the chain must gain by leaving a fragment out, to be asked about."""
REACH = 60
"""Characters before and behind a chain within which it may go on unseen."""

_LINE_END = re.compile(
    rf"[。！？!?：:][”’」』）)]?(?P<piece>[{HAN}0-9A-Za-z]{{2,{MAX_FRAGMENT}}})$", re.M
)

Place = tuple[int, int]


def doubts(slots: Slots, chain: Chain) -> list[tuple[str, int, int]]:
    """Return what is in doubt about a proven chain: (what, start, end).

    Args:
        slots: The text's slots.
        chain: The chain.
    """
    found = {
        "which of two equal words was planted is not certain": _rivals(slots, chain),
        "whether this was planted or is the text's own is not certain": _ends(slots, chain),
        "how much was planted here is not certain": _lengths(slots, chain),
        "a fragment of the title may be left here": _left(slots, chain),
    }
    return [(what, start, end) for what, places in found.items() for start, end in places]


def is_proven(slots: Slots, chain: Chain) -> bool:
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


def is_suspicious(slots: Slots, chain: Chain) -> bool:
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


def seams(slots: Slots, chain: Chain) -> list[tuple[int, int]]:
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


def _ends(slots: Slots, chain: Chain) -> list[Place]:
    """Return the first and last insertion, where the order has one neighbour only, if the text may have them itself."""
    return [
        (start, end)
        for start, end in sorted({chain.insertions[0], chain.insertions[-1]})
        if not slots.ends_line(start, end) and _may_be_own(slots, chain, start, end)
    ]


def _may_be_own(slots: Slots, chain: Chain, start: int, end: int) -> bool:
    """Say whether a fragment may be the text's own: what is behind it goes on from it, or there are more than usual."""
    fragment, after = slots.text[start:end], slots.text[end : end + MAX_FRAGMENT]
    depends = after[:1] in DEPENDENT and 1 in fluency.borders(after)
    if slots.weight(start, fragment) < END_WEIGHT or depends:
        return True
    if fragment + after[:1] in slots.title or len(fragment) not in fluency.borders(
        fragment + after
    ):
        return True
    return len(chain.insertions) > USUAL_COUNT and _is_whole(slots, fragment)


def _is_whole(slots: Slots, fragment: str) -> bool:
    """Say whether a fragment is whole words of the title."""
    borders = fluency.borders(slots.title)
    starts = [at for at in range(len(slots.title)) if slots.title.startswith(fragment, at)]
    return any({at, at + len(fragment)} <= borders for at in starts)


def _lengths(slots: Slots, chain: Chain) -> list[Place]:
    """Return the insertions of fragments passed once that may end earlier or later: 过度|包装成本, 通为|游客雷先生."""
    counts = Counter(slots.text[start:end] for start, end in chain.insertions)
    found = []
    for start, end in chain.insertions:
        fragment = slots.text[start:end]
        if counts[fragment] > 1 or slots.ends_line(start, end):
            continue
        shorter = any(fluency.is_word(fragment[size:]) for size in range(2, len(fragment) - 1))
        longer = fragment + slots.text[end : end + 2] in slots.title
        if shorter or longer:
            found.append((start, end))
    return found


def _left(slots: Slots, chain: Chain) -> list[Place]:
    """Return where the chain may go on unseen: its next fragments before and behind it, pieces of the title at ends of lines."""
    first, last = chain.insertions[0], chain.insertions[-1]
    cycle = chain.cycle
    before = cycle[cycle.index(slots.text[first.start : first.end]) - 1]
    behind = cycle[(cycle.index(slots.text[last.start : last.end]) + 1) % len(cycle)]
    found = [
        (at, at + len(fragment))
        for fragment, low, high in (
            (before, first.start - REACH, first.start),
            (behind, last.end, last.end + REACH),
        )
        for at in slots.places_of(fragment)
        if low <= at <= high - len(fragment) and slots.weight(at, fragment) > LEFT_WEIGHT
    ]
    for match in _LINE_END.finditer(slots.whole) if slots.title else ():
        if slots.in_title(match["piece"]) and match.span("piece") not in chain.insertions:
            found.append(match.span("piece"))
    return found


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
