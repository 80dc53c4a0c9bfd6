"""Readings in brackets behind characters: 中國(guó)消費(fèi)者. Removed only where they are readings of that character.

區(qū)  區（qu）  區(qū)(qū)  區(qū qū)  區(qū😊)     removed: each is a reading of 區, toned or not
（站）  (ODR)  （记者刘浩）                      kept
柘（zhè）林镇  六（lù）安                        kept on a page that has no other kind: a writer's own glosses are of
                                               characters that a reader may not know how to read
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from pypinyin import Style, pinyin

from bot import edits
from bot.edits import Edit
from bot.ingest import script
from bot.ingest.fluency import HAN

FEW = 3
"""Readings that no reader needs, from which those of a Simplified page are its damage and not the writer's glosses."""

GLOSS_SHARE = 0.1
"""Share of readings behind characters that Simplified text has, too, up to which those are not the page's damage."""
NEAR = 30

_SPOKEN = re.compile("读音|讀音|读作|讀作|念作|唸作|拼音|发音|發音")
_LETTERS = "A-Za-züÜāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿêɑɡ\u0300-\u030c"
EMOJI = "\u200d\u20e3\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\ufe0e\ufe0f\U0001f000-\U0001faff"
"""Small pictures; some sites put them into the brackets, or beside them."""
_INSIDE = rf"[（(][\s{EMOJI}]*[{_LETTERS}]{{1,9}}[1-5]?(?:[\s,，、/{EMOJI}]+[{_LETTERS}]{{1,9}}[1-5]?){{0,2}}[\s{EMOJI}]*[）)]"
_BRACKETS = re.compile(rf"(?<=[{HAN}])[{EMOJI}]*(?:{_INSIDE})(?:[{EMOJI}]*{_INSIDE})*[{EMOJI}]*")
_BRACKET = re.compile(rf"(?P<before>[{EMOJI}]*){_INSIDE}(?P<after>[{EMOJI}]*)")
_PICTURE = re.compile(f"[{EMOJI}]")
_SYLLABLE = re.compile(rf"[{_LETTERS}]+[1-5]?")
_TONED = re.compile(r"[（(][^（）()\n]{0,20}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][^（）()\n]{0,20}[）)]")
_TONES = {ord("\u0300"): None, ord("\u0301"): None, ord("\u0304"): None, ord("\u030c"): None}
_LOOKALIKES = str.maketrans({"ɑ": "a", "ɡ": "g", "v": "ü"})


def find(text: str) -> tuple[list[Edit], list[tuple[str, int, int]]]:
    """Return the edits that remove readings from a text, and the doubts: what may be readings, too, and is left.

    A page is damaged if it has readings that no reader needs, a Traditional page from the first; then all of them go.
    """
    found = readings_in(text)
    needless = sum(_is_needless(edit, text) for edit in found)
    if needless < (1 if script.is_traditional(text) else FEW):
        return [], []
    left = edits.apply(text, [edit._replace(clean="\0" * len(edit.raw)) for edit in found])
    found = _without_glosses(text, found)
    what = "letters with tone marks in brackets that are no reading of the character before them"
    doubts = [(what, match.start(), match.end()) for match in _TONED.finditer(left)]
    what = "a reading where the text speaks of how it is read"
    spoken = [edit for edit in found if _SPOKEN.search(_clause(text, edit))]
    return found, doubts + [(what, edit.start - 1, edit.end) for edit in spoken]


def _without_glosses(text: str, found: list[Edit]) -> list[Edit]:
    """Return a page's readings without its writer's glosses.

    Tools that write out a Traditional page put readings behind characters that Simplified text writes differently; a
    few behind others, which a reader may not know how to read, are the writer's.
    """
    bare = edits.apply(text, found)
    simple = script.simplify(bare)
    if len(simple) != len(bare):
        return found
    glosses = set()
    shift = plain = 0
    for edit in found:
        at = edit.start - 1 - shift  # of the character, in the text without readings
        shift += len(edit.raw)
        if bare[at] == simple[at]:
            plain += 1
            if not _is_common(bare[at]):
                glosses.add(edit)
    return [e for e in found if e not in glosses] if plain <= GLOSS_SHARE * len(found) else found


def _clause(text: str, edit: Edit) -> str:
    """Return the sentence around a reading, as far as it is near."""
    before = re.split(r"[。！？!?\n]", text[max(0, edit.start - NEAR) : edit.start])[-1]
    return before + re.split(r"[。！？!?\n]", text[edit.end : edit.end + NEAR])[0]


def readings_in(text: str) -> list[Edit]:
    """Return an edit for every run of brackets that begins with readings of the character before it."""
    found = []
    groups = list(_BRACKETS.finditer(text))
    pictured = sum(_PICTURE.search(group[0]) is not None for group in groups) >= FEW
    for group in groups:
        character = text[group.start() - 1]
        end = group.start()
        for bracket in _BRACKET.finditer(text, group.start(), group.end()):
            syllables = _SYLLABLE.findall(bracket[0])
            if bracket.start() != end or not all(is_reading(s, character) for s in syllables):
                break
            end = bracket.end() if pictured else bracket.end() - len(bracket["after"])
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


def _is_needless(edit: Edit, text: str) -> bool:
    """Say whether a reader needs no reading for a character: it is an everyday one that is read in one way only."""
    character = text[edit.start - 1]
    spelled = {reading.replace("ü", "u") for reading in readings(character)}
    return len(spelled) == 1 and _is_common(character)


def _is_common(character: str) -> bool:
    """Say whether GB 2312 put a character, or its Simplified form, into its first level: those in everyday use."""
    try:
        return script.simplify_characters(character).encode("gb2312")[0] < 0xD8
    except UnicodeEncodeError:
        return False
