"""What a question says beside what it asks: what is not meant, and who wants to know.

第二批有多少家，首批别算       第二批有多少家
老师问ODR是什么，我答不上来    ODR是什么
"""

from __future__ import annotations

import re

REST = "[^,，。?？!！、()（）]"
NOT_MEANT = (
    "(?:不止|不只|不光|不是|而不是|而非|并非|非(?=[首头前后第])|不[算计含]|不(?:包括|包含|考虑)|(?:别|不要|不用|勿|莫)(?:把|算|计|跟|和|与|将|看|管|说|提)"
    "|排除)"
)
END = "(?=[,，。?？!！]|$)"
EXCLUDED = re.compile(
    rf"[(（]{NOT_MEANT}{REST}{{1,12}}[)）]"
    rf"|(?<=[?？。])我?(?:不是|并非|不|没)(?:要|想|在)?(?:问|说|指){REST}{{1,20}}{END}"
    rf"|[,，、]{NOT_MEANT}{REST}{{1,14}}{END}"
    rf"|[,，]{REST}{{1,8}}(?:别|不|莫)(?:算|计|要|含|统计)(?:进去|在内|进来|上)?{END}"
    rf"|[,，]{REST}{{1,8}}除外{END}"
    rf"|^(?:不[算计含]|不包括|别算|先不管){REST}{{1,10}}?[,，]"
)
"""A clause, or something in brackets, that excludes."""
ONLY = re.compile(
    "^(?:我)?(?:只|仅|单)(?:算|计|看|问|说|统计)|(?<=[,，])(?:只|仅|单)(?:算|计|看|说|统计)"
)
"""Words that say as much of what is meant."""


ASKER = re.compile(
    "^(?:我们?)?(?:老师|同事|领导|主编|编辑|经理|老板|店长|孩子|儿子|女儿|老伴|老公|老婆|我妈|我爸|妈妈|爸爸|朋友|邻居|同学|室友|有人|别人|人家|客户|顾客|客人)们?"
    "(?:总|老|刚|刚才|又|一直|天天|今天|昨天|突然)?(?:问起?|考|想知道|想问|要我查|让我查|叫我查)(?:我们?|我)?(?:了)?(?:一下)?[,:]?(?=.{4})"
)
"""Somebody else's question that is passed on."""
AFTERWORD = re.compile(
    "[,。](?:但|可)?我?(?:也|还|都|就是|真)?(?:答不上来|不知道怎么(?:答|说)|不太?懂|不(?:太)?清楚|没看懂|看不懂|搞不懂|没搞(?:懂|明白)|弄不明白|忘了|记不清了?|想了解一下|要写进报告|要核实|等着用)[。!~]*$"
)
"""What is added of oneself."""


def without(plain: str) -> str:
    """Return a folded question without what it says beside; itself where nothing else is in it."""
    left = AFTERWORD.sub("", ASKER.sub("", plain))
    left = ONLY.sub("", EXCLUDED.sub("", left))
    return left if re.search(r"\w", left) else plain
