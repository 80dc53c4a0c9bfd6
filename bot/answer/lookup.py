"""Looking up what stands in the articles to the letter: 313家是什么单位, 东方美谷归哪个区.

Whoever asks what a figure or a name is about is answered by the sentence that holds it; how probable anything else would make
that sentence does not matter.
"""

from __future__ import annotations

import re

from bot.analysis.chars import CJK, fold
from bot.analysis.sentences import clauses
from bot.answer import detect, forms
from bot.answer.candidate import Candidate
from bot.answer.features import Ranked
from bot.question.question import Question
from bot.question.writing import Writing

FIGURE = re.compile(rf"[0-9][0-9.]*[余多]?[万亿]?[余多]?(?:人次|分钟|{detect.UNIT}|元|%|天|年)")
BARE = re.compile("(?<![0-9.])(?!(?:19|20)[0-9]{2}年)[0-9]{3,}(?![0-9.])")
"""A figure named without its unit: 8862这个数."""
OF_NUMBERS = re.compile("[这那个的些数字目据在讲说来是哪何怎么样由出处]+")
"""Words that say of a figure only that it is one."""
ASKS_WHAT = re.compile(
    "是(?:一?[笔种个类份项])?(?:什么|啥|指|哪一?[种类])(?!时候|原因|机构|关系)|指(?:的?是)?(?:什么|啥)|什么意思|啥意思|含义|何指|所指|是(?:干|做)(?:什么|啥|嘛)|说的?是?(?:什么|啥|哪)(?:一?[件个种回]事?)?|讲的?是?(?:什么|啥|哪)(?:一?[件个种回]事?)?|代表(?:什么|啥)|(?:什么|啥)的?(?:地方|东西|单位|企业|案子|事)"
)
ASKS_WHICH = re.compile("(?:了|过)(?:个|些)?(?:什么|啥|哪)")
ASKS_WHERE = re.compile("(?:归|属于|在|是)(?:哪(?:个|里|儿)?[省市区县]?|什么地方)(?![条路栋楼])")
ASKS_ABOUT = re.compile(
    "来头|来历|什么特别|啥特别|介绍一?下|(?:怎么|咋)(?:一?回事|样的)|什么情况|啥情况|什么名堂|啥名堂|说说|讲讲|有(?:什么|啥)(?:故事|名头|名气|头衔|来头|特色|讲究|说法|荣誉|称号)"
)
"""What asks for whatever is said of a name."""
ASKS_ORDINAL = re.compile("第几[批次届个名]|哪一?[批届]")
"""What asks for the number of one in a row, and for no count."""
ASKS_WHETHER = re.compile(
    "有没有|能不能|是不是|在不在|算不算|吗|么[?？]?$|(?:没有?|不)[?？]?$|([一-鿿])没\1|提到|里面?有|包含|包括"
)
DEFINES = "(?:[(]站[)])?(?:[(][^)]{4,}[)]|[”」]?,?(?:作为|是指|指的是|即|也就是|旨在|用于|用来|负责)|[”」]?是[^,。;]{2,24}的)"
"""What follows a term where a sentence says what it means."""
QUOTED = re.compile('[“"‘「『]([^”"’」』]{3,16})[”"’」』]')
SIGNED = re.compile("[(（](?:本报)?(?:见习)?(?:记者|通讯员)")
"""What opens a dateline, which by itself says nothing."""
MARKS = re.compile("[“”\"'‘’「」『』]")
LISTED = re.compile("(?:入选|列入|进入?|登上|上|在)[^,。?]{0,8}名单")
"""Who asks whether something is on a list asks for no names."""
GENERIC = frozenset(
    [
        "报道",
        "文章",
        "新闻",
        "资料",
        "写进",
        "出现",
        "地方",
        "东西",
        "单位",
        "企业",
        "意思",
        "说法",
        "案子",
        "事情",
        "事",
        "名单",
        "里头",
        "找到",
        "不能",
        "可以",
        "归",
        "区",
        "市",
        "省",
        "属于",
        "里面",
        "提到",
        "这次",
        "公布",
        "不在",
        "干什么",
        "干嘛",
        "什么样",
        "指",
        "含义",
        "名单",
        "入选",
        "上榜",
        "在列",
        "列入",
        "评上",
        "评",
        "设",
        "设立",
        "那边",
        "这边",
        "那儿",
        "这儿",
        "那里",
        "这里",
        "消费者",
        "老百姓",
        "顾客",
        "居民",
        "市民",
        "大家",
        "优秀名单",
    ]
)
OF_FIGURE = re.compile(
    "怎么一?回事|咋回事|哪一?[件个项类种样](?:指标|事|数据|情况|方面)|怎么(?:来|算出来|得来)|哪来|从哪[儿里]?来|(?:什么|啥|何)[?？。]?$|几星|哪一?[类种样]|什么(?:单位|企业|商家|店|数|东西)"
)
"""What, beside a figure, asks what it counts."""
HOW_MANY = re.compile("多少|几[家个件起次条人名场批项支元万]")
"""What asks for another figure than the one named."""
RAREST = 4
"""Times that a name may stand in the articles to be looked up by: 联络点 is on everybody's lips, 青溪老街 is not."""
SHORTEST, NAME = 2, 3
"""Characters of a word that is looked up: of a yes-or-no question, and of one that asks what or where."""
MET = 0.6
"""How near a word of the sentence must come to one of the question: 评为 to 评上."""
CLAUSE = re.compile("[,，。;；?？!！]")
HAN = re.compile(f"[{CJK}]")


