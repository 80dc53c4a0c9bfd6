"""How features are weighed."""

from __future__ import annotations

import dataclasses
import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import model
from bot.answer.features import NOTHING, Answering, Ranking
from bot.answer.model import AnswerModel, Decision
from bot.article import Kind

ZERO = Answering(*(0.0 for _ in Answering._fields))


def weighing(**weights: float) -> AnswerModel:
    return AnswerModel(
        NOTHING._replace(context=2.0),
        Decision(ZERO._replace(**weights), ZERO._replace(silent_here=-4.0), (0.0, 1.0, 0.0)),
        Decision(ZERO, ZERO, (-1.0, 0.0, 0.0)),
        threshold=0.5,
        spread=0.5,
    )


def tables() -> dict[str, dict[str, dict[str, float]]]:
    text = (resources.files("bot.answer") / model.FILE).read_text(encoding="utf-8")
    return tomllib.loads(text)


def test_a_sum_is_counted_in_spreads() -> None:
    assert weighing().rank(NOTHING._replace(context=0.5, words=9.0)) == 2.0


def test_what_many_known_questions_add_comes_with_their_number_and_without_a_jump() -> None:
    weights = weighing(total=1.0)
    silent = ZERO._replace(silent_here=1.0)
    assert weights.probability(silent, known=0) == 0.5
    falling = [weights.probability(silent, known=n) for n in (0, 1, 5, 30, 1000)]
    assert falling == sorted(falling, reverse=True)
    assert falling[0] - falling[1] < 0.03
    assert weights.probability(ZERO, known=1000) > 0.7


def test_what_some_known_questions_add_is_most_between_none_and_many() -> None:
    report = Decision(ZERO, ZERO, (0.0, 0.0, 1.0))
    weights = dataclasses.replace(weighing(), report=report)
    none, some, many = (weights.probability(ZERO, known=n) for n in (0, model.MANY, 100_000))
    assert none == 0.5 < some > many == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("kind", [Kind.STATUTE, Kind.GUIDE])
def test_clauses_of_statutes_and_of_the_guide_are_decided_about_apart(kind: Kind) -> None:
    weights = weighing(total=1.0)
    assert weights.probability(ZERO, known=0, kind=kind) < weights.probability(ZERO, known=0)


@given(st.floats(-1e6, 1e6), st.integers(0, 10_000))
def test_a_probability_lies_between_nothing_and_one(value: float, known: int) -> None:
    assert 0.0 < weighing(total=1.0).probability(ZERO._replace(total=value), known) < 1.0


@pytest.mark.parametrize("meaning", [False, True])
def test_the_shipped_weights_can_be_read(meaning: bool) -> None:
    read = model.load(meaning=meaning)
    assert read.meaning == meaning
    assert 0.0 < read.threshold < 1.0
    assert read.spread > 0.0
    assert (read.voices.meaning > 0) == meaning
    assert all(weight >= 0.0 for weight in read.voices), "a voice speaks for what it finds"


@pytest.mark.parametrize("table", ["ranking", "report", "rule"])
def test_a_feature_without_a_weight_and_a_weight_without_a_feature_are_errors(table: str) -> None:
    words = tables()["words"]
    first = next(name for name in words[table] if name != "prior")
    renamed = {f"{name}s" if name == first else name: w for name, w in words[table].items()}
    with pytest.raises(TypeError, match=first):
        model.parse(words | {table: renamed})
    fewer = {name: w for name, w in words[table].items() if name != first}
    with pytest.raises(TypeError, match=first):
        model.parse(words | {table: fewer})


def test_there_are_no_more_features_than_a_person_can_read() -> None:
    assert len(Ranking._fields) <= 21
    assert len(Answering._fields) <= 24
