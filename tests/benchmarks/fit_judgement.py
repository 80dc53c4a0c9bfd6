"""Fits the weights of `bot/answer/judgement.toml` to question sets, and says how well they do.

    python tests/benchmarks/fit_judgement.py [--write] [--folds 5] tests/questions/*.jsonl

Two logistic models. The ranking is fitted to pairs: of the clauses that a search offers for one question, one that
answers against one that does not. The answering is fitted to whether the best clause answers at all, with the
corpus's own asks as further questions: each ask is judged as if it were not in the corpus, and an ask that nothing
answers as if none of its group were. Measures are of questions left out of the fit (folds hold whole conversations).
Sentences of paragraphs without asks have weights of their own, fitted over the same corpus with its articles' asks
taken away.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bot import wiring
from bot.answer import judgement as judgement_module
from bot.answer.candidate import Candidate
from bot.answer.judgement import Weights
from bot.answer.select import Found, Reading, focus_on
from bot.dialogue.turn import Dialogue
from bot.settings import Settings, shipped_corpus

JUDGED_APART = ("compare", "smalltalk")
"""Kinds of question that go another way."""
RANK_L2, ANSWER_L2 = 0.1, 1.0
NEGATIVES = 12
FALSE_REFUSALS = 0.02
"""Share of answerable questions that the threshold may refuse in the fit."""


@dataclass
class Row:
    """A question with what was found for it."""

    item: dict[str, Any]
    reading: Reading
    focus: Any

    @property
    def ranked(self) -> Any:
        return self.reading.ranked


def norm(text: str) -> str:
    return "".join(
        c for c in unicodedata.normalize("NFKC", text).lower() if unicodedata.category(c)[0] in "LN"
    )


def quoted(candidate: Candidate, item: dict[str, Any]) -> bool:
    """Whether the sentence around a clause holds an answering quote."""
    start, end = candidate.sentence or (0, 0)
    sentence = norm(candidate.paragraph.text[start:end])
    return candidate.article.id in item["seeds"] and any(
        norm(q) in sentence for q in item["quotes"]
    )


def said(candidate: Candidate, item: dict[str, Any]) -> bool:
    """Whether, besides, the clause itself holds the asked figure or name."""
    return quoted(candidate, item) and all(norm(a) in norm(candidate.says) for a in item["answer"])


async def rows_of(dialogue: Dialogue, items: list[dict[str, Any]]) -> list[Row]:
    """Return a set's questions with what is found for them, the conversation being about the right answers."""
    focuses: dict[str, Any] = {}
    rows = []
    for item in items:
        if item["kind"] in JUDGED_APART:
            continue
        focus = focuses.get(item["chat"])
        question = dialogue._reader.read(item["question"])
        reading = await dialogue._best_reading(question, focus)
        rows.append(Row(item, reading, focus))
        right = [c for _, c, _ in reading.ranked if said(c, item)] or [
            c for _, c, _ in reading.ranked if quoted(c, item)
        ]
        if right:
            focuses[item["chat"]] = focus_on(right[0], reading.question)
    return rows


async def rows_of_asks(dialogue: Dialogue) -> list[Row]:
    """Return the corpus's asks as questions, none of them seeing itself or, unanswered, its group."""
    rows = []
    for ask in dialogue._backend._index.asks:
        question = dialogue._reader.read(ask.text)
        found = (await dialogue._search(question, None)).found
        rest = [
            r
            for r in found.recalled
            if r.ask is not ask and (ask.answered or r.ask.missing != ask.missing)
        ]
        reading = dialogue._selector.read(question, Found(found.hits, rest), None)
        rows.append(Row({"answerable": ask.answered, "kind": "ask"}, reading, None))
    return rows


