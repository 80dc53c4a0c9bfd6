"""The second, the third and so on: what is said of one is said of no other."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.analysis.chars import CJK
from bot.analysis.numerals import number

ORDINAL = re.compile(f"第([0-9]{{1,4}}|[零一二三四五六七八九十百]{{1,5}})([{CJK}])")
FREE = frozenset("季位方者时天年月日周条款项章节编")
"""What stands behind 第三 and numbers nothing that articles tell apart: 第三方, 第二位的是, 第五天; nor the parts of a law."""
SAME = {"回": "次", "趟": "次", "遍": "次"}
"""Measures that people use for another."""


class Ordinal(NamedTuple):
    """One of a row: 第二批.

    Args:
        place: Which one, from 2.
        of: What is numbered: 批.
    """

    place: int
    of: str


def named(folded: str) -> tuple[Ordinal, ...]:
    """Return the ordinals that a folded text names, each once, in order.

    The first of a row has many names (首批, 头一家, 冠军) and is left out.
    """
    found = (
        Ordinal(int(number(m[1])), SAME.get(m[2], m[2]))
        for m in ORDINAL.finditer(folded)
        if m[2] not in FREE
    )
    return tuple(dict.fromkeys(one for one in found if one.place > 1))
