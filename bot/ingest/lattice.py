"""Every text that could stand behind a line printed out of step, as a lattice.

A node is a place in the printed line: in step, between two printed characters; or out of step, between the two bytes
of one. An arc is a true character, or a printed one that is true: it says which printed characters it used, and
whether some of its bytes are lost. `route` finds the likeliest way through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from bot.ingest import fluency, gbk, prose, ruby, script

START_COST = 6.0
END_COST = 1.0
VANISHED_COST = 2.0
IMPOSSIBLE_COST = 6.0
MISREAD_COST = 15.0
ODD_COST = 14.0
"""Costs in nats of falling out of step, getting back, a dropped pair, an impossible pair in the middle of a run, a
character that the reading behind it contradicts, and one that is not Chinese. They are small beside what a line of wrong characters costs (10 nats
each), so that bytes and words decide."""

ODD_PRINT_COST = 12.0
"""Cost of a printed question mark that asks nothing, and of a single Latin letter among Chinese, if they are true."""

_RUBY = re.compile(rf"[（(][{ruby.EMOJI}]*[A-Za-z\u00c0-\u01dcɑɡ]{{1,7}}[{ruby.EMOJI}]*[)）]")
_RUBY_TAIL = re.compile(r"(?P<letters>[A-Za-z\u00c0-\u01dcɑɡ]{1,7})[)）]")
_LOST = "?\ufffd"


class Arc(NamedTuple):
    """One step through the lattice.

    Args:
        tail: Where it begins: (place in the line, kind of node).
        head: Where it ends.
        begin: First printed character that it uses up.
        end: One past the last.
        text: The true character; empty for a reading, which is skipped.
        key: The character as words are spelled: Simplified.
        cost: What it costs beside its word.
        printed: Whether the true character is just the printed one.
        lost: Whether some of its bytes are guessed.
    """

    tail: tuple[int, int]
    head: tuple[int, int]
    begin: int
    end: int
    text: str
    key: str
    cost: float
    printed: bool
    lost: bool

    @property
    def behind_gap(self) -> bool:
        """Whether its first byte went with a dropped pair, so that more may have gone there."""
        return self.tail[1] not in (IN, OUT)

    @property
    def swallowed(self) -> bool:
        """Whether a single byte that nobody knows was lost with it."""
        return len(self.text) > 1


IN, OUT, GAP, LOW_GAP, ANY_GAP = range(5)
"""Kinds of nodes; a gap is between the two bytes of a pair that is not printed."""


def place(node: tuple[int, int]) -> float:
    """Return where a node is in the line, so that nodes can be ordered."""
    at, kind = node
    return at + (0.0, 0.5, 0.75, 0.75, 0.75)[kind]


def arcs(line: str, node: tuple[int, int]) -> Iterator[Arc]:
    """Yield the arcs that begin at a node."""
    at, kind = node
    if kind == IN:
        if at < len(line):
            yield from _in_step(line, at)
            yield from _falling_out(line, at)
    elif kind == OUT:
        second = gbk.second_byte(line[at])
        if second is not None and second >= 0x81:
            yield from _out_of_step(line, at, second)
    else:
        yield from _behind_gap(line, at, kind)


def _in_step(line: str, at: int) -> Iterator[Arc]:
    """The printed character is true; a reading in brackets is passed over."""
    reading = _RUBY.match(line, at)
    if (
        reading and at and line[at - 1] >= "@"
    ):  # behind a Latin letter, too: it may be a second byte
        yield Arc((at, IN), (reading.end(), IN), at, reading.end(), "", "", 0.0, True, False)
    key = script.simplify_characters(line[at])
    yield Arc((at, IN), (at + 1, IN), at, at + 1, line[at], key, _odd_print(line, at), True, False)


def _odd_print(line: str, at: int) -> float:
    printed = line[at]
    if printed in _LOST:
        return 0.0 if printed == "?" and prose.asks(line, at) else ODD_PRINT_COST
    around = line[max(0, at - 1) : at] + line[at + 1 : at + 2]
    if (
        printed.isascii()
        and printed.isalpha()
        and not any(c.isascii() and c.isalnum() for c in around)
    ):
        return ODD_PRINT_COST - fluency.OTHER
    return 0.0


def _falling_out(line: str, at: int) -> Iterator[Arc]:
    """A question mark is the byte that was stumbled over; the next printed character is out of step."""
    if line[at] not in _LOST or at + 1 >= len(line):
        return
    first = gbk.first_byte(line[at + 1])
    if first is not None:
        for character in gbk.row(gbk.LEADS, (first,)):
            yield _arc((at, IN), (at + 1, OUT), at, at + 1, character, START_COST, True)
    # The next pair may be A3 and a first byte below A1, which is dropped, or printed as impossible.
    ends = {
        at + 1,
        *(at + 1 + size for size in (1, 2) if set(line[at + 1 : at + 1 + size]) <= set(_LOST)),
    }
    for end in ends:
        for character in gbk.likely(gbk.LEADS, (0xA3,)):
            yield _arc((at, IN), (end - 1, LOW_GAP), at, end, character, START_COST, True)
    # A reading put between the bytes: the bracket that opened it went with the first byte, and what it is a reading
    # of, the character across the border, says which byte that was.
    tail = _RUBY_TAIL.match(line, at + 1)
    before = gbk.second_byte(line[at - 1]) if at else None
    if tail and before is not None and tail.end() < len(line):
        first = gbk.first_byte(line[tail.end()])
        if first is not None:
            for lead in gbk.LEADS:
                blind = gbk.decode(before, lead)
                if blind and ruby.is_reading(tail["letters"], blind):
                    for character in gbk.row((lead,), (first,)):
                        head = (tail.end(), OUT)
                        yield _arc((at, IN), head, at, tail.end(), character, START_COST, False)


def _out_of_step(line: str, at: int, second: int) -> Iterator[Arc]:
    """The second byte of a printed character begins a true one."""
    after = at + 1
    node = (at, OUT)
    if after >= len(line):
        return
    printed = line[after]
    if _RUBY.match(line, after):
        return  # a bracket puts the reader in step; its reading would otherwise be taken for full-width letters
    first = gbk.first_byte(printed)
    if prose.reads_on(line, after):
        first = None  # Chinese again: no text is Chinese both in step and out of it
    if first is not None:
        for character in gbk.row((second,), (first,)):
            yield _arc(node, (after, OUT), at, after, character, 0.0, False)
    if printed.isascii() and 0x40 <= ord(printed) < 0x7F:
        for character in gbk.row((second,), (ord(printed),)):
            cost = END_COST + _misread(line, after + 1, character)
            yield _arc(node, (after + 1, IN), at, after + 1, character, cost, False)
    if first is None and printed not in _LOST:
        return
    gaps = ((GAP, gbk.PRIVATE[0], VANISHED_COST), (LOW_GAP, gbk.PRIVATE_LOW[0], VANISHED_COST))
    for kind, thirds, cost in gaps:
        for character in gbk.likely((second,), thirds):
            yield _arc(node, (at, kind), at, at, character, cost, True)
    if printed in _LOST:
        stop = after + 2 if line[after : after + 2] == "??" else after + 1
        for end in {after + 1, stop}:
            yield from _falling_in(line, node, second, end)
            for character in gbk.likely((second,), gbk.LEADS):
                yield _arc(node, (end - 1, ANY_GAP), at, end, character, IMPOSSIBLE_COST, True)


def _falling_in(line: str, node: tuple[int, int], second: int, end: int) -> Iterator[Arc]:
    """An impossible pair took the second byte of a true character and a single byte, mostly a bracket or a comma."""
    tail = _RUBY_TAIL.match(line, end)
    for character in gbk.row((second,), gbk.TRAILS):
        if tail and ruby.is_reading(tail["letters"], character):
            yield _arc(node, (tail.end(), IN), node[0], tail.end(), character, END_COST, True)
        elif end == len(line):
            yield _arc(node, (end, IN), node[0], end, character, END_COST, True)
        elif not tail:
            # Which single byte is lost nobody knows; a comma is the commonest, and it is marked.
            arc = _arc(node, (end, IN), node[0], end, character, END_COST + fluency.OTHER, True)
            yield arc._replace(text=character + ",")


def _behind_gap(line: str, at: int, kind: int) -> Iterator[Arc]:
    after = at + 1
    if after >= len(line):
        return
    printed = line[after]
    seconds = {GAP: gbk.PRIVATE[1], LOW_GAP: gbk.PRIVATE_LOW[1]}.get(kind, gbk.LEADS)
    first = gbk.first_byte(printed)
    if first is not None:
        for character in gbk.likely(seconds, (first,)):
            yield _arc((at, kind), (after, OUT), at, after, character, 0.0, True)
    if printed.isascii() and 0x40 <= ord(printed) < 0x7F:
        for character in gbk.likely(seconds, (ord(printed),)):
            cost = END_COST + _misread(line, after + 1, character)
            yield _arc((at, kind), (after + 1, IN), at, after + 1, character, cost, True)


def _misread(line: str, at: int, character: str) -> float:
    """Return the cost of a character by the reading in brackets behind it, if there is one."""
    reading = _RUBY.match(line, at)
    return MISREAD_COST if reading and not ruby.is_reading(reading[0][1:-1], character) else 0.0


def _arc(
    tail: tuple[int, int],
    head: tuple[int, int],
    begin: int,
    end: int,
    text: str,
    cost: float,
    lost: bool,
) -> Arc:
    key, odd = _spelled(text)
    return Arc(tail, head, begin, end, text, key, cost + odd, False, lost)


@cache
def _spelled(text: str) -> tuple[str, float]:
    """Return a character as words are spelled, and what it costs if it is not Chinese."""
    key = script.simplify_characters(text)
    han = "\u3400" <= key <= "\u9fff" or key in "，。、；：？！（）《》“”"
    return key, 0.0 if han else ODD_COST
