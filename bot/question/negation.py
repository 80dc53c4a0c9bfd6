"""What a question denies: 没有开通ODR的单位有多少家 asks for those that did *not*, and no sentence on those that did answers it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.analysis.tokenizer import Token

DENIES = re.compile(
    "(?:还|仍然?|尚|从|都|也)?(?:没有?被?|未能?(?!成年|来|婚)|尚未|不(?:能|可以?|会|予|给|支持|参加|接受|办理|处理|再)?|无法|拒绝|并非)"
)
NO_DENIAL = re.compile(
    "不(?:满意?(?=就?[能可给])|是|断|一样|问|用|讲|说|想|喜|准|仅|过|错|同|少|知|懂|清楚|明白|好意思|止|久|但|论|如|得不|含糊|出|够|到|了|就|起|上|来|住|下|法|在)|没(?:人|事|记错|错|收|用)|无理由|不要"
)
"""Words that begin alike and deny nothing, or are what is asked about: 不满意, 不合格, 没收."""
TAG = re.compile(r"(?:没有?|未|不)(?:呢|吗|啊|呀|的)?\s*(?:[?？。!！,，]|$)")
"""有法律顾问队伍没有: a question, not a denial."""
LIGHT = frozenset(
    [
        "有",
        "被",
        "把",
        "在",
        "给",
        "了",
        "过",
        "的",
        "来",
        "去",
        "上",
        "做",
        "到",
        "得",
        "能",
        "会",
        "让",
    ]
)
IS_NONE = re.compile("(?<!是)不是([^,。?]{2,14}?)的(?:[^,。?]{0,6}?)有?(?:多少|几|哪)")
"""What something is none of: 不是放心消费承诺单位的商家有几家."""
CANNOT = re.compile("([\u4e00-\u9fff]{2})不(?:了|掉|成)(?![的吗])")
"""What cannot be done: 解决不了."""
NUMBER = re.compile("[0-9]|多少|[几半两一二三四五六七八九十百千]+[家个件起次条人名场批项万千百]")
DONE = re.compile("([\u4e00-\u9fff])[回成完好到掉走拢妥通]")
"""A verb of one character with what comes of it: 要回, 办成."""
SHORT = frozenset("退换收管办赔用开卖修改评贴签查设建挂装")
"""Words of one character that are denied by themselves; others are parts of words that the tokenizer cut."""
EXCEPTED = re.compile("无理由")
NEAR = 6
"""Characters behind a denial in which what it denies stands."""
WILLING = re.compile("肯|愿意?")
SAYS_NOT = "(?:[不未没无非拒禁](?:[有能被予得会可再]|以)?|除外)"
TURNED = (
    (
        "落选",
        "落榜",
        "淘汰",
        "出局",
        "未入选",
        "没有入选",
        "刷掉",
        "刷下",
        "筛掉",
        "没评上",
        "没选上",
    ),
    ("取消", "撤销", "摘牌", "撤牌", "注销", "吊销"),
    ("倒闭", "停业", "关门", "关停", "歇业", "关闭", "跑路"),
    ("退出", "退会", "不再参加"),
)
"""Words that say the opposite of what most sentences tell; what is asked of one of a row needs one of that row."""
ASKING = frozenset(["count", "list", "who", "where", "date", "percent", "money", "duration"])
"""Kinds of answer that pick something out; why, how and whether are asked of what is not so, too."""


def denied(plain: str, words: Sequence[Token]) -> tuple[str, ...]:
    """Return the words that a question denies, as they stand in it.

    Args:
        plain: The question, folded.
        words: Its words.
    """
    found: list[str] = []
    for match in DENIES.finditer(plain):
        start, end = match.span()
        if (
            plain[max(start - 1, 0)] == "差"
            or NO_DENIAL.match(plain, start)
            or TAG.match(plain, start)
        ):
            continue
        if start and plain[start - 1] in (plain[end : end + 1], plain[start + 1 : start + 2]):
            # 满不满意, 能不能
            continue
        if plain[max(start - 1, 0) : start + 1] in (
            "有没",
            "有无",
            "是否",
            "与不",
            "和不",
            "或不",
            "就不",
        ):
            continue
        if any(word.start == start and word.end > end + 1 for word in words):
            continue  # 没想到, 没完没了
        following = [word.term for word in words if word.start >= end and word.term not in LIGHT]
        ends = {word.end for word in words}
        if (done := DONE.match(plain, end)) and end + 1 in ends and done[1] not in LIGHT:
            found.append(done[0])  # 没 要 回来, 没调 成
        elif following and following[0] in plain[end : end + NEAR] and _is_verb(following[0]):
            found.append(following[0])
        elif willing := WILLING.match(plain, end):
            found.append(willing[0])  # 不肯做…
    found += [m[1] for m in IS_NONE.finditer(plain)]
    found += [m[1] for m in CANNOT.finditer(plain) if not plain.startswith(m[1], m.end())]
    return tuple(dict.fromkeys(found))


def _is_verb(word: str) -> bool:
    return (len(word) > 1 and not NUMBER.match(word)) or word in SHORT


def says_not(word: str, folded: str) -> bool:
    """Whether a folded text denies a word: 不支持无理由退货 does with 支持, 无理由退货 denies nothing."""
    text = EXCEPTED.sub("", folded)
    return re.search(f"{SAYS_NOT}[^,。;、]{{0,3}}{re.escape(word)}", text) is not None


def turned(plain: str, folded: str) -> bool:
    """Whether a text has the opposite that a question asks for: of 落选的有几家 one of 落选, 落榜, 淘汰; True where it asks for none."""
    rows = (row for row in TURNED if any(word in plain for word in row))
    return all(any(word in folded for word in row) for row in rows)
