"""Readings in brackets behind characters: 中國(guó)消費(fèi)者. Removed only where they are readings of that character.

區(qū)  區（qu）  區(qū)(qū)      removed: each bracket is a reading of 區, toned or not
（站）  (ODR)  （记者刘浩）       kept
柘（zhè）林镇                  kept: one gloss of a rare character on a page without the damage is the writer's own
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from pypinyin import Style, pinyin

from bot.ingest import script
from bot.ingest.edits import Edit
from bot.ingest.fluency import HAN

FEW = 3
"""From this many on one page, readings are the page's damage and not the writer's glosses."""

_LETTERS = "A-Za-züÜāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿêɑɡ\u0300-\u030c"
_BRACKETS = re.compile(rf"(?<=[{HAN}])(?:[（(]\s*[{_LETTERS}]{{1,9}}[1-5]?\s*[）)])+")
_BRACKET = re.compile(rf"[（(]\s*([{_LETTERS}]+[1-5]?)\s*[）)]")
_TONES = {ord("\u0300"): None, ord("\u0301"): None, ord("\u0304"): None, ord("\u030c"): None}
_LOOKALIKES = str.maketrans({"ɑ": "a", "ɡ": "g", "v": "ü"})


def edits(text: str) -> list[Edit]:
    """Return the edits that remove readings from a text."""
    found = find(text)
    if len(found) < FEW and not script.is_traditional(text):
        found = [edit for edit in found if _is_common(text[edit.start - 1])]
    return found


def find(text: str) -> list[Edit]:
    """Return an edit for every run of brackets that begins with readings of the character before it."""
    found = []
    for group in _BRACKETS.finditer(text):
        character = text[group.start() - 1]
        end = group.start()
        for bracket in _BRACKET.finditer(text, group.start(), group.end()):
            if bracket.start() != end or not is_reading(bracket[1], character):
                break
            end = bracket.end()
        if end > group.start():
            found.append(Edit(group.start(), end, text[group.start() : end], "", "ruby"))
    return found


def strip(text: str) -> str:
    """Return a text without anything that looks like a reading: for judging lines, not for editing them."""
    return _BRACKETS.sub("", text)


def is_reading(letters: str, character: str) -> bool:
    """Say whether letters, with tone marks or without, are one of a character's readings."""
    if letters.isupper() and len(letters) > 1:  # CCTV, ODR: an abbreviation, whatever it spells
        return False
    return toneless(letters) in readings(character)


def toneless(letters: str) -> str:
    """Return a syllable in plain lower-case letters, ü kept."""
    plain = unicodedata.normalize("NFD", letters.lower().rstrip("12345")).translate(_TONES)
    return unicodedata.normalize("NFC", plain).translate(_LOOKALIKES)


@cache
def readings(character: str) -> frozenset[str]:
    """Return all readings of a character without tones; empty when it has none.

    The tone is not compared: a rare tone that the dictionary lacks would leave the reading standing, while no word
    in brackets spells a reading of the very character before it by chance.
    """
    (options,) = pinyin(character, style=Style.TONE, heteronym=True)
    return frozenset(
        spelled
        for option in options
        if option != character
        for base in (toneless(option),)
        for spelled in {base, base.replace("ü", "u")}
    )


def _is_common(character: str) -> bool:
    """Say whether a reader needs no reading for a character: GB 2312 put those into its first level."""
    try:
        return script.simplify_characters(character).encode("gb2312")[0] < 0xD8
    except UnicodeEncodeError:
        return False
