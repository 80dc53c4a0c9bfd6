"""Fits the weights and trees of `bot/answer/judgement.json` to question sets, and says how well they do.

    pip install -e '.[fit]'
    python tests/benchmarks/fit_judgement.py [--write] [--also SET] SET…

The ranking is a logistic model of pairs: of the clauses that a search offers for one question, one that answers against
one that does not. The answering is boosted trees over whether the best clause answers at all, with the corpus's own asks as
further questions, each judged by a corpus without it (`tests.benchmarks.rows`). The threshold is set, and the measures of `left out` are taken, on questions that were left out of the fit
(folds hold whole conversations). Sentences of paragraphs without asks have a fit of their own, over the same corpus
with its articles' asks taken away.
"""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import json
import random
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bot import wiring
from bot.answer import judgement as judgement_module
from bot.answer.judgement import Node, Weights
from bot.dialogue.turn import Dialogue
from bot.settings import Settings, shipped_corpus
from tests.benchmarks.rows import Row, quoted, rows_of, rows_of_asks, said

RANK_C = 10.0
TREES = {
    "n_estimators": 300,
    "max_depth": 2,
    "learning_rate": 0.04,
    "subsample": 0.6,
    "max_features": 0.4,
    "random_state": 0,
}
"""Chosen by AUC on `fresh.jsonl`: depth 2 .995, depth 3 .995, a logistic model over the same features .989."""
NEGATIVES = 12
FALSE_REFUSALS = 0.033
"""Share of answerable questions left out of the fit that the threshold may refuse."""


def fit_ranking(rows: list[Row], asks: list[Row], share: float) -> dict[str, float]:
    names = list(next(row for row in rows if row.ranked).ranked[0][2])
    x, w = [], []
    each_ask = share * len(rows) / max(len(asks), 1)
    for row, weight in [*((row, 1.0) for row in rows), *((row, each_ask) for row in asks)]:
        if not row.item["answerable"]:
            continue
        right = [f for _, c, f in row.ranked if said(c, row.item)]
        half = [f for _, c, f in row.ranked if quoted(c, row.item) and not said(c, row.item)]
        wrong = [f for _, c, f in row.ranked if not quoted(c, row.item)][:NEGATIVES]
        for good, bad in ((right, wrong), (right, half), (half, wrong)):
            if good and bad:
                # The best of the right ones has to win, not every one of them.
                top = good[0]
                for other in bad:
                    x.append([top[n] - other[n] for n in names])
                    w.append(weight / len(bad))
    both, weights = np.array(x + [[-v for v in d] for d in x]), np.array(w + w)
    y = np.r_[np.ones(len(x)), np.zeros(len(x))]
    model = LogisticRegression(C=RANK_C, fit_intercept=False, max_iter=1000)
    model.fit(both, y, sample_weight=weights)
    return dict(zip(names, model.coef_[0].tolist(), strict=True))


def reranked(rows: list[Row], weights: dict[str, float]) -> list[Row]:
    model = Weights(weights, 0.0, ())
    out = []
    for row in rows:
        ranked = [(model.rank(f), c, f) for _, c, f in row.ranked]
        ranked.sort(key=lambda item: (-item[0], item[1].paragraph.id, item[1].start))
        out.append(Row(row.item, dataclasses.replace(row.reading, ranked=ranked), row.focus))
    return out


def measured(dialogue: Dialogue, rows: list[Row]) -> tuple[list[dict[str, float]], np.ndarray]:
    features, y = [], []
    for row in rows:
        if row.ranked:
            pairs = [(c, f) for _, c, f in row.ranked]
            measurer = dialogue._selector._measurer
            found = measurer.answering(row.reading.question, pairs, row.reading.alike, row.focus)
            features.append(found | dialogue._selector.apart(row.ranked, row.reading.alone))
            y.append(float(row.item["answerable"]))
    return features, np.array(y)


def table(features: list[dict[str, float]]) -> np.ndarray:
    return np.array([list(each.values()) for each in features])


def even(y: np.ndarray) -> np.ndarray:
    """Return weights under which answerable questions and others count the same."""
    return np.where(y == 1, 0.5 / y.mean(), 0.5 / (1 - y.mean()))


def fit_answering(
    dialogue: Dialogue, rows: list[Row], asks: list[Row], share: float
) -> tuple[float, list[list[Node]]]:
    """Fit to both; all asks together weigh `share` times the questions, answerable and not the same in each."""
    features, y = measured(dialogue, rows)
    x, w = table(features), even(y)
    if asks and share:
        others, ya = measured(dialogue, asks)
        x, w = np.r_[x, table(others)], np.r_[w, even(ya) * share * len(y) / len(ya)]
        y = np.r_[y, ya]
    model = GradientBoostingClassifier(**TREES).fit(x, y, sample_weight=w)
    names = list(features[0])
    first = model._raw_predict_init(x[:1])[0, 0]
    return float(first), [exported(tree[0].tree_, names) for tree in model.estimators_]


def exported(tree: Any, names: list[str]) -> list[Node]:
    rate = TREES["learning_rate"]
    return [
        Node("", 0.0, 0, 0, round(float(tree.value[n][0][0]) * rate, 5))
        if tree.children_left[n] < 0
        else Node(
            names[tree.feature[n]],
            round(float(tree.threshold[n]), 5),
            int(tree.children_left[n]),
            int(tree.children_right[n]),
            0.0,
        )
        for n in range(tree.node_count)
    ]


