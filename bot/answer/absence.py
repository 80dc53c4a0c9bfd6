"""What a question names and no article has: computed by looking for it in every text, and said of nothing else."""

from __future__ import annotations

import re

from bot.analysis.chars import CJK
from bot.question.question import Question, Reader
from bot.question.writing import Writing

MOST = 2
"""Words that a refusal names at most."""
FEW = 5
"""Topical words of a question up to which ordinary ones are named: of a story's many absent words none is the reason."""
SPOKEN_OF = re.compile(
    f"(?:提到|讲到|说到|写到|讲没讲|说没说|提没提|写没写|有没有|有无|里面?有|提过|讲过)([{CJK}a-z0-9]{{2,10}}?)(?=[,。?!吗呢么嘛的没不]|这个|这样|$)"
)
"""Where a question asks whether the articles speak of something."""
NO_NAME = re.compile("^[没有无讲说写提过到是不一两几个]|[怎那这哪谁]")
"""What begins with or holds such a word is a piece of the sentence and no name: 没有讲监管那边怎, of 有没有讲监管那边怎么做."""
ENTITY = re.compile(
    "..(?:城|店|街|广场|中心|馆|楼|公司|超市|商场|集团|银行|平台|学校|大学|中学|小学|医院|酒店|市场|公园|花园|大厦)$"
)
"""How the names of malls, companies and the like end."""
QUOTED = re.compile("[“\"'‘「『]([^”\"'’」』]{2,12})[”\"'’」』]")
EMPTY = frozenset(
    [
        "关系",
        "新闻",
        "事情",
        "情况",
        "问题",
        "东西",
        "办法",
        "方面",
        "地方",
        "名字",
        "块儿",
        "内容",
        "案子",
        "点名",
        "玩意",
        "玩意儿",
    ]
)
"""Nouns that name nothing."""
OURS = re.compile("报道|文章|新闻|资料|稿|原文|正文|写进|数字")
"""What is said of the articles themselves."""
ASKED_OF = re.compile(
    f"([{CJK}]{{2,4}})(?:的|要|怎么|得)?(?:多少钱|怎么收费|收费|收多少|价格|费用|在哪|几点|地址|电话|号码|流程|怎么走|好不好)"
)
"""What a price, an address or the like is asked of."""
WORD = re.compile(f"[{CJK}]{{2,8}}|[a-z]{{3,}}|[0-9]{{4,}}")


class Absence:
    """Finds what is absent.

    Args:
        reader: Knows all that the articles say, and which words are names.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def of(self, question: Question) -> tuple[str, ...]:
        """Return the places, names and words of a question that stand in no article, as they are to be shown.

        Places and names come before other words, which are named only where the question has few. Nothing is returned
        that the articles hold, in whatever form of a place's name.
        """
        reader = self._reader
        signed = question.mention.name if question.mention and question.mention.signed else ""
        asked = [n for n in (*question.mentioned, signed) if n and not self.is_there(n)]
        if asked:
            return tuple(asked[:MOST])
        places = [name for name in question.elsewhere if not self.is_there(name)]
        if places:
            return tuple(places[:MOST])
        words = [w for w in question.content if WORD.fullmatch(w) and not self.is_there(w)]
        spoken = [name for name in SPOKEN_OF.findall(question.plain) if not self._is_phrase(name)]
        spoken += QUOTED.findall(question.plain)
        named = (
            word
            for word in words
            if reader.names.is_name(word) or self._is_unheard(word, question.plain)
        )
        names = [*spoken, *named]
        asking = reader.lexicon.kinds
        names = [n for n in dict.fromkeys(names) if not asking.find(n) and not OURS.search(n)]
        names = [name for name in names if not self.is_there(name)]
        if names:
            return tuple(names[:MOST])
        asked_of = [w for w in words if any(w in one for one in ASKED_OF.findall(question.plain))]
        if question.writing is not Writing.ENGLISH:  # a glossary's words say something, all of them
            words = [
                w
                for w in words
                if reader.names.is_word(w) and w not in EMPTY and not OURS.search(w)
            ]
        words = [*asked_of[:1]] or words
        brief = len(question.content) <= FEW
        return tuple(words[:MOST]) if brief or asked_of else ()

    def _is_unheard(self, word: str, plain: str) -> bool:
        """Whether a word that nobody knows is the name of a mall, a company or the like: 银泰城; or is named twice."""
        known = ENTITY.search(word) is not None or plain.count(word) > 1
        return known and self._reader.names.is_unheard(word)

    def _is_phrase(self, text: str) -> bool:
        """Whether a text is a piece of the sentence rather than a name: 评上放心消费 of 有没有评上放心消费."""
        tokenizer = self._reader.analyzer.tokenizer
        first = tokenizer.words(text)[0].term
        return bool(NO_NAME.search(text)) or (len(first) == 1 and tokenizer.opens_phrase(first))

    def is_there(self, name: str) -> bool:
        """Whether an article has a word, or a place by any of its names."""
        reader = self._reader
        place = reader.lexicon.places.entries.get(name)
        if place is not None and place.known:
            return True
        forms = {name, re.sub("(?<=..)(?:新区|[区市省县镇])$|(?<=.)[里上中下边头]$", "", name)}
        return any(reader.names.is_said(form) for form in forms)
