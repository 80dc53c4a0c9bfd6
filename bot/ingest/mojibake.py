"""GBK read one byte out of step: each character's bytes regrouped, and the text behind them restored.

    消保科先后出      cffb b1a3 bfc6 cfc8 baf3 b3f6
    消??葡群蟪…      cffb b1|a3bf|c6cf|c8ba|f3b3|f6 …

A reader that stumbles over one byte (here b1) pairs the rest wrongly, until a single byte puts it in step again: a
Latin letter that is the second byte of a character, or a pair that cannot be (second byte below 40), which becomes
one question mark. What it pairs as A3xx it prints half-width; a pair of the private areas it drops. A reading put in
without regard for bytes, 重熱 → 重9f(zé)e1, does the same.

`lattice` spells out every text that could stand behind what is printed; the word list, the article's own words and the
readings in brackets choose one. A character whose bytes are lost is kept only if it beats every other by a clear
margin; otherwise it is marked ⟦…⟧.
"""

from __future__ import annotations

import re

from bot.article import MARK_CLOSE, MARK_OPEN
from bot.edits import Edit
from bot.ingest import prose, route, script
from bot.ingest.fluency import HAN
from bot.ingest.lattice import Arc
from bot.ingest.punctuation import ADDRESS
from bot.ingest.route import Route

WORD_MARGINS = (2.0, 3.5)
ALONE_MARGINS = (3.5, 8.0)
"""Nats by which a character must beat every other in its place: in a word, and as a word by itself; with all its bytes
there, and with bytes lost. Tuned on planted runs (tests/test_ingest_mojibake.py)."""
ENOUGH_GAIN = 4.0
"""Nats that a restored run must gain over what is printed; in doubt the page is reported, not changed."""
BEFORE, BEHIND = 12, 100
"""Characters looked at before and behind a question mark, and more where no Chinese follows by then."""
WIDEST, MOST = 300, 15_000
"""Characters of one run, and of all of an article's, up to which they are restored: the time grows faster than a run."""
NEAR = 12
"""A question mark so near to a Chinese character is looked at; a reading may stand between them."""

_HAN = re.compile(f"[{HAN}]")
_TRIGGER = re.compile(r"[?\ufffd]{2,}(?=[^\n])|\ufffd(?=[^\n])|\?(?=[!-~\uff01-\uff5e])")
"""A single question mark is the damage only before what is printed of A3xx, or what is left of a reading."""
_LOST = re.compile(r"[?\ufffd]")


def find(text: str) -> tuple[list[Edit], list[tuple[str, int, int]]]:
    """Return the edits that restore broken runs, and the doubts: runs that could not be restored.

    Args:
        text: The body as printed, readings included; paragraphs joined by newlines.
    """
    addresses = [match.span() for match in ADDRESS.finditer(text)]
    triggers = [
        at
        for at in (match.start() for match in _TRIGGER.finditer(text))
        if _HAN.search(text[max(0, at - NEAR) : at + NEAR])
        and not any(start <= at < end for start, end in addresses)
    ]
    if not triggers:
        return [], []
    words = route.local_words(script.simplify_characters(_intact(text)))
    found: list[Edit] = []
    doubts: list[tuple[str, int, int]] = []
    done, left = 0, MOST
    for at in triggers:
        if at < done:
            continue
        if text[at] == "?" and prose.reads_on(text, at + 1) and prose.asks(text, at):
            continue
        line_start = text.rfind("\n", 0, at) + 1
        line_end = text.find("\n", at) if "\n" in text[at:] else len(text)
        low, high = max(line_start, done, at - BEFORE), min(line_end, at + BEHIND)
        while high < line_end and not prose.reads_on(text, high):
            high = min(line_end, high + prose.FOLLOWING)  # not in the middle of a run
        left -= high - low
        if high - low > WIDEST or left < 0:
            stop = high if left >= 0 else len(text)
            doubts.append(("more broken bytes than can be restored", at, stop))
            done = stop
            continue
        way = route.best(text[low:high], words)
        run = next((run for run in _runs(way) if run[0].begin <= at - low <= run[-1].end), [])
        if run and way.plain - way.cost >= ENOUGH_GAIN:
            start, end = low + run[0].begin, low + run[-1].end
            found.append(Edit(start, end, text[start:end], _restored(run, way), "mojibake"))
            done = end
        elif text[at] != "?" or not prose.asks(text[line_start:line_end], at - line_start):
            lost = _TRIGGER.match(text, at)
            assert lost is not None  # it is where the trigger was found
            doubts.append(("broken bytes that could not be restored", at, lost.end()))
            done = lost.end()
    return found, doubts


def _intact(text: str) -> str:
    """Return a body without its readings and without what stands near question marks."""
    bare = re.sub(r"[（(][^()（）\s]{1,8}[)）]", "", text)
    return re.sub(r".{0,4}[?\ufffd][^\n]{0,60}", "\n", bare)


def _runs(way: Route) -> list[list[Arc]]:
    """Return the stretches of a way that differ from what is printed."""
    runs: list[list[Arc]] = []
    for n, arc in enumerate(way.arcs):
        if not arc.printed:
            if n and not way.arcs[n - 1].printed:
                runs[-1].append(arc)
            else:
                runs.append([arc])
    return runs


def _restored(run: list[Arc], way: Route) -> str:
    parts = [
        arc.text if _is_certain(arc, way) else MARK_OPEN + arc.text + MARK_CLOSE
        for arc in run
        if arc.text
    ]
    return "".join(parts).replace(MARK_CLOSE + MARK_OPEN, "")


def _is_certain(arc: Arc, way: Route) -> bool:
    """Say whether a restored character is proven: by its bytes, or as the only one that makes a word.

    How much went with a dropped pair nobody knows, but inside a word nothing can have gone that the word lacks.
    """
    if arc.swallowed or (arc.behind_gap and arc not in way.inside):
        return False
    han = _HAN.fullmatch(arc.text) is not None
    margins = ALONE_MARGINS if han and arc in way.alone else WORD_MARGINS
    return way.margin(arc) >= margins[arc.lost]
