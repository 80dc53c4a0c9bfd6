"""Names in questions: places that no table lists, and words that are somebody's or something's name.

安亭镇, 良渚街道        a name, and what it is a name of
朱家角有几家           a rare word that opens a question
杉井奥莱              the short form of a name that the articles write in full
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from bot.analysis.chars import CJK
from bot.analysis.lexicon import NO_PLACE, Lexicon
from bot.analysis.tokenizer import Token, Tokenizer
from bot.analysis.wordvectors import WordVectors

AREA = re.compile("(?:镇|乡|街道|社区|商圈|商业区|新区|片区|新片区|开发区|园区|古镇|老街|步行街)$")
"""How towns and parts of towns end that no table of divisions has."""
INSIDE = re.compile(f"(?![有哪的和跟与及同])[{CJK}]{{2,3}}?[区县镇乡市]")
"""What lies in a place that no article speaks of, written behind it: 新北市板桥区."""
NAME = re.compile(f"[{CJK}]{{2,4}}")
VERB = re.compile(f"(?<=[{CJK}]{{2}})[办有搞做开设在是]$")
"""What the tokenizer, when it guesses, takes for the end of a name: 泗泾 办."""
VERY = re.compile("(?<=.)[太很]")
"""What no name holds behind its first character: 水太烫."""
MONTH = re.compile("[月日天]份?$")
RARE = 10_000
"""Times that jieba's texts have the rarest character of a name that its dictionary lacks, at most: 滩 of 前滩 1,332, 里 77,054."""
BRIEF = 30
"""Characters of a question whose first word is taken for the name of what it asks about; a story begins with anything."""
AFTER_NAME = frozenset(
    "那边 那里 这边 附近 当地 的 过 了 有 有没有 有无 是 办 设 几 哪 多少 几家 几个".split()  # noqa: SIM905
)
"""What may follow the name that a question opens with: 山姆那边, 前滩有几家."""
SHOP = re.compile("(?:店|超市|商场|公司|局|部门|镇|区|院|厂)$")
"""How what bears a name may end: 山姆 会员店."""
RAREST = 4
"""Times that the articles may use a name that an answer has to hold."""
SHORT = 3
"""Characters from which on a name may be a short form: 南 and 桥 stand near each other by chance."""
SHORTENED = ".{0,3}"
"""What a short form leaves out between two characters: 呼市 is 呼和浩特市, 昆仑酒店 the 昆仑大酒店."""
SAME = 0.5
"""Share of characters from which on a rare word is a place's name mistyped: 奉闲, 松工."""
TOWN = re.compile("(?:镇|乡|街道)$")


