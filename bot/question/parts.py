"""Several questions in one message, taken apart: each is asked by itself, and may lean on the one before it.

静安寺有多少家无理由退货单位？另外奉贤有多少？松江办了几次论坛？   three
1. 静安寺无理由退货多少家 2. 海曙联络站多少个                     two
静安寺和奉贤哪个多？                                            one: its sides are set against each other
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from bot.analysis.chars import CJK, fold
from bot.question import comparing, sides, trouble
from bot.question.followup import TOTAL
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
    "^(?:另外|[还還]有|再[问問者]?|[顺順]便[问問]?|此外|然[后後]|以及|[并並]且|[还還]想[问問]|也想[问問]|[请請][问問]|想[问問]|and|also)+[,，:：]?\\s*"
)
BEFORE_JOINED = re.compile(
    "(?<=[多少几家个件起次条人名场批项支吗呢么嗎麼啊呀哪谁誰天年月镇鎮区區条條幾個場批項張])[,，]?(?=(?:[还還]有|另外|以及|[顺順]便|再[问問])[^有])"
)
"""Where a second question begins without a comma: 满意率多少啊还有追回来多少钱."""
ENGLISH_AND = re.compile(
    r"[,;]?\s+and\s+(?=(?:also\s+)?(?:how (?:many|much|long)|what|when|where|which|who)\b)",
    re.IGNORECASE,
)
"""Where a second question begins in English."""
AGAINST = re.compile("相比|比较|区别|不同|一样|差多少|谁更|哪个更|[,，]比")
"""Words that set two questions against each other: they are answered as a comparison."""
NOT_ASKED = re.compile(
    "^我?(?:(?:不是|并非|不|没)(?:要|想|在)?(?:问|说|指)|(?:而)?不是(?!.*[吗?？])|不[算含]|不包括|别算)"
)
"""How it is told what is not asked: 不是问办了几场."""
TOGETHER = re.compile("则|分别")
"""Words that do so within a sentence; between two questions they only join: 奉贤有几家？松江则有几家？."""
ASKS = re.compile(
    "[?？吗呢么]\\s*$|多少|几[家个件起次条人名场批项支]|什么|怎么|哪|谁|啥|是否|能不能|有没有|多[大长高宽重远久]"
)
LONGEST_STORY, LONGEST_ENGLISH = 100, 240
"""Characters from which on a message is a story, and its question the last sentence; in English."""


def split(text: str, reader: Reader) -> tuple[str, ...]:
    """Return the questions of a typed message in order, at most `MOST`; the message itself where it is one question."""
    longest = LONGEST_ENGLISH if detect(text) is Writing.ENGLISH else LONGEST_STORY
    if len(text) > longest or AGAINST.search(fold(text)):
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
    told = beside = ""
    for piece in (each for whole in pieces for each in _clauses(whole.strip(" ,，、"), reader)):
        asked = JOINED.sub("", piece).strip()
        if NOT_ASKED.match(fold(asked)):
            continue
        if _asks(asked, reader):
            parts.append(f"{told}{asked}")
            told = ""
        elif not parts and asked and len(asked) > SHORT:
            told = f"{asked}，"  # what is told before a question belongs to it
        else:
            beside += asked
    if len(parts) < 2:
        return (text,)
    if not any(reader.analyzer.places(fold(part)) for part in parts):
        parts = [_in_place(part, beside, reader) for part in parts]  # …（都要海曙的）
    return tuple(parts[:MOST])


VERB = re.compile(
    "(涉及|处理|处置|受理|解决|挽回|办结|开展|举办|创建|建设|培育|新增|查处|罚款|赔偿|退还|发放|投诉|举报|调处|参加|花|用|赔)(?:了|过)?(?:多少|几)[^,，、]*$"
)
BARE = re.compile("(?:多少|几)[^,，、]{0,4}$")
"""What asks for how much behind a verb, and what does so without one."""
FACTS = frozenset(
    ["count", "money", "percent", "date", "duration", "list", "where", "who", "name", "definition"]
)
"""Kinds of answer of which several may be asked for in one sentence; how and why are asked of all that it says."""
AND_THAT = re.compile("呢[?？]?$")
"""How a clause ends that asks the same of another place: 奉贤有多少，松江呢."""
SOME = re.compile("(?:[这那十百千没好过前后近]|(?<=把))几[个家件起次条人名场批项支张位款处篇]?")
"""What is no question: 那几个基地, 五十几家."""
LIST_THEM = re.compile("^(?:请|麻烦|帮我|给我)?(?:列|报|说|讲|写|数)(?:一下|个|出|给|全|齐)")
"""How it is asked that what was asked for be told in full."""
INTRO = re.compile("[一二两三四五六几0-9]个?(?:数|数字|数据|问题|事|事情|方面)$|件事$")
"""How a list of questions is announced: 要三个数."""
OF_EACH = re.compile("各[是有]?[几多]")
"""What is asked of all that was named before: 都是些什么单位，各几家."""
WHICH = re.compile("哪一?[个条家些篇座处项位间所]")
AGAIN = "又"
"""What sets a second place beside the first: 静安寺靠什么，海曙又靠什么."""
SHORT = 4
"""Characters of a greeting or thanks, which belong to no question."""


def is_sentence(text: str) -> bool:
    """Whether a message is one sentence, whose questions stand between commas or spaces."""
    return len([piece for piece in ENDS.split(text) if piece.strip()]) < 2 and not NUMBERED.search(
        text
    )


def _in_place(piece: str, intro: str, reader: Reader) -> str:
    """Return a numbered question with the place that what stands before the first one names, where it names none itself."""
    places = reader.analyzer.known_places(fold(intro))
    if not places or reader.analyzer.places(fold(piece)):
        return piece
    return intro[places[0].start : places[0].end] + piece


def _asks(text: str, reader: Reader) -> bool:
    text = SOME.sub("", fold(text))
    if INTRO.search(text) or not re.search(f"[{CJK}a-zA-Z]", text):
        return False
    kinds = reader.lexicon.kinds.find(text)
    return bool(kinds or ASKS.search(text))


def _clauses(text: str, reader: Reader) -> list[str]:
    """Return the questions between commas, spaces or joining words where each asks for something; else the text."""
    if detect(text) is Writing.ENGLISH:
        pieces = ENGLISH_AND.split(text)
        each = len(pieces) > 1 and all(_asks(piece, reader) for piece in pieces)
        return pieces if each and not sides.split(reader.read(text), reader) else [text]
    clauses = _cut(text, reader)
    for number in range(1, len(clauses)):
        verb = VERB.search(clauses[number - 1])
        if verb and BARE.match(clauses[number]):  # 涉及多少人、多少钱
            clauses[number] = verb[1] + clauses[number]
    first = next((n for n, clause in enumerate(clauses) if _asks(clause, reader)), len(clauses))
    told, clauses = clauses[:first], clauses[first:]
    while clauses and _adds_nothing(clauses[-1], reader):
        clauses.pop()
    read = [reader.read(clause) for clause in clauses]
    whole = reader.read(text)
    story = len(told) > 1 and "我" in text and not INTRO.search(fold(told[-1]))
    if len(clauses) < 2 or story or not _each_asks(read) or trouble.need(whole).kinds:
        return [text]
    against = len(read) == 2 and (
        (sides.split(whole, reader) and not _apart(*read))
        or (AGAIN in read[1].plain and read[0].places and read[1].places)
        or OF_EACH.search(read[1].plain)
    )
    weighed = [whole] if len(read) == 2 else read  # 跟谁合办 sets nothing against anything
    if against or any(comparing.compares(one, reader) for one in weighed):
        return [text]
    opening = told[-1] if told and _opens(told[-1]) else ""  # 首批那84家 is asked about in each
    return [opening + clause for clause in clauses]


def _adds_nothing(clause: str, reader: Reader) -> bool:
    """Whether a last clause is thanks, or asks for what was asked for in full: 谢谢, 列一下名字."""
    thanks = len(clause) <= SHORT and not _asks(clause, reader)
    return thanks or LIST_THEM.match(fold(clause)) is not None


def _cut(text: str, reader: Reader) -> list[str]:
    """Return a text cut at commas, before words that join a question, and at spaces where all that stands between them asks."""
    clauses = [clause.strip() for clause in COMMAS.split(BEFORE_JOINED.sub(",", text))]
    clauses = [bare for clause in clauses if (bare := JOINED.sub("", clause).strip())]
    spaced = [piece for clause in clauses for piece in clause.split()]
    return spaced if all(_asks(piece, reader) for piece in spaced) else clauses


def _each_asks(read: Sequence[Question]) -> bool:
    """Whether each clause asks for a figure, a name, a day or the like, the first of something, and the others for something more."""
    if not (_facts(read[0]) and (read[0].content or read[0].places)):
        return False
    for before, clause in itertools.pairwise(read):
        kinds = _facts(clause) | ({"yesno"} & set(clause.kinds))
        named = clause.content or clause.places or clause.elsewhere
        same = AND_THAT.search(clause.plain) and not set(clause.kinds) - {"yesno"}
        more = kinds - _facts(before) or TOTAL.search(clause.plain)
        if not (named and (kinds or same)) and not more:
            return False
    return True


def _facts(question: Question) -> frozenset[str]:
    kinds = FACTS & {"list" if kind == "name" else kind for kind in question.kinds}
    return kinds | ({"list"} if WHICH.search(question.plain) else frozenset[str]())


def _apart(first: Question, second: Question) -> bool:
    """Whether two clauses ask two things of two places, rather than one that is set against another."""
    same = AND_THAT.search(second.plain) and not set(second.kinds) - {"yesno"}
    return bool(same) or not set(first.content) & set(second.content)


def _opens(clause: str) -> bool:
    folded = fold(clause)
    return not (INTRO.search(folded) or re.search("想问|请问|请教|问题|件事|你好|您好|^我", folded))
