"""Whether the figure that a yes-or-no question tries is the one that the articles state: 是313家吗, 有两万家吗."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.analysis.chars import fold
from bot.analysis.numerals import number
from bot.answer import detect
from bot.answer.answer import Verdict
from bot.question.question import Question

FIGURE = re.compile(
    rf"(?P<number>[0-9][0-9,.]*|[零一二三四五六七八九十百千两]+)(?P<vague>[余多])?(?P<scale>[万亿]*)(?P<more>[余多])?(?P<unit>人次|{detect.UNIT}|元|块|%|年|天)"
)
ALIKE = {"块": "元", "个": "家", "件": "起"}
"""Units that people use for each other."""
WHETHER = frozenset(["yesno", "comparison"])
"""Kinds of answer of a question that asks whether."""
YEAR = 4
"""Digits of a year."""
ORDINAL = re.compile("[第哪几这那每前]$")
"""What makes a number behind it none that is tried: 第二批, 哪一年."""
ASKING = re.compile("多少|几(?![十百千万])|什么|啥|谁|哪|怎么|如何|为何|为啥")
"""Question words."""
ASSERTS = re.compile("吗|吧|是不是|对不对|没错")
DAY = re.compile("(?:[0-9]{4}年)?[0-9]{1,2}月(?:[0-9]{1,2}[日号])?(?=[^0-9,。]{0,8}的[吗吧])")
"""A day that a question tries: 是2020年5月10日推行的吗."""
WHERE = re.compile(
    "(建|设|开|办|位|坐落|落户|放)(?:于|在)(?:了)?[^,。?吗]{2,8}?(?:里|的)?(?=吗|吧)"
)
"""A place that a question tries: 是建在青溪老街的吗."""
DATED = re.compile("[0-9]{1,2}月")
"""What makes a year a part of a day."""
CLAUSE = re.compile("[,，、。;；]")
BOUND = re.compile(
    r"(?P<verb>超过|突破|达到|不到|不足|过|破|够|了)(?P<number>(?:[0-9.]+|[一二三四五六七八九十百千两]+)个?[百千万亿]+)(?=了?(?:没有?|吗|么|吧|[?？。]|$))"
)
"""A round number that a question tries without a unit: 过一万了没, 才卖了一个亿？."""
TRIES = re.compile("吗|吧|么[?？]?$|是不是|对不对|对吧|没错|[?？]$")


def of(question: Question, lead: str) -> Verdict | None:
    """Return what a short answer says of the only figure that a question tries.

    Of several figures in the same unit the one counts beside which most words of the question stand. None where the question
    tries none or several, or no figure is nearer to its words than the others: then the quote has to do.
    """
    tried = _tried(question)
    if len(tried) != 1:
        return None
    told = fold(lead)
    figures = list(FIGURE.finditer(told))
    unit = _unit(tried[0])
    counted = [(_named(figure, figures, told, question), figure) for figure in figures]
    counted = [(named, figure) for named, figure in counted if _unit(figure) == unit]
    best = max((named for named, _ in counted), default=(0, 0))
    nearest = [figure for named, figure in counted if named == best]
    if len(nearest) != 1:
        return None
    right = _value(nearest[0]) == _value(tried[0])
    return Verdict(right, lead[slice(*nearest[0].span())], tried[0][0])


def _named(
    figure: re.Match[str], figures: Sequence[re.Match[str]], told: str, question: Question
) -> tuple[int, int]:
    """Return how many characters of a question's words stand in a figure's clause, and between it and the one before."""
    words = [word for word in question.content if not FIGURE.match(f"{word}家")]
    number = figures.index(figure)
    before = figures[number - 1].end() if number else 0
    opens = max((m.end() for m in CLAUSE.finditer(told, 0, figure.start())), default=0)
    behind = CLAUSE.search(told, figure.end())
    clause = told[opens : behind.start() if behind else len(told)]
    between = told[before : figure.start()]
    held, near = ("".join(w for w in words if w in text) for text in (clause, between))
    return len(held), len(near)


def asked(question: Question) -> str:
    """Return the wording of a yes-or-no question that asks for the figures which it tries; "" for another question.

    是313家吗 is asked as 是多少家吗: the sentence that states another figure is its answer as well.
    """
    wording = question.plain
    whether = set(question.kinds) <= WHETHER | {"date"} and ASSERTS.search(wording)
    if whether and DAY.search(wording):
        return DAY.sub("什么时候", wording, count=1)
    if whether and WHERE.search(wording):
        return WHERE.sub(r"\1在哪里", wording, count=1)
    for match in reversed(_tried(question)):
        unit = match["unit"]
        named = unit == "年" and len(match["number"]) == YEAR
        word = "哪年" if named else "多少" if unit == "%" else f"多少{unit}"
        wording = wording[: match.start()] + word + wording[match.end() :]
    bound = BOUND.search(wording)
    if bound and set(question.kinds) <= WHETHER:
        verb = bound["verb"] if bound["verb"] == "了" else "有"
        wording = f"{wording[: bound.start()]}{verb}多少{wording[bound.end() :]}"
    return wording if wording != question.plain else ""


def _tried(question: Question) -> list[re.Match[str]]:
    """Return the figures that a yes-or-no question tries; none of a question that asks for something."""
    if not TRIES.search(question.plain) or not (
        set(question.kinds) <= WHETHER or _asserts(question)
    ):
        return []
    if "还是" in question.plain:
        return []
    plain = question.plain
    found = [m for m in FIGURE.finditer(plain) if not ORDINAL.search(plain, 0, m.start())]
    last = plain.rstrip("?？。").rfind(",")  # 建20间书房的馆长，请问贵姓？ tries nothing
    return [
        m
        for m in found
        if m["number"] != "一"
        and not DATED.match(plain, m.end())
        and "是" not in plain[m.end() :]
        and m.start() > last
    ]


def _asserts(question: Question) -> bool:
    """Whether a question says what it tries and asks for nothing: 总数是289家吗, though 总数 sounds like a question."""
    plain = question.plain
    return bool(ASSERTS.search(plain)) and not ASKING.search(plain)


def _unit(match: re.Match[str]) -> str:
    return ALIKE.get(match["unit"], match["unit"])


def _value(match: re.Match[str]) -> float:
    """Return the number that a figure states, without what is vague in it."""
    value = number(match["number"])
    for char in match["scale"]:
        value *= 10_000 if char == "万" else 100_000_000
    return value
