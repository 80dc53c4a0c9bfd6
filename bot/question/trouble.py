"""Who needs help now: people who ask how to complain, how to get their money back, or who were cheated or threatened.

What they need stands in no news report, so a card in the bot's own words goes with whatever is answered.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from bot.analysis.chars import fold
from bot.question.question import Question


class Trouble(StrEnum):
    """What somebody needs help with; the wording has a line for each."""

    FRAUD = "fraud"
    THREAT = "threat"
    REFUND = "refund"
    PREPAID = "prepaid"
    FAKE = "fake"
    COMPLAIN = "complain"


class Need(NamedTuple):
    """What a question needs beside an answer.

    Args:
        kinds: With what, the gravest first; empty where it needs nothing.
        personal: Whether it is somebody's own case: then only what says how to proceed is an answer.
    """

    kinds: tuple[Trouble, ...] = ()
    personal: bool = False


HOW = "怎么办|咋办|咋整|怎么弄|怎么处理才|如何是好|怎么搞|咋个办|找谁|找哪|向谁|去哪|到哪|哪里|哪儿|哪能|打什么|打哪|什么电话|哪个电话|怎么|如何|怎样|咋|能不能|可不可以|可以吗|能.{0,4}吗|该.{0,3}[找问去打]|想|要"
PATTERNS = {
    Trouble.FRAUD: re.compile(
        "诈骗|骗子|(?:被|遭|让)[^,。]{0,6}(?:骗|忽悠|诓|坑蒙)|骗[走了光我]|上当|刷单|盗刷|转走|链接[^。]{0,10}(?:转|扣|没了)|杀猪盘|钓鱼(?:网站|链接|短信)|冒充|冒牌客服|验证码"
        "|(?<![度放请休暑寒年节长])假[的冒]?.{0,4}(?:客服|退款|电话|平台)|(?:老人|爸|妈|奶奶|爷爷|外婆|外公|父母|老伴|老太|老头).{0,24}(?:保健品|理财|神药)"
        r"|\b(?:scam\w*|fraud\w*|swindl\w*|cheated|phishing|con(?:ned| artist))\b"
    ),
    Trouble.THREAT: re.compile(
        "威胁|恐吓|殴打|打(?:我|人|了我|伤)|动手|拿刀|持刀|堵[着我门]|不让(?:我|人)?走|扣(?:住|留|了我)|追着我|强迫|逼[我着]|跟踪|骚扰"
        r"|\b(?:threat\w*|beat(?:en)? me|assault\w*|harass\w*|won.?t let me (?:go|leave))\b"
    ),
    Trouble.PREPAID: re.compile(
        "(?:办|充|储|预付|会员|年|次|健身|美容|理发|美发|培训|课时|游泳|洗车|购物|消费)[了的过完]?.{0,8}(?:卡|值|费|课).{0,24}(?:跑路?|关门|倒闭|停业|失联|联系不上|没了|不见|要不回|退不了|不退|剩|怎么办|咋办|退[吗钱款]?)"
        "|(?:健身房|理发店|美容院|美发店|早教|瑜伽|驾校|机构|游泳馆|月子中心|(?:培训|英语|舞蹈|补习|辅导|兴趣|钢琴|画画)班).{0,12}"
        "(?:跑路?|关[门了]|说关|倒闭|停业|失联|联系不上|换老板|停[了课办]|说停)"
        r"|\b(?:prepaid|membership|gift card|gym|salon|spa|studio|barber|hairdresser|nursery|training (?:centre|center|school))\b.{0,40}\b(?:refund|closed?|shut|gone|vanish\w*|disappear\w*|bankrupt|out of business|money)\b"
    ),
    Trouble.FAKE: re.compile(
        "假货|买到假|是假的|假(?:酒|烟|药|包|鞋|表|茶|证书|奶粉|名牌|手机|化妆品)|假冒|冒牌|高仿|山寨|三无|过期|变质|发霉|馊|异物|虫子|吃坏|拉肚子|掺假|以次充好|注水"
        r"|\b(?:fake|counterfeit|knock-?off|expired|gone bad|spoil(?:ed|t))\b"
    ),
    Trouble.REFUND: re.compile(
        "不(?:肯|愿意?)(?:换|退|修|赔)|(?:不|拒绝?|没|难|拖着?|无法)[^,。;]{0,4}(?:退款|退货|退钱|退费|退卡|换货|给退|让退|退$|退[,。?怎咋呢吗啊呀]|给换|赔)|退[货款钱费不][^,。]{0,4}(?:被拒|不了|难|掉)|退不[了掉]"
        "|(?:不|没|未|迟迟|拖着?)[^,。]{0,3}(?:发货|交货|送货)(?![^,。]{0,4}[多几])|装死|把?我?拉黑|(?:商家|店家|卖家|客服|老板)[^,。]{0,4}(?:失联|不回|联系不上|不理)"
        "|能.{0,3}退.{0,2}[吗么]|退得了|退不退得"
        "|(?:怎么|如何|怎样|咋|想|要|能不能|可以)[^,。]{0,8}(?:退款|退钱|退费|退货|退卡|要回)|(?:退款|退货|退钱|退费|退卡)[^,。]{0,8}(?:怎么办|咋办|怎么|如何|找谁|能不能|可以吗)|(?:订金|定金|押金)[^,。]{0,10}(?:不退|失联|跑|要不回|怎么)"
        r"|\b(?:refund|money back|return (?:it|this|my|the))\b"
    ),
    Trouble.COMPLAIN: re.compile(
        f"(?:{HOW})[^,。?]{{0,8}}(?:投诉|举报|维权|索赔|告(?:他|它|商家|店|老板)|讨说法|12315)(?!处置|处理|量|率|举报处理|的|举报?(?:多少|几)|多少|几[件起次]|总)"
        "|(?:投诉|举报|维权)[^,。?]{0,6}(?:找谁|电话|热线|打哪|打什么|去哪|到哪|哪里|哪儿|渠道|入口|怎么办|流程)|不认账|耍赖|宰客|多收|乱收费|缺斤短两|坑[了我人]|黑店|霸王条款"
        "|(?:坏了|黑屏|质量问题|不能用|摔坏|丢了)[^。]{0,16}(?:怎么办|咋办|不给|不管|不认|找谁)"
        r"|\b(?:(?:how|where|whom?|number).{0,24}complain|to complain|(?:file|make|lodge) a complaint|report (?:a|the|this|my) (?:shop|store|seller|restaurant|merchant)|hotline|which number)\b"
    ),
}
NEWS = re.compile("怎么(?:处[理置]|受理|化解|解决|办理|调解|优化|防止|分流|应对|推|开展|做)")
"""How people ask what somebody does about such cases, not what to do themselves."""
HELP = re.compile(
    "怎么办|咋个?办|咋整|[咋怎]么?弄|怎么搞|如何是好|找谁|向谁|找哪|去哪|到哪|(?:哪里|哪儿)[^,。]{0,4}(?:投诉|举报|维权|告)|(?:怎么(?![那这]么)|如何|怎样|该如何|咋(?![那这]么))[^,。]{0,4}(?:投诉|举报|申诉|维权|退|要回|追回|讨|拿回|取回|索赔|告)"
    "|能.{0,4}(?:退|赔|追回|要回|投诉).{0,3}[吗么?？]|该.{0,4}[找打去]|(?:要|能|可以|该|必须|得).{0,6}赔.{0,4}[吗么]|(?:什么|哪个)电话|想(?:投诉|举报|告)|不认账|救"
    r"|\b(?:what (?:can|should|do) i|how (?:can|do|should) i|where (?:can|do|should) i|which number|can i)\b"
)
"""How people ask for help of their own, rather than for a fact."""
SELF = re.compile("[我咱俺]|\\b(?:i|my|me)\\b")
CLAUSE = re.compile("[,，。;；!！?？]+")
LAST = 2
"""Clauses at the end of a question in which it asks for help."""
MOST = 2
"""Lines of a card beside the one on complaints."""


def need(question: Question) -> Need:
    """Return what a question needs beside an answer."""
    asked = fold(question.text)
    text = f"{question.plain} {asked}" if question.plain != asked else question.plain
    kinds = [kind for kind, pattern in PATTERNS.items() if pattern.search(text)]
    if not kinds:
        return Need()
    last = [c for wording in (question.plain, asked) for c in _clauses(wording)[-LAST:]]
    helps = any(map(HELP.search, last))
    lost = helps and Trouble.PREPAID in kinds  # 上海间美容院倒闭了，钱怎么拿回来
    named = bool(question.places or question.names) and not (SELF.search(text) or lost)
    about_others = named or bool(NEWS.search(text))
    if about_others and not set(kinds) & {Trouble.FRAUD, Trouble.THREAT}:
        kinds = [kind for kind in kinds if kind is Trouble.COMPLAIN and not NEWS.search(text)]
    own = helps and not about_others
    return Need(tuple(kinds[:MOST]), own and bool(kinds))


def _clauses(text: str) -> list[str]:
    return [clause for clause in CLAUSE.split(text) if clause.strip()]
