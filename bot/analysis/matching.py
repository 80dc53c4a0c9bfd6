"""Where the words of a question stand in a text, for pointing them out. Pure.

    spans("静安寺商圈无理由退货单位313家", ["静安寺", "家"], tokenizer.words)   -> ((0, 3), (16, 17))

Folding keeps the length, so what is found in the folded text stands at the same place of the text that is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from bot.analysis.chars import HAN, fold
from bot.analysis.tokenizer import Token

Cut = Callable[[str], Sequence[Token]]


def spans(text: str, words: Iterable[str], cut: Cut) -> tuple[tuple[int, int], ...]:
    """Return where words stand in a text, as (start, end), in order; those that touch are one.

    Args:
        text: The text, as it is shown.
        words: The words, folded. A single character or a Latin word has to stand alone in the text (店 is not in
            酒店); a word of several Chinese characters may be part of a longer one.
        cut: Cuts the text into words, where that is needed.
    """
    wanted = set(filter(None, words))
    parts = {word for word in wanted if len(word) > 1 and HAN.search(word)}
    found = [*_parts(fold(text), parts), *_whole(text, wanted - parts, cut)]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _parts(folded: str, words: Iterable[str]) -> Iterator[tuple[int, int]]:
    for word in words:
        start = folded.find(word)
        while start >= 0:
            yield start, start + len(word)
            start = folded.find(word, start + len(word))


def _whole(text: str, words: set[str], cut: Cut) -> Iterator[tuple[int, int]]:
    if not words:
        return  # cutting a text into words is what costs here
    for token in cut(text):
        if token.term in words:
            yield token.start, token.end
