"""The language models of groups of known questions, against the formula worked out the long way."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import StaleIndexError
from bot.search.likelihood import ALPHA, KAPPA, TERM_WEIGHTS, QueryLikelihood
from bot.search.postings import Postings

Terms = dict[str, list[str]]
FIELDS = ("words", "concepts")
TERMS = st.fixed_dictionaries(
    {
        "words": st.lists(st.sampled_from("退货店家投诉"), max_size=5),
        "concepts": st.lists(st.sampled_from(["#退", "?count"]), max_size=3),
    }
)
GROUP = st.tuples(TERMS, st.lists(TERMS, min_size=1, max_size=4), st.sampled_from([-1, 0, 1]))


def models(groups: list[tuple[Terms, list[Terms], int]]) -> QueryLikelihood:
    known = [terms for _, asked, _ in groups for terms in asked]
    of = [number for number, (_, asked, _) in enumerate(groups) for _ in asked]
    paragraphs = np.unique([p for _, _, p in groups if p >= 0]).tolist()  # numbered from 0
    return QueryLikelihood.build(
        {name: Postings.build(terms[name] for terms in known) for name in FIELDS},
        {name: Postings.build(named[name] for named, _, _ in groups) for name in FIELDS},
        np.array(of, dtype=np.int64),
        np.array([paragraphs.index(p) if p >= 0 else -1 for _, _, p in groups], dtype=np.int64),
    )


def score(groups: list[tuple[Terms, list[Terms], int]], asked: Terms, number: int) -> float:
    """The formula of the module's docstring."""
    vocabulary = {
        (f, t) for _, known, _ in groups for terms in known for f in FIELDS for t in terms[f]
    }

    def n(group: int, term: tuple[str, str]) -> int:
        named, known, _ = groups[group]
        return sum(term[1] in terms[term[0]] for terms in [named, *known])

    def size(group: int) -> int:
        return sum(n(group, term) for term in vocabulary)

    total = sum(size(group) for group in range(len(groups)))
    paragraph = groups[number][2]
    beside = [g for g in range(len(groups)) if paragraph >= 0 and groups[g][2] == paragraph]
    logs = []
    for term in {(f, t) for f in FIELDS for t in asked[f]} & vocabulary:
        there = sum(n(g, term) for g in beside) / max(sum(size(g) for g in beside), 1)
        borrowed = KAPPA if beside else 0.0
        top = n(number, term) + borrowed * there + ALPHA
        bottom = size(number) + borrowed + ALPHA * len(vocabulary)
        everywhere = sum(n(g, term) for g in range(len(groups))) + 1
        weight = TERM_WEIGHTS.get(term[1][0], 1.0)
        log = math.log(top / bottom) - math.log(everywhere / (total + len(vocabulary)))
        logs.append((weight, weight * log))
    return sum(log for _, log in logs) / sum(weight for weight, _ in logs) if logs else 0.0


@given(st.lists(GROUP, min_size=1, max_size=6), TERMS)
def test_the_score_is_the_formulas(
    groups: list[tuple[Terms, list[Terms], int]], asked: Terms
) -> None:
    want = [score(groups, asked, number) for number in range(len(groups))]
    np.testing.assert_allclose(models(groups).scores(asked), want, atol=1e-5)


def group(*questions: str, paragraph: int = -1) -> tuple[Terms, list[Terms], int]:
    asked = [{"words": list(text), "concepts": []} for text in questions]
    return {"words": [], "concepts": []}, asked, paragraph


def test_a_wording_made_of_several_questions_words_is_likely() -> None:
    both = models([group("退货几家", "退款多少"), group("投诉电话", "举报电话")])
    scores = both.scores({"words": list("退款几家")})
    assert scores[0] > 0 > scores[1]


def test_a_group_borrows_from_its_paragraph() -> None:
    alone = [group("退货几家"), group("投诉几起"), group("电话号码")]
    together = [group("退货几家", paragraph=0), group("投诉几起", paragraph=0), group("电话号码")]
    asked = {"words": list("投诉")}
    assert models(together).scores(asked)[0] > models(alone).scores(asked)[0]


def test_nothing_known_says_nothing() -> None:
    assert models([group("退货")]).scores({"words": ["无"]}).tolist() == [0.0]
    assert models([]).scores({"words": ["退"]}).tolist() == []


def test_what_is_saved_is_loaded_and_damage_is_noticed(tmp_path: Path) -> None:
    known = {
        "words": Postings.build([list("退货几家"), list("投诉几起")]),
        "concepts": Postings.build([[], []]),
    }
    built = models([group("退货几家", paragraph=0), group("投诉几起", paragraph=0)])
    built.save(tmp_path / "likelihood")
    asked = {"words": list("退货")}
    loaded = QueryLikelihood.open(tmp_path / "likelihood", known)
    assert loaded.scores(asked).tolist() == built.scores(asked).tolist()
    np.save(tmp_path / "likelihood" / "words" / "gains.npy", np.zeros(3, dtype=np.float32))
    with pytest.raises(StaleIndexError, match="python -m bot index"):
        QueryLikelihood.open(tmp_path / "likelihood", known)
    (tmp_path / "likelihood" / "denominators.npy").unlink()
    with pytest.raises(StaleIndexError, match="python -m bot index"):
        QueryLikelihood.open(tmp_path / "likelihood", known)
