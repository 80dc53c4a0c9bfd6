"""Whether a text states a kind of thing: a phone number, a date, a count with its unit, somebody who acts.

These are the detectors that `corpus/lexicon/attributes.toml` names, and what `kinds.tsv` asks for. They see folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

NUMBER = r"(?:\d[\d.,]*|[一二两三四五六七八九十百千万亿]+)"
UNIT = "家|个|件|起|次|条|人|名|场|批|项|户|所|处|篇|类|种|支|座|辆|份|位|站|点|例|宗|间|款|单|张|枚|台|套|间|头|亩|公里|对|倍"
PATTERNS = {
    "phone": r"(?<!\d)(?:0\d{2,3}-?\d{7,8}|1[3-9]\d{9}|400-?\d{3}-?\d{4}|12\d{3}|96\d{3,4}|\d{7,8})(?!\d)",
    "url": r"https?://|www\.|\.(?:com|cn|gov|org|net)\b|@",
    "address": r"[路街道巷弄]\s*\d+\s*[号弄]|号楼",
    "clock": r"\d{1,2}[:点时]\d{0,2}|[上下]午\d",
    "money": rf"{NUMBER}余?[万亿]?余?元",
    "date": r"\d{1,2}月(?:\d{1,2}日)?|\d{4}年|\d{1,2}日",
    "year": r"(?:19|20)\d\d年?",
    "count": rf"{NUMBER}余?[万亿]?余?(?:{UNIT})",
    "percent": r"\d[\d.]*%|百分之|[一二三四五六七八九]成",
    "duration": rf"{NUMBER}余?(?:年|个月|天|日|小时|分钟|周|个?工作日)",
    "actor": "[局会委院所处部厅社店站]|公司|中心|部门|小组|人员|[先女]生|女士|记者|主任|书记|某|者",
}
COMPILED = {name: re.compile(pattern) for name, pattern in PATTERNS.items()}
ANSWERS_KIND = {
    "count": ("count", "money", "percent", "duration"),
    "date": ("date", "year"),
    "percent": ("percent",),
    "money": ("money",),
    "duration": ("duration", "date"),
    "who": ("actor",),
}
CLAUSE = "[^、,。;:]"
HELPS = re.compile(
    "拨打|登[录陆]|扫码|携带|提交|填写|申请|窗口|有权|应当|不得|赔偿|退还|向[^,。]{1,15}(?:投诉|举报|反映|申诉)|可以?(?:向|要求|凭|到|在|由|先)"
)
"""What a sentence has that tells somebody how to proceed, or what the law gives them."""
MANNERS = {
    "reason": re.compile(
        "因为|因此|原因|理由|起因|由于|缘于|源[于自]|是因|为了|为此|旨在|为的是|出于|之所以|以免|导致|所致|[,。;]因"
    ),
    "list": re.compile(
        f"(?:、{CLAUSE}{{1,20}}){{2}}|分别|包括|[二三四五六七八九十两\\d][种类项个条点大步张]{CLAUSE}{{0,10}}[:是为]|:.*;"
    ),
    "procedure": re.compile(
        f"拨打|登录|登记|提交|携带|[须需应可凭持]|填写|扫码|申请|由{CLAUSE}{{1,20}}(?:承担|负责|办理)|通过|采取|实行"
    ),
    "where": re.compile(
        "位于|设[在于]|地址|坐落|[路街道巷]\\d*号|[\\d一二三四五六七八九十]楼|窗口|大厅|门口|旁边|附近|[东南西北]侧|广场|中心"
    ),
    "who": re.compile(
        f"由{CLAUSE}{{1,20}}(?:承担|负责|出|付|牵头|主持|批准|组织)|{CLAUSE}{{2,12}}(?:介绍|表示|告诉|认为|解释|坦言|说[,:])"
        "|[主书局科所站队院会组经][任记长理员]|[先女]生|女士"
    ),
    "yesno": re.compile("[不没未无]|可以|允许|必须|已经?|只有|均|都|禁止"),
}
"""How sentences sound that give what the softer kinds of answer want; they may, and need not."""

UNDETECTABLE = frozenset(["none", "person"])
"""Detectors that stand in the lexicon for what no form gives away."""
ASKED_UNIT = re.compile(
    rf"(?:多少|几)(?:万|亿|千|百)?({UNIT}|元|钱|块|天|年|小时|分钟|个月|个?工作日)"
)
ALIKE = ("家个处所站户点间", "件起次条例宗单项", "人名位", "元钱块", "款种类")
"""Units that people use for each other."""
KIN, ANY = 0.7, 0.4
"""What a number is worth that counts in a unit like the asked one, and in any other where one was asked."""

DIGITS = re.compile(r"\d")
TIMES = {
    "year": re.compile("去年|前年|今年|明年|上一?年|前一年|来年|本年|历年"),
    "part": re.compile(
        "全年|[上下]半年|前?[一二三四1-4]个?季度|年初|年底|春节|国庆|五一|暑[假期]|寒假"
    ),
    "month": re.compile(r"(?<!\d)(?:1[0-2]|[1-9])月|[一二三四五六七八九十]{1,2}月"),
    "moment": re.compile("昨天|今天|明天|上[周个]月?|下[周个]月?|本[周月]|目前"),
}
"""Words for times; two of one kind that are not the same exclude each other."""
NAMING = re.compile(
    "叫(?:什么|啥|甚)|名字|名单|哪(?:[一二两三几]|些)?(?:家|位|款|所|个人|个品牌)|是谁|谁(?:家|的)?|姓(?:什么|啥|甚)|牌子|品牌|名称"
)
"""How people ask for the name of somebody or something."""
TITLED = re.compile("[“《「][^”》」]{2,}[”》」]")


def conflict(question: str, sentence: str, text: str) -> float:
    """Return how far a sentence speaks of other times than the question: 1 where it names another one, as 去年 for 今年.

    Args:
        question: The folded question.
        sentence: The folded sentence.
        text: The folded text of its article; a time that is asked for and stands nowhere in it is half a conflict.
    """
    worst = 0.0
    for pattern in TIMES.values():
        asked = set(pattern.findall(question))
        if not asked:
            continue
        told = set(pattern.findall(sentence))
        if told and not asked & told:
            return 1.0
        if not told and not asked & set(pattern.findall(text)):
            worst = 0.5
    return worst


def states(detector: str, folded: str) -> bool:
    """Whether a folded text states what a detector looks for; an unknown detector finds nothing."""
    pattern = COMPILED.get(detector)
    return pattern is not None and pattern.search(folded) is not None


def lacks(detector: str, folded: str) -> bool:
    """Whether a folded text certainly does not state what a detector looks for."""
    return detector not in UNDETECTABLE and not states(detector, folded)


def answers(kind: str, folded: str) -> bool:
    """Whether a folded text can be the answer to a question that wants this kind; a kind without a form can."""
    detectors = ANSWERS_KIND.get(kind)
    return detectors is None or any(states(detector, folded) for detector in detectors)


def slots(kinds: Sequence[str], question: str, folded: str) -> Iterator[tuple[int, float]]:
    """Yield where a folded text states what the kinds of answer want, and how well its unit fits, 0 to 1.

    A number that the question brings along is no answer to it: of 218家店里查出多少家 218家 is none.

    Args:
        kinds: The kinds of answer.
        question: The folded question, for the unit that it asks for: 多少家 is answered by 313家 rather than 2次.
        folded: The text.
    """
    asked = ASKED_UNIT.search(question)
    unit = asked[1] if asked else ""
    for kind in kinds:
        for detector in ANSWERS_KIND.get(kind, ()):
            for match in COMPILED[detector].finditer(folded):
                if DIGITS.search(match[0]) and match[0] in question:
                    continue
                fits = 1.0
                if kind == "count" and unit:
                    kin = any(unit[-1] in group and match[0][-1] in group for group in ALIKE)
                    fits = 1.0 if match[0].endswith(unit) else KIN if kin else ANY
                yield match.start(), fits


def manners(kinds: Sequence[str], folded: str) -> Iterator[tuple[int, float]]:
    """Yield where a folded text sounds like what the softer kinds of answer want, each counting 1."""
    for kind in kinds:
        pattern = MANNERS.get(kind)
        if pattern is not None:
            for match in pattern.finditer(folded):
                yield match.start(), 1.0
