"""Symbols that a copying site plants before punctuation marks, or among the words.

近日⑳，吴兴区…；投诉▓，…            taken out: they number nothing
四类：①商品质量；②预付卡退费        an article's own numbering stays, and so do units: 25℃，60㎡。
消★费者                             a doubt
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from bot.edits import Edit
from bot.ingest.fluency import HAN

UNITS = frozenset("℃℉°№™®©²³½¼¾⅓⅔‰") | {chr(code) for code in range(0x3300, 0x3400)}
"""Symbols that belong to what they stand behind."""
SMILES = 3
"""Times that a picture of chat messages stands before marks, and nowhere else, from which it was planted."""
NOISY = 2
"""Signs among Latin letters and figures behind a sentence from which these are what forums put there against copying."""
STREWN = 4
"""Shapes among an article's words from which they were strewn there."""

_BOXES = "囗＠@"
_STRING = re.compile(rf"(?:[^\w\s，。、；：！？“”‘’（）《》〈〉「」『』【】…—·]|[{_BOXES}]){{4,}}")
"""Four symbols or more in a row, which no sentence has: ■□■□, ＠囗＠囗."""
_NOISE = re.compile(r"(?<=[。！？”；])\s*[!-~](?:[ -~]{5,})(?=\n|$)")
"""Latin letters, figures and signs behind a sentence, up to the line's end."""
_SIGN = re.compile(r"""[#%$^*(){}\[\]"'`|<>!~]""")
_EXTRA = "※†‡§¶#＃*＊^＾~～|¦▪■□"
_NUMBER = re.compile("[\u2070-\u209c\u2460-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf]")
_EMOJI = re.compile(
    "[\u2600-\u2604\u2607-\u2775\u2794-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]"
)
_RUN = re.compile(
    r"[^\w\s]+(?=[，。、；：！？,;!?])|[\u2070-\u209c\u2460-\u24ff\u2776-\u2793]+(?=[，。、；：！？,;!?])"
)
_AMONG_WORDS = re.compile(
    rf"(?<=[{HAN}，、；])(?P<run>[^\w\s，。、；：！？“”‘’（）《》〈〉「」『』【】…—·]+)(?=[{HAN}])"
)


def find(text: str) -> tuple[list[Edit], list[tuple[str, int, int]]]:
    """Return the edits that take planted symbols out of a body, and the places that look planted and are not proven."""
    runs = [run for run in map(_planted, _RUN.finditer(text)) if run]
    planted = Counter(character for _, _, run in runs for character in run)
    everywhere = Counter(text)
    found = [
        Edit(start, end, run, "", "injected")
        for start, end, run in runs
        if all(planted[c] == everywhere[c] and planted[c] >= _fewest(c) for c in run)
    ]
    found += [
        Edit(*match.span(), match[0], "", "injected")
        for match in _NOISE.finditer(text)
        if len(_SIGN.findall(match[0])) >= NOISY
    ]
    found += [
        Edit(*match.span(), match[0], "", "injected")
        for match in _STRING.finditer(text)
        if all(_is_symbol(c) or c in _BOXES for c in match[0])
        and not any(map(_EMOJI.match, match[0]))
    ]
    among = [match for match in _AMONG_WORDS.finditer(text) if all(map(_is_shape, match["run"]))]
    if sum(len(match["run"]) for match in among) >= STREWN:
        found += [Edit(*match.span("run"), match["run"], "", "injected") for match in among]
        return _apart(found), []
    return _apart(found), [("a symbol among the words", *match.span("run")) for match in among]


def _apart(found: list[Edit]) -> list[Edit]:
    """Return edits in order, of those that overlap the longer one."""
    kept: list[Edit] = []
    for edit in sorted(found, key=lambda edit: (edit.start, -edit.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _planted(match: re.Match[str]) -> tuple[int, int, str] | None:
    """Return the symbols right before a mark, with their place; None where there are none, or a line begins with them."""
    start = match.end()
    while start > match.start() and _is_symbol(match.string[start - 1]):
        start -= 1
    if start == match.end() or start == 0 or match.string[start - 1] == "\n":
        return None
    return start, match.end(), match.string[start : match.end()]


def _fewest(character: str) -> int:
    """Return how often a symbol that stands nowhere else has to stand before marks; people end sentences with a smile."""
    return SMILES if _EMOJI.match(character) else 1


@cache
def _is_symbol(character: str) -> bool:
    """Say whether a character is one that no text has before a mark: no unit, no punctuation."""
    if character in UNITS:
        return False
    return character in _EXTRA or unicodedata.category(character) in ("So", "Sk", "No")


@cache
def _is_shape(character: str) -> bool:
    """Say whether a symbol among words is a shape: no number of an item, no picture as chat messages have them."""
    if character in UNITS or _NUMBER.match(character) or _EMOJI.match(character):
        return False
    shape = unicodedata.category(character) in ("So", "Sk") or character in "※■□▪"
    return shape and character not in "○●〇"
