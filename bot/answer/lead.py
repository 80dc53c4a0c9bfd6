"""The short answer: the clause with what was asked for, and before it what says whose it is, of what and since when.

Always one slice of a sentence, from the beginning of a clause to the end of one, or of one item of a list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.analysis.chars import fold
from bot.analysis.sentences import clauses
from bot.answer import detect, forms
from bot.answer.candidate import Candidate
from bot.article import PROVISION
from bot.question.question import Question

CLOSE = 1.6
"""How many spreads below the best clause a second one of its sentence may stand and still be shown with it. On the
first, third and fifth tuning sets a lead holds what was asked for in .833 of cases with .9, in .846 with this."""
LONGEST = 80
"""Characters of two clauses together."""
ROOM = 48
"""Characters up to which neighbouring clauses are shown with the best one."""
SCOPED = 110
"""Characters up to which what bounds a figure is shown with it."""

PART = re.compile("(?:中|里|之中|当中|以来|期间)$")
"""How a clause ends of which the next one tells a part."""
SINCE = re.compile(
    "^(?:截至|截止|自|从[^,。]{0,12}(?:至今|起|以来)|今年|去年|[0-9]{4}年|[0-9]{1,2}月(?![0-9])|[^,。]{0,8}(?:[0-9一二两三四五六七八九十]+(?:年|个月)(?:多|间)?来)$)"
)
"""How a clause begins that says when, or since when, the figures behind it count."""
COUNTING = re.compile(
    "共|已经?|累计|达到?|占|并|也|为|新增|涉及|其中|均|还|总计|合计|日均|同比|比|又|受理|处[理置]|解决|办结|建设|创建|开展|完成|有|约|近|超过?|余"
)
"""Words around a figure that do not say what it counts."""
DAYS = re.compile("[0-9]{1,2}月[0-9]{1,2}日")
PREFACE = re.compile(
    "^(?:[^,。]{0,12}(?:记者|笔者)[^,。]{0,6}(?:了解到|获悉|注意到)|据[^,。]{0,8}|结果显示|至此|此外|同时|另外|目前)$"
)
"""Clauses that only lead in; nothing begins with one."""
TELLS = re.compile("即|也就是|就是|分别[是为]|包括|一是")
"""How a clause begins that tells what the one before it names."""
ITEMS = re.compile("一是|第一|首先|[(]一[)]")
"""How the first of several points begins."""
SEVERAL = re.compile("[几两二三四五六七八九十0-9]+(?:大|个|条)?(?:[点条项]|方面)")
"""How several points are asked for: 三点共识是什么."""
ENUMERATED = 220
"""Characters up to which all points are told where they are asked for."""
DATELINE = re.compile(
    "^(?:[^，。（(]{0,24}[讯电道][（(][^）)]{0,24}[）)]|(?:本报|本网|本刊|本台)?讯[ \u3000]+)"
)
LEAF = re.compile(f"{PROVISION.pattern} ")
"""The number of a 条, which the source line gives."""
REPORTER = re.compile("记者|作者|谁写|采写")
"""Words that ask who wrote an article; its dateline says so."""
FIGURE = re.compile(
    "[0-9][0-9.,]*[余多]?[万亿]?[余多]?|[一二三四五六七八九十百千万两]+(?=[家个件起次条人名场批项支])"
)
UNIT = re.compile(f"(?:{detect.UNIT}|元|%|人次)")


def of(ranked: Sequence[tuple[float, Candidate, object]], question: Question) -> str:
    """Return the short answer of the best clause; a slice of the sentences around it.

    Args:
        ranked: The clauses, best first, the best with a sentence that may be quoted.
        question: What is asked.
    """
    best = ranked[0][1]
    assert best.sentence is not None
    text = best.paragraph.text
    span = _beside(ranked) if best.asked else _best(text, best.start, best.end, question)
    start, end = widened(text, best.sentence, span, question)
    whole = fold(text[slice(*best.sentence)])
    if _lacks(question, fold(text[start:end])) and not _lacks(question, whole):
        spans = clauses(text, *best.sentence)
        if spans[-1][1] - spans[0][0] <= SCOPED:
            start, end = spans[0][0], spans[-1][1]
        else:
            span = _best(text, *best.sentence, question)
            start, end = widened(text, best.sentence, span, question)
    return text[start:end].strip()


def _lacks(question: Question, told: str) -> bool:
    """Whether a text has nothing of the form that is asked for: of 第几批 no 第二批."""
    named = all(name in told for name in question.names)
    return not named or forms.lacks(question.kinds, question.plain, told)


def alone(candidate: Candidate, question: Question, span: tuple[int, int] | None = None) -> str:
    """Return the short answer that one clause, or a span of it, gives without its neighbours."""
    assert candidate.sentence is not None
    text = candidate.paragraph.text
    if span is None:
        span = candidate.start, candidate.end
        span = span if candidate.asked else _best(text, *span, question)
    return text[slice(*widened(text, candidate.sentence, span, question))]


def holding(candidate: Candidate, question: Question, span: tuple[int, int]) -> str:
    """Return the short answer of a span that was looked up: its whole sentence where only that has what is asked for."""
    assert candidate.sentence is not None
    short, whole = (
        alone(candidate, question, span),
        candidate.paragraph.text[slice(*candidate.sentence)],
    )
    if _lacks(question, fold(short)) and not _lacks(question, fold(whole)):
        return alone(candidate, question, candidate.sentence)
    return short


def widened(
    text: str, sentence: tuple[int, int], span: tuple[int, int], question: Question
) -> tuple[int, int]:
    """Return a span of a sentence, widened to whole clauses and to what bounds them.

    Before it stands what it is a part of (第二批155家…中), since when it counts (截至…), its subject, and the place that
    the question names, as far as `SCOPED` allows.
    """
    spans = clauses(text, *sentence)
    touched = [n for n, (start, end) in enumerate(spans) if start < span[1] and span[0] < end]
    if not touched:
        return span
    first, last = touched[0], touched[-1]
    end = _item_end(text, span[1], spans[last][1])
    if end == spans[last][1]:
        while last + 1 < len(spans) and _announces(text, spans[last], spans[last + 1]):
            last += 1
            end = spans[last][1]
        while (
            forms.term(question.plain)
            and last + 1 < len(spans)
            and spans[last + 1][1] - spans[first][0] <= SCOPED
        ):
            last += 1
            end = spans[last][1]
        listed = "list" in question.kinds or SEVERAL.search(question.plain)
        points = ITEMS.match(fold(text[slice(*spans[last])]).strip())
        if points and listed and spans[-1][1] - spans[first][0] <= ENUMERATED:
            last, end = len(spans) - 1, spans[-1][1]

    def size(at: int) -> int:
        return end - spans[at][0]

    def part(at: int) -> bool:
        """Whether a clause is told as a part of the one before it, or counts what only that one names."""
        clause, before = fold(text[slice(*spans[at])]), fold(text[slice(*spans[at - 1])])
        if PART.search(before) or clause.startswith(("其中", "以及")):
            return size(at - 1) <= SCOPED
        return size(at - 1) <= LONGEST and _counts_nothing(clause)

    def place_missing(at: int) -> bool:
        told, before = fold(text[spans[at][0] : end]), fold(text[slice(*spans[at - 1])])
        return size(at - 1) <= LONGEST and any(
            name not in told and name in before for name in question.named
        )

    while first:
        of_it = _told(text, spans[first]).startswith("其中")  # also of what a semicolon closes
        if "；" in text[spans[first - 1][1] : spans[first][0]] and not of_it:
            break
        if not (part(first) or place_missing(first)):
            break
        first -= 1
    if FIGURE.search(fold(text[spans[first][0] : end])):
        since = [n for n in range(first) if SINCE.match(_told(text, spans[n]))]
        first = next((n for n in since if size(n) <= SCOPED), first)
    if question.times:  # the day that is asked about is told with what happened then
        told = fold(text[spans[first][0] : end])
        days = (n for n in range(first) if DAYS.search(_told(text, spans[n])))
        if not DAYS.search(told):
            first = next((n for n in days if size(n) <= SCOPED), first)
    while first < touched[0] and PREFACE.match(_told(text, spans[first])):
        first += 1
    start = spans[first][0]
    dateline = DATELINE.match(text[start:end]) or LEAF.match(text[start:end])
    asked = REPORTER.search(question.plain) and span[0] < start + (
        dateline.end() if dateline else 0
    )
    if dateline and span[1] > start + dateline.end() and not asked:
        start += dateline.end()
    elif dateline and REPORTER.search(question.plain) and not {"where", "date"} & {*question.kinds}:
        end = start + dateline.end()
    return start + len(text[start:end]) - len(text[start:end].lstrip()), end


def borders(text: str, start: int, end: int) -> tuple[frozenset[int], frozenset[int]]:
    """Return where a short answer out of `text[start:end]`, whole sentences, may begin, and where it may end."""
    spans = clauses(text, start, end)
    dateline = DATELINE.match(text[start:end]) or LEAF.match(text[start:end])
    starts = [start, *(a + _indent(text[a:b]) for a, b in spans)]
    items = (at for at in range(start, end) if text[at] == "、")
    if dateline:
        starts.append(start + dateline.end())
    return frozenset(starts), frozenset([end, *(b for _, b in spans), *items])


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _announces(text: str, span: tuple[int, int], following: tuple[int, int]) -> bool:
    """Whether what a clause names is told by the next one: 做到“五个及时”，即…."""
    between = text[span[1] : following[0]]
    return "：" in between or bool(TELLS.match(fold(text[slice(*following)]).strip()))


def _told(text: str, span: tuple[int, int]) -> str:
    """Return what a clause tells, folded, without a dateline."""
    return fold(DATELINE.sub("", text[slice(*span)]).strip())


def _counts_nothing(clause: str) -> bool:
    """Whether a folded clause has a figure and does not say what it counts: 累计建设56个."""
    if not FIGURE.search(clause):
        return False
    left = UNIT.sub("", FIGURE.sub("", clause))
    return len(COUNTING.sub("", left)) < 2


def _item_end(text: str, at: int, end: int) -> int:
    """Return where the item of a list ends that `at` lies in, if it counts something as the others do; else `end`."""
    stop = text.find("、", max(at - 1, 0), end)
    counted = stop >= at and FIGURE.match(fold(text[stop + 1 : end]))
    return stop if counted else end


def _best(text: str, start: int, end: int, question: Question) -> tuple[int, int]:
    """Return the clauses of a sentence that have what was asked for: the best one, and those beside it with room."""
    spans = clauses(text, start, end)
    if not spans:
        return start, end

    def worth(span: tuple[int, int]) -> tuple[float, float]:
        clause = fold(text[slice(*span)])
        formed = max(
            (fits for _, fits in forms.slots(question.kinds, question.plain, clause)), default=0.0
        )
        held = sum(word in clause for word in question.content)
        named = sum(name in clause for name in question.names)
        return formed + named, held / max(len(question.content), 1)

    worths = [worth(span) for span in spans]
    first = last = max(range(len(spans)), key=lambda number: worths[number])
    # Of two clauses that may be the one asked for, and hold as much of the question, both are told.
    equal = [n for n, each in enumerate(worths) if each[0] > 0 and each == worths[first]]
    if equal and spans[equal[-1]][1] - spans[equal[0]][0] <= SCOPED:
        first, last = equal[0], equal[-1]
    while True:
        wider = [(first - 1, last)] if first else []
        wider += [(first, last + 1)] if last + 1 < len(spans) else []
        fitting = [(a, b) for a, b in wider if spans[b][1] - spans[a][0] <= ROOM]
        if not fitting:
            return spans[first][0], spans[last][1]
        first, last = fitting[0]


def _beside(ranked: Sequence[tuple[float, Candidate, object]]) -> tuple[int, int]:
    """Return the best clause, up to a second one of the same sentence where that answers nearly as well.

    People ask for two things at once (几场，多少人), and which of two neighbouring clauses is meant is often open.
    """
    score, best, _ = ranked[0]
    for other_score, other, _ in ranked[1:]:
        if other_score < score - CLOSE:
            break
        if other.paragraph.id != best.paragraph.id or other.sentence != best.sentence:
            continue
        start, end = min(best.start, other.start), max(best.end, other.end)
        if end - start <= LONGEST:
            return start, end
    return best.start, best.end
