"""Whether a text states a kind of thing: a phone number, a date, a count with its unit.

These are the detectors that `corpus/lexicon/attributes.toml` names, and what `kinds.tsv` asks for. They see folded text.
"""

from __future__ import annotations

import re

NUMBER = r"(?:\d[\d.,]*|[一二两三四五六七八九十百千万亿]+)"
UNIT = "家|个|件|起|次|条|人|名|场|批|项|户|所|处|篇|类|种|支|座|辆|份|篇|位|站|点"
PATTERNS = {
    "phone": r"(?<!\d)(?:0\d{2,3}-?\d{7,8}|1[3-9]\d{9}|400-?\d{3}-?\d{4}|12\d{3}|96\d{3,4})(?!\d)",
    "url": r"https?://|www\.|\.(?:com|cn|gov|org|net)\b|@",
    "address": r"[路街道巷弄]\s*\d+\s*[号弄]|号楼",
    "clock": r"\d{1,2}[:点时]\d{0,2}|[上下]午\d",
    "money": rf"{NUMBER}余?[万亿]?余?元",
    "date": r"\d{1,2}月(?:\d{1,2}日)?|\d{4}年",
    "year": r"(?:19|20)\d\d年?",
    "count": rf"{NUMBER}余?[万亿]?余?(?:{UNIT})",
    "percent": r"\d[\d.]*%|百分之|[一二三四五六七八九]成",
    "duration": rf"{NUMBER}余?(?:年|个月|天|日|小时|分钟|周|个工作日)",
}
COMPILED = {name: re.compile(pattern) for name, pattern in PATTERNS.items()}
ANSWERS_KIND = {
    "count": ("count", "money", "percent", "duration"),
    "date": ("date", "year"),
    "percent": ("percent",),
    "money": ("money",),
    "duration": ("duration", "date"),
}


def states(detector: str, folded: str) -> bool:
    """Whether a folded text states what a detector looks for; an unknown detector finds nothing."""
    pattern = COMPILED.get(detector)
    return pattern is not None and pattern.search(folded) is not None


def answers(kind: str, folded: str) -> bool:
    """Whether a folded text can be the answer to a question that wants this kind; a kind without a form can."""
    detectors = ANSWERS_KIND.get(kind)
    return detectors is None or any(states(detector, folded) for detector in detectors)
