"""Half-width punctuation of Chinese text back to full width: , ; : ! ? ( ).

    达99.4%,从          → 达99.4%，从
    1,980  20:53:04  www.example.cn/?a=1  f(x)     stay

A page is converted as a whole by whatever damaged it. So is it mended: where its prose has full-width commas already,
a half-width one among them is how it was printed.
"""

from __future__ import annotations

import re

from bot.edits import Edit
from bot.ingest.fluency import HAN

FULL = str.maketrans(",;:!?()", "，；：！？（）")
DAMAGED_SHARE = 0.3
"""Share of half-width marks beside Chinese from which a page counts as damaged: typos stay far below."""

ADDRESS = re.compile(
    r"(?:(?:https?://|www\.)[!-~]+|[0-9A-Za-z._+-]+@[0-9A-Za-z.-]+|[0-9A-Za-z-]+(?:\.[a-z]{2,4})+/[!-~]*)(?<![),;:!?.])"
)
"""An address; a mark at its end belongs to the sentence around it."""
_THOUSANDS = re.compile(r"(?<![\d.])(?<!\d,)\d{1,3}(?:,\d{3})+(?!\d|,\d)")
_SINGLE = re.compile(r"[,;:!?]")
_CHINESE = re.compile(rf"[{HAN}，。、；：？！（）《》“”‘’…—【】「」〔〕⟦⟧％]")
_HALF_WIDTH = re.compile(rf"(?<=[{HAN}”》])[,;:!?](?=[{HAN}“《])")
_FULL_WIDTH = re.compile("[，；：！？]")


def is_damaged(text: str) -> bool:
    """Say whether a page's Chinese punctuation has been made half-width."""
    half = len(_HALF_WIDTH.findall(text))
    return half > DAMAGED_SHARE * (half + len(_FULL_WIDTH.findall(text)))


def edits(text: str) -> list[Edit]:
    """Return the edits that make Chinese punctuation full-width; the text is taken to be damaged."""
    kept: set[int] = set()
    for pattern in (ADDRESS, _THOUSANDS):
        for match in pattern.finditer(text):
            kept.update(range(match.start(), match.end()))
    places = [m.start() for m in _SINGLE.finditer(text) if _belongs_to_chinese(text, m.start())]
    places += _brackets(text)
    return [
        Edit(at, at + 1, text[at], text[at].translate(FULL), "punctuation")
        for at in sorted(places)
        if at not in kept
    ]


def _belongs_to_chinese(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if _CHINESE.match(before) or _CHINESE.match(after):
        # 注: http:// and 3 : 2 are told apart by what follows; a mark right behind Chinese is always Chinese.
        return True
    if before.isspace() or after.isspace() or not (before and after):
        # English has a space behind its marks; at a line's end the neighbour decides.
        nearest = text[:at].rstrip()[-1:] if not before.isspace() else text[at + 1 :].lstrip()[:1]
        if _CHINESE.match(nearest):
            return True
        line = text[
            text.rfind("\n", 0, at) + 1 : at
        ]  # 比分是98:97! ends a Chinese sentence all the same
        return after in ("\n", "") and re.search(f"[{HAN}]", line) is not None
    # "12315,96315" and "99.4%,100%" are lists; "1,980" was taken out before, "20:53" and "a,b" are no Chinese.
    return text[at] in ",;" and (before.isdigit() or before in "%)") and after.isdigit()


def _brackets(text: str) -> list[int]:
    """Return the places of brackets to widen: pairs that hold or follow Chinese, and odd ones that touch it."""
    places: list[int] = []
    for line in re.finditer(r"[^\n]+", text):
        opened: list[int] = []
        for match in re.finditer(r"[()（）]", line[0]):
            at = line.start() + match.start()
            if match[0] in "(（":
                opened.append(at)
                continue
            pair = (opened.pop(), at) if opened else (at,)
            places += _wide(text, pair)
        for at in opened:
            places += _wide(text, (at,))
    return places


def _wide(text: str, pair: tuple[int, ...]) -> list[int]:
    low, high = max(0, pair[0] - 1), pair[-1] + 2
    if text[high - 1 : high] in tuple(",;:!?"):
        high += 1  # the mark is about to be widened if Chinese follows it
    if text[low : low + 1] in tuple(",;:!?"):
        low = max(0, low - 1)
    neighbours = text[low:high]
    return [at for at in pair if text[at] in "()"] if _CHINESE.search(neighbours) else []
