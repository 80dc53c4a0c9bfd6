from __future__ import annotations

import json
from importlib import resources

from bot.answer import judgement
from bot.answer.judgement import Node, Weights

TREE = (Node("likeness", 0.5, 1, 2, 0.0), Node("", 0.0, 0, 0, -2.0), Node("", 0.0, 0, 0, 2.0))


def test_a_tree_is_walked_to_the_leaf_that_its_features_lead_to() -> None:
    weights = Weights({}, prior=0.0, trees=[TREE])
    assert weights.probability({"likeness": 0.5}) < 0.5 < weights.probability({"likeness": 0.6})


def test_a_feature_that_was_not_measured_counts_as_nothing() -> None:
    weights = Weights({"a": 2.0}, prior=0.0, trees=[TREE])
    assert weights.rank({"b": 9.0}) == 0.0
    assert weights.probability({}) == weights.probability({"likeness": 0.0})


def test_trees_add_up_and_the_probability_stays_between_nothing_and_one() -> None:
    many = Weights({}, prior=0.0, trees=[TREE] * 1000)
    assert 0.0 < many.probability({"likeness": 0.0}) < 1e-9
    assert 1 - 1e-9 < many.probability({"likeness": 1.0}) < 1.0


def test_the_shipped_weights_can_be_read_and_each_tree_ends_in_leaves() -> None:
    text = (resources.files("bot.answer") / "judgement.json").read_text(encoding="utf-8")
    read = judgement.parse(json.loads(text))
    assert read == judgement.load()
    assert 0.0 < read.threshold < 1.0
    for weights in (read.asked, read.unasked):
        for tree in weights.trees:
            for place, node in enumerate(tree):
                assert not node.feature or place < node.low < len(tree) > node.high > place