def found(question: Question, ranked: Ranked, said: str) -> list[int]:
    """Return which candidates hold what a question asks about, in their order; empty for other questions.

    Args:
        question: The question.
        ranked: The candidates.
        said: All that the articles say, folded.
    """
    anchors = asked_about(question, said)
    if not anchors:
        return []
    asking = ASKS_WHAT.sub(" ", FIGURE.sub(" ", _asking(question.plain)))
    rest = [w for w in question.content if w in asking and len(w) > 1 and w not in GENERIC]
    about = ASKS_ABOUT.search(question.plain) or FIGURE.match(anchors[0])
    if question.writing is Writing.ENGLISH or question.mentioned or about:
        rest = []  # a glossary has several words for one thing, and no sentence all of them
    defined = forms.term(question.plain) and not FIGURE.match(anchors[0])
    everyday = defined and said.count(anchors[0]) > RAREST
    holding: list[int] = []
    for number, (_, candidate, _) in enumerate(ranked):
        sentence = _sentence(candidate)
        near = f"{sentence} {fold(candidate.article.name)}"
        met = dict(zip(question.topical, candidate.hit.met, strict=False))
        told = all(word in near or met.get(word, 0.0) >= MET for word in rest)
        told = told and (not everyday or _defines(anchors[0], sentence))
        if told and all(_stands(anchor, sentence) for anchor in anchors):
            holding.append(number)
    return holding


