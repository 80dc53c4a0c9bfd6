"""Several questions in one message, taken apart: each is asked by itself, and may lean on the one before it.

静安寺有多少家无理由退货单位？另外奉贤有多少？松江办了几次论坛？   three
1. 静安寺无理由退货多少家 2. 海曙联络站多少个                     two
静安寺和奉贤哪个多？                                            one: its sides are set against each other
"""

from __future__ import annotations

import re

from bot.analysis.chars import CJK, fold
from bot.question import comparing
from bot.question.question import Question, Reader
from bot.question.writing import Writing, detect

MOST = 5
"""Questions of a message that are answered."""
NUMBERED = re.compile(
    "(?:(?:^|(?<=[\\s,，;；。?？!！:：、]))(?:[0-9]{1,2}[.、)）:：](?![0-9])|[(（][0-9]{1,2}[)）]|[一二三四五六][、.]|第[一二三四五][个,，:：、])|[①②③④⑤⑥⑦⑧⑨])\\s*"
)
ENDS = re.compile("[?？!！。;；\\n]+")
COMMAS = re.compile("[,，、:：]")
JOINED = re.compile(
    "^(?:另外|还有|再|再问|再者|顺便|顺便问|此外|然后|以及|并且|还想问|也想问|请问|想问|and|also)+[,，:：]?\\s*"
)
AGAINST = re.compile("相比|比较|区别|不同|一样|差多少|谁更|哪个更")
"""Words that set two questions against each other: they are answered as a comparison."""
TOGETHER = re.compile("又|则|分别")
"""Words that do so within a sentence; between two questions they only join: 奉贤有几家？松江又有几家？."""
ASKS = re.compile(
    "[?？吗呢么]\\s*$|多少|几[家个件起次条人名场批项支]|什么|怎么|哪|谁|啥|是否|能不能|有没有"
)
LONGEST_STORY = 100
"""Characters from which on a message is a story, and its question the last sentence."""


def split(text: str, reader: Reader) -> tuple[str, ...]:
    """Return the questions of a typed message in order, at most `MOST`; the message itself where it is one question."""
    if len(text) > LONGEST_STORY or AGAINST.search(fold(text)):
        return (text,)
    intro, *pieces = NUMBERED.split(text)
    pieces = [_in_place(piece, intro, reader) for piece in pieces if piece.strip()]
    if pieces and _asks(intro, reader) and not intro.rstrip().endswith((":", "：")):
        pieces.insert(0, intro)  # 请问1. …多少家 2. …多少个
    if len(pieces) < 2:
        pieces = [piece for piece in ENDS.split(text) if piece.strip()]
    if sum(_asks(piece, reader) for piece in pieces) < 2 and TOGETHER.search(fold(text)):
        return (text,)
    parts: list[str] = []
    told = ""
    for piece in (each for whole in pieces for each in _clauses(whole.strip(" ,，、"), reader)):
        asked = JOINED.sub("", piece).strip()
        if _asks(asked, reader):
            parts.append(f"{told}{asked}")
            told = ""
        elif not parts and asked and len(asked) > SHORT:
            told = f"{asked}，"  # what is told before a question belongs to it
    return tuple(parts[:MOST]) if len(parts) > 1 else (text,)


VERB = re.compile(
    "(涉及|处理|处置|受理|解决|挽回|办结|开展|举办|创建|建设|培育|新增|查处|罚款|赔偿|退还|发放|投诉|举报|调处|参加|花|用|赔)(?:了|过)?(?:多少|几)[^,，、]*$"
)
BARE = re.compile("(?:多少|几)[^,，、]{0,4}$")
"""What asks for how much behind a verb, and what does so without one."""
LISTED = 3
"""Clauses between commas from which on they are a list of questions; two may be set against each other."""
AND_THAT = re.compile("呢[?？]?$")
"""How a clause ends that asks the same of another place: 奉贤有多少，松江呢."""
SHORT = 4
"""Characters of a greeting or thanks, which belong to no question."""


def _in_place(piece: str, intro: str, reader: Reader) -> str:
    """Return a numbered question with the place that what stands before the first one names, where it names none itself."""
    places = reader.analyzer.known_places(fold(intro))
    if not places or reader.analyzer.places(fold(piece)):
        return piece
    return intro[places[0].start : places[0].end] + piece


def _asks(text: str, reader: Reader) -> bool:
    if not re.search(f"[{CJK}a-zA-Z]", text):
        return False
    kinds = reader.lexicon.kinds.find(fold(text))
    return bool(kinds or ASKS.search(text))


def _clauses(text: str, reader: Reader) -> list[str]:
    """Return the questions between commas where each asks by itself and brings a matter of its own; else the text."""
    clauses = [clause.strip() for clause in COMMAS.split(text) if clause.strip()]
    for number in range(1, len(clauses)):
        verb = VERB.search(clauses[number - 1])
        if verb and BARE.match(clauses[number]):  # 涉及多少人、多少钱
            clauses[number] = verb[1] + clauses[number]
    if len(clauses) < 2 or detect(text) is Writing.ENGLISH:
        return [text]
    if any(JOINED.match(clause) for clause in clauses[1:]):
        bare = [JOINED.sub("", clause) for clause in clauses]
        return bare if all(_asks(clause, reader) for clause in bare) else [text]
    if len(clauses) < LISTED:
        first, second = map(reader.read, clauses)
        return clauses if _apart(first, second) else [text]
    if not _asks(clauses[0], reader) and sum(_asks(c, reader) for c in clauses) > 1:
        opening = clauses[0] if _opens(clauses[0]) else ""
        clauses = [opening + clause for clause in clauses[1:]]  # 首批那84家 is asked about in each
    read = [reader.read(clause) for clause in clauses]
    whole = reader.read(text)
    if comparing.compares(whole, reader) or not all(map(_stands_alone, read)):
        return [text]
    return clauses


def _apart(first: Question, second: Question) -> bool:
    """Whether two clauses ask two things of two places, rather than one that is compared: what they ask has no word in common."""
    if first.places == second.places or not second.places or "comparison" in second.kinds:
        return False
    if AND_THAT.search(second.plain) and not set(second.kinds) - {"yesno"}:
        return _stands_alone(first)
    return (
        _stands_alone(first)
        and _stands_alone(second)
        and not set(first.content) & set(second.content)
    )


def _opens(clause: str) -> bool:
    return not re.search("想问|请问|请教|问题|件事|你好|您好", clause)


def _stands_alone(question: Question) -> bool:
    """Whether a clause asks for a figure or the like of something that it names."""
    return bool(set(question.kinds) - {"comparison", "yesno"}) and bool(
        question.content or question.places
    )
