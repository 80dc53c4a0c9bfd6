"""Questions about the articles themselves: whether they speak of something at all, and who wrote them.

胖东来有写进去吗                  speaks of 胖东来?
稿子里写没写G60科创走廊           speaks of g60科创走廊?
哪篇是记者王建国写的              signed by 王建国?
静安寺那篇的编辑是谁              signed by whom?
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.analysis.chars import CJK
from bot.analysis.tokenizer import Token

NOUN = "(?:报道|报导|文章|新闻|资料|稿子|稿件|文稿|推文|材料|语料|原文|正文|全文)"
ARTICLE = (
    f"(?:(?:(?:你们?)?[这那哪]?(?:[几些两]|一)?篇?|(?:你们?)?(?:这[儿里])?收录的|所有|全部|本站)的?{NOUN}"
    f"|[这那哪](?:[几些两]|一)?篇|(?<![{CJK}])文(?=[中里内章])|[这那](?:里头|里面|里边))"
    "(?:里面|里边|里头|当中|之中|中|里|内|上)?"
)
"""How people call the articles, or where they stand: 这几篇报道里."""
HERE = "(?:(?:你们?)?[这那](?:儿|里)(?:面|头|边)?|里面|里头|上面|上头|当中|其中|哪一?(?:段|句|处|个地方))"
WHETHER = "(?:有没有(?:出来)?|有无|是否有?|是不是|有)"
SAID = "(?:一嘴|一句|一下|一笔|话|名字)?"
BRINGS_UP = f"被?(?:(?P<verb>[提讲说写谈])没(?P=verb)[到及过起]?|[提讲说写谈](?:到|及|过|起|进去?|的是)+|提名|点到?名|露过?[个脸面头]+)[过着]?{SAID}(?!的)"
"""What articles do with what they mention, whatever stands around it."""
LISTS = "出现|收录|列入|涉及|记载|报道|报导"
REPORTS = f"被?(?:{LISTS})过?{SAID}(?!的)"
TELLS = f"被?(?:{LISTS}|[讲说写提](?![到及过起]))过?{SAID}(?!的)"
"""What they do with it where it is asked whether; the second where the articles are named."""
NOT = "(?:没有?|吗|(?<!什)么|吧)"
IT = "(?:[它他她]们?|这[家个]|这?种?事)?"
END = "(?:[呀啊呢])?(?:[?。!]|$)"
BEGIN = "^(?:请核实|请问|核实一下|我想问)?[,:]?"
NAME = "(?P<name>.+?)"
ABOUT = f"(?:内容|东西|消息|事情?|{NOUN})"
"""What is told of somebody or something."""
FRAMES = tuple(
    re.compile(pattern)
    for pattern in (
        # 我记得有篇报道说…，你这儿有吗
        f"^(?:我?(?:好像)?记得)?(?:有|看到|看过)?(?:一?篇|个){NOUN}里?(?:[讲说写提](?:到|过|起|的是)*)(?!没|有没有|是否)[,:]?"
        f"(?P<name>.{{8,}}?)(?:,{HERE}有{NOT})?{END}",
        # 有没有提到天猫, 稿子里写没写G60科创走廊, 报道里有没有讲联络点怎么处理纠纷
        f"{BEGIN}(?:{ARTICLE}|{HERE})?{WHETHER}?{BRINGS_UP}{NAME}{NOT}?{END}",
        f"{BEGIN}(?:{ARTICLE}|{HERE})?{WHETHER}{REPORTS}{NAME}{NOT}?{END}",
        f"{BEGIN}(?:{ARTICLE}|{HERE}){WHETHER}?{TELLS}{NAME}{NOT}?{END}",
        f"{BEGIN}{ARTICLE}{WHETHER}(?:关于)?{NAME}{NOT}?{END}",
        # 有没有哪段讲到G60那条走廊
        f"{BEGIN}(?:{WHETHER})(?:{ARTICLE}|{HERE})(?:{BRINGS_UP}|{TELLS}){NAME}{NOT}?{END}",
        # 杉井奥特莱斯有没有在报道里出现
        f"^{NAME},?{WHETHER}在(?:{ARTICLE}|{HERE})(?:{BRINGS_UP}|{TELLS}){NOT}?{END}",
        # G60科创走廊在哪篇文章里出现过
        f"^{NAME},?{IT}在{ARTICLE}{TELLS}{NOT}?{END}",
        # 你们登过跟G60有关的内容没有
        f"{BEGIN}(?:{ARTICLE}|{HERE}|你们?)?{WHETHER}?(?:{TELLS}|登过?|发过?|刊登过?)(?:跟|和|与|关于)?{NAME}(?:有关|相关)?的?{ABOUT}{NOT}?{END}",
        f"{BEGIN}(?:{ARTICLE}|{HERE}|你们?)?{WHETHER}(?:跟|和|与|关于){NAME}(?:有关|相关)?的?{ABOUT}{NOT}?{END}",
        # 胖东来有写进去吗, 天一商圈这几篇有写吗, …，这种事文章里写过没有
        f"^{NAME},?{IT}在?(?:{ARTICLE}|{HERE})?{WHETHER}?{BRINGS_UP}{IT}(?:{ARTICLE})?{NOT}?{END}",
        f"^{NAME},?{IT}在?(?:{ARTICLE}|{HERE})?{WHETHER}{TELLS}{IT}{NOT}?{END}",
        f"^{NAME},?{IT}在?{ARTICLE}[讲说写提]了?{NOT}{END}",
        f"^{NAME},?(?:是否|是不是)?(?:确有其事|真有(?:其事|这回事|这个?|它)?|有这[回个](?:事|东西)?|存在){NOT}?{END}",
        f"^{NAME},?(?:{ARTICLE}|,{HERE}){WHETHER}(?:收录|记录|记载|相关的?)?{NOT}?{END}",
        # 联络点用企业微信的内容有没有
        f"^{NAME}的?(?:相关的?)?{ABOUT}(?:有没有|有吗){END}",
    )
)
"""How it is asked whether the articles speak of something; that is the group `name`."""
MARKED = re.compile(
    f"确有其事|有没有|有无|是否|是不是|[提讲说写谈]没|{NOT}{END}|哪[些几一]?篇|^(?:我?(?:好像)?记得)?(?:有|看到|看过)?(?:一?篇|个){NOUN}"
)
"""What makes it a question."""
ROLE = "(?:记者|编辑|责编|责任编辑|作者)"
WROTE = "(?:编辑|采写|撰写|报道|写|编|发)"
PERSON = f"(?!姓名|名字|叫|姓|是|[怎多几如哪什何谁])(?P<name>[{CJK}]{{2,4}}?)(?<![是谁哪么的有没])"
SIGNED = tuple(
    re.compile(pattern)
    for pattern in (
        f"(?:{ARTICLE}的?(?:是|由)?{ROLE}|署名(?:是|为)?{ROLE}?){PERSON}(?:{WROTE}|的|{NOT})*{END}",
        f"{ARTICLE}(?:是|由){PERSON}{WROTE}的?{NOT}?{END}",
        f"^{ROLE}?{PERSON}{WROTE}[过了]?(?:{HERE})?的?(?:[哪几][些几一]?篇?{NOUN}?)了?{END}",
    )
)
"""How it is asked what somebody wrote; the person is the group `name`."""
WHO = re.compile(
    f"{ARTICLE}.*(?:谁|哪[位个]).{{0,3}}{WROTE}|(?:{ARTICLE}.*{ROLE}|责编|责任编辑|(?<!总)编辑|作者)(?:是|叫|姓)?(?:谁|哪|什么|啥|[?]|$)|谁{WROTE}的{ARTICLE}"
)
"""How it is asked who wrote an article."""
WHEN = re.compile(
    f"(?:{ARTICLE}|这个报)的?.{{0,4}}(?:(?:什么时候|几[号月]|哪[天年日]|何时).{{0,3}}(?:写|发|登|刊|出|公布|报道)|(?:写|发|登|刊|出|公布|报道)[布表载出]?[于在]?(?:什么时候|几[号月]|哪[天年日]|何时)|(?:是)?(?:什么时候|几号|哪[天年]|何时)的|(?:有没有|有)?(?:日期|时间)(?:吗|没有|$))"
    f"|(?:什么时候|哪天|何时)(?:写|发|登|刊)[布表载]?的{ARTICLE}|^那?.{{1,6}}(?<=[一-鿿])那一?篇呢"
)
"""How it is asked when an article was published."""
ENGLISH = re.compile(
    r"\b(?:who (?:wrote|edited|reported|published)|(?:author|editor|reporter|byline)\b.{0,24}\b(?:article|story|report|piece)|(?:article|story|report|piece)\b.{0,40}\b(?:author|editor|reporter|byline|written by|published|edited|dated))"
)
"""How both are asked in English."""
ENGLISH_NAMED = re.compile(
    r"^(?:is|are|was|were) (?P<is>[^?]+?) (?:mentioned |named |covered |listed )?(?:anywhere )?in (?:your|the|these|any of (?:your|the|these)) (?:articles?|reports?|stories|news|sources|texts?)\b"
    r"|^(?:do|does|did) (?:your|the|these|any of (?:your|the|these)) (?:articles?|reports?|stories|news|sources|texts?) (?:mention|name|cover|talk about|say anything about|speak of) (?P<do>[^?]+)"
)
"""How it is asked in English whether they speak of something."""
PRONOUN = re.compile("^[这那它他她](?:[家个种件]|们)?(?:店|事|人|地方)?$")
ITSELF = re.compile(f"(?:[这那哪]|{ARTICLE})?(?:{TELLS}|{BRINGS_UP})?")
"""What is left where nothing is named: 哪篇报道说到过."""
BEFORE = re.compile("^(?:关于|有关|那个|这个|那家|这家|一个|一家|叫做?|名叫|像)+")
BEHIND = re.compile(
    "(?:(?:这个|那个|这家|这些)?(?:人|事|地方|字样|[两三四]个字)|的(?:事情?|内容|消息)?)$"
)
"""What stands around a name and is no part of it."""
MARKS = re.compile("[“”\"'‘’「」『』]")


SHORTEST, LONG, RAREST = 3, 5, 4
"""Characters of a name, and times that articles may use it, that is taken for what is asked about out of more words; a word so
long is a name even where the vectors know it."""


class Mention(NamedTuple):
    """What a question asks of the articles themselves.

    Args:
        name: What they may speak of, or who may have signed them; "" where it is asked who did.
        signed: Whether it is asked who wrote or edited.
    """

    name: str
    signed: bool = False


def asked(plain: str) -> Mention | None:
    """Return what a question asks of the articles themselves; None where it asks for what they say.

    Args:
        plain: The question, folded, in Simplified characters.
    """
    for frame in SIGNED:
        if match := frame.search(plain):
            return Mention(match["name"], signed=True)
    if WHO.search(plain) or WHEN.search(plain) or ENGLISH.search(plain):
        return Mention("", signed=True)
    if match := ENGLISH_NAMED.search(plain):
        return Mention((match["is"] or match["do"]).strip())
    clauses = [clause.strip() for clause in re.split("(?<=[?。!])|\\s+", plain) if clause.strip()]
    for number, clause in enumerate(clauses):
        name = _spoken_of(clause)
        if name and PRONOUN.match(name) and number:
            name = clauses[number - 1].strip("?。!")
        if name and not PRONOUN.match(name):
            return Mention(name)
    return None


def _spoken_of(clause: str) -> str:
    if not MARKED.search(clause):
        return ""
    last = clause.rpartition(",")[2]
    for text, frame in itertools.product(dict.fromkeys((clause, last)), FRAMES):
        match = frame.match(text)
        if match is None:
            continue
        name = str(match["name"]).strip(", ")
        if not PRONOUN.match(name):
            name = MARKS.sub("", BEHIND.sub("", BEFORE.sub("", name)))
        elif "," in clause:
            name = clause.partition(",")[0]
        if re.search(f"[{CJK}a-z0-9]", name) and not ITSELF.fullmatch(name):
            return name
    return ""


def names(
    name: str, words: Sequence[Token], said: str, is_common: Callable[[str], bool]
) -> tuple[str, ...]:
    """Return the names in what is asked about that a lookup decides on; none where its words have to be understood.

    Args:
        name: What the articles may speak of.
        words: Its words.
        said: All that the articles say, folded.
        is_common: Whether a word is an ordinary one that names nothing.
    """
    if name in said:
        return (name,) if said.count(name) <= RAREST else ()
    if words and not any(len(word.term) > 1 and word.term in said for word in words):
        return (name,)
    found: list[str] = []
    at = 0
    while at < len(words):
        runs = (words[at:end] for end in range(len(words), at, -1))
        run = next((run for run in runs if _names(run, name, said, is_common)), ())
        found += [name[run[0].start : run[-1].end]] if run else []
        at += max(len(run), 1)
    return tuple(found)


def _names(run: Sequence[Token], name: str, said: str, is_common: Callable[[str], bool]) -> bool:
    """Whether words in a row are a name that the articles use now and then, rather than an ordinary word."""
    text = name[run[0].start : run[-1].end]
    return (
        len(text) >= SHORTEST
        and 0 < said.count(text) <= RAREST
        and (len(run) > 1 or len(text) >= LONG or not is_common(text))
    )
