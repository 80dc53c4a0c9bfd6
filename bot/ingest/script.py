"""Traditional to Simplified, one character to one, and only on pages that are Traditional or mixed.

OpenCC's t2s chooses by phrase; where a form depends on the word and its phrases do not reach (隨著 → 随着 beside
著名), the word list decides. The characters in question are in `script.tsv`.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import opencc

from bot.edits import Edit
from bot.ingest import fluency

TRADITIONAL_SHARE = 0.02
"""Share of characters that are Traditional only, from which a page is taken to be mixed. The mixed pages of
the corpus have 33 % and more, its Simplified ones none."""
CONTEXT = 6
"""Characters either side that the choice of a form looks at; words of the list are rarely longer."""


def edits(text: str) -> list[Edit]:
    """Return the edits that make a text Simplified; none when the text is not Traditional."""
    if not is_traditional(text):
        return []
    return [
        Edit(at, at + 1, old, new, "script")
        for at, (old, new) in enumerate(zip(text, simplify(text), strict=True))
        if old != new
    ]


def is_traditional(text: str) -> bool:
    """Say whether enough of a text's characters are Traditional only."""
    table, forms = _table(), _forms()
    han = traditional = 0
    for character in text:
        if "\u3400" <= character <= "\u9fff":
            han += 1
            traditional += character in table and character not in forms
    return traditional >= 3 and traditional >= TRADITIONAL_SHARE * han


def doubts(text: str) -> list[tuple[str, int, int]]:
    """Return where a Traditional page's 乾 stays though no word asks for it: a name (李乾), or what is 干 (魚乾)."""
    if "乾" not in text or not is_traditional(text):
        return []
    simple = simplify(text)
    alone = [(a, b) for a, b in fluency.words(simple) if simple[a:b] == "乾"]
    return [("乾 may be 干 here", start, end) for start, end in alone]


def simplify(text: str) -> str:
    """Return a Traditional or mixed text in Simplified characters; the length stays."""
    converted = _converter().convert(text)
    if len(converted) != len(text):
        converted = simplify_characters(text)
    characters = list(converted)
    for at, character in enumerate(text):
        if character in _forms():
            characters[at] = _form(text, converted, at)
    return "".join(characters)


def simplify_characters(text: str) -> str:
    """Return a text with each character put into its commonest Simplified form, whatever the word."""
    return text.translate(_table())


def _form(text: str, converted: str, at: int) -> str:
    """Choose the form of an ambiguous character: the usual one, unless only another makes a dictionary word."""
    if converted[at] != _converter().convert(text[at]):
        return converted[at]  # OpenCC knows the phrase: 宮商角徵羽, 明瞭
    usual, *others = _forms()[text[at]]
    low, high = max(0, at - CONTEXT), at + CONTEXT + 1
    best, best_cost = usual, fluency.cost(converted[low:at] + usual + converted[at + 1 : high])
    for form in others:
        other = form.removeprefix("+")
        context = converted[low:at] + other + converted[at + 1 : high]
        words = list(fluency.words(context))
        in_word = any(start <= at - low < end and end - start > 1 for start, end in words)
        if in_word and (cost := fluency.cost(context)) < best_cost:
            best, best_cost = other, cost
        behind = any(end == at - low and end - start > 1 for start, end in words)
        if form != other and not in_word and behind and best == usual:
            best = other
    return best


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def _table() -> dict[int | str, str]:
    """Map each character (by itself and by code point, for `str.translate`) that has a Simplified form to it."""
    characters = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    converted = _converter().convert("\n".join(characters)).split("\n")
    pairs = [(old, new) for old, new in zip(characters, converted, strict=True) if old != new]
    pairs += [(old, forms[0]) for old, forms in _forms().items() if old != forms[0]]
    table: dict[int | str, str] = {}
    for old, new in pairs:
        table[old] = table[ord(old)] = new
    return table


@cache
def _forms() -> dict[str, tuple[str, ...]]:
    text = files("bot.ingest").joinpath("script.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {row[0]: tuple(row[1:]) for row in rows}
