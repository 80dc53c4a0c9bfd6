"""Vectors of sentences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.search import meaning
from bot.search.meaning import UNIT, Likeness, SentenceVoice
from bot.search.voice import Query

Float32 = NDArray[np.float32]
ALL = np.array([0.0, 0.0, 1.0], np.float32)
"""What every text has in common here."""


class Compass:
    """Reads texts as directions in a plane above which all of them lie."""

    def __init__(self, **directions: tuple[float, float]) -> None:
        self.directions = directions
        self.read: list[str] = []

    def query(self, texts: str) -> Float32:
        return self.passage([texts])[0]

    def passage(self, texts: Sequence[str]) -> Float32:
        self.read += texts
        rows = np.array([(*self.directions[text], 1.0) for text in texts], np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


ALONE = np.array([np.eye(3), np.eye(3)], np.float32)
"""Maps that leave vectors as they are."""


def voice(model: Compass, *sentences: str, maps: Float32 = ALONE) -> SentenceVoice:
    vectors = np.round(model.passage(sentences) * UNIT).astype(np.int8)
    return SentenceVoice(model, vectors, Likeness(np.array([ALL, ALL]), maps))


def asked(text: str) -> Query:
    return Query(text, {}, {})


def test_what_all_texts_share_is_no_likeness() -> None:
    model = Compass(question=(0.3, 0.0), right=(0.3, 0.0), other=(0.0, 0.3), opposite=(-0.3, 0.0))
    right, other, opposite = voice(model, "right", "other", "opposite").scores(asked("question"))
    assert right == pytest.approx(1.0, abs=0.02)
    assert other < 0.2  # its cosine as the model gives it is .92
    assert opposite < -0.8


def test_a_sentence_near_to_every_question_is_near_to_none() -> None:
    model = Compass(question=(0.3, 0.1), hub=(0.05, -0.15), right=(0.5, 0.2))
    hub, right = voice(model, "hub", "right").scores(asked("question"))
    assert hub < 0.5 < right


def test_an_empty_question_is_near_to_nothing() -> None:
    model = Compass(right=(1.0, 0.0))
    assert voice(model, "right").scores(asked(" ")).tolist() == [0.0]
    assert model.read == ["right"]


def test_without_sentences_there_is_nothing_to_be_near_to() -> None:
    model = Compass(question=(1.0, 0.0))
    nothing = SentenceVoice(model, np.zeros((0, 3), np.int8), Likeness(np.array([ALL, ALL]), ALONE))
    assert nothing.scores(asked("question")).tolist() == []


def test_a_question_is_read_once() -> None:
    model = Compass(question=(1.0, 0.0), right=(1.0, 0.0))
    says = voice(model, "right")
    assert says.scores(asked("question")).tolist() == says.scores(asked("question")).tolist()
    assert model.read == ["right", "question"]


def test_a_passage_has_the_mean_of_its_texts() -> None:
    model = Compass(one=(1.0, 0.0), two=(0.0, 1.0))
    (vector,) = meaning.vectors_of([("one", "two")], model, {}, lambda done, total: None)
    assert vector[0] == vector[1] > 0
    assert np.linalg.norm(vector) == pytest.approx(UNIT, abs=1.5)


def test_what_is_kept_is_not_read_again() -> None:
    model = Compass(one=(1.0, 0.0), two=(0.0, 1.0))
    first = meaning.vectors_of([("one",)], model, {}, lambda done, total: None)
    told: list[tuple[int, int]] = []
    both = meaning.vectors_of(
        [("one",), ("two",), ("two",)],
        model,
        {meaning.digest(("one",)): first[0]},
        lambda *how: told.append(how),
    )
    assert (model.read, told) == (["one", "two"], [(1, 1)])
    np.testing.assert_array_equal(both[0], first[0])
    np.testing.assert_array_equal(both[1], both[2])


def test_what_is_read_in_several_batches_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    model = Compass(one=(1.0, 0.0), two=(0.0, 1.0), three=(1.0, 1.0))
    passages = [("one",), ("two",), ("three",)]
    whole = meaning.vectors_of(passages, model, {}, lambda done, total: None)
    monkeypatch.setattr(meaning, "BATCH", 2)
    told: list[tuple[int, int]] = []
    apart = meaning.vectors_of(passages, model, {}, lambda *how: told.append(how))
    np.testing.assert_array_equal(apart, whole)
    assert told == [(2, 3), (3, 3)]


def test_questions_and_sentences_are_turned_before_they_are_compared() -> None:
    model = Compass(question=(0.3, 0.0), subject=(0.3, 0.0), answer=(0.0, 0.3))
    turned = np.array([[[0, 1, 0], [-1, 0, 0], [0, 0, 1]], np.eye(3)], np.float32)
    alone = voice(model, "subject", "answer").scores(asked("question"))
    subject, answer = voice(model, "subject", "answer", maps=turned).scores(asked("question"))
    assert alone[0] > 0.9 > alone[1]
    assert answer == pytest.approx(1.0, abs=0.02)
    assert subject < 0.2
    back = voice(model, "answer", maps=turned[::-1]).scores(asked("question"))
    assert back[0] == pytest.approx(-1.0, abs=0.05)  # the sentence is turned, not the question


def test_many_sentences_are_compared_as_few_are(monkeypatch: pytest.MonkeyPatch) -> None:
    model = Compass(question=(0.3, 0.1), one=(0.3, 0.0), two=(0.0, 0.3), three=(0.1, 0.3))
    whole = voice(model, "one", "two", "three").scores(asked("question"))
    monkeypatch.setattr(meaning, "ROWS", 2)
    np.testing.assert_array_equal(
        voice(model, "one", "two", "three").scores(asked("question")), whole
    )


def test_the_shipped_likeness_fits_the_model() -> None:
    centres, maps = meaning.shipped_likeness()
    assert centres.shape == (2, 384)
    assert (np.linalg.norm(centres, axis=1) > 0.8).all()  # the part that all texts share is large
    assert maps.shape == (2, 384, 384)
    assert (np.abs(np.diagonal(maps, axis1=1, axis2=2) - 1) < 0.5).all()  # near the identity
