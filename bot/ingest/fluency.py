"""How much a text reads like Chinese: a unigram word model over jieba's frequency list.

The cost of a text is that of its cheapest cut into words, in nats; the lower, the more fluent. Text is Simplified.
The list is read as the data file that it is: importing jieba itself would build its own, slower, structures.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
UNKNOWN = 22.0
"""Cost of a character that is not in the list: a little above that of a word seen once (17.9)."""
OTHER = 4.0
"""Cost of a run of digits or Latin letters, and of a punctuation mark: these tell nothing, so that it is small."""

_RUN = re.compile(rf"([{HAN}]+)|[0-9A-Za-z.%]+|.", re.S)
_MARKS = "，。、；：？！（）《》“”‘’…—〔〕【】「」『』〈〉·•　"


class Model(NamedTuple):
    """The words of the list.

    Args:
        cost: Cost of each word in nats.
        words: The words in order, so that those with a beginning stand side by side.
    """

    cost: dict[str, float]
    words: list[str]


class OwnWords(NamedTuple):
    """Sequences of one article, taken as words: their costs, and which characters may follow each beginning of one."""

    cost: dict[str, float]
    following: dict[str, frozenset[str]]


@cache
def model() -> Model:
    """Return the word model; read once, in about a second."""
    spec = find_spec("jieba")
    assert spec is not None and spec.submodule_search_locations
    path = Path(spec.submodule_search_locations[0]) / "dict.txt"
    rows = [line.split(" ", 2) for line in path.read_text("utf-8").splitlines()]
    scale = math.log(sum(int(row[1]) for row in rows))
    costs = {count: scale - math.log(int(count)) for count in {row[1] for row in rows} - {"0"}}
    cost = {row[0]: costs[row[1]] for row in rows if row[1] in costs}
    return Model(cost, sorted(cost))


def is_word(text: str) -> bool:
    """Say whether the list holds `text`."""
    return text in model().cost


@cache
def following(beginning: str) -> frozenset[str]:
    """Return the characters that follow `beginning` in words of the list."""
    words = model().words
    first, last = bisect_right(words, beginning), bisect_right(words, beginning + "\U0010ffff")
    return frozenset(word[len(beginning)] for word in words[first:last])


@cache
def _begins(piece: str) -> bool:
    """Say whether a word of the list begins with `piece` and goes on."""
    words = model().words
    at = bisect_right(words, piece)
    return at < len(words) and words[at].startswith(piece)


def own_words(sequences: Iterable[str], size: int) -> OwnWords:
    """Return an article's own sequences as words.

    Args:
        sequences: Sequences of Chinese characters, as often as they stand in the article.
        size: Characters that the article has.
    """
    counts = Counter(sequences)
    # As rare as a word seen so often in a text ten times as long, so that a word of the list still counts more.
    scale = math.log(10 * max(size, 100))
    following: dict[str, set[str]] = {}
    for word in counts:
        for end in range(1, len(word)):
            following.setdefault(word[:end], set()).add(word[end])
    return OwnWords(
        {word: scale - math.log(count) for word, count in counts.items()},
        {beginning: frozenset(characters) for beginning, characters in following.items()},
    )


def cost(text: str) -> float:
    """Return the cost of the cheapest cut of `text` into words."""
    return sum(_run_cost(part[0]) if part[1] else OTHER for part in _RUN.finditer(text))


def borders(text: str) -> set[int]:
    """Return where the words of the cheapest cut of `text` begin and end."""
    found = {0, len(text)}
    for part in _RUN.finditer(text):
        found |= {part.start(), part.end()}
        if part[1]:
            found |= {part.start() + border for border in _cut(part[0])[1]}
    return found


def words(text: str) -> Iterable[tuple[int, int]]:
    """Return start and end of each word of the cheapest cut of `text`."""
    return pairwise(sorted(borders(text)))


@lru_cache(maxsize=1 << 14)  # the same few words around a place are weighed again and again
def _run_cost(han: str) -> float:
    return _cut(han)[0]


def _cut(han: str) -> tuple[float, list[int]]:
    known = model().cost
    best = [0.0] * (len(han) + 1)
    after = [0] * (len(han) + 1)
    for start in range(len(han) - 1, -1, -1):
        end = start + 1
        piece = han[start]
        low = known.get(piece, UNKNOWN) + best[end]
        chosen = end
        while end < len(han) and _begins(piece):
            end += 1
            piece = han[start:end]
            price = known.get(piece)
            if price is not None and price + best[end] < low:
                low, chosen = price + best[end], end
        best[start], after[start] = low, chosen
    cuts = []
    at = 0
    while at < len(han):
        at = after[at]
        cuts.append(at)
    return best[0], cuts


@cache
def common_characters() -> frozenset[str]:
    """Return the characters of everyday text: the first level of GB 2312, Big5's first level, and punctuation."""
    rows = [bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF)]
    level_one = {row.decode("gb2312", "ignore") for row in rows}
    big5 = [
        bytes((high, low))
        for high in range(0xA4, 0xC7)
        for low in (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    ]
    return frozenset(level_one | {pair.decode("big5", "ignore") for pair in big5} | set(_MARKS))


def is_common(character: str) -> bool:
    """Say whether a character is one of everyday text, Simplified or Traditional."""
    return character in common_characters()
