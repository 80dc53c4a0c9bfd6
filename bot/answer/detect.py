"""Whether a text states a kind of thing: a phone number, a date, a count with its unit, somebody who acts.

These are the detectors that `corpus/lexicon/attributes.toml` names, and what `kinds.tsv` asks for. They see folded text.
"""

from __future__ import annotations

import re

NUMBER = r"(?:\d[\d.,]*|[一二两三四五六七八九十百千万亿]+)"
CARDINAL = rf"(?<![第\d.,一二两三四五六七八九十百千万亿]){NUMBER}"
"""A number that counts: 第二十五条 counts nothing."""
UNIT = "家|个|件|起|次|条|人|名|场|批|项|户|所|处|篇|类|种|支|座|辆|份|位|站|点|例|宗|间|款|单|张|枚|台|套|间|头|亩|公里|对|倍"
PATTERNS = {
    "phone": r"(?<!\d)(?:0\d{2,3}-?\d{7,8}|1[3-9]\d{9}|400-?\d{3}-?\d{4}|12\d{3}|96\d{3,4}|\d{7,8})(?!\d)",
    "url": r"https?://|www\.|\.(?:com|cn|gov|org|net)\b|@",
    "address": r"[路街道巷弄]\s*\d+\s*[号弄]|号楼",
    "clock": r"\d{1,2}[:点时]\d{0,2}|[上下]午\d",
    "money": rf"{NUMBER}余?[万亿]?余?元",
    "date": r"\d{1,2}月(?:\d{1,2}日)?|\d{4}年|\d{1,2}日",
    "year": r"(?:19|20)\d\d年?",
    "count": rf"{CARDINAL}余?[万亿]?余?(?:{UNIT})",
    "percent": r"\d[\d.]*%|百分之|[一二三四五六七八九]成",
    "duration": rf"{NUMBER}余?(?:年|个月|天|日|小时|分钟|周|个?工作日)",
    "actor": "[局会委院所处部厅社店站]|公司|中心|部门|小组|人员|[先女]生|女士|记者|主任|书记|某|者",
}
COMPILED = {name: re.compile(pattern) for name, pattern in PATTERNS.items()}

UNDETECTABLE = frozenset(["none", "person"])
"""Detectors that stand in the lexicon for what no form gives away."""

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
