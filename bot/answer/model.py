"""Two judgements by weighed features: which clause answers best, and whether it answers at all.

Both are linear; the second is a logistic model, whose weights move from one column to another as known questions about
the best clause's paragraph grow in number: what a text says counts most where nobody has written down what people ask,
and nothing jumps when somebody begins to. `weights.toml` holds one set of weights for an index with sentence
vectors and one for an index without, and says by what it was written; a weight of a feature that there is not, or a
feature without a weight, is an error.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, NamedTuple

from bot.answer.features import Answering, Ranking
from bot.article import Kind
from bot.search.voice import Evidence

FILE = "weights.toml"
MANY = 40
"""Known questions about a paragraph that are half way to very many. With 20 and with 60 right answers stood above what
nothing answers in .966 and .967 of the pairs on the shipped articles, in .701 and .704 on reports left out of the fit."""


class Decision(NamedTuple):
    """The weights that decide whether a clause answers.

    Args:
        features: What each feature adds to the log-odds of an answer, where no questions are known.
        asked: What it adds beside that where very many are.
        prior: Log-odds of an answer where every feature is 0; what very many known questions add to them, and what some
            do, which is most half way between none and very many.
    """

    features: Answering
    asked: Answering
    prior: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class AnswerModel:
    """The weights for one kind of index.

    Args:
        ranking: What each ranking feature counts; the best clause has the largest sum.
        report: Decides about clauses of reports.
        rule: Decides about clauses of statutes and of the guide.
        threshold: Probability from which on the bot answers.
        spread: Standard deviation of the sums of one question's clauses, on average: the unit of every margin.
        meaning: Whether they are for an index with sentence vectors.
    """

    ranking: Ranking
    report: Decision
    rule: Decision
    threshold: float
    spread: float
    meaning: bool = False

    @property
    def voices(self) -> Evidence:
        """What each voice counts among the ranking features."""
        return Evidence(*(getattr(self.ranking, name) for name in Evidence._fields))

    def rank(self, features: Ranking) -> float:
        """Return a clause's sum, in spreads."""
        return _product(self.ranking, features) / self.spread

    def probability(self, features: Answering, known: int, kind: Kind = Kind.NEWS) -> float:
        """Return how probable it is that the best clause answers the question, 0 to 1.

        Args:
            features: What speaks for and against it.
            known: How many questions are known about its paragraph.
            kind: What its article is.
        """
        decision = self.report if kind is Kind.NEWS else self.rule
        share = density(known)
        none, many, some = decision.prior
        logit = none + share * many + 4 * share * (1 - share) * some
        logit += _product(decision.features, features)
        logit += share * _product(decision.asked, features)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def density(known: int) -> float:
    """Return how far so many known questions about a paragraph are many, 0 to 1."""
    return known / (known + MANY)


def load(*, meaning: bool) -> AnswerModel:
    """Return the fitted weights that the package ships, for an index with sentence vectors or without."""
    text = (resources.files("bot.answer") / FILE).read_text(encoding="utf-8")
    table = tomllib.loads(text)["meaning" if meaning else "words"]
    return parse(table, meaning=meaning)


def parse(table: Mapping[str, Any], *, meaning: bool = False) -> AnswerModel:
    """Return the weights in one parsed table of `weights.toml`.

    Raises:
        TypeError: A feature has no weight, or a weight no feature.
    """
    return AnswerModel(
        Ranking(**table["ranking"]),
        _decision(table["report"]),
        _decision(table["rule"]),
        table["threshold"],
        table["spread"],
        meaning,
    )


def _decision(table: Mapping[str, Any]) -> Decision:
    weights = {name: pair for name, pair in table.items() if name != "prior"}
    return Decision(
        Answering(**{name: pair[0] for name, pair in weights.items()}),
        Answering(**{name: pair[1] for name, pair in weights.items()}),
        tuple(table["prior"]),
    )


def _product(weights: tuple[float, ...], features: tuple[float, ...]) -> float:
    return sum(weight * value for weight, value in zip(weights, features, strict=True))
