"""What form of answer a question wants, and where a text has it: 多重 wants a weight, 几遍 a number of 遍, 票价 a price.

A form is read off the question's own words: the unit behind 多少 or 几, a dimension that the language has a question for, or
else the kinds of answer of `kinds.tsv`. All texts are folded.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.analysis.chars import CJK
from bot.answer.detect import CARDINAL, COMPILED, NUMBER, UNIT

FURTHER = "遍|趟|回|棵|株|本|册|幅|杯|碗|瓶|箱|袋|盒|桶|包|桌|层|排|段|道|句|页|部|栋|幢|艘|架|列|班|组|届|期|轮|代|只|匹|尾|条|根|块|片|粒|颗|朵|副|双|股|笔|门|节|堂|课|样|步|人次|分店|星"
"""Further words that count, beside `UNIT`."""
COUNTED = f"(?:{UNIT}|{FURTHER})"
ALIKE = ("家个处所站户点间", "件起次条例宗单项笔", "人名位个", "元钱块", "款种类样个", "次遍趟回场")
"""Units that people use for each other."""
KIN, ANY, ONE = 0.7, 0.4, 0.2
"""What a number is worth that counts in a unit like the asked one, in any other where one was asked, and a mere 一家, which
counts nothing. Chosen, not fitted: the weights of what they make are."""
ASKED_UNIT = re.compile(
    rf"(?:多少|(?<!哪)几)(?:十|百|千|万|亿)*多?(个?(?:小时|工作日|星期|礼拜)|个月|分钟|天|年|周|{COUNTED}|元|钱)"
)
"""The unit that is asked for, but not of 哪几家, which asks for names."""
DIGITS = re.compile(r"\d")
LONE = re.compile("一[^十百千万亿]")
"""一家, and not 一百家."""

MEASURES = {
    "money": (
        r"(?:多少|几)(?:十|百|千|万|亿)*(?:块|元|钱|银子)|(?<![评还讲砍议杀物])价(?:格|钱|位)?是?(?:多少|几|怎么|咋|如何|[?？]|$)"
        r"|(?<![消免缴浪])费用?[是要为]?(?:多少|几)|(?:租金|押金|工资|罚款|奖金|补贴|门票|金额|损失)[^,。]{0,3}(?:多少|几)"
        r"|(?:花|罚|赔|挣|赚|亏)[了过]?多少(?![家个件人次])|(?:怎么|如何|咋|怎样)收费|收费(?:标准|多少|贵)|贵不贵|多贵",
        rf"{NUMBER}余?[万亿]?余?(?:元|块|角|美金|欧)|(?:免|不收(?:取)?)[^,。]{{0,4}}费|分文|[一二三四五六七八九两\d]折",
    ),
    "length": (
        "多长(?!时间|日|的?时)|多[宽高深远厚粗](?=[,。?!的啊呀呢]|$|才|算)|(?:长度|宽度|高度|深度|厚度|距离|身高|海拔|里程)(?=[是有为]?[多几])",
        rf"{NUMBER}余?[万亿]?余?(?:公里|千米|厘米|毫米|微米|纳米|米|里(?!程)|英寸|寸)",
    ),
    "weight": (
        "多[重沉](?=[,。?!的啊呀呢]|$|才|算)|(?:重量|体重|净重|净含量)(?=[是有为]?[多几])|(?:多少|几)(?:公斤|千克|吨|斤|克)",
        rf"{NUMBER}余?[万亿]?余?(?:公斤|千克|毫克|微克|克(?!服)|吨|斤)",
    ),
    "temperature": (
        "(?:多少|几)(?:摄氏)?度|(?:水|气|室|体|低|高)温度?(?=[是有为]?[多几])|多[烫热冷](?=[,。?!的啊呀呢]|$)",
        rf"{NUMBER}(?:℃|°c|摄氏度|度(?![假过量数]))",
    ),
    "area": (
        "面积(?=[是有为]?[多几])|(?:多少|几)(?:平方?米?|亩|公顷)",
        rf"{NUMBER}余?[万亿]?余?(?:平方|平米|亩|公顷|㎡)",
    ),
    "volume": (
        "(?:多少|几)(?:毫?升|立方)|(?:容量|容积)(?=[是有为]?[多几])",
        rf"{NUMBER}余?[万亿]?余?(?:毫升|升(?![至到])|立方)",
    ),
    "age": (
        "(?:多少|几)岁|多大(?:年纪|年龄|岁数)|(?:年龄|岁数)(?=[是有为]?[多几])",
        rf"{NUMBER}余?(?:周?岁)|\d0后",
    ),
    "score": (
        "(?:多少|几)分(?![钟之店])|(?:得分|评分)(?=[是有为]?[多几])",
        rf"{NUMBER}分(?![钟之店别])",
    ),
    "weekday": (
        "(?:星期|礼拜|周)几",
        "(?:星期|礼拜|周)[一二三四五六日天末]|每天|天天|工作日|节假日",
    ),
    "clock": (
        "几点(?!共|意|建|措|内)|(?:营业|开门|关门|办公)时间",
        r"\d{1,2}[:点时]\d{0,2}|[上下]午\d|[零一二三四五六七八九十]{1,3}点(?:半|钟|整|[一二三四五])?|24小时|全天",
    ),
    "phone": (
        "(?:电话|热线|号码|手机号?|座机|传真)(?:号码?)?是?(?:打|拨)?(?:多少|几|什么|哪个|[?？]|$)|[打拨](?:什么|哪个|几号)|联系方式",
        COMPILED["phone"].pattern,
    ),
    "road": (
        "哪[条个一]{1,2}(?:路|街|巷|弄)|什么(?:路|街)|(?:路|街)上?(?:几|多少)号|门牌",
        f"[{CJK}](?:路|街|大道|巷|弄)(?![上口边])|[0-9]+号",
    ),
}
"""Dimensions: how people ask for one, and how texts state it."""
ASKED = {name: re.compile(asked) for name, (asked, _) in MEASURES.items()}
STATED = {name: re.compile(stated) for name, (_, stated) in MEASURES.items()}
MONEY = frozenset(["元", "钱", "块"])
"""Units whose number is a price."""
SPAN = re.compile("个?(?:小时|工作日|星期|礼拜)|个月|分钟|天|年|周")
"""Units of a span of time."""
DATED = re.compile("哪[一几]?[个]?[年月日天]|几[年月日号]|时候|何时|日期|(?<![路街])[^路街]?多少号")
"""What asks for a day, beside 几点."""
SHARE = re.compile("占[了到]?(?:多少|几)(?!成|百分|%)")
"""占了多少 is answered by a number, too."""
NUMERIC = frozenset(["count", "money", "percent", "duration"])
"""Kinds of answer that a dimension takes the place of: 多长 of a ship is no time."""
FORMS_OF_KIND = {
    "count": ("count", "money", "percent", "duration"),
    "date": ("date", "year"),
    "percent": ("percent",),
    "money": ("money",),
    "duration": ("duration", "date"),
    "who": ("actor",),
}
COUNT = re.compile(rf"{CARDINAL}余?[万亿]?余?{COUNTED}")
DATE = re.compile(
    COMPILED["date"].pattern
    + "|[一二三四五六七八九十]{1,3}月(?![饼])|[去今前明]年|[昨今明前]天|春节|元旦|国庆|中秋|[寒暑]假|(?:周|星期)[一二三四五六日]|[春夏秋冬][天季]|[年月]底|年[初末内](?!审)|[上下]半年|[一二三四]季度"
)
DURATION = re.compile(
    rf"(?<!月)(?<!\d)(?!(?:19|20)\d\d年){NUMBER}余?多?(?:年|个多?月|天|日|个?多?小时|分钟|周|个?工作日|个?星期)"
)
ACTOR = re.compile(COMPILED["actor"].pattern + "|[长员师官]")
STATING = {**COMPILED, **STATED, "count": COUNT, "duration": DURATION, "date": DATE, "actor": ACTOR}
"""Patterns by name: the detectors, and closer ones for what people ask for by its measure."""

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
    "definition": re.compile(
        "[a-z0-9][(]|是指|指的是|所谓|也就是|[,。;]即|简称|是一?[种项个套类]|是由|旨在|用[来于]|负责|职[责能]|主要|作为|为了?让"
        "|[是为][^,。;]{2,24}的(?:平台|机制|制度|组织|机构|地方|场所|窗口|站点|单位|做法|行动|活动|方式)"
    ),
    "yesno": re.compile("[不没未无]|可以|允许|必须|已经?|只有|均|都|禁止"),
}
"""How sentences sound that give what the softer kinds of answer want; they may, and need not."""


DEFINED = re.compile(
    "^(?:请问)?(?:(?:什么|啥)(?:是|叫做?)|何谓|何为|解释一?下)(?P<behind>[^,。?]{3,24}?)[?。]?$"
    "|^(?:请问)?(?P<before>[^,。?]{3,24}?)(?:又?是|指|指的是|是指)(?:个|一[种个])?(?:什么|啥)(?:意思|东西|概念|含义)?[?。]?$"
    "|^(?:请问)?(?P<does>[^,。?]{3,24}?)(?:又?是|都?是)?(?:用来|拿来)?(?:干|做)(?:什么|啥|嘛|吗)用?的?[?。]?$"
)
"""How it is asked what a term means."""


class Form(NamedTuple):
    """One form of answer that a question wants.

    Args:
        stating: The names of the patterns that state it; any of them will do.
        unit: The unit that is asked for; "" where none is.
    """

    stating: tuple[str, ...]
    unit: str = ""


@functools.lru_cache(4096)
def wanted(kinds: Sequence[str], question: str) -> tuple[Form, ...]:
    """Return the forms of answer that a question wants, each of them.

    Args:
        kinds: Its kinds of answer, hashable.
        question: The folded question.
    """
    measures = [Form((name,)) for name, pattern in ASKED.items() if pattern.search(question)]
    asked = ASKED_UNIT.search(question)
    unit = asked[1] if asked else ""
    if unit in MONEY or (unit == "点" and Form(("clock",)) in measures):
        unit = ""
    if "percent" in kinds and "count" not in kinds:
        unit = ""  # 几个点
    forms = []
    for kind in kinds:
        if kind == "date" and measures and not DATED.search(question):
            continue  # 几点
        if kind == "percent" and SHARE.search(question):
            forms.append(Form(("percent", "count")))  # 占了多少
        elif kind in FORMS_OF_KIND and (kind not in NUMERIC or not (measures or unit)):
            forms.append(Form(FORMS_OF_KIND[kind]))
    if unit:
        forms.append(Form(("duration",) if SPAN.fullmatch(unit) else ("count",), unit))
    return tuple(dict.fromkeys([*forms, *measures]))


def found(form: Form, question: str, folded: str) -> Iterator[tuple[int, float]]:
    """Yield where a text states a form, and how well its unit fits, 0 to 1.

    A number that the question brings along is no answer to it: of 218家店里查出多少家 218家 is none.
    """
    for name in form.stating:
        for match in STATING[name].finditer(folded):
            if DIGITS.search(match[0]) and match[0] in question:
                continue
            yield match.start(), _fits(form.unit, name, match[0])


def _fits(unit: str, name: str, stated: str) -> float:
    if name == "count" and LONE.match(stated):
        return ONE
    if name == "date" and not DIGITS.search(stated) and stated[-1] in "年天":
        return KIN  # 明年 says when less than a day does
    if not unit or stated.endswith(unit):
        return 1.0
    kin = any(unit[-1] in group and stated[-1] in group for group in ALIKE)
    return KIN if kin else ANY


def slots(kinds: Sequence[str], question: str, folded: str) -> Iterator[tuple[int, float]]:
    """Yield where a text states what a question of some kinds wants, and how well its unit fits, 0 to 1."""
    for form in wanted(tuple(kinds), question):
        yield from found(form, question, folded)


def lacks(kinds: Sequence[str], question: str, folded: str) -> bool:
    """Whether a text has nothing of some form that a question wants."""
    return any(
        next(found(form, question, folded), None) is None for form in wanted(tuple(kinds), question)
    )


def term(question: str) -> str:
    """Return the term of which a question asks what it means: X of 什么是X and of X是什么意思; "" for another question."""
    match = DEFINED.search(question)
    return match["before"] or match["behind"] or match["does"] if match else ""


def explains(folded: str) -> bool:
    """Whether a text sounds like one that explains what something is."""
    return MANNERS["definition"].search(folded) is not None


def manners(kinds: Sequence[str], folded: str) -> Iterator[tuple[int, float]]:
    """Yield where a text sounds like what the softer kinds of answer want, each counting 1."""
    for kind in kinds:
        pattern = MANNERS.get(kind)
        if pattern is not None:
            for match in pattern.finditer(folded):
                yield match.start(), 1.0
