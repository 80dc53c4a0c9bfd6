from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.postings import Postings
from bot.search.similarity import QuestionMemory

FIELDS = ("words", "concepts")
WEIGHTS = {"words": 1.0, "concepts": 2.0}
Terms = dict[str, list[str]]
TERMS = st.fixed_dictionaries(
    {
        "words": st.lists(st.sampled_from("退货店家投诉"), max_size=5),
        "concepts": st.lists(st.sampled_from(["#退", "?count", "@phone"]), max_size=3),
    }
)
KNOWN = st.lists(TERMS, min_size=1, max_size=12)


def memory(known: list[Terms], groups: list[int] | None = None) -> QuestionMemory:
    fields = {name: Postings.build(terms[name] for terms in known) for name in FIELDS}
    numbers = np.array(range(len(known)) if groups is None else groups, dtype=np.int64)
    return QuestionMemory(fields, WEIGHTS, numbers)


def vector(terms: Terms, known: list[Terms]) -> dict[tuple[str, str], float]:
    """The weights of a question's terms, worked out the long way."""
    weights = {}
    for name in FIELDS:
        for term, tf in Counter(terms[name]).items():
            df = sum(term in other[name] for other in known)
            idf = math.log((len(known) + 1) / (df or 1))
            weights[name, term] = WEIGHTS[name] * math.log1p(tf) * idf
    return weights


def cosine(a: dict[tuple[str, str], float], b: dict[tuple[str, str], float]) -> float:
    norm = math.hypot(*a.values()) * math.hypot(*b.values())
    return sum(weight * b.get(term, 0.0) for term, weight in a.items()) / norm if norm else 0.0


@given(KNOWN, TERMS)
def test_the_similarity_is_the_cosine_of_the_weighted_terms(
    known: list[Terms], asked: Terms
) -> None:
    want = [cosine(vector(asked, known), vector(other, known)) for other in known]
    np.testing.assert_allclose(memory(known).similarities(asked), want, atol=1e-12)


@given(KNOWN)
def test_a_known_question_is_most_like_itself(known: list[Terms]) -> None:
    for number, terms in enumerate(known):
        similarities = memory(known).similarities(terms)
        if any(terms.values()):
            assert similarities[number] == pytest.approx(1)
        assert similarities.max(initial=0) <= 1 + 1e-9


@given(KNOWN, TERMS)
def test_a_word_that_nothing_known_holds_counts_against_all(
    known: list[Terms], asked: Terms
) -> None:
    stranger = {**asked, "words": [*asked["words"], "陌生"]}
    before = memory(known).similarities(asked)
    after = memory(known).similarities(stranger)
    assert ((after < before) | (before == 0)).all()


@given(KNOWN, TERMS, st.data())
def test_a_share_is_what_a_group_holds_of_the_weight(
    known: list[Terms], asked: Terms, data: st.DataObject
) -> None:
    groups = data.draw(st.lists(st.integers(0, 3), min_size=len(known), max_size=len(known)))
    shares = memory(known, groups).shares(asked)
    once = {name: sorted(set(terms)) for name, terms in asked.items()}
    weights = vector(once, known)
    total = sum(weights.values())
    for group, share in zip(groups, shares, strict=True):
        members = [other for other, g in zip(known, groups, strict=True) if g == group]
        held = sum(w for (name, t), w in weights.items() if any(t in m[name] for m in members))
        assert share == pytest.approx(held / total if total else 0.0)


def test_nothing_asked_and_nothing_known() -> None:
    nothing: Terms = {"words": [], "concepts": []}
    assert memory([nothing]).similarities({"words": ["退"]}).tolist() == [0.0]
    assert memory([{"words": ["退"], "concepts": []}]).similarities(nothing).tolist() == [0.0]
    assert memory([]).similarities({"words": ["退"]}).tolist() == []
    assert memory([]).shares({"words": ["退"]}).tolist() == []
