"""A corpus small enough to be known by heart, and a conversation with it."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path

from bot import wiring
from bot.answer.candidate import Candidate, clause_of
from bot.answer.select import Selector
from bot.article import Article
from bot.dialogue import wording
from bot.dialogue.answering import Answering
from bot.dialogue.catalogue import Catalogue, Offered
from bot.dialogue.ports import StateStore
from bot.dialogue.reply import Reply
from bot.dialogue.suggestion import Suggester, Suggestions
from bot.dialogue.turn import Dialogue
from bot.dialogue.utterance import Utterance
from bot.dialogue.wording import Language
from bot.originals import Originals
from bot.question.question import Reader
from bot.search.voice import Evidence, Hit, SearchBackend

TINY = {
    "articles/baita.md": """\
---
id: baita
title: null
label: 白塔区办起消费课堂
publisher: 青岚晚报
event_date: 05-06
region:
  city: 青岚市
  district: 白塔区
---

青岚晚报讯（记者丙丁）5月6日，白塔区无理由退货承诺单位达到90家。

白塔区消费课堂一年开课36次，听课的居民有1500人。
""",
    "articles/lanqiao.md": """\
---
id: lanqiao
title: 蓝桥区打开退货的门
publisher: 青岚日报
published: 2022-03
reporters: [甲乙]
editor: 戊己
region:
  city: 青岚市
  district: 蓝桥区
found_on: 一个转载的网站
---

青岚日报讯（记者甲乙）3月14日，蓝桥区消保委公布了一年来的工作。

## 把退货的门打开

截至2022年2月，蓝桥区无理由退货单位已有120家，放心消费单位45家。商场里还设了消费维权联络点8个。

蓝桥区的巡回服务车⟦每⟧周开到社区两次。车上备有快检设备。

蓝桥区推行ODR平台，请消费者和商户先“线上谈一谈。谈不拢再来找我们。”这样化解了纠纷33件！
""",
    "articles/qinglan.md": """\
---
id: qinglan
title: 青岚市公布消费维权联络点
publisher: 青岚日报
published: 2023-09-28
region:
  city: 青岚市
---

青岚市共有消费维权联络点350个，其中五星级联络点12个。
""",
    "articles/songhe.md": """\
---
id: songhe
title: 松河县开通线上调解
publisher: 松河报
published: 2021
region:
  city: 松河县
---

松河县开通了线上调解平台。2021年，平台调解纠纷77件。
""",
    "asks/baita.toml": """\
[[paragraph]]
number = 0

[[paragraph.fact]]
says = "白塔区无理由退货承诺单位达到90家"
kind = "count"
asks = ["白塔区有多少家无理由退货单位", "白塔有几家店可以无理由退货", "白塔无理由退货多少家"]

[[paragraph]]
number = 1

[[paragraph.fact]]
says = "白塔区消费课堂一年开课36次"
kind = "count"
asks = ["白塔区消费课堂开了多少次", "白塔的消费课堂一年几次课", "消费课堂开课多少次"]

[[paragraph.silent]]
missing = "消费课堂的报名方法"
asks = ["消费课堂怎么报名", "白塔区消费课堂在哪里报名", "想报名消费课堂"]
""",
    "asks/lanqiao.toml": """\
[[paragraph]]
number = 2

[[paragraph.fact]]
says = "蓝桥区无理由退货单位已有120家"
kind = "count"
asks = [
  "蓝桥区有多少家无理由退货单位",
  "蓝桥有几家店可以无理由退货",
  "蓝桥无理由退货多少家",
  "无理由退货单位有几家",
]
english = ["How many shops in Lanqiao take back what nobody wants any more?"]

[[paragraph.fact]]
says = "放心消费单位45家"
kind = "count"
asks = ["蓝桥区有多少家放心消费单位", "蓝桥放心消费单位几家", "放心消费单位有多少"]

[[paragraph.silent]]
missing = "无理由退货单位的名单"
asks = ["蓝桥区哪些店可以无理由退货", "无理由退货单位有名单吗", "无理由退货的店都叫什么"]

[[paragraph]]
number = 3

[[paragraph.fact]]
says = "蓝桥区的巡回服务车⟦每⟧周开到社区两次"
kind = "count"
asks = ["蓝桥区巡回服务车几天来一次", "巡回服务车每周来几次", "蓝桥巡回服务车多久来一次社区"]
""",
    "asks/qinglan.toml": """\
[[paragraph]]
number = 0

[[paragraph.fact]]
says = "青岚市共有消费维权联络点350个"
kind = "count"
asks = ["青岚市有多少个消费维权联络点", "青岚消费维权联络点几个", "全市联络点一共多少个"]
""",
    "asks/corpus.toml": """\
[[silent]]
missing = "退货运费由谁承担的规定"
asks = ["退货运费谁出", "退货的邮费算谁的", "无理由退货要自己出运费吗"]
english = ["Who pays the postage when I send something back?"]
""",
    "lexicon/places.tsv": """\
