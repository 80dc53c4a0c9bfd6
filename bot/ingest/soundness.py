"""What an article shows by itself to be wrong with it, whatever page it came from: what to ask about before it is taken.

中国消费者报广州讯（记者…）…      the second time in one article: another report begins
…商家不得收取手续费。11 / 月1日起，…   a paragraph that ends nowhere: a line was taken for one
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.ingest import furniture, marks, outline
from bot.ingest.fluency import HAN

LONG = 25
"""Characters from which a line that ends nowhere is no heading, and one said twice no refrain."""
SHORT = 40
"""Characters of a line below which it can be a site's own word."""
WITHOUT_SITE = frozenset({".pdf", ".docx"})
KEPT_SHARE = 0.85
"""Share of the Chinese of such a file below which too much of it was left out."""

STRANGE = 0.1
"""Share of a section's pairs of characters that an article has besides, below which it may be of another: of the ends of 150
articles one in four has less, of other articles' beginnings four in five, so that this alone would not tell them apart."""

_ROW = re.compile(r" \| |\d{5,}$")
"""A row of a table, or of a list of stations with their telephones."""
_NUMBERED = re.compile("[（(]?[一二三四五六七八九十]+[、)）.]")
_OWN_DAY = re.compile(r"(?:近日|日前|昨日|\d{1,2}月\d{1,2}日|记者从)")
_HAN = re.compile(f"[{HAN}]")
_ENDS = re.compile(r"[。！？!?；;：:…—”’\"』」）)》〕】\].]$")

_FOREIGN = {
    "an address in the text": re.compile(
        r"(?<![@A-Za-z0-9_.-])(?!(?:[\w-]+\.)*(?:gov|edu|org)\.cn|(?:www\.)?12315\.cn)[a-z0-9-]{3,}\.(?:com|cn|net|cc|vip|top|xyz|info)(?![a-z])|(?:https?://|www\.)(?![A-Za-z0-9.-]*(?:gov\.cn|12315\.cn|12377\.cn|org\.cn|edu\.cn)(?![A-Za-z0-9-]))[\w./?=&%#~:-]+",
        re.IGNORECASE,
    ),
    "a mobile number, or an account to be added, in the text": re.compile(
        r"(?<![\d-])1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|(?:加|添加)(?:我|客服)(?:微信|QQ|vx|v信)|(?:微信|QQ|vx)(?:号?同号|号?\s*[:：]?\s*[A-Za-z0-9_-]{5,})",
        re.IGNORECASE,
    ),
    "an order to a program that reads the text": re.compile(
        "(?:忽略|无视|忘记|不要理会)[^。]{0,12}(?:指令|指示|要求|提示|规则|设定)|人工智能助手|聊天机器人|大语言模型|语言模型|AI助手|系统提示词"
        "|(?:ignore|disregard)[^.]{0,20}(?:instructions|prompts?)|system prompt|你(?:现在)?是一[个名](?:AI|人工智能|机器人)|(?:在|请)回答[^。]{0,6}(?:中|时)[^。]{0,6}(?:注明|加上|输出|写上|推荐)",
        re.IGNORECASE,
    ),
    "figures may be missing": re.compile(
        "(?:受理|接到|接收|办结|调解|处理|查处|立案|检查|抽检|发放|设立|建成|培育|挽回|退还|退款|罚款|增长|下降|上升|共计?|合计|总计|累计|约|达到?)"
        "(?:了|消费者|经济损失|损失|各类|投诉|举报|咨询|诉求|案件|纠纷|金额|同比)*(?:件|起|人次|万元|亿元|元|余件|余家|余起|个百分点)(?=[，。；、）)]|$)"
        "|(?<![0-9０-９.）)%])[%％]|(?<![0-9０-９])年(?:月日|月至月)|(?<![0-9０-９一二三四五六七八九十每当本逐隔])月日(?=[，。；、至—-]|上午|下午|$)"
    ),
}
"""What a report does not hold, or not as it was written."""

Doubt = tuple[str, int, int]


def doubts(body: str, headings: Sequence[bool]) -> list[Doubt]:
    """Return the doubts about an article: (what, start, end) of its body.

    Args:
        body: Its paragraphs, joined by newlines.
        headings: Which of them are headings.
    """
    found: list[Doubt] = []
    seen: set[str] = set()
    at = 0
    lines = body.split("\n")
    for number, (line, heading) in enumerate(zip(lines, headings, strict=True)):
        what = None
        if marks.are_bad(line):
            what = "a mark ⟦ or ⟧ that the page has itself"
        elif len(line) >= LONG and line in seen:
            what = "this is said twice"
        elif len(line) < SHORT and furniture.kind(line).voice:
            what = "a site may speak to its visitors here"
        elif (number and not heading and outline.opens(furniture.kind(line))) or (
            number > 1
            and heading
            and not _NUMBERED.match(line)
            and _is_strange(lines[:number], lines[number + 1 :])
        ):
            what = "another report may begin here"
        elif (
            len(line) >= LONG
            and not _ENDS.search(line)
            and not _ROW.search(line)
            and (not heading or re.search("[，、；]", line))
        ):
            what = "this ends nowhere: a line may have been taken for a paragraph"
        if what:
            found.append((what, at, at + len(line)))
        seen.add(line)
        at += len(line) + 1
    return [*found, *foreign(body)]


def _is_strange(before: Sequence[str], behind: Sequence[str]) -> bool:
    """Say whether what follows a heading opens with a day of its own and shares hardly a word with what stands before."""
    if not behind or not _OWN_DAY.match(behind[0]):
        return False
    mine, others = _pairs("".join(behind)), _pairs("".join(before))
    return len(mine & others) < STRANGE * len(mine)


def _pairs(text: str) -> set[str]:
    runs = re.findall(f"[{HAN}]+", text)
    return {run[at : at + 2] for run in runs for at in range(len(run) - 1)}


def foreign(body: str) -> Iterator[Doubt]:
    """Yield the places of a text that no report or statute holds: an address, a mobile number, an order to a machine, lost figures."""
    at = 0
    for line in body.split("\n"):
        for what, pattern in _FOREIGN.items():
            found = [match.span() for match in pattern.finditer(line)]
            if found:
                yield what, at + found[0][0], at + found[-1][1]
        at += len(line) + 1


def is_cut(body: str, left: Iterable[str]) -> bool:
    """Say whether so little of a text became the article that some of the article may be missing.

    Args:
        body: The article.
        left: The lines that were left out, but for its title and who published it.
    """
    kept = len(_HAN.findall(body))
    return kept < KEPT_SHARE * (kept + sum(len(_HAN.findall(line)) for line in left))
