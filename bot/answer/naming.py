"""Whether a sentence names what a question wants the name of: 一家三甲医院 names no hospital, 延边大学附属医院 does."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from bot.analysis.tokenizer import Token, Tokenizer
from bot.analysis.wordvectors import WordVectors
from bot.answer import detect, forms
from bot.question.question import Question

ASKS_BEHIND = re.compile(
    "(?:叫|姓)(?:做|作)?(?:什么|啥|甚)|是(?:谁|哪[一两几]?[家个位款所间])|(?:名字|名称|店名|字号|全名)(?:是|叫|[,。?!]|$)"
)
"""What asks for the name of the noun before it."""
ASKS_BEFORE = re.compile("哪[一两几二三]?(?:家|位|所|间|款|个)(?!人)")
"""What asks for the name of the noun behind it."""
NAMES = frozenset(["名字", "名称", "店名", "字号", "全名", "牌子", "名号"])
"""Nouns that say that a name is asked for, not whose."""
QUOTED_BEFORE = re.compile("[”》」]的?[^,。;“《「]{0,3}$")
QUOTED_BEHIND = re.compile("[(:]?[“《「]")
"""What is quoted beside a noun is its name: “发の物语”的美发店, 工作室“阳光”."""
BEHIND = 4
"""Characters at most between a noun and the name behind it: 律师调解员符海燕."""
WITHIN = re.compile("[^的在了是与和为等0-9,。;:、]{0,6}")
"""What may stand between a name and the noun behind it that it is a part of: 延边大学附属医院."""
ANONYMOUS = re.compile("(?:[一两三四五六七八九十几0-9某该那这]|有)[家名个位所款间]?$")
"""What stands before a name that only says where somebody unnamed is from: 一家南京酒店."""
NUMBERED = re.compile("第[一二三四五六七八九十]+$")
"""What makes a noun a name when it stands before it: 第二百货."""
STOPS = re.compile("[,。;:、]")
"""What ends the reach of a noun for a name behind it."""
UNNAMED = forms.NUMERIC | {"date", "yesno"}
"""Kinds of answer that are no name, whatever else the question mentions: 写一个牌子，装的是另一个牌子，几天换回来."""
REMEMBERED = 16384
CALLED = re.compile("(?:名[为叫]|叫做?|称为|简称)[^,。;]{1,12}$")
"""What announces the name of a noun behind it: 一家名为味鲜达的餐饮公司."""


class Naming:
    """Tells whether sentences give the name that a question asks for.

    Args:
        tokenizer: Cuts words, and knows which are nouns.
        vectors: Which words are names.
    """

    def __init__(self, tokenizer: Tokenizer, vectors: WordVectors) -> None:
        self._tokenizer = tokenizer
        self._vectors = vectors
        self._named = functools.lru_cache(REMEMBERED)(self._find_names)
        self._head = functools.lru_cache(REMEMBERED)(self._find_head)

    def lacks(self, question: Question, sentence: str) -> bool:
        """Whether a name is asked for and a folded sentence has none that the question lacks."""
        kinds = set(question.kinds)
        if not detect.NAMING.search(question.plain) or (kinds and kinds <= UNNAMED):
            return False
        named = self._named(sentence)
        noun = self._head(question.plain)
        if noun and noun in sentence:
            return not names(noun, sentence, named, question.plain)
        titled = (title[1:-1] for title in detect.TITLED.findall(sentence))
        given = (*titled, *(name.term for name in named))
        return all(name in question.plain for name in given)

    def _find_head(self, question: str) -> str:
        words = self._tokenizer.words(question)
        nouns = [len(word.term) > 1 and self._tokenizer.is_noun(word.term) for word in words]
        return head(question, words, nouns)

    def _find_names(self, sentence: str) -> tuple[Token, ...]:
        return tuple(
            w
            for w in self._tokenizer.words(sentence)
            if w.term in self._vectors.names
            or (len(w.term) > 1 and w.term.isalpha() and not self._tokenizer.knows(w.term))
        )


def head(question: str, words: Sequence[Token], nouns: Sequence[bool]) -> str:
    """Return the noun whose name a question asks for; "" where it asks for none, or not of what.

    Args:
        question: The folded question.
        words: Its words.
        nouns: Which of them are nouns that say something.
    """
    behind = ASKS_BEFORE.search(question)
    if behind and words:
        after = [
            w.term for w, noun in zip(words, nouns, strict=True) if noun and w.start == behind.end()
        ]
        if after:
            return after[0]
    asks = ASKS_BEHIND.search(question)
    if not asks:
        return ""
    before = [
        w.term
        for w, noun in zip(words, nouns, strict=True)
        if noun and w.end <= asks.start() and w.term not in NAMES
    ]
    return before[-1] if before else ""


def names(noun: str, sentence: str, named: Sequence[Token], question: str) -> bool:
    """Whether a sentence that has a noun gives its name: in quotation marks beside it, or as a name beside it.

    Args:
        noun: The noun.
        sentence: The folded sentence.
        named: The names in it.
        question: The folded question; a name that it brings along is none.
    """
    fresh = [name for name in named if name.term not in question]
    for match in re.finditer(re.escape(noun), sentence):
        start, end = match.span()
        if QUOTED_BEFORE.search(sentence[:start]) or QUOTED_BEHIND.match(sentence, end):
            return True
        if CALLED.search(sentence[:start]) or NUMBERED.search(sentence[:start]):
            return True
        if any(
            (
                name.end <= start
                and WITHIN.fullmatch(sentence, name.end, start)
                and not ANONYMOUS.search(sentence[: name.start])
            )
            or (0 <= name.start - end <= BEHIND and not STOPS.search(sentence[end : name.start]))
            or name.start < start < name.end
            for name in fresh
        ):
            return True
    return False
