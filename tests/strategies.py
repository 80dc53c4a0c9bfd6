"""What hypothesis types."""

from __future__ import annotations

from hypothesis import strategies as st

ANYTHING = st.text(st.characters())
"""Any text, halves of surrogate pairs included."""

PIECES = (  # noqa: SIM905 (a list would take a line for each)
    "蓝桥区 白塔 虹口 海口 青岚市 静安寺 奉贤 海曙 上海 虹口 有多少家 哪个多 多少 呢 怎么 电话 哪些 比 和 2021年 二〇二一年 "
    "無理由退貨 无理由退货 消费课堂 单位 联络点 微公园 名单 运费 你好 谢谢 how many shop return the lan qiao tui huo ODR ｏｄｒ 12315 "
    "？ ， 。 ！ “ ” （ ） … \u200b \u202e \ufeff \u0301 \ud83d 🙂 👨‍👩‍👧 🇨🇳 <b> *_` [x](y) \\ / @ # % {missing} {0} $ ' \" ; -- \x00 \x7f ﷽ İ ß ǆ ⅷ ㍿ 𠮷 ⟦ ⟧"
).split(" ")
TYPED = st.one_of(
    ANYTHING, st.lists(st.sampled_from([*PIECES, " ", "\n", "\t"]), max_size=12).map("".join)
)
"""What people, and programs, may type: pieces of questions in any disorder, or anything."""

FOLDED = st.text(st.sampled_from("退货单位多少家静安寺消费者a1b2c o.% ，。"), max_size=30)
"""Short texts over few characters, so that things meet."""
