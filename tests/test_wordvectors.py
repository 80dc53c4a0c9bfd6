from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from bot.analysis import wordvectors
from bot.analysis.wordvectors import WordVectors
from tests.strategies import ANYTHING


@pytest.fixture(scope="module")
def tiny() -> WordVectors:
    matrix = np.array([[127, 0], [0, 127], [90, 90]], np.int8)
    return WordVectors(["退", "钱", "款"], matrix, places=frozenset(), names=frozenset(["钱"]))


def test_a_word_without_a_vector_is_the_mean_of_its_parts(tiny: WordVectors) -> None:
    both = tiny.of(["退钱", "款"])
    np.testing.assert_allclose(both[0], both[1], atol=0.01)
    np.testing.assert_allclose(tiny.of(["退a"])[0], [1, 0])
    np.testing.assert_allclose(tiny.of(["313"])[0], [0, 0])
    assert tiny.of([]).shape == (0, 2)


@given(ANYTHING)
def test_a_vector_is_a_direction_or_nothing(text: str) -> None:
    (vector,) = wordvectors.load().of([text])
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-4) or not vector.any()


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [("退钱", "退款", "省钱罐"), ("店铺", "店面", "调解"), ("投诉", "诉求", "苹果")],
)
def test_words_of_one_meaning_are_nearer_than_others(word: str, near: str, far: str) -> None:
    a, b, c = wordvectors.load().of([word, near, far])
    assert a @ b > a @ c


def test_places_are_names() -> None:
    shipped = wordvectors.load()
    assert "中关村" in shipped.places <= shipped.names
    assert "退货" in shipped
    assert "退货" not in shipped.names