@dataclass
class Fitted:
    """Fitted weights with the probability from which on they should answer."""

    weights: Weights
    threshold: float = 0.5

    def moved_to(self, threshold: float) -> Weights:
        """Return the weights with their prior moved so that `threshold` takes the place of their own."""
        logit = lambda p: float(np.log(p / (1 - p)))  # noqa: E731
        prior = self.weights.prior + logit(threshold) - logit(self.threshold)
        return Weights(self.weights.ranking, prior, self.weights.trees)


def train(dialogue: Dialogue, rows: list[Row], asks: list[Row], share: float) -> Fitted:
    ranking = fit_ranking(rows, asks, share)
    prior, trees = fit_answering(dialogue, reranked(rows, ranking), reranked(asks, ranking), share)
    return Fitted(Weights(ranking, prior, trees))


Judged = tuple[list[bool], list[bool], np.ndarray, np.ndarray]


def judged(dialogue: Dialogue, rows: list[Row], fitted: Fitted) -> Judged:
    """Return, of rows, whether the best sentence and the best clause are right, the probabilities and the truth."""
    rows = reranked(rows, dict(fitted.weights.ranking))
    answerable = [row for row in rows if row.item["answerable"]]
    hits = [bool(r.ranked) and quoted(r.ranked[0][1], r.item) for r in answerable]
    leads = [
        bool(r.ranked) and said(r.ranked[0][1], r.item) for r in answerable if r.item["answer"]
    ]
    features, y = measured(dialogue, rows)
    return hits, leads, np.array([fitted.weights.probability(each) for each in features]), y


def report(name: str, parts: Judged, threshold: float) -> None:
    hits, leads, p, y = parts
    auc = np.mean(p[y == 1][:, None] > p[y == 0][None, :])
    print(
        f"{name:10s} hit@1 {np.mean(hits):.3f} lead {np.mean(leads):.3f} AUC {auc:.3f} "
        f"refused {np.mean(p[y == 0] < threshold):.3f} "
        f"false refusals {np.mean(p[y == 1] < threshold):.3f}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--also", type=Path, action="append", default=[], help="measure only")
    parser.add_argument("--share", type=float, default=0.3, help="weight of the corpus's asks")
    parser.add_argument("--asks", type=int, default=4000, help="how many of the corpus's asks")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--corpus", type=Path, default=shipped_corpus())
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    asked = fit(options.corpus, options, options.share)
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder)
        for part in ("articles", "lexicon"):
            (bare / part).symlink_to((options.corpus / part).resolve())
        (bare / "asks").mkdir()
        (bare / "asks" / "corpus.toml").symlink_to(
            (options.corpus / "asks" / "corpus.toml").resolve()
        )
        print("without the articles' asks:")
        unasked = fit(bare, options, 0.0)
    if options.write:
        write(asked, unasked, [path.stem for path in options.sets])


def fit(corpus: Path, options: argparse.Namespace, share: float) -> Fitted:
    """Fit over one corpus, print the measures, and return the weights."""
    with tempfile.TemporaryDirectory() as state:
        dialogue = wiring.dialogue(Settings(corpus, Path(state)))
    sets = {path.stem: asyncio.run(rows_of(dialogue, read(path))) for path in options.sets}
    also = {path.stem: asyncio.run(rows_of(dialogue, read(path))) for path in options.also}
    asks = rows_of_asks(corpus, options.folds, options.asks) if share else []
    rows = [row for part in sets.values() for row in part]
    chats = sorted({row.item["chat"] for row in rows})
    random.Random(1).shuffle(chats)
    folds: list[Judged] = []
    for fold in range(options.folds):
        out = set(chats[fold :: options.folds])
        fitted = train(dialogue, [r for r in rows if r.item["chat"] not in out], asks, share)
        folds.append(judged(dialogue, [r for r in rows if r.item["chat"] in out], fitted))
    left_out = (
        [hit for part in folds for hit in part[0]],
        [lead for part in folds for lead in part[1]],
        np.concatenate([part[2] for part in folds]),
        np.concatenate([part[3] for part in folds]),
    )
    fitted = train(dialogue, rows, asks, share)
    fitted.threshold = float(np.quantile(left_out[2][left_out[3] == 1], FALSE_REFUSALS))
    report("left out", left_out, fitted.threshold)
    for name, part in also.items():
        report(name, judged(dialogue, part, fitted), fitted.threshold)
    return fitted


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write(asked: Fitted, unasked: Fitted, sets: list[str]) -> None:
    weights = {"asked": asked.weights, "unasked": unasked.moved_to(asked.threshold)}
    data = {
        "written_by": f"tests/benchmarks/fit_judgement.py from {', '.join(sets)} and the corpus's asks",
        "threshold": round(asked.threshold, 4),
    } | {
        kind: {
            "ranking": {name: round(value, 4) for name, value in each.ranking.items()},
            "prior": round(each.prior, 5),
            "trees": each.trees,
        }
        for kind, each in weights.items()
    }
    path = Path(judgement_module.__file__).with_name("judgement.json")
    lines = (
        json.dumps(data, ensure_ascii=False).replace("[[[", "[\n[[").replace("]], [[", "]],\n[[")
    )
    path.write_text(lines + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
