"""Questions that name a provision by number, or ask where in the law something stands: 消法55条, 退一赔三是哪一条.

消法实施条例19条第二款说了什么      law 消法实施条例, 条 19, 款 2
民法典587                          law 民法典, 条 587
第二十六条呢                       条 26 of what is talked of
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.analysis.numerals import in_chinese, number

DIGITS = "0-9零〇一二三四五六七八九十百千"
MOST = 9999
"""条 that a number may be."""
_LEAF = re.compile(
    f"第?\\s*(?P<leaf>[0-9]{{1,4}}|[零〇一二三四五六七八九十百千]{{1,9}})\\s*条(?P<of>之[一二三四五六七八九十])?(?!腿|街|路|裙|领|鱼|烟|狗|裤|命|龙)"
    f"(?:\\s*的?第?\\s*(?P<clause>[{DIGITS}]{{1,3}})\\s*款)?(?:\\s*的?第?\\s*[(（]?(?P<item>[{DIGITS}]{{1,3}})[)）]?\\s*项)?"
)
_BARE = re.compile(
    "(?<=[法典例定法则释])》?\\s*(?P<leaf>[0-9]{1,4})(?=\\s*(?:[?？。吗呢]|$|是|说|讲|规定|怎么|什么|内容|原文|全文))"
)
"""A number behind a law's name, and nothing that it counts."""
_LAW = re.compile("[\u4e00-\u9fff《》〈〉()（）]+$")
ASKS_WHERE = re.compile(
    "(?:是|在|属于|规定在|见|出自|对应|写在|依据的?是|依据)?(?:的?(?:(?:哪部|什么|哪个|哪一部)(?:法律?|法规|条例|规定)的?)?(?:哪一?条|第几条|哪条|哪几条)(?:法律?|法规|规定|条款|法条)?|"
    "(?:哪部|哪一部)(?:法律?|法规)|什么法(?:律|条)?(?=[?？规里说]|$)|哪个法条|(?:法律?|法条)依据(?:是什么|在哪)?)(?:规定的?|里面?|说的?|写的?)?"
)
"""What asks in which provision a rule stands."""
_ROADS = re.compile(
    "哪一?条(?:路|街|线|生产线|鱼|裤|裙|领|消息|新闻|信息|建议|意见|投诉|航线|地铁)"
)


class Sought(NamedTuple):
    """A provision that a question names.

    Args:
        law: What stands before the number, as much of it as may name a law; "" where nothing does.
        name: The 条, as statutes write it.
        clause: The 款, None where none is named.
        item: The 项, None where none is named.
    """

    law: str
    name: str
    clause: int | None = None
    item: int | None = None


def sought(plain: str) -> Sought | None:
    """Return the provision that a question names; None where it names none."""
    found = _LEAF.search(plain) or _BARE.search(plain)
    if found is None:
        return None
    value = _value(found["leaf"])
    if not 0 < value <= MOST:
        return None
    parts = found.groupdict()
    clause, item = (_value(parts[name]) if parts.get(name) else None for name in ("clause", "item"))
    law = _LAW.search(plain[: found.start()].rstrip(" ,，的"))
    name = f"第{in_chinese(value)}条{parts.get('of') or ''}"
    return Sought(law[0] if law else "", name, clause, item)


class Placed(NamedTuple):
    """A question in which provision something stands.

    Args:
        law: What stands before what asks, as much of it as may name a law.
        rest: The question without what asks.
    """

    law: str
    rest: str


def without_asking(plain: str) -> Placed | None:
    """Return a question that asks in which provision something stands, without that; None for any other question."""
    found = None if _ROADS.search(plain) else ASKS_WHERE.search(plain)
    if found is None:
        return None
    before = plain[: found.start()].rstrip(" 的里中")
    rest = f"{before} {plain[found.end() :]}".strip(" ?？,，。的")
    law = _LAW.search(before)
    return Placed(law[0] if law else "", rest) if len(rest) > 1 else None


def _value(text: str) -> int:
    return int(number(text))
