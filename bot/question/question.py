"""Reading a question: from what was typed to what is asked."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass

from bot.analysis import english
from bot.analysis.analyzer import Analyzer
from bot.analysis.chars import CJK, fold, visible
from bot.analysis.lexicon import Attribute, Place, english_key
from bot.analysis.tokenizer import RUN, Token
from bot.analysis.wordvectors import WordVectors
from bot.question import beside, clutter, mention, negation, ordinals, times
from bot.question.mention import Mention
from bot.question.names import Names
from bot.question.ordinals import Ordinal
from bot.question.times import Time
from bot.question.vocabulary import Vocabulary
from bot.question.writing import Simplified, Writing, detect
from bot.search.voice import Query

LIMIT = 600
"""Characters of a question that are read; a story's question stands at its end, so the end is kept."""
SPELT = 5
"""Letters from which on an English question's unknown word is tried as pinyin; shorter ones are words by chance."""
KEYWORDS = 16
"""Characters of keywords at most."""

HOW_MANY = "几多"
"""How question words for numbers begin, which jieba joins with their measures: 几件."""


WHETHER = re.compile("(?:没有?|吗|么)[?？]?$")
AUXILIARY = re.compile(
    r"(?:is|are|was|were|do|does|did|can|could|has|have|had|will|would|should)\b"
)
"""How a yes-or-no question in English begins."""
ASKING_MARK = re.compile("[,，。!?;！？；]")
ONESELF = re.compile(
    "(?:但|可|因为|现在)?(?:我们?|本人|人)(?:人|住|现在|目前|刚)?(?:在|是|从|来自|住|回|到)"
)
"""How a clause begins that tells of oneself."""
WHETHER_OR_WHAT = re.compile("吗|么|呢|没有|有没有|多少|几|什么|哪|谁|怎么|如何|能不能|可以")
NAMED = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}(?: [A-Z][a-z]+)*")
"""Whole names in an English question: Kaohsiung, Mong Kok."""
PLURAL = 1
"""Letters that a term may have more than the glossary's: contact points."""
TITLED = 3
"""Names from which on a question is written like a headline, With Capitals Everywhere, which name nothing."""
CAPITAL = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")
"""Names in an English question: words with a capital that open no sentence."""
TAG = re.compile(
    "[,，](?:我|这个?|那个?)?(?:没记错|没弄错|没搞错|没说错|没错|对|是|是这样|不会错)(?:的话)?(?:吧|吗|嘛|么)?[?？。]?$|[,，]?(?:这个?)?(?:是真的|真的假的|是真是假|属实|准确)(?:吗|吧|么)?[?？]?$|[,，](?:对不对|是不是|是不是这样|准不准|真不真|准吗|靠谱吗|靠不靠谱|可信吗|有这回事吗|真的吗)[?？]?$"
)
"""How somebody who tells what they believe asks for a yes: …，没记错吧."""
CANTONESE = re.compile("[嘅咗啲嚟冇佢哋喺㗎嘢揾搵攞咁噉嗰係唔]")
"""Characters that Mandarin does not write."""
MEANS = re.compile(
    r"^(?:so,? |and |but |ok,? )?(?:what(?:['’]?s| is| are| exactly (?:is|are))|define|explain)(?: meant by)?(?: an?| the| this| those| these)? (?P<is>[a-z][a-z '-]{1,30}?)"
    r"(?: (?:in|according to) (?:the|these|this|your) \w+| exactly| anyway)?[?.! ]*$"
    r"|\bwhat (?:does|do|did) (?:an?|the|this)? ?(?P<means>[a-z][a-z '-]{1,30}?) (?:mean|stand for)\b"
)
"""How the meaning of a term is asked for in English."""
NOT_DONE = re.compile(
    r"\b(?:not (?!only|just|counting|including|more)\w+|\w+n['’]t|never|without (?!(?:(?:any|a|giving|asking|stating) )*(?:reasons?|questions?|why))\w+|fail(?:ed|s)?|refus(?:ed?|es|ing)|reject(?:ed|s)?|un(?:resolved|settled|solved|answered))\b"
)
"""How an English question denies what it asks about."""
MORE_OF = re.compile("比[^,。?]{1,14}(?:多|少)(?=吗|么|是不是|对不对|没有?|[?？(（]|$)")
"""How it is asked whether there are more of one thing than of another: the figures are asked for."""
WHO = re.compile("^谁来?(?=.)")
ASPECT = re.compile(f"^([{CJK}])[过了]$")
OR_NOT = re.compile("(.)[不没]\\1")
"""A word that asks whether: 算不算."""
VERB_NOT_VERB = re.compile(f"(?!有)([{CJK}])没\\1(?=[{CJK}])")
"""How people ask whether something was done: 设没设, 评没评上."""
ASKING = re.compile("[。!?;！？；]")
CLAUSE = re.compile("[,，:：]")
WHOLE_CLAUSE = 6
"""Characters from which on a clause asks by itself."""
STORY = 40
"""Characters from which on only the sentence that asks counts for the days and denials of a question."""


YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)(?=年|\D|$)")


@dataclass(frozen=True, slots=True)
class Question:
    """What a question asks.

    Args:
        text: What was typed, visible characters only, on one line.
        plain: The same in folded Mandarin: rewritten, translated or read from pinyin, typos mended.
        writing: How it was typed.
        places: The places named that articles speak of, in order, each once.
        elsewhere: The names, as typed, of places that no article speaks of: towns, streets and business areas too.
        years: The years named, in order.
        kinds: Kinds of answer that its wording asks for, in order.
        attributes: Attributes that it asks for.
        untranslated: Which share of an English or pinyin question is not in `plain`, 0 to 1.
        unread: Which share of it nobody can read.
        content: Its words that carry a topic: no places, function words or question words.
        named: The names of places as they stand in `plain`.
        times: The days, months and relative times named, in order.
        denied: Words that it denies: 开通 in 没有开通ODR的单位.
        names: Names of shops, streets and the like among its content that articles use now and then.
        ordinals: The ordinals named: 第二批.
        latin: The Latin words among its content that articles use: odr.
        mention: What it asks of the articles themselves, if anything.
        mentioned: The names of which it asks whether the articles have them.
    """

    text: str
    plain: str
    writing: Writing
    places: tuple[Place, ...] = ()
    elsewhere: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    untranslated: float = 0.0
    unread: float = 0.0
    content: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    times: tuple[Time, ...] = ()
    denied: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    ordinals: tuple[Ordinal, ...] = ()
    latin: tuple[str, ...] = ()
    mention: Mention | None = None
    mentioned: tuple[str, ...] = ()

    @property
    def topical(self) -> tuple[str, ...]:
        """Its words that carry a topic, each once, the names of places behind the others."""
        return tuple(dict.fromkeys((*self.content, *self.named)))

    @property
    def bare(self) -> bool:
        """Whether it is keywords only (ODR, 静安寺 退货): no question word, no word beside topic and places."""
        named = sum(len(name) for name in self.named)
        words = len(re.sub(r"\W", "", self.plain))
        if self.kinds or not self.content or words > KEYWORDS:
            return False
        return len("".join(self.content)) + named == words

    @property
    def asks_nothing(self) -> bool:
        """Whether there is no letter, character or digit in it."""
        return not RUN.search(fold(self.text))