def logistic(x: np.ndarray, y: np.ndarray, w: np.ndarray, l2: float, free: int = -1) -> np.ndarray:
    """Return the coefficients of a weighted logistic regression by Newton's method; column `free` is not shrunk."""
    beta = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], l2)
    if free >= 0:
        penalty[free] = 1e-6
    for _ in range(100):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        gradient = x.T @ (w * (p - y)) + penalty * beta
        hessian = (x * (w * p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        beta -= step
        if np.abs(step).max() < 1e-8:
            break
    return beta


def fit_ranking(rows: list[Row]) -> dict[str, float]:
    names = list(next(row for row in rows if row.ranked).ranked[0][2])
    x, w = [], []
    for row in rows:
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
                    w.append(1 / len(bad))
    both, weights = np.array(x + [[-v for v in d] for d in x]), np.array(w + w)
    y = np.r_[np.ones(len(x)), np.zeros(len(x))]
    return dict(zip(names, logistic(both, y, weights, RANK_L2).tolist(), strict=True))


def reranked(rows: list[Row], weights: dict[str, float]) -> list[Row]:
    model = Weights(weights, {})
    out = []
    for row in rows:
        ranked = [(model.rank(f), c, f) for _, c, f in row.ranked]
        ranked.sort(key=lambda item: (-item[0], item[1].paragraph.id, item[1].start))
        reading = Reading(row.reading.question, row.reading.found, ranked, row.reading.probability)
        out.append(Row(row.item, reading, row.focus))
    return out


def measured(dialogue: Dialogue, rows: list[Row]) -> tuple[list[str], np.ndarray, np.ndarray]:
    names: list[str] = []
    x, y = [], []
    for row in rows:
        if not row.ranked:
            continue
        features = dialogue._selector._measurer.answering(
            row.reading.question,
            [(c, f) for _, c, f in row.ranked],
            row.reading.found.recalled,
            row.focus,
        )
        names = list(features)
        x.append([*features.values(), 1.0])
        y.append(float(row.item["answerable"]))
    return [*names, "bias"], np.array(x), np.array(y)


def fit_answering(
    dialogue: Dialogue, rows: list[Row], asks: list[Row], share: float
) -> dict[str, float]:
    """Fit to both; all asks together weigh `share` times the questions, answerable and not the same in each."""
    names, x, y = measured(dialogue, rows)
    w = np.where(y == 1, 0.5 / y.mean(), 0.5 / (1 - y.mean()))
    if asks and share:
        _, xa, ya = measured(dialogue, asks)
        wa = np.where(ya == 1, 0.5 / ya.mean(), 0.5 / (1 - ya.mean())) * share * len(y) / len(ya)
        x, y, w = np.r_[x, xa], np.r_[y, ya], np.r_[w, wa]
    beta = logistic(x, y, w, ANSWER_L2, free=len(names) - 1)
    return dict(zip(names, beta.tolist(), strict=True))


def scores(dialogue: Dialogue, rows: list[Row], weights: dict[str, float]) -> tuple[Any, Any]:
    names, x, y = measured(dialogue, rows)
    logits = x @ np.array([weights[n] for n in names])
    return 1 / (1 + np.exp(-np.clip(logits, -30, 30))), y


def threshold_for(p: np.ndarray, y: np.ndarray) -> float:
    return float(np.quantile(p[y == 1], FALSE_REFUSALS))


def report(name: str, dialogue: Dialogue, rows: list[Row], fitted: Fitted) -> None:
    rows = reranked(rows, dict(fitted.weights.ranking))
    answerable = [row for row in rows if row.item["answerable"]]
    hit = np.mean([bool(r.ranked) and quoted(r.ranked[0][1], r.item) for r in answerable])
    with_answer = [r for r in answerable if r.item["answer"]]
    lead = np.mean([bool(r.ranked) and said(r.ranked[0][1], r.item) for r in with_answer])
    p, y = scores(dialogue, rows, dict(fitted.weights.answering))
    auc = np.mean(p[y == 1][:, None] > p[y == 0][None, :])
    even = np.quantile(p[y == 1], 0.04)
    print(
        f"{name:10s} hit@1 {hit:.3f} lead {lead:.3f} AUC {auc:.3f} "
        f"refused {np.mean(p[y == 0] < fitted.threshold):.3f} "
        f"false refusals {np.mean(p[y == 1] < fitted.threshold):.3f}; "
        f"refused at .04 false refusals {np.mean(p[y == 0] < even):.3f}",
        flush=True,
    )


@dataclass
class Fitted:
    """Fitted weights with the probability from which on they should answer."""

    weights: Weights
    threshold: float

    def moved_to(self, threshold: float) -> Weights:
        """Return the weights with their bias moved so that `threshold` takes the place of their own."""
        logit = lambda p: float(np.log(p / (1 - p)))  # noqa: E731
        shift = logit(threshold) - logit(self.threshold)
        answering = dict(self.weights.answering)
        answering["bias"] += shift
        return Weights(self.weights.ranking, answering)


def train(dialogue: Dialogue, rows: list[Row], asks: list[Row], share: float) -> Fitted:
    ranking = fit_ranking(rows)
    again = reranked(rows, ranking)
    answering = fit_answering(dialogue, again, reranked(asks, ranking), share)
    p, y = scores(dialogue, again, answering)
    return Fitted(Weights(ranking, answering), threshold_for(p, y))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--also", type=Path, action="append", default=[], help="measure only")
    parser.add_argument("--share", type=float, default=0.3, help="weight of the corpus's asks")
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
    asks = asyncio.run(rows_of_asks(dialogue)) if share else []
    rows = [row for part in sets.values() for row in part]
    chats = sorted({row.item["chat"] for row in rows})
    random.Random(1).shuffle(chats)
    for fold in range(options.folds):
        out = set(chats[fold :: options.folds])
        fitted = train(dialogue, [r for r in rows if r.item["chat"] not in out], asks, share)
        report(f"fold {fold}", dialogue, [r for r in rows if r.item["chat"] in out], fitted)
    fitted = train(dialogue, rows, asks, share)
    for name, part in (sets | also).items():
        report(name, dialogue, part, fitted)
    return fitted


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write(asked: Fitted, unasked: Fitted, sets: list[str]) -> None:
    lines = [
        f"# Written by tests/benchmarks/fit_judgement.py from {', '.join(sets)} and the corpus's asks.",
        f"threshold = {asked.threshold:.3f}",
    ]
    for kind, weights in (("asked", asked.weights), ("unasked", unasked.moved_to(asked.threshold))):
        for name in ("ranking", "answering"):
            lines += ["", f"[{kind}.{name}]"]
            lines += [f"{key} = {value:.3f}" for key, value in getattr(weights, name).items()]
    path = Path(judgement_module.__file__).with_name("judgement.toml")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