class Names:
    """Knows names.

    Args:
        tokenizer: Cuts words, and knows which of them are proper nouns.
        lexicon: Knows the places of the tables, and which words say nothing.
        vectors: Which words name somebody, something or some place.
        said: All that the articles say, folded.
    """

    def __init__(
        self, tokenizer: Tokenizer, lexicon: Lexicon, vectors: WordVectors, said: str
    ) -> None:
        self._tokenizer = tokenizer
        self._lexicon = lexicon
        self._vectors = vectors
        self.said = said

    def unlisted(
        self, words: Sequence[Token], plain: str, listed: Sequence[tuple[int, int]]
    ) -> list[tuple[int, str]]:
        """Return the places that no table lists and no article names, each with where it stands: 安亭镇, 中关村."""
        found: list[tuple[int, str]] = []
        before: Token | None = None
        road: Token | None = None
        opening = True
        for number, word in enumerate(words):
            area = AREA.search(word.term)
            start = word.end
            if area and area[0] != word.term and not self.is_common(word.term):
                start = word.start
            elif area and before is not None and before.end == word.start:
                # 良渚 街道: a name and what it is a name of; 核心 商圈 names nothing
                if road is not None and (len(before.term) == 1 or NO_PLACE.fullmatch(before.term)):
                    start = road.start  # 南京 西路 商圈, 临港 新 片区
                elif len(before.term) > 1 and self._names_area(before.term, word.term):
                    start = before.start
            elif opening and self._opens(word.term, words[number + 1 : number + 2], plain):
                # A dictionary calls many words places; one that opens a question, and is no road, is meant.
                start = word.end if NO_PLACE.match(plain, word.end) else word.start
            opening = opening and word.term in self._lexicon.stopwords
            road, before = before, word
            while area and word.end - start > 2 and plain[start] in self._lexicon.stopwords:
                start += 1  # 那兴坪镇, 里大智街道
            name = VERB.sub("", plain[start : word.end])
            spans = [span for span in listed if NO_PLACE.match(plain, span[1]) is None]
            apart = not any(a < word.end and start < b for a, b in spans)
            apart = apart and name not in self._lexicon.places.entries  # a landmark, say
            apart = apart and not (area and area[0] != word.term and word.term in self.said)
            if len(name) > 1 and name.isalnum() and apart and name not in self.said:
                if found and found[-1][0] == start:  # 良渚, of which 良渚街道 is the whole
                    found.pop()
                found.append((start, name))
        return found

    def inside(
        self, strange: Sequence[tuple[int, str]], words: Sequence[Token], plain: str
    ) -> list[tuple[int, str]]:
        """Return what lies in strange places and is named right behind them: 新北市板桥区, 金山枫泾.

        Args:
            strange: The places, each with where it begins.
            words: The words of the question.
            plain: The question.
        """
        ends = {at + len(name) for at, name in strange}
        named = {name for _, name in strange}
        divisions = [(end, more[0]) for end in ends if (more := INSIDE.match(plain, end))]
        unheard = [
            (word.start, word.term)
            for word in words
            if word.start in ends and word.term not in named and not self.is_said(word.term)
            if word.term in self._vectors.places or self.is_unheard(word.term)
        ]
        return divisions or unheard

    def is_unheard(self, word: str) -> bool:
        """Whether a word is so rare that it is a name, and none that articles use or people mistype: 朱家角, 前滩."""
        if not NAME.fullmatch(word) or word in self._vectors or self.is_said(word):
            return False
        tokenizer = self._tokenizer
        guessed = not tokenizer.knows(word)
        if guessed and (
            min(map(tokenizer.frequency, word)) > RARE or tokenizer.opens_phrase(word[0])
        ):
            return False  # 人里 is put together of what stands everywhere, 谈完 no name
        if not guessed and not tokenizer.is_proper(word):
            return False  # 坐火车 is in the dictionary, and no name
        if len(word) > 2 and tokenizer.opens_phrase(word[:-1]):
            return False  # 升级成
        if (
            VERY.search(word)
            or word[0] in self._lexicon.stopwords
            or MONTH.search(word)
            or self._lexicon.kinds.find(word)
        ):
            return False
        return not any(map(functools.partial(_alike, word), self._lexicon.places.known.entries))

    def is_said(self, name: str) -> bool:
        """Whether the articles have a name, be it with more characters: 昆仑酒店 is said where 昆仑大酒店 is."""
        if name in self.said:
            return True
        if len(name) < SHORT and not name.endswith(("市", "县", "区", "州")):
            return False
        return re.search(SHORTENED.join(map(re.escape, name)), self.said) is not None

    def in_full(self, name: str) -> str:
        """Return how the articles write a name that is a short form of theirs: 杉井奥特莱 for 杉井奥莱; else the name."""
        if name in self.said or not self.is_said(name):
            return name
        written = re.search(SHORTENED.join(map(re.escape, name)), self.said)
        return written[0] if written else name

    def is_name(self, word: str) -> bool:
        """Whether a word is the name of somebody, something or some place, or a number."""
        return word in self._vectors.names or word.isdecimal() or (word.isascii() and len(word) > 2)

    def is_word(self, word: str) -> bool:
        """Whether a word is a common noun that says something."""
        tokenizer = self._tokenizer
        return (
            word in self._vectors
            and word not in self._lexicon.stopwords
            and tokenizer.is_noun(word)
        )

    def is_common(self, word: str) -> bool:
        """Whether a word is an ordinary one that names nothing."""
        named = word in self._vectors.names or word in self._lexicon.places.entries
        return word in self._vectors and not named

    def is_strange(self, word: str) -> bool:
        """Whether a word is somebody's or something's name that no article has: 王海."""
        proper = self._tokenizer.is_proper(word) or word in self._vectors.names
        return len(word) > 1 and not self.is_said(word) and (proper or self.is_unheard(word))

    def is_rare(self, word: str) -> bool:
        """Whether a word is the name of a street, a mall or the like that the articles speak of: 天一商圈, 徐汇."""
        named = word in self._lexicon.places.entries
        return len(word) > 1 and named and 0 < self.said.count(word) <= RAREST

    def _names_area(self, word: str, area: str) -> bool:
        """Whether a word before 镇, 商圈 or the like is its name: before a town any word that no article has."""
        if word in self._lexicon.stopwords or self._tokenizer.opens_phrase(word):
            return False  # 这个街道, 哪个镇
        return not self.is_common(word) or (TOWN.match(area) is not None and word not in self.said)

    def _opens(self, word: str, following: Sequence[Token], plain: str) -> bool:
        """Whether a word that opens a question is the name of what it asks about: 中关村, 沃尔玛, 朱家角."""
        if word in self._lexicon.stopwords:
            return False
        if word in self._vectors.places:
            return True
        asks_of_it = len(plain) <= BRIEF and any(
            after.term in AFTER_NAME
            or after.term.isascii()
            or SHOP.search(after.term)
            or self._is_topic(after.term)
            for after in following
        )
        if not asks_of_it or self.is_said(word):
            return False
        named = word in self._vectors.names or self._tokenizer.is_proper(word)
        return named or self.is_unheard(word)

    def _is_topic(self, word: str) -> bool:
        return len(word) > 1 and word not in self._lexicon.stopwords and word in self.said


def _alike(one: str, other: str) -> bool:
    """Whether two names of one length begin alike and have half of their characters in the same places."""
    same = sum(a == b for a, b in zip(one, other, strict=False))
    return len(one) == len(other) and one[0] == other[0] and same >= SAME * len(one)