# name, canonical, level, parent, origin
青岚市\t青岚市\tcity\t\tarticle
青岚\t青岚市\tcity\t\tabbreviation
蓝桥区\t蓝桥区\tdistrict\t青岚市\tarticle
蓝桥\t蓝桥区\tdistrict\t青岚市\tabbreviation
白塔区\t白塔区\tdistrict\t青岚市\tarticle
白塔\t白塔区\tdistrict\t青岚市\tabbreviation
松河县\t松河县\tcity\t\tarticle
松河\t松河县\tcity\t\tabbreviation
银杏广场\t银杏广场\tlandmark\t蓝桥区\tarticle
""",
    "lexicon/divisions.tsv": """\
# name, short, level, parent, origin
海口市\t海口\tcity\t海南省\tofficial
虹口区\t虹口\tdistrict\t上海市\tofficial
密云区\t密云\tdistrict\t北京市\tofficial
""",
    "lexicon/synonyms.tsv": """\
无理由退货\t随便退\t0.9\tcolloquial
无理由退货\t不喜欢能退\t0.9\tcolloquial
消费课堂\t维权课\t0.9\tcolloquial
消费维权联络点\t维权点\t0.9\tcolloquial
""",
    "lexicon/rewrite.tsv": "几多间\t多少家\thk-tw\n",
    "lexicon/english.tsv": """\
no-reason return\t无理由退货\thandwritten
shop\t单位\thandwritten
lanqiao\t蓝桥区\thandwritten
baita\t白塔区\thandwritten
""",
    "lexicon/comparing.tsv": """\
哪个多\t多少\tgeneral
比\t无\tgeneral
""",
    "lexicon/kinds.tsv": """\
多少\tcount\tzh\tgeneral
几家\tcount\tzh\tgeneral
几次\tcount\tzh\tgeneral
几个\tcount\tzh\tgeneral
哪些\tlist\tzh\tgeneral
哪里\twhere\tzh\tgeneral
怎么\tprocedure\tzh\tgeneral
哪个多\tcomparison\tzh\tgeneral
how many\tcount\ten\tgeneral
""",
    "lexicon/attributes.toml": """\
[[attribute]]
name = "phone"
label = "联系电话"
asked = ["电话", "phone"]
detector = "phone"
""",
    "lexicon/smalltalk.tsv": """\
greeting\t你好\tzh\tgeneral
farewell\t拜拜\tzh\tgeneral
ack\t好的\tzh\tgeneral
thanks\t谢谢\tzh\tgeneral
thanks\tthank you\ten\tgeneral
praise\t你真聪明\tzh\tgeneral
identity\t你是不是机器人\tzh\tgeneral
""",
    "lexicon/matters.tsv": """\
# matter, traditional, english, kind, concepts, origin
无理由退货\t無理由退貨\tNo-reason returns\tservice\t无理由退货\thandwritten
消费课堂\t消費課堂\tConsumer classes\ttopic\t消费课堂\thandwritten
消费维权联络点\t消費維權聯絡點\tContact points\tservice\t消费维权联络点\thandwritten
预付卡\t預付卡\tPrepaid cards\tservice\t预付卡\thandwritten
""",
    "lexicon/words.txt": "无理由退货\tarticle\n消费课堂\tarticle\n",
    "lexicon/stopwords.txt": """\
的\tgeneral
了\tgeneral
呢\tgeneral
吗\tgeneral
那\tgeneral
有\tgeneral
是\tgeneral
在\tgeneral
可以\tgeneral
请问\tgeneral
多少\tgeneral
几\tgeneral
几家\tgeneral
家\tgeneral
几次\tgeneral
次\tgeneral
哪些\tgeneral
哪里\tgeneral
怎么\tgeneral
哪个\tgeneral
多\tgeneral
how\tgeneral
many\tgeneral
is\tgeneral
there\tgeneral
""",
}


def bare_dialogue(
    reader: Reader, backend: SearchBackend, selector: Selector, states: StateStore
) -> Dialogue:
    """A dialogue that has nothing to offer."""
    analyzer = reader.analyzer
    catalogue = Catalogue(selector.articles, [], analyzer)
    offered = Offered([], Suggester([], analyzer), Suggestions([]), catalogue)
    records = wiring.passing_records(states, days=30)
    finds = Answering(reader, backend, selector)
    return Dialogue(finds, states, wording.load(), offered, records, Originals(Path()))


def saying(reader: Reader, said: str) -> Reader:
    """Return a reader of articles that say something else."""
    other = copy.copy(reader)
    other.names = copy.copy(reader.names)
    other.names.said = said
    return other


def clause(articles: Mapping[str, Article], article: str, says: str, kind: str = "") -> Candidate:
    """A clause of an article, as one that answers; with a kind, known questions point to it."""
    for paragraph in articles[article].paragraphs:
        found = clause_of(articles[article], paragraph, says, says)
        if found is not None:
            start, end = found.sentence or (found.start, found.end)
            found.hit = Hit(paragraph.number, paragraph, start, end, Evidence())
            found.kind = kind
            if kind:
                found.similarities.append(1.0)
                found.known = 1
            return found
    raise AssertionError(says)


def write_corpus(folder: Path) -> Path:
    """Write the tiny corpus as files; return the folder."""
    for name, text in TINY.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return folder


class Chat:
    """A conversation with a dialogue."""

    def __init__(self, dialogue: Dialogue, name: str) -> None:
        self.dialogue = dialogue
        self.name = name

    async def says(self, text: str, language: Language | None = None) -> Reply:
        return await self.dialogue.turn(Utterance(text, self.name, language))
