from __future__ import annotations

import pytest
from hypothesis import given

from bot.analysis.analyzer import QUESTION_FIELDS, TEXT_FIELDS, Analyzer
from bot.analysis.chars import fold
from tests.strategies import TYPED


def names(analyzer: Analyzer, text: str) -> list[str]:
    return [found.value.name for found in analyzer.places(fold(text))]


def test_a_paragraph_has_three_fields(analyzer: Analyzer) -> None:
    assert analyzer.text_terms("无理由退货单位") == {
        "words": ["无理由退货", "单位"],
        "bigrams": ["无理", "理由", "由退", "退货", "货单", "单位"],
        "chars": ["无", "理", "由", "退", "货", "单", "位"],
    }


def test_places_are_masked_in_known_questions(analyzer: Analyzer) -> None:
    here = analyzer.question_terms("蓝桥区有几家")
    there = analyzer.question_terms("白塔有几家")
    assert here == there
    assert here["words"] == ["有", "几家"]
    assert here["concepts"] == ["?count"]


def test_a_place_that_no_article_speaks_of_is_marked(analyzer: Analyzer) -> None:
    assert analyzer.question_terms("虹口有几家")["concepts"] == ["?count", "@elsewhere"]


def test_concepts_kinds_and_attributes_are_read_out_of_a_text(analyzer: Analyzer) -> None:
    got = analyzer.concepts("随便退的有多少,电话呢")
    assert got == ["#无理由退货", "?count", "@phone"]


def test_a_strange_place_must_be_a_word_of_its_own(analyzer: Analyzer) -> None:
    assert names(analyzer, "海口有几家") == ["海口市"]
    assert names(analyzer, "青岚上海口碑好的店") == ["青岚市"]
    assert names(analyzer, "虹口区有几家") == ["虹口区"]
    assert names(analyzer, "密云区有几家") == ["密云区"]


def test_a_known_place_is_found_anywhere(analyzer: Analyzer) -> None:
    assert names(analyzer, "請問藍橋區和白塔呢") == ["蓝桥区", "白塔区"]


def test_landmarks_are_words_and_no_places(analyzer: Analyzer) -> None:
    assert names(analyzer, "银杏广场在哪里") == []
    assert "银杏广场" in analyzer.text_terms("银杏广场在哪里")["words"]


def test_the_same_analyzer_has_the_same_fingerprint(analyzer: Analyzer) -> None:
    assert Analyzer(analyzer.lexicon).fingerprint == analyzer.fingerprint


@given(text=TYPED)
def test_any_text_has_every_field(analyzer: Analyzer, text: str) -> None:
    assert tuple(analyzer.text_terms(text)) == TEXT_FIELDS
    assert tuple(analyzer.question_terms(text)) == QUESTION_FIELDS
    assert analyzer.text_terms(text) == analyzer.text_terms(fold(text))


@pytest.mark.parametrize(
    "text", ["蓝桥区和北京哪个多", "白塔有几家", "北京有几家", "", "海口碑好的店在蓝桥"]
)
def test_known_places_are_those_of_all_that_articles_speak_of(
    analyzer: Analyzer, text: str
) -> None:
    places = [place for place in analyzer.places(text) if place.value.known]
    assert analyzer.known_places(text) == places
