"""Looking a provision up by the law's name, or what people call it, and number: 消法55条, 食安法第一百四十八条第二款.

No list of abbreviations: one is made of characters of the name, in their order, and ends as it ends. 消法 is 消费者权益保护法, 电商法
电子商务法, 预付式消费司法解释 最高人民法院关于审理预付式消费民事纠纷案件适用法律若干问题的解释.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.answer.answer import MAX_EXCERPTS, Answer, Excerpt, Reason, Refusal
from bot.answer.focus import Focus
from bot.article import Article, Paragraph
from bot.question.provision import Sought

LONGEST = 30
"""Characters before a number that may name a law."""
OFTEN = 5
"""Times that a statute's text has a word from which people may call it by that: 汽车三包规定."""
LEAD = 110
"""Characters of a 款 up to which it is its own short answer."""
_KIND = re.compile("(?:法典|法|条例|规定|办法|司法解释|解释|细则|规则)$")
_GENERIC = re.compile(
    "(?:本|该|这部|此)?(?:法典|法律|法|条例|规定|办法|司法解释|解释|细则|规则|法规)"
)
"""Names that every statute of a kind has."""
_OUT = re.compile("中华人民共和国|[《》〈〉()（）、，\\s]")
_COURT = re.compile(
    "^(?:最高人民法院|最高人民检察院|、)+关于(?:审理)?|(?:民事)?(?:纠纷)?(?:案件)?适用法律若干问题的(?:解释|规定)(?:[一二三四五])?$"
)
_ITEM = re.compile("[（(]([零一二三四五六七八九十]{1,4})[）)]")


def laws_named(words: str, statutes: Iterable[Article]) -> list[Article]:
    """Return the statutes that the end of some words names, those that it names best; none where it names none.

    Args:
        words: What stands before a number: 根据消法.
        statutes: Every statute.
    """
    told = _OUT.sub("", words)[-LONGEST:]
    known = [(article, _OUT.sub("", article.title or "")) for article in statutes]
    for size in range(len(told), 1, -1):
        name = told[-size:]
        if _GENERIC.fullmatch(name):
            return []
        fitting = [
            (distance, article)
            for article, title in known
            if (distance := _distance(name, title, article)) is not None
        ]
        if fitting:
            least = min(distance for distance, _ in fitting)
            return [article for distance, article in fitting if distance == least]
    return []


def answer(
    sought: Sought, statutes: Sequence[Article], focus: Focus | None
) -> tuple[Answer, Focus] | Refusal | None:
    """Return the provision that is sought, or that its law has none of that number; None where no law is named.

    Args:
        sought: What a question names.
        statutes: Every statute.
        focus: What the conversation is about: its statute is meant where no law is named.
    """
    laws = laws_named(sought.law, statutes)
    other = _KIND.search(sought.law) and not _GENERIC.fullmatch(sought.law)
    if not laws and focus is not None and not other:
        laws = [article for article in statutes if article.id == focus.article_id]
    if not laws:
        return None
    for law in laws:
        found = _clauses(law, sought.name)
        if not found:
            continue
        chosen = found
        if sought.clause is not None:
            chosen = [p for p in found if (v := law.provision(p)) and v.clause == sought.clause]
            if not chosen:
                return Refusal(Reason.NO_PROVISION, _asked(sought), found=law.name)
        excerpts = tuple(Excerpt(law, p, 0, len(p.text)) for p in chosen[:MAX_EXCERPTS])
        lead = _item(excerpts, sought.item) or _lead(excerpts[0])
        focus = Focus(law.id, chosen[0].number, lead, f"{law.name}{sought.name}", ())
        return Answer((lead,), excerpts), focus
    return Refusal(Reason.NO_PROVISION, sought.name, found=laws[0].name)


def _clauses(law: Article, name: str) -> list[Paragraph]:
    return [p for p in law.paragraphs if (found := law.provision(p)) and found.name == name]


def _asked(sought: Sought) -> str:
    return f"{sought.name}第{sought.clause}款"


def _item(excerpts: Sequence[Excerpt], item: int | None) -> str:
    """Return a 项 of a provision; "" where none is sought, or there is none of that number."""
    for excerpt in excerpts if item else ():
        starts = [*_ITEM.finditer(excerpt.quote)]
        if item is not None and len(starts) >= item:
            begin = starts[item - 1].start()
            end = starts[item].start() if item < len(starts) else len(excerpt.quote)
            return excerpt.quote[begin:end].strip()
    return ""


def _lead(excerpt: Excerpt) -> str:
    """Return a 款 without its 条's number: whole where it is short, else to the end of what it says first."""
    text = excerpt.quote
    start = len(text) - len(re.sub("^第[^条]{1,9}条(?:之.)? ", "", text))
    if len(text) - start <= LEAD:
        return text[start:].rstrip("。")
    ends = [
        found.start() for found in re.finditer("[。；：，]", text) if found.start() - start <= LEAD
    ]
    return text[start : ends[-1]] if ends else text[start : start + LEAD]


def _distance(name: str, title: str, law: Article) -> int | None:
    """Return by how many characters a statute's name is longer than what it is called; None where that is not its name."""
    if name == title:
        return 0
    core = _COURT.sub("", title)
    if core != title:
        bare = _KIND.sub("", name)
        if len(bare) > 1 and _is_within(bare, core):
            return 1 + len(core) - len(bare)
        nearly = len(bare) > 2 and any(
            _is_within(bare[:n] + bare[n + 1 :], core) for n in range(len(bare))
        )
        return len(title) if nearly else None  # 预付卡司法解释 is of 预付式消费
    kind, ends = _KIND.search(name), _KIND.search(title)
    if kind is None or ends is None or kind[0] != ends[0]:
        return None
    begins = name[0] == title[0] or name in title or len(name) > 4
    if begins and _is_within(name, title):
        return 1 + len(title) - len(name)
    bare = _KIND.sub("", name)
    told = any(
        _is_within(bare[:n] + bare[n + 2 :], title) and law.body.count(bare[n : n + 2]) >= OFTEN
        for n in range(len(bare) - 1)
    )
    return len(title) + len(name) if len(bare) > 3 and told else None


def _is_within(name: str, title: str) -> bool:
    """Whether a name's characters stand in a title in their order."""
    at = 0
    for char in name:
        at = title.find(char, at) + 1
        if not at:
            return False
    return True
