"""Statutes and a guide as people meet them: looked up, asked about, followed up, browsed."""

import asyncio
import dataclasses
import json
import shutil

import pytest

from bot import collection, indexing, wiring
from bot.answer.features import Answering
from bot.answer.model import Decision
from bot.article import Article, Paragraph
from bot.channel.json_lines import as_json
from bot.dialogue.caller import Caller
from bot.dialogue.present import reply_panel
from bot.dialogue.reply import Status
from bot.dialogue.utterance import Utterance
from bot.ingest import incoming, pipeline
from bot.settings import shipped_corpus
from bot.store.memory import MemoryStateStore

LAW = """# 中华人民共和国青岚卡法

2019年3月1日 第十三届全国人民代表大会常务委员会第五次会议通过

## 第一章 总则

第一条 为了规范青岚卡的发行，保护消费者的合法权益，制定本法。

## 第二章 退款

第二条 有下列情形之一的，经营者应当退还青岚卡的余额：

（一）停止营业的；

（二）搬到别的地方的。

余额应当在消费者提出之日起五日内退还。

第三条 遗失记名青岚卡的，消费者可以要求补办。

第四条 本法自2019年5月1日起施行。
"""
GUIDE = """---
id: guide_card
title: 青岚卡怎么退
kind: guide
checked: '2026-11-29'
---

青岚卡的店关门了，卡里剩下的钱要退给办卡的人。
依据：《中华人民共和国青岚卡法》第二条第一款（2019-03-01）
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    corpus = tmp_path_factory.mktemp("law") / "corpus"
    for name in ("articles", "asks", "guide"):
        (corpus / name).mkdir(parents=True)
    (corpus / "lexicon").symlink_to((shipped_corpus() / "lexicon").resolve())
    (document,) = incoming.documents("qinglan.md", LAW.encode())
    law = pipeline.clean(document).article
    (corpus / "articles" / "qinglan.md").write_text(
        collection.render_article(law), encoding="utf-8"
    )
    (corpus / "guide" / "guide_card.md").write_text(GUIDE, encoding="utf-8")
    return corpus


def assembled(corpus, *, guide):
    analyzer = indexing.read_analyzer(corpus, guide=guide)
    index = indexing.index_of(corpus, [], analyzer, guide=guide)
    return wiring.assembled(corpus, analyzer, index, MemoryStateStore(), guide=guide)


@pytest.fixture(scope="module")
def dialogue(folder):
    return assembled(folder, guide=False)


def asked(dialogue, *questions):
    replies = [asyncio.run(dialogue.turn(Utterance(question, "chat"))) for question in questions]
    asyncio.run(dialogue.turn(Utterance("/new", "chat")))
    return replies[-1]


def test_a_provision_is_looked_up_and_cited_with_its_version(dialogue):
    reply = asked(dialogue, "青岚卡法第二条第二款")
    (shown,) = reply.excerpts
    assert shown.excerpt.quote == "余额应当在消费者提出之日起五日内退还。"
    assert shown.source == "《中华人民共和国青岚卡法》第二条第二款（2019年通过）"
    (citation,) = as_json(reply)["citations"]
    assert (citation["number"], citation["title"]) == ("第二条第二款", "中华人民共和国青岚卡法")
    assert json.dumps(citation)


def test_what_people_call_a_law_is_no_misspelling(dialogue):
    assert asked(dialogue, "青卡法2条2款").excerpts[0].excerpt.number == "第二条第二款"


def test_the_next_provision_needs_no_name_any_more(dialogue):
    assert asked(dialogue, "青岚卡法第二条", "第三条呢").excerpts[0].excerpt.number == "第三条"


def test_a_provision_that_there_is_not_is_said_to_be_missing(dialogue):
    reply = asked(dialogue, "青岚卡法第九条")
    assert reply.status is Status.REFUSED
    assert reply.message.startswith("收录的《中华人民共和国青岚卡法》里没有第九条。")


def test_of_a_rule_the_whole_clause_is_quoted_with_its_items(dialogue):
    reply = asked(dialogue, "停止营业的，青岚卡的余额退还吗")
    assert reply.excerpts[0].excerpt.quote.startswith("第二条 有下列情形之一的")
    assert "（二）搬到别的地方的。" in reply.excerpts[0].excerpt.quote
    assert not reply.lead.startswith("第二条")


def test_the_guide_is_shown_as_the_guide_s_with_the_law_beside_it(folder):
    reply = asked(assembled(folder, guide=True), "青岚卡的店关门了，卡里剩下的钱怎么退")
    guide, law = (shown.source for shown in reply.excerpts[:2])
    assert guide.startswith("小保整理的指南《青岚卡怎么退》")
    assert law == "《中华人民共和国青岚卡法》第二条第一款（2019年通过）"


def test_a_guide_is_compared_with_what_it_is_based_on(folder):
    dialogue = assembled(folder, guide=True)
    reply = asked(dialogue, "青岚卡的店关门了，卡里剩下的钱怎么退")
    panel = reply_panel(reply)
    button = next(b for row in panel.buttons for b in row if b.label == "核对原文")
    shown = asyncio.run(dialogue.views.press(button.data)).panel
    texts = [span.text for block in shown.blocks for span in block]
    assert any("《中华人民共和国青岚卡法》第二条第一款" in text for text in texts)


def test_articles_are_listed_by_kind_and_a_statute_by_chapter(folder):
    dialogue = assembled(folder, guide=True)
    caller = Caller("", "")
    listed = asyncio.run(dialogue.commands.run("articles", "", caller)).panel
    texts = [span.text for block in listed.blocks for span in block]
    assert texts.index("【小保整理的指南】") < texts.index("【法律法规】")
    law = next(button for row in listed.buttons for button in row if "青岚卡法" in button.label)
    opened = asyncio.run(dialogue.commands.press(law.data, caller)).panel
    labels = [button.label for row in opened.buttons for button in row]
    assert labels[:2] == ["第一章 总则", "第二章 退款"]


def test_no_law_says_how_many_shops_there_are(folder):
    reply = asked(assembled(folder, guide=True), "办青岚卡的店有多少家关门了")
    assert reply.status is Status.REFUSED


def test_what_a_report_states_of_its_own_comes_before_the_guide(folder, tmp_path):
    corpus = tmp_path / "corpus"
    shutil.copytree(folder, corpus, symlinks=True)
    report = "青岚镇的茶铺关门以后，青岚卡里剩下的钱由镇上的消费维权站在3天内先垫付给办卡的人。"
    article = Article("tea", "青岚镇茶铺先行垫付", "青岚日报", (Paragraph("tea", 0, report),))
    (corpus / "articles" / "tea.md").write_text(
        collection.render_article(article), encoding="utf-8"
    )
    reply = asked(assembled(corpus, guide=True), "青岚镇的茶铺关门以后，卡里剩下的钱几天内垫付")
    assert {shown.excerpt.article.id for shown in reply.excerpts} == {"tea"}


@pytest.fixture(scope="module")
def guided(folder):
    return assembled(folder, guide=True)


def test_a_national_rule_holds_where_no_report_is_about(guided):
    question = "成都一家店关门了，青岚卡里剩下的钱要退给办卡的人吗"
    assert guided.answering.refusal_at_once(guided.answering.reader.read(question))
    assert asked(guided, question).excerpts[0].excerpt.article.id == "guide_card"


@pytest.mark.parametrize("place", ["日本", "香港", "东京"])
def test_no_rule_is_told_of_what_happened_outside_the_mainland(guided, place):
    reply = asked(guided, f"我在{place}，青岚卡的店关门了，卡里剩下的钱退给我吗")
    assert reply.status is Status.REFUSED
    assert not reply.excerpts


@pytest.fixture(scope="module")
def fair(folder, tmp_path_factory):
    """A dialogue with a report of a market beside the law and the guide."""
    corpus = tmp_path_factory.mktemp("fair") / "corpus"
    shutil.copytree(folder, corpus, symlinks=True)
    report = "青岚集市答应，店关门以后，青岚卡里剩下的钱由集市先退。"
    article = Article("fair", "青岚集市退卡", "青岚日报", (Paragraph("fair", 0, report),))
    (corpus / "articles" / "fair.md").write_text(
        collection.render_article(article), encoding="utf-8"
    )
    return assembled(corpus, guide=True)


def test_a_rule_has_to_be_surer_where_reports_tell_of_a_name(fair):
    selector, reader = fair.answering.selector, fair.answering.reader
    named, free = (
        selector.of_rules(asyncio.run(fair.answering.search(reader.read(question), None)))
        for question in ("青岚集市的店关门了，卡里剩下的钱怎么退", "店关门了，卡里剩下的钱怎么退")
    )
    assert selector.needed(named) > selector.needed(free) == selector.threshold


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("青岚集市的店关门了，卡里剩下的钱怎么退", "fair"),
        ("店关门了，卡里剩下的钱怎么退", "guide_card"),
    ],
)
def test_of_a_report_and_a_likelier_rule_the_report_answers_where_it_is_named(
    fair, question, first, monkeypatch
):
    selector, reader = fair.answering.selector, fair.answering.reader
    zero = Answering(*(0.0 for _ in Answering._fields))
    likely, likelier = (Decision(zero, zero, (prior, 0.0, 0.0)) for prior in (1.0, 3.0))
    model = dataclasses.replace(selector.model, report=likely, rule=likelier)
    monkeypatch.setattr(selector, "model", model)
    reading = asyncio.run(fair.answering.search(reader.read(question), None))
    assert reading.ranked[0][1].article.id == first
