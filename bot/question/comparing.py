"""Comparing phrases (谁多, 哪个早, 有什么不同): what they ask of each of two sides."""

from __future__ import annotations

import re

from bot.question.question import Question, Reader
from bot.question.writing import Writing

NOTHING = "无"
"""What a phrase stands for that leaves the asking to the rest of the question: 比一比, 分别."""
SPREAD = re.compile(
    "(?:谁家?|哪(?:一?[个边家方头])?(?:区|商圈|城市|地方)?|两[边家]谁)的?"
    "(?P<what>[^,，;；?？。谁哪]{1,16}?)(?:更|比较)?(?P<how>[多少高低大小早晚先后])(?:些|点|一些|一点)?(?=$|[,，;；?？。])"
)
"""A comparing phrase with the thing compared inside: 谁的联络站多, 哪边肯退的店更多."""
EARLY = frozenset("早晚先后")
COMPARED = "\x00"
"""Stands where a comparing phrase was; no question holds it."""


def compares(question: Question, reader: Reader) -> bool:
    """Whether a question's wording sets two things side by side."""
    return "comparison" in question.kinds or bool(cleared(question.plain, reader)[1])


def plainly(question: Question, reader: Reader) -> Question:
    """Return a question with what its comparing phrases ask of one side: 跟四星的比,哪个多 as 四星的,多少."""
    text, asked = cleared(question.plain, reader)
    return side_of(filled(text, asked), question, reader) if asked else question


def cleared(text: str, reader: Reader) -> tuple[str, str]:
    """Return a text with a mark where comparing phrases stood, and the question word that they stand for."""
    found = reader.lexicon.comparing.find(text)
    spread = SPREAD.search(text)
    if spread and not found:
        word = "什么时候" if spread["how"] in EARLY else "多少"
        return text[: spread.start()] + spread["what"] + COMPARED + text[spread.end() :], word
    for each in reversed(found):
        text = text[: each.start] + COMPARED + text[each.end :]
    words = [each.value for each in found if each.value != NOTHING]
    return text, words[0] if words else (NOTHING if found else "")


def filled(text: str, asked: str) -> str:
    """Return a text with a question word in the place of the mark."""
    word = "" if asked == NOTHING else asked
    before, mark, after = text.partition(COMPARED)
    return (before + word + after).replace(COMPARED, "") if mark else text + word


def side_of(wording: str, question: Question, reader: Reader) -> Question:
    """Return a part of a question as a question of its own, read as the whole was."""
    if question.writing is Writing.ENGLISH:
        return reader.read(wording)
    return reader.analyse(question.text, wording, question.writing, question.untranslated)
