"""The damage of scraped pages, forwards: each function does to a clean text what such sites did to theirs.

    planted     心消费…,费新织密…            fragments of the title behind delimiters, in a cycle
    read        中國(guó)消費(fèi)者          readings behind characters
    misread     消??葡群蟪雠_(tái)           GBK bytes one out of step
    narrowed    ，（） → ,()                 half-width punctuation

All take a `random.Random`, so that a page can be made again.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Sequence
from functools import cache

import opencc
from pypinyin import Style, lazy_pinyin

NARROW = str.maketrans("，；：！？（）", ",;:!?()")
HAN = re.compile("[\u4e00-\u9fff]")
SHIFTED = {0xAC, 0xBF, 0xBA, 0xBB, 0xA8, 0xA9, 0xA1}
"""Second bytes of the full-width marks ， ？ ： ； （ ） ！, whose first byte is A3: what a byte-wise replacement takes for one."""
STYLES = ("toned", "toneless", "some", "repeated", "emoji")


def fragments(title: str, rng: random.Random) -> list[str]:
    """Return the pieces of a title that a site plants: two or three characters each, or ordered subsequences."""
    characters = re.sub(r"[^\u4e00-\u9fff0-9A-Za-z]", "", title)
    way = rng.choice(("pairs", "pairs", "threes", "subsequences"))
    if way in ("pairs", "threes"):
        size = 2 if way == "pairs" else 3
        pieces = [characters[at : at + size] for at in range(0, len(characters), size)]
        if len(pieces) > 1 and len(pieces[-1]) == 1:
            pieces[-2:] = [pieces[-2] + pieces[-1]]
    else:
        count = rng.randint(4, 8)
        cuts = sorted(rng.sample(range(1, len(characters)), min(count, len(characters) - 1)))
        parts = [characters[a:b] for a, b in zip([0, *cuts], [*cuts, len(characters)], strict=True)]
        pieces = []
        for part in parts:
            kept = [ch for ch in part if len(part) < 4 or rng.random() < 0.8]
            piece = "".join(kept)[:8]
            if len(piece) >= 2:
                pieces.append(piece)
    if len(pieces) < 4:
        pieces = [characters[at : at + 2] for at in range(0, len(characters) - 1, 2)]
    if len(pieces) > 5 and rng.random() < 0.4:
        del pieces[rng.randrange(len(pieces))]
    return list(dict.fromkeys(pieces))


def planted(
    paragraphs: Sequence[str], pieces: Sequence[str], rng: random.Random, count: int = 15
) -> list[str]:
    """Return the paragraphs with pieces planted in turn behind delimiters of the first of them."""
    turn = rng.randrange(len(pieces))
    distance = rng.choice((6, 8, 10, 12))
    delimiters = rng.choice(("，、。", "，。：的是", "，、。；：的是在和"))
    begun = rng.randint(8, 60)
    out, done, last, seen = [], 0, -99, 0
    for paragraph in paragraphs:
        made = []
        for at, character in enumerate(paragraph):
            made.append(character)
            seen += 1
            free = paragraph[at + 1 : at + 2] not in ("”", "）", "》", "’")
            if (
                done < count
                and character in delimiters
                and seen - last >= distance
                and seen > begun
                and free
                and (
                    HAN.match(paragraph[at + 1 : at + 2])
                    or at + 1 == len(paragraph)
                    or rng.random() < 0.3
                )
            ):
                made.append(pieces[(turn + done) % len(pieces)])
                done, last = done + 1, seen
        out.append("".join(made))
    return out


def narrowed(text: str) -> str:
    """Return a text with half-width punctuation."""
    return text.translate(NARROW)


def traditional(text: str, variant: str) -> str:
    """Return a text in Traditional characters: OpenCC's s2t, s2tw or s2hk."""
    return _converter(variant).convert(text)


def read(text: str, style: str, rng: random.Random) -> str:
    """Return a text with readings in brackets behind its characters that are Traditional only, or behind some."""
    spelled = lazy_pinyin(list(text), style=Style.TONE)
    simple = _converter("t2s").convert(text)
    some = rng.sample(sorted(set(HAN.findall(text))), len(set(HAN.findall(text))) // 4)
    out = []
    for at, character in enumerate(text):
        out.append(character)
        if not HAN.match(character) or (
            simple[at] == character if simple != text else character not in some
        ):
            continue
        if style == "some" and rng.random() < 0.4:
            continue
        reading = spelled[at]
        if style == "toneless":
            reading = "".join(
                c for c in unicodedata.normalize("NFD", reading) if not unicodedata.combining(c)
            )
        bracket = f"({reading})"
        if style == "repeated" and rng.random() < 0.3:
            bracket *= 2
        if style == "emoji" and rng.random() < 0.3:
            emoji = rng.choice(("😊", "👍", "🔥", "❤️"))
            bracket = rng.choice(
                (f"({reading}{emoji})", f"({emoji}{reading})", f"({reading}){emoji}")
            )
        out.append(bracket)
    return "".join(out)


def misread(text: str, rng: random.Random, share: float = 1.0) -> str:
    """Return a text as it is read where a byte-wise replacement took two halves of characters for a mark."""
    out: list[str] = []
    at = 0
    while at < len(text):
        pair = text[at : at + 2]
        first, second = _bytes(pair[:1]), _bytes(pair[1:])
        hit = (
            HAN.match(pair) is not None
            and len(second) == 2
            and first[1] == 0xA3
            and second[0] in SHIFTED
        )
        if hit and rng.random() < share:
            printed, used = _out_of_step(text[at:])
            out.append(printed)
            at += used
        else:
            out.append(text[at])
            at += 1
    return "".join(out)


@cache
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)


def _bytes(character: str) -> bytes:
    try:
        return character.encode("gbk")
    except UnicodeEncodeError:
        return b""


def _out_of_step(text: str) -> tuple[str, int]:
    """Return what is printed from a character on until the reader is in step again, and how many it took."""
    line = text.split("\n", maxsplit=1)[0]
    data = b"".join(_bytes(character) or b"?" for character in line)
    borders, size = {}, 0
    for number, character in enumerate(line):
        borders[size] = number
        size += len(_bytes(character) or b"?")
    borders[size] = len(line)
    printed, here = ["?"], 1
    while here < len(data) and (here not in borders or here < 2):
        first, second = data[here], data[here + 1] if here + 1 < len(data) else None
        if first < 0x80:
            printed.append(chr(first))
            here += 1
        elif second is None or second < 0x40:
            printed.append("?")
            here += 2
        else:
            here += 2
            if first == 0xA3 and second > 0xA0:
                printed.append(chr(second - 0x80))
            elif _is_private(first, second):
                pass
            else:
                printed.append(
                    bytes((first, second)).decode("gbk", "replace")[:1].replace("\ufffd", "?")
                )
    here = min(here, len(data))
    return "".join(printed), borders[here]


def _is_private(first: int, second: int) -> bool:
    return ((0xAA <= first <= 0xAF or first >= 0xF8) and second > 0xA0) or (
        0xA1 <= first <= 0xA7 and second < 0xA1
    )
