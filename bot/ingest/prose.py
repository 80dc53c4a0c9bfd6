"""Whether a place in a printed line reads like prose: what is broken is told from what only looks so.

怎么收?地下车位…      the mark asks something
消??葡群蟪…          what follows is no Chinese
"""

from __future__ import annotations

import re
from functools import cache

from bot.ingest import fluency, ruby, script
from bot.ingest.fluency import HAN

FOLLOWING = 8
FLUENT_COST = 7.5
"""Nats a character up to which a text reads on: the five articles have 4.9 on average, their broken runs 10.7 and more."""
WINDOW = 12
GARBLED_COST = 10.2
"""Nats a character over so many in a row from which text is garbled: the costliest dozen of the five articles and of
ten invented ones has 8.9."""


_WIDE = str.maketrans(",;:!", "，；：！")
_ASKING = re.compile("[吗呢么谁哪几何否吧怎啥]|多少|能不能|是不是|难道|岂|没有$|不成$|对不对$")


def asks(line: str, at: int) -> bool:
    """Say whether a question mark can be one: a single one, behind a word that asks or at the end of what is said."""
    if "?" in (line[at + 1 : at + 2], line[max(0, at - 1) : at]):
        return False
    before = script.simplify_characters(ruby.strip(line[max(0, at - 60) : at]))
    if re.search("[A-Za-z]{3,}$", before):
        return True  # an English question
    clause = re.split(r"[，,。；;：:?!！？]", before)[-1]
    if at + 1 == len(line) or line[at + 1] in "\n”’」』）)" or _ASKING.search(clause) is not None:
        return True
    # What follows a byte that was stumbled over is out of step; what reads on, between figures and quotes too, is not.
    behind = script.simplify_characters(ruby.strip(line[at + 1 : at + 1 + 4 * FOLLOWING]))
    han = re.sub(rf"[^{HAN}]", "", behind.split("?")[0])[:FOLLOWING]
    return len(han) >= FOLLOWING // 2 and fluency.cost(han) <= FLUENT_COST * len(han)


@cache
def _reads(text: str) -> bool:
    # A run ends at a single byte: before one, the text may be the end of a run and no more.
    printed = text.translate(_WIDE)
    return (
        len(text) == FOLLOWING
        and not re.search("[!-~]", printed)
        and fluency.cost(printed) <= FLUENT_COST * len(text)
    )


def reads_on(line: str, at: int) -> bool:
    """Say whether a line reads like Chinese from a place on, so that nothing can be out of step there."""
    return _reads(script.simplify_characters(ruby.strip(line[at : at + 4 * FOLLOWING]))[:FOLLOWING])


def garbled(text: str) -> list[tuple[int, int]]:
    """Return the places of a Simplified text that are no Chinese, whatever broke them."""
    found: list[tuple[int, int]] = []
    for run in re.finditer(f"[{HAN}]{{{WINDOW},}}", text):
        for at in range(run.start(), run.end() - WINDOW + 1, WINDOW // 4):
            if fluency.cost(text[at : at + WINDOW]) >= GARBLED_COST * WINDOW:
                start = found.pop()[0] if found and found[-1][1] >= at else at
                found.append((start, at + WINDOW))
    return found
