"""A question's word meets the nearest word of a sentence."""

from __future__ import annotations

import numpy as np
import pytest

from bot.analysis import wordvectors
from bot.search import soft as soft_words
from bot.search.postings import Postings
from bot.search.soft import MADE_UP, NEAR, PARAGRAPH, TITLE, Layout, SoftVoice, SoftWords
from bot.search.voice import Query

SENTENCES = [["退款", "金额"], ["西宁市", "站点"], ["天气", "晴朗"]]
TITLES = [["退货", "报告"], ["兰州", "新闻"]]


@pytest.fixture(scope="module")
def soft() -> SoftWords:
    return SoftWords(Postings.build(SENTENCES), Postings.build(TITLES), wordvectors.load())


def test_a_word_meets_itself_wholly_and_a_near_one_partly(soft: SoftWords) -> None:
    met = soft.met(["退款", "退钱"]).sentences
    assert met[0, 0] == pytest.approx(1)
    assert 0.5 < met[1, 0] < 1
    assert met[1, 2] == 0


def test_the_nearest_of_a_sentences_words_counts_and_only_so_many_are_near(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    both = Postings.build([["退款", "付款", "退还"]])
    titles, vectors = Postings.build([["店"]]), wordvectors.load()
    met = SoftWords(both, titles, vectors).met(["退钱"])
    cosines = [cosine for _, cosine in met.near[0]]
    assert len(cosines) > 1
    assert cosines == sorted(cosines)
    assert met.sentences[0, 0] == pytest.approx(max(cosines))
    monkeypatch.setattr(soft_words, "NEIGHBOURS", 1)
    (nearest,) = SoftWords(both, titles, vectors).met(["退钱"]).near[0]
    assert nearest == met.near[0][-1]


def test_a_name_meets_only_itself(soft: SoftWords) -> None:
    met = soft.met(["西宁"])
    assert met.sentences[0].tolist() == [0, 1, 0]
    assert met.titles[0].tolist() == [0, 0]


def test_a_word_that_is_made_of_parts_is_near_to_less() -> None:
    vectors = wordvectors.load()
    soft = SoftWords(Postings.build([["摊位"]]), Postings.build([["店"]]), vectors)
    made_up, near = vectors.of(["维权摊", "摊位"])
    assert NEAR < made_up @ near < MADE_UP
    assert soft.met(["维权摊"]).sentences.tolist() == [[0]]


def test_a_word_that_few_sentences_hold_weighs_more() -> None:
    held = [["退货"], ["退货"], ["退货", "公平秤"]]
    soft = SoftWords(Postings.build(held), Postings.build([["店"]]), wordvectors.load())
    common, rare = soft.met(["退货", "公平秤"]).rarity
    assert rare > common > 0


def test_title_and_paragraph_help_out(soft: SoftWords) -> None:
    layout = Layout(np.array([0, 0, 1]), np.array([0, 2]), np.array([2, 1]))
    voice = SoftVoice(lambda query: soft.met(query.topical), layout)
    own, beside, apart = voice.scores(Query("", {}, {}, ("退款",)))
    title = soft.met(["退款"]).titles[0, 0]
    assert own == pytest.approx(1)
    assert beside == pytest.approx(max(PARAGRAPH, TITLE * title))
    assert apart == 0
    assert voice.scores(Query("", {}, {}, ())).tolist() == [0, 0, 0]
