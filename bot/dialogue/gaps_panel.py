"""What could not be answered, a page at a time: groups of questions that are alike, the biggest first. Pure.

最近 30 天没答上或被点 👎 的问题：56 次，归为 23 组
1. 12 次 · 北京哪里可以投诉？
- 缺：北京
- 类似的问法：北京投诉电话是多少
[下一页 »]
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.dialogue import menu
from bot.dialogue.likeness import Group
from bot.dialogue.panel import Block, Look, Panel, Span, text_panel
from bot.dialogue.records import DISLIKED
from bot.dialogue.shortening import shortened
from bot.dialogue.wording import Wording

GAPS = "gaps:"
"""What the data of the buttons begin with; the days and the page follow."""
DATA = re.compile(rf"{GAPS}(\d{{1,3}}):(\d{{1,4}})", re.ASCII)
A_PAGE = 8
LONGEST, MOST_OTHERS = 80, 2


def panel(groups: Sequence[Group], days: int, page: int, words: Wording) -> Panel:
    """Return a page, from 0; the last one where there are not so many."""
    if not groups:
        return text_panel(words.say("gaps_none", days=days))
    page = menu.page_of(page, len(groups), A_PAGE)
    times = sum(group.times for group in groups)
    head = words.say("gaps_head", days=days, times=times, groups=len(groups))
    first = page * A_PAGE
    blocks: list[Block] = [(Span(head, Look.LEAD),)]
    blocks += [
        _block(number, group, words)
        for number, group in enumerate(groups[first : first + A_PAGE], first + 1)
    ]
    return Panel(tuple(blocks), menu.pager(f"{GAPS}{days}:", page, len(groups), A_PAGE, words))


def _block(number: int, group: Group, words: Wording) -> Block:
    example = shortened(group.gaps[0].text, LONGEST) or words.say("gaps_unseen")
    spans = [Span(words.say("gaps_group", number=number, times=group.times, example=example))]
    missing = dict.fromkeys(gap.missing for gap in group.gaps if gap.missing)
    if missing:
        named = shortened("、".join([*missing][:MOST_OTHERS]), LONGEST)
        spans.append(Span(words.say("gaps_missing", missing=named), Look.ITEM))
    disliked = sum(gap.times for gap in group.gaps if gap.reason == DISLIKED)
    if disliked:
        spans.append(Span(words.say("gaps_disliked", count=disliked), Look.ITEM))
    others = dict.fromkeys(shortened(gap.text, LONGEST) for gap in group.gaps)
    others.pop(example, None)
    if others:
        named = " / ".join([*others][:MOST_OTHERS])
        spans.append(Span(words.say("gaps_others", others=named), Look.ITEM))
    return tuple(spans)
