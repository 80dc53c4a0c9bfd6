"""The two sides of a comparison, each as a question of its own: 静安寺和奉贤谁的联络站多 asks 静安寺…多少 and 奉贤…多少.

Pure. Ways to set two things side by side, in the order in which they are looked for:

    two questions     海曙靠谁调解,松江又靠谁宣传
    before or after   海曙的课堂是在奉贤的集市之前还是之后
    two names         two places, two years, or two words that exclude each other (五星, 四星): a side is the question
                      without the other's name; two nouns where each has a place and a matter of its own
    two nouns         优惠券和抵用券哪个多, 优惠券多还是抵用券多
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.analysis.chars import fold
from bot.analysis.lexicon import Place
from bot.analysis.phrases import Found
from bot.question.comparing import COMPARED, NOTHING, cleared, filled, side_of
from bot.question.question import YEAR, Question, Reader
from bot.question.writing import Writing

CLAUSE = re.compile("[,，;；?？!！。]+")
QUESTION_END = re.compile(f"{CLAUSE.pattern}|、")
JOINTS = {
    Writing.ENGLISH: (" or ", " and ", " vs ", " versus ", " than ", " with "),
    Writing.HANS: ("还是", "和", "跟", "与", "同", "以及", "及", "比", "对"),
}
ALSO = re.compile("又|各(?![街镇个类种项级地方区部位行界家联消基])|则|分别|一个.+一个")
MANY, BETWEEN_NAMES = 3, "、,，和跟与同及以 "
"""Places from which on each is asked for by itself, and what may stand between their names."""
LONGEST = 60
"""Characters from which on a question is a story: its 又 and 和 set nothing side by side."""
BEFORE_OR_AFTER = re.compile("(.+?)是?在(.+?)之前还是之后")
EACH = re.compile("一个(.+?)[,，]?一个(.+)")
NOUN_ENDS = re.compile(
    f"[{COMPARED}各都谁哪几有占]|多少|什么|怎么|为什么|分别|两个|二者|两者|一个(?=.*一个)"
)
BESIDE_NAME = frozenset("和跟与同及比、")
ADJECTIVE = re.compile("(?:更|的|比较)?[多少高低大早晚先后](?:一些|一点|点|些)?$")
WHEN, HOW_MANY, OR = "什么时候", "多少", "还是"


@dataclass(frozen=True, slots=True)
class Sides:
    """Two sides.

    Args:
        questions: Both, each as a question of its own.
        names: What to call each in a refusal.
        alike: Whether both ask for the same thing of two places, years or kinds.
    """

    questions: tuple[Question, Question]
    names: tuple[str, str]
    alike: bool


def split(question: Question, reader: Reader) -> Sides | None:
    """Return the sides of a question, or None where it has but one."""
    wording = fold(question.text) if question.writing is Writing.ENGLISH else question.plain
    text, asked = cleared(wording, reader)
    signed = bool(asked) or "comparison" in question.kinds or bool(ALSO.search(text))
    if len(text) > LONGEST and question.writing is not Writing.ENGLISH and not asked:
        return _two_names(False, question, reader)
    nouns = _two_nouns(text, asked, signed, question, reader)
    if nouns is not None and _apart(nouns, reader):
        return _two_questions(text, question, reader) or nouns
    return (
        _two_questions(text, question, reader)
        or _before_or_after(wording, question, reader)
        or _two_names(signed, question, reader)
        or nouns
    )


def places_of(question: Question, reader: Reader) -> tuple[Place, ...]:
    """Return the places that a question sets side by side: those that hold none of the others."""
    lexicon = reader.lexicon
    wider = {name for place in question.places for name in lexicon.ancestors(place)[1:]}
    return tuple(place for place in question.places if place.name not in wider)


def each_place(question: Question, reader: Reader) -> tuple[str, ...]:
    """Return a question of three places or more as one for each: 静安寺、奉贤、海曙各有多少; empty for another."""
    wanted = {place.name for place in places_of(question, reader)}
    found = [f for f in reader.analyzer.places(question.plain) if f.value.name in wanted]
    if len(wanted) < MANY or len(found) != len(wanted) or question.writing is Writing.ENGLISH:
        return ()
    plain = question.plain
    between = (plain[a.end : b.start] for a, b in itertools.pairwise(found))
    if any(gap.strip(BETWEEN_NAMES) for gap in between):
        return ()
    before, behind = plain[: found[0].start], plain[found[-1].end :]
    return tuple(before + plain[f.start : f.end] + behind for f in found)


def _pair(
    wordings: Sequence[str],
    names: Sequence[str],
    question: Question,
    reader: Reader,
    alike: bool = False,
) -> Sides | None:
    """Return the sides, if both are about something."""
    first, second = (side_of(wording, question, reader) for wording in wordings)
    if not all(side.content or side.places for side in (first, second)):
        return None
    return Sides((first, second), (names[0].strip(), names[1].strip()), alike)


def _two_questions(text: str, question: Question, reader: Reader) -> Sides | None:
    """Two clauses, each asking something of a matter of its own."""
    clauses = [clause for clause in QUESTION_END.split(text) if clause.strip(COMPARED + " ")]
    if question.writing is Writing.ENGLISH and len(clauses) < 2:
        clauses = text.split(" and ")
    read = [side_of(clause, question, reader) for clause in clauses]
    asking = [
        at
        for at, side in enumerate(read)
        if set(side.kinds) - {"comparison"} or (side.content and ALSO.search(clauses[at]))
    ]
    if len(asking) < 2:
        return None
    a, b = asking[:2]
    places = [places_of(read[at], reader) for at in (a, b)]
    apart = all(places) and places[0] != places[1]
    own = read[a].content and read[b].content and not set(read[a].content) & set(read[b].content)
    if not apart and not (own and ALSO.search(clauses[b])):
        return None
    opening = "".join(c for c, side in zip(clauses[:a], read[:a], strict=True) if not side.places)
    wordings = [(opening + clauses[at]).replace(COMPARED, "") for at in (a, b)]
    return _pair(wordings, [clauses[a], clauses[b]], question, reader)


def _two_names(signed: bool, question: Question, reader: Reader) -> Sides | None:
    """Two places, years, or words that exclude each other: a side is the question without the other's name.

    Years and such words stand side by side in other questions too: 四星的怎么升五星.
    """
    text, asked = cleared(question.plain, reader)  # names are looked for in Mandarin
    for names in (
        _place_names(question, reader, text),
        _named_years(text) if signed else [],
        _contrasts(text, reader) if signed else [],
    ):
        if len({value for _, _, value in names}) < 2:
            continue
        first, second = names[0], next(each for each in names if each.value != names[0].value)
        wordings = [
            filled(_without(text, [n for n in names if n.value == other.value]), asked)
            for other in (second, first)
        ]
        called = [text[each.start : each.end] for each in (first, second)]
        sides = [reader.analyse(question.text, w, question.writing) for w in wordings]
        return Sides((sides[0], sides[1]), (called[0], called[1]), alike=True)
    return None


def _place_names(question: Question, reader: Reader, text: str) -> list[Found[str]]:
    wanted = {place.name for place in places_of(question, reader)}
    return [
        Found(found.start, found.end, found.value.name)
        for found in reader.analyzer.places(text)
        if found.value.name in wanted
    ]


def _named_years(text: str) -> list[Found[str]]:
    return [
        Found(match.start(), match.end() + text.startswith("年", match.end()), match.group())
        for match in YEAR.finditer(text)
    ]


def _contrasts(text: str, reader: Reader) -> list[Found[str]]:
    """Return the words of the first group of which a text has two members."""
    found = reader.lexicon.contrasts.find(text)
    for group in dict.fromkeys(each.value[0] for each in found):
        named = [Found(f.start, f.end, f.value[1]) for f in found if f.value[0] == group]
        if len({each.value for each in named}) > 1:
            return named
    return []


def _without(text: str, spans: Sequence[Found[str]]) -> str:
    """Return a text without some names, and without the 和 or 跟 that joins each to another."""
    for span in reversed(spans):
        before, behind = text[: span.start], text[span.end :]
        if behind[:1] in BESIDE_NAME:
            behind = behind[1:]
        if before[-1:] in BESIDE_NAME:
            before = before[:-1]
        text = before + behind
    return text


def _apart(sides: Sides, reader: Reader) -> bool:
    """Whether both sides name a place of their own, and each what is asked of it."""
    named = [reader.analyse(name, fold(name)) for name in sides.names]
    matters = [any(len(word) > 1 or word.isascii() for word in side.content) for side in named]
    places = [places_of(side, reader) for side in named]
    return all(matters) and all(places) and places[0] != places[1]


def _before_or_after(text: str, question: Question, reader: Reader) -> Sides | None:
    match = BEFORE_OR_AFTER.search(text)
    if match is None:
        return None
    names = (match.group(1), match.group(2))
    return _pair([name + WHEN for name in names], names, question, reader)


def _two_nouns(
    text: str, asked: str, signed: bool, question: Question, reader: Reader
) -> Sides | None:
    """Two nouns beside a joint, with what stands before and behind them said of both."""
    clauses = CLAUSE.split(text)
    for at, clause in enumerate(clauses):
        for joint, end in _joints(clause, question, reader):
            left, right = clause[:joint], clause[end:]
            begin = at
            if not left.strip():  # 挽回的钱多,还是调处的钱多
                if not at:
                    continue
                begin, left = at - 1, clauses[at - 1]
            if not signed and not (clause[joint:end] == OR and ADJECTIVE.search(left)):
                continue
            stop = NOUN_ENDS.search(right)
            noun, rest = (right[: stop.start()], right[stop.start() :]) if stop else (right, "")
            word = asked
            if ADJECTIVE.search(left) and asked in ("", NOTHING):  # 单位多还是店多
                early = any(c in left[-3:] + right[-3:] for c in "早晚先后")
                word = WHEN if early else HOW_MANY
            left, noun = ADJECTIVE.sub("", left), ADJECTIVE.sub("", noun)
            before, behind = "".join(clauses[:begin]), rest + "".join(clauses[at + 1 :])
            each = EACH.search(behind)
            tails = each.groups() if each else (behind, behind)
            sides = _pair(
                [
                    filled(f"{before}{n}{tail}", word)
                    for n, tail in zip((left, noun), tails, strict=True)
                ],
                [left, noun],
                question,
                reader,
            )
            if sides and all(_topical(name, question, reader) for name in (left, noun)):
                return sides
    return None


def _topical(text: str, question: Question, reader: Reader) -> bool:
    return bool(side_of(text, question, reader).content)


def _joints(clause: str, question: Question, reader: Reader) -> Iterator[tuple[int, int]]:
    """Yield where the words that join two nouns stand in a clause; a joint inside a word is none."""
    if question.writing is Writing.ENGLISH:
        for joint in JOINTS[Writing.ENGLISH]:
            if joint in clause:
                yield clause.index(joint), clause.index(joint) + len(joint)
        return
    words = list(reader.analyzer.tokenizer.words(clause, guess=False))
    for joint in JOINTS[Writing.HANS]:
        for token in words:
            if token.term == joint:
                yield token.start, token.end