class Reader:
    """Reads questions.

    Args:
        analyzer: The analyzer that the corpus was indexed with.
        vocabulary: The corpus's words by their sound.
        latin: Latin words that the articles use, folded.
        asked: Stems of the words that known questions in English use.
        vectors: Which words name somebody, something or some place.
        said: All that the articles say, folded.
        today: Returns the day on which questions are read.
    """

    def __init__(
        self,
        analyzer: Analyzer,
        vocabulary: Vocabulary,
        vectors: WordVectors,
        latin: frozenset[str] = frozenset(),
        asked: frozenset[str] = frozenset(),
        said: str = "",
        today: Callable[[], datetime.date] = datetime.date.today,
    ) -> None:
        self.analyzer = analyzer
        self.lexicon = analyzer.lexicon
        self.vocabulary = vocabulary
        self.latin = latin
        self.asked = asked
        self._today = today
        self._vectors = vectors
        self._simplified = Simplified(analyzer.tokenizer, said)
        self.names = Names(analyzer.tokenizer, analyzer.lexicon, vectors, said)

    @property
    def said(self) -> str:
        """All that the articles say, folded."""
        return self.names.said

    def read(self, text: str) -> Question:
        """Return what a typed text asks; any text will do."""
        shown = visible(clutter.cleared(text))
        writing = detect(shown)
        if writing is not Writing.HANT and set(RUN.findall(fold(shown))) <= self.latin:
            writing = (
                Writing.HANS
            )  # a bare "ODR" is a word of the articles, not an English question
        plain, untranslated, unread = self._plain(shown[-LIMIT:], writing)
        latin = writing in (Writing.ENGLISH, Writing.PINYIN)
        if writing is Writing.ENGLISH and (term := self._english_term(fold(shown))):
            read = self.analyse(shown, f"{term}是什么", writing, untranslated, unread)
            return dataclasses.replace(read, kinds=("definition",))
        wording = fold(shown) if latin else plain
        if "資料" in shown:  # which Taiwan says of data, and everybody of articles
            wording = wording.replace("数据", "资料")
        asked = mention.asked(wording)
        if asked is None or asked.signed:
            read = self.analyse(shown, plain, writing, untranslated, unread)
            written = asked is not None and 0 < self.said.count(asked.name) <= mention.RAREST
            named = (asked.name,) if asked and asked.name and written else ()
            return dataclasses.replace(read, mention=asked, mentioned=named)
        if writing is Writing.ENGLISH:
            asked = Mention(self._plain(asked.name, writing)[0] or asked.name)
        if self.lexicon.kinds.find(asked.name):  # 报道里有没有讲怎么退货
            return self.analyse(shown, asked.name, writing)
        words = self.analyzer.tokenizer.words(asked.name)
        names = mention.names(asked.name, words, self.said, self.names.is_common)
        names = names or tuple(word.term for word in words if self.names.is_strange(word.term))
        names = tuple(self.names.in_full(name) for name in names)
        read = self.analyse(shown, f"{asked.name}吗", writing)
        return dataclasses.replace(read, mention=asked, mentioned=names)

    def analyse(
        self,
        shown: str,
        plain: str,
        writing: Writing = Writing.HANS,
        untranslated: float = 0.0,
        unread: float = 0.0,
    ) -> Question:
        """Return the question whose Mandarin wording is known already, as that of an ask."""
        lexicon = self.lexicon
        asked = plain if writing is not Writing.ENGLISH else f"{plain} {fold(shown)}"
        found = self.analyzer.places(plain)
        places = tuple(dict.fromkeys(f.value for f in found if f.value.known))
        words = self.analyzer.tokenizer.words(plain)
        # 徐汇 of 徐汇绿地缤纷城 is a word of the articles, though none is about that place.
        found = [f for f in found if f.value.known or plain[f.start : f.end] not in self.said]
        strange = [(f.start, plain[f.start : f.end]) for f in found if not f.value.known]
        kinds = [f.value for f in lexicon.kinds.find(asked)]
        if writing is Writing.ENGLISH and not kinds and AUXILIARY.match(fold(shown)):
            kinds = ["yesno"]
        if MORE_OF.search(plain) and set(kinds) <= {"yesno"}:
            kinds = ["count", *kinds]
        if kinds or WHETHER.search(plain):  # 拜拜 is no place where nothing is asked
            listed = [(f.start, f.end) for f in found]
            apart = self.analyzer.tokenizer.words(plain, guess=False)  # 镇有 is no word
            strange += self.names.unlisted(words, plain, listed) or self.names.unlisted(
                apart, plain, listed
            )
        strange += self.names.inside(strange, words, plain)
        strange = [(at, name) for at, name in strange if not _of_oneself(plain, at)]
        elsewhere = tuple(dict.fromkeys(name for _, name in sorted(strange)))
        if writing is Writing.ENGLISH:
            elsewhere = (*elsewhere, *self._strange_english(shown))
        content = self._content(words, [(f.start, f.end) for f in found])
        asking = self._asking(plain)
        return Question(
            text=shown,
            plain=plain,
            writing=writing,
            places=places,
            elsewhere=elsewhere,
            years=tuple(dict.fromkeys(YEAR.findall(plain))),
            kinds=tuple(dict.fromkeys(kinds)),
            attributes=tuple(dict.fromkeys(f.value for f in lexicon.attributes.find(asked))),
            untranslated=untranslated,
            unread=unread,
            named=tuple(plain[f.start : f.end] for f in found),
            content=content,
            names=tuple(filter(self.names.is_rare, content)),
            latin=self._latin(content) if writing is not Writing.ENGLISH else (),
            times=times.named(asking, self._today()),
            denied=self._denied(asking) if writing is not Writing.ENGLISH else _not_done(shown),
            ordinals=ordinals.named(asking),
        )

    def _asking(self, plain: str) -> str:
        """Return the sentence of a question that asks, of a story its last one; the rest tells what happened."""
        if len(plain) <= STORY:
            return plain
        told = [sentence for sentence in ASKING.split(plain) if sentence.strip()]
        asking = [sentence for sentence in told if self.lexicon.kinds.find(sentence)]
        return (asking or told or [plain])[-1]

    def _denied(self, asking: str) -> tuple[str, ...]:
        """Return what the clause that asks denies; what stands before it is told, not asked for."""
        clauses = [clause for clause in CLAUSE.split(asking) if self.lexicon.kinds.find(clause)]
        clause = clauses[-1] if clauses and len(clauses[-1]) >= WHOLE_CLAUSE else asking
        return negation.denied(clause, self.analyzer.tokenizer.words(clause))

    def last_sentence(self, question: Question) -> Question | None:
        """Return the last sentence of a long question by itself, with the place that the rest names; None where it is all of it."""
        told, mark, last = question.plain.rstrip("?。! ").rpartition("。")
        if not mark or len(question.plain) <= STORY or not self.lexicon.kinds.find(last):
            return None
        places = self.analyzer.known_places(told)
        named = places and not self.analyzer.places(last)
        where = told[places[-1].start : places[-1].end] if named else ""
        return self.analyse(question.text, f"{where}{last}?", question.writing)

    def query(self, question: Question) -> Query:
        """Return a question as it is searched for."""
        known = self.analyzer.question_terms(question.plain)
        if (
            question.writing is Writing.ENGLISH
        ):  # its question words are not in the Mandarin wording
            known["concepts"] += [f"?{kind}" for kind in question.kinds]
            known["concepts"] += [f"@{attribute.name}" for attribute in question.attributes]
            known["english"] = english.stems(fold(question.text), self.lexicon)
        latin = question.writing is Writing.ENGLISH
        wording = f"{question.text} {question.plain}" if latin else question.plain
        return Query(wording, self.analyzer.text_terms(question.plain), known, question.topical)

    def strange_names(self, question: Question) -> tuple[str, ...]:
        """Return the names among a question's topical words that stand nowhere in the articles."""
        names = (word for word in question.content if word in self._vectors.names)
        return tuple(name for name in names if name not in self.said)

    def _strange_english(self, shown: str) -> tuple[str, ...]:
        """Return the names in an English question that neither the glossary nor the articles know, as typed."""
        found = NAMED.findall(shown)
        return tuple(name for name in found if not self._reads(name)) if len(found) < TITLED else ()

    def _english_term(self, folded: str) -> str:
        """Return the term whose meaning an English question asks for, in Mandarin; "" where it asks for something else."""
        match = MEANS.search(folded)
        if match is None:
            return ""
        typed = match["is"] or match["means"]
        found = self.lexicon.english.find(english_key(typed))
        whole = (
            len(found) == 1 and found[0].end - found[0].start >= len(english_key(typed)) - PLURAL
        )
        term = found[0].value if whole else typed if typed in self.latin else ""
        return "" if self.lexicon.places.find(term) else term

    def _reads(self, name: str) -> bool:
        if self.lexicon.english.find(english_key(fold(name))):
            return True
        words = fold(name).split()
        stems = english.stems(fold(name), self.lexicon)
        return any(
            word in self.latin or word in self.lexicon.stopwords or self.vocabulary.spelt(word)
            for word in words
        ) or any(stem in self.asked for stem in stems)

    def _latin(self, words: Sequence[str]) -> tuple[str, ...]:
        return tuple(
            w for w in words if len(w) > 1 and w.isascii() and w.isalpha() and w in self.latin
        )

    def without_places(self, text: str) -> str:
        """Return the folded text with the names of places taken out."""
        folded = fold(text)
        for place in reversed(self.analyzer.places(folded)):
            folded = folded[: place.start] + folded[place.end :]
        return folded

    def _plain(self, shown: str, writing: Writing) -> tuple[str, float, float]:
        """Return the Mandarin wording, and which shares of a Latin one are not in it and cannot be read."""
        if writing is Writing.ENGLISH:
            capital = frozenset(fold(word) for word in CAPITAL.findall(shown))
            kept = functools.partial(self._kept, capital=capital)
            return english.translate(fold(shown), self.lexicon, kept, self.asked)
        if writing is Writing.PINYIN:
            words, share = self.vocabulary.read_pinyin(fold(shown))
            return words, 1 - share, 1 - share
        spoken = CANTONESE.search(shown)
        if writing is Writing.HANT:
            shown = self._simplified.of(shown)
        for old, new in self.lexicon.cantonese.items() if spoken else ():
            shown = shown.replace(old, new)
        plain = TAG.sub("吗", beside.without(fold(shown)))
        plain = VERB_NOT_VERB.sub(r"有没有\1", plain)
        for old, new in self.lexicon.rewrites.items():
            plain = plain.replace(old, new)
        return self.vocabulary.correct(self._segments(plain)), 0.0, 0.0

    def _kept(self, word: str, capital: Set[str] = frozenset()) -> str:
        """Return what is kept of an English question's word that the glossary lacks; "" where it says nothing.

        Numbers, Chinese and the articles' own Latin words stay; a name spelt in pinyin is the name.
        """
        if word in self.latin:
            return word
        if number := english.keep_numbers(word):
            return number
        if (len(word) < SPELT and word not in capital) or word in self.lexicon.stopwords:
            return ""
        return self.vocabulary.spelt(word) or ""

    def _segments(self, plain: str) -> list[str]:
        """Return the text cut into words and what stands between them; joined, they are the text."""
        segments: list[str] = []
        at = 0
        for token in self.analyzer.tokenizer.words(plain, guess=False):
            if token.start > at:
                segments.append(plain[at : token.start])
            segments.append(plain[token.start : token.end])
            at = token.end
        return [*segments, plain[at:]] if at < len(plain) else segments

    def _bare(self, word: str) -> str:
        """Return a word without what the tokenizer took for a part of it: 过 and 了 behind a verb, 谁来 before one."""
        word = WHO.sub("", word)
        known = self.analyzer.tokenizer.knows(word)
        return word if known else ASPECT.sub(r"\1", word)

    def _content(
        self, words: Sequence[Token], places: Sequence[tuple[int, int]]
    ) -> tuple[str, ...]:
        stop = self.lexicon.stopwords
        return tuple(
            self._bare(token.term)
            for token in words
            if token.term not in stop
            and not OR_NOT.fullmatch(token.term)
            and not (token.term[0] in HOW_MANY and token.term in self.lexicon.kinds.entries)
            and not any(start < token.end and token.start < end for start, end in places)
        )


def _not_done(shown: str) -> tuple[str, ...]:
    """Return the word by which the last sentence of an English question denies something; what it denies is not in its Mandarin."""
    sentences = [
        sentence for sentence in ASKING.split(fold(shown).replace(". ", "! ")) if sentence.strip()
    ]
    match = NOT_DONE.search(sentences[-1]) if sentences else None
    return (match[0],) if match else ()


def _of_oneself(plain: str, at: int) -> bool:
    """Whether a place is where somebody is who asks about another: 我在香港写稿，要核实."""
    before, behind = ASKING_MARK.split(plain[:at])[-1], ASKING_MARK.split(plain[at:])[0]
    return bool(ONESELF.match(before)) and not WHETHER_OR_WHAT.search(before + behind)