def asked_about(question: Question, said: str) -> tuple[str, ...]:
    """Return the figures or names that a question asks what, where or whether it is; none where it asks anything else."""
    if question.mentioned:
        return tuple(name for name in question.mentioned if name in said)
    plain = question.plain
    figures = tuple(dict.fromkeys(match[0] for match in FIGURE.finditer(plain)))
    figures = figures or tuple(bare for bare in BARE.findall(plain) if _is_figure(bare, said))
    at_once = any(ASKS_WHAT.match(plain, match.end()) for match in FIGURE.finditer(plain))
    if at_once or (figures and asks_figure(question)):
        return figures
    term = forms.term(plain)
    for spelt in (term, MARKS.sub("", term)):
        if len(spelt) >= NAME and spelt in said:
            return (spelt,)
    quoted = [name for name in QUOTED.findall(plain) if 0 < said.count(name) <= RAREST]
    if quoted and ASKS_WHETHER.search(plain) and not set(question.kinds) - {"yesno"}:
        return tuple(quoted)
    whether = bool(ASKS_WHETHER.search(plain)) or (
        question.writing is Writing.ENGLISH and "yesno" in question.kinds
    )
    ordinal = bool(ASKS_ORDINAL.search(plain))
    asking = (ASKS_WHAT, ASKS_WHICH, ASKS_WHERE, ASKS_ABOUT)
    if not (whether or ordinal or any(asks.search(plain) for asks in asking)):
        return ()
    other = set(question.kinds) - {"definition", "where", "yesno", "list"}
    naming = detect.NAMING.search(LISTED.sub("", plain))
    if not ordinal and (naming or other):
        return ()
    least = SHORTEST if whether else NAME
    words = question.topical if whether else question.content
    if question.writing is Writing.ENGLISH:
        words = question.names
    names = [word for word in words if len(word) >= least and _is_rare(word, said)]
    return tuple(names) if not question.times and not question.denied else ()


def asks_figure(question: Question) -> bool:
    """Whether a question asks what a figure is, rather than a name."""
    plain = question.plain
    figure = FIGURE.search(plain) or BARE.search(plain)
    if not figure or HOW_MANY.search(plain):
        return False
    if not any(_says_more(word, figure[0]) for word in question.content):
        return not set(question.kinds) - {"list", "definition", "where", "count", "other"}
    named = detect.NAMING.search(plain)
    return bool(ASKS_WHAT.search(plain) or (OF_FIGURE.search(plain) and not named))


def span_of(anchor: str, candidate: Candidate) -> tuple[int, int]:
    """Return the clause of a candidate's sentence that holds a figure or a name."""
    assert candidate.sentence is not None
    text = candidate.paragraph.text
    for start, end in clauses(text, *candidate.sentence):
        at = _find(anchor, fold(text[start:end]))
        if at >= 0 and SIGNED.search(text, start, end):
            return candidate.sentence
        if at >= 0:
            return start, start + at + len(anchor) if anchor[0].isdecimal() else end
    return candidate.start, candidate.end


def _is_figure(number: str, said: str) -> bool:
    """Whether the articles count something with a number: 8862个, but 12315 is the name of a hotline."""
    return (
        re.search(f"(?<![0-9.])(?:{number})(?=[余多万亿]|人次|{detect.UNIT}|元|%)", said)
        is not None
    )


def _says_more(word: str, figure: str) -> bool:
    """Whether a word of a question about a figure says anything beside that it is one."""
    return not (word in figure or word in GENERIC or OF_NUMBERS.fullmatch(word))


def _asking(plain: str) -> str:
    """Return the last clause of a folded question that asks whether; the question where none does."""
    asking = [clause for clause in CLAUSE.split(plain) if ASKS_WHETHER.search(clause)]
    return asking[-1] if asking else plain


def _is_rare(word: str, said: str) -> bool:
    return 0 < said.count(word) <= RAREST and bool(HAN.match(word)) and word not in GENERIC


def _defines(term: str, sentence: str) -> bool:
    """Whether a folded sentence says what a term means, rather than using it as everybody does."""
    return re.search(re.escape(term) + DEFINES, sentence) is not None


def _sentence(candidate: Candidate) -> str:
    span = candidate.sentence
    return fold(candidate.paragraph.text[slice(*span)]) if span else ""


def _stands(anchor: str, text: str) -> bool:
    return _find(anchor, text) >= 0


def _find(anchor: str, text: str) -> int:
    """Return where a name, or a figure that is no part of a longer one, stands in a folded text; -1 for nowhere."""
    before = "(?<![0-9.])" if anchor[0].isdecimal() else ""
    behind = "(?![0-9])" if anchor[-1].isdecimal() else ""
    match = re.search(before + re.escape(anchor) + behind, text)
    return match.start() if match else -1
