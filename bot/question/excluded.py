"""What a question says that it does not mean: 首批别算, 不计首批, （不止海曙）, 勿与达标单位混淆. What is left is what is asked."""

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


def without(plain: str) -> str:
    """Return a folded question without what it says not to be meant; itself where nothing else is in it."""
    left = ONLY.sub("", EXCLUDED.sub("", plain))
    return left if re.search(r"\w", left) else plain
