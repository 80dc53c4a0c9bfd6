"""Fits `bot/answer/weights.toml`, and says how well the weights do on corpora that they were not fitted on.

    python tests/benchmarks/fit.py --statutes FOLDER --lay FOLDER [--write] [--without FEATURE[,FEATURE]] …

The ranking is a softmax over the clauses that a search offers for one question: those that answer shall have the larger
share. The answering is a logistic model of whether the best clause answers. Both have an L2 penalty, are fitted with
numpy alone, and are fitted together over four corpora: the one that ships with none, 1, 5, 30 and all of its known
questions a paragraph, the invented reports of `tests/pages` and the further ones beside them, and the law with lay questions. Lines that
begin with `left out` come from weights that were fitted on the other corpora; all others show the fit itself.
The clauses are those that a search with the present weights offers, so that a second run gives slightly other weights.
"""

from __future__ import annotations

import argparse
import dataclasses
import pickle
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bot.answer import model as answer_model
from bot.answer.features import Answering as AnsweringFeatures
from bot.answer.features import Ranking
from bot.article import Kind
from bot.search.voice import Evidence
from tests.benchmarks.parts import FITTED, RULE_SHARES, Part, gathered, weight_of
from tests.benchmarks.rows import Row, quoted, said

RANKING_L2, ANSWERING_L2 = 1e-4, 1e-4
"""Penalties, small beside the losses: the sets are large for so few weights. Other values were not tried."""
NEWTON, STILL = 40, 1e-4
"""Steps of Newton's method at most, and the length of a step that is none."""
WRONG = 0.5
"""What a question counts, in the answering, that is answerable and whose best clause is wrong: to refuse it is right, but
no model should be bent to foresee every mistake of the ranking."""
LOST = (0.05, 0.10, 0.20)
"""Shares of right answers lost at which the curve is printed."""
FALSE_REFUSALS_SOME = 0.09
"""The same with 30 known questions a paragraph."""
LOST_BARE = 0.12
"""Share of the right answers that may be refused where no questions are known."""
OF_RULES = frozenset(["unmet", "elsewhere", "agreed", "unanswered"])
"""Features that are held at 0 for reports. A report's clause with one of the first two is refused anyway. The last two brought
nothing: on the shipped articles right answers stood above what nothing answers in .983 of the pairs with them, in .982 without."""
OF_TALK = frozenset(["follows", "stray", "alone", "leans"])
"""Features that only follow-ups have, which no question about the guide or the law here is."""
FALSE_RULES = 0.13
"""Share of the questions that neither a law nor the guide answers that may be answered from them."""
FALSE_REFUSALS = 0.033
"""Share of the shipped corpus's answerable questions, with all known questions, that may be refused."""


def fit_ranking(parts: Sequence[Part], left: frozenset[str]) -> np.ndarray:
    """Return the weights of the ranking, without the features `left` out."""
    tables, rights, weights = [], [], []
    for part, weight in zip(parts, weight_of(parts), strict=True):
        for row in part.rows:
            if row.reading is None or not row.item["answerable"]:
                continue
            right = np.array([_rightness(c, row.item) for _, c, _ in row.reading.ranked])
            if right.size and right.max() > 0 and right.min() < 1:
                tables.append(np.array([f for _, _, f in row.reading.ranked]))
                rights.append(right)
                weights.append(weight)
    sizes = np.array([len(table) for table in tables])
    starts = np.r_[0, np.cumsum(sizes)[:-1]]
    free = [number for number, name in enumerate(Ranking._fields) if name not in left]
    x, good = np.concatenate(tables)[:, free], np.concatenate(rights)
    each = np.array(weights) / np.sum(weights)
    spread = np.repeat(each, sizes)
    w = np.zeros(len(free))
    for _ in range(NEWTON):
        share = _softmax(x @ w, starts, sizes)
        wanted = share * good
        wanted /= np.repeat(np.add.reduceat(wanted, starts), sizes)
        slope = x.T @ ((share - wanted) * spread) + 2 * RANKING_L2 * w
        means = np.add.reduceat(x * share[:, None], starts)
        bend = (x * (share * spread)[:, None]).T @ x - (means * each[:, None]).T @ means
        step = np.linalg.solve(bend + 2 * RANKING_L2 * np.eye(len(free)), slope)
        w -= step * min(1.0, 2 / np.abs(step).max())
        if np.abs(step).max() < STILL:
            break
    weights_of_all = np.zeros(len(Ranking._fields))
    weights_of_all[free] = w
    return weights_of_all


def _rightness(candidate: Any, item: dict[str, Any]) -> float:
    """Return 1 for a clause that says what was asked, and something for one in the same sentence."""
    if said(candidate, item):
        return 1.0
    return 0.3 if quoted(candidate, item) else 0.0


def _softmax(scores: np.ndarray, starts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    scores = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
    return scores / np.repeat(np.add.reduceat(scores, starts), sizes)


def reranked(parts: Sequence[Part], weights: np.ndarray, spread: float) -> list[Part]:
    """Return the parts with their clauses in the order of other weights."""
    return [
        dataclasses.replace(p, rows=[_reranked(row, weights / spread) for row in p.rows])
        for p in parts
    ]


def _reranked(row: Row, weights: np.ndarray) -> Row:
    if row.reading is None or not row.reading.ranked:
        return row
    sums = np.array([f for _, _, f in row.reading.ranked]) @ weights
    ranked = [(float(s), c, f) for s, (_, c, f) in zip(sums, row.reading.ranked, strict=True)]
    ranked.sort(key=lambda item: (-item[0], item[1].paragraph.id, -item[1].start))
    alone = row.reading.alone
    if alone is not None:
        alone = _reranked(Row({}, alone, None), weights).reading
    return Row(row.item, dataclasses.replace(row.reading, ranked=ranked, alone=alone), row.focus)


def spread_of(parts: Sequence[Part], weights: np.ndarray) -> float:
    """Return the standard deviation of the sums of one question's clauses, on average."""
    found = [
        np.std(np.array([f for _, _, f in row.reading.ranked]) @ weights)
        for part in parts
        for row in part.rows
        if row.reading is not None and len(row.reading.ranked) > 1
    ]
    return float(np.mean(found))


@dataclass
class Table:
    """The answering features of a part's questions.

    Args:
        x: The features, then each times the density of known questions, the density, and 1: shape (questions, columns).
        answerable: Whether the corpus answers each.
        right: Whether the best clause does.
        near: Whether it is a near miss.
        rule: Whether the best clause is of a statute or of the guide.
        refused: How many more were refused whatever their features: answerable ones, near misses, others.
    """

    x: np.ndarray
    answerable: np.ndarray
    right: np.ndarray
    near: np.ndarray
    rule: np.ndarray
    refused: Counter[str]


def table_of(part: Part) -> Table:
    """Return the answering features of a part."""
    x, answerable, right, near, rule = [], [], [], [], []
    refused: Counter[str] = Counter()
    for row in part.rows:
        item, reading = row.item, row.reading
        if reading is None or not reading.ranked or part.selector.barred(reading):
            refused["answerable" if item["answerable"] else item["kind"]] += 1
            continue
        measured = np.array(part.selector.measured(reading))
        share = answer_model.density(part.selector.known_about(reading))
        x.append([*measured, *(measured * share), share, 1.0])
        answerable.append(item["answerable"])
        right.append(item["answerable"] and quoted(reading.ranked[0][1], item))
        near.append(item["kind"] == "nearmiss")
        rule.append(reading.ranked[0][1].article.kind is not Kind.NEWS)
    flags = (np.array(column, bool) for column in (answerable, right, near, rule))
    return Table(np.array(x), *flags, refused)


def of_kind(table: Table, *, rule: bool) -> Table:
    """Return the rows whose best clause is of a statute or of the guide, or the others."""
    own = table.rule == rule
    columns = (table.x, table.answerable, table.right, table.near, table.rule)
    return Table(*(column[own] for column in columns), table.refused)


def fit_answering(
    tables: Sequence[Table], shares: Sequence[float], left: frozenset[str]
) -> np.ndarray:
    """Return a weight for each column of the tables, one row of each of which counts its share."""
    x = np.concatenate([table.x for table in tables])
    y = np.concatenate([table.right for table in tables]).astype(float)
    wrong = np.concatenate([table.answerable & ~table.right for table in tables])
    each = np.repeat(shares, [len(table.x) for table in tables])
    each = each * np.where(wrong, WRONG, 1.0)
    each = each * np.where(y == 1, 0.5 / each[y == 1].sum(), 0.5 / each[y == 0].sum())
    names = AnsweringFeatures._fields * 2
    free = [n for n in range(x.shape[1]) if n >= len(names) or names[n] not in left]
    penalty = np.full(len(free), 2 * ANSWERING_L2)
    penalty[-1] = 0.0
    x, w = x[:, free], np.zeros(len(free))
    for _ in range(NEWTON):
        p = _logistic(x @ w)
        bend = (x * (p * (1 - p) * each)[:, None]).T @ x + np.diag(penalty + STILL**2)
        step = np.linalg.solve(bend, x.T @ ((p - y) * each) + penalty * w)
        w -= step
        if np.abs(step).max() < STILL:
            break
    weights_of_all = np.zeros(len(names) + 2)
    weights_of_all[free] = w
    return weights_of_all


def settled(
    weights: np.ndarray, tables: Sequence[Table], parts: Sequence[Part]
) -> tuple[np.ndarray, float]:
    """Return weights whose priors are moved so that .5 is the probability from which on to answer.

    Without known questions some right answers are lost, with 30 a paragraph fewer, with all of them hardly any.

    Returns:
        The weights, and what some known questions add to the prior.
    """
    weights = weights.copy()
    bare = [t for t, p in zip(tables, parts, strict=True) if p.density == 0 and p.corpus != "law"]
    weights[-1] -= np.mean([np.quantile((t.x @ weights)[t.right], LOST_BARE) for t in bare])
    rows, moved = [], []
    for density, lost in ((30, FALSE_REFUSALS_SOME), (None, FALSE_REFUSALS)):
        for table, part in zip(tables, parts, strict=True):
            if part.corpus == "shipped" and part.density == density and "beside" not in part.name:
                share = table.x[table.answerable, -2].mean()
                rows.append([share, 4 * share * (1 - share)])
                moved.append(-np.quantile((table.x @ weights)[table.answerable], lost))
    many, some = np.linalg.solve(rows, moved)
    weights[-2] += many
    return weights, float(some)


def rule_shares(tables: Sequence[Table], parts: Sequence[Part]) -> list[float]:
    """Return what one row of each part weighs in the fit that decides about rules."""
    sizes: Counter[str] = Counter()
    for table, part in zip(tables, parts, strict=True):
        sizes[part.corpus] += len(table.x)
    return [RULE_SHARES.get(part.corpus, 0.0) / max(sizes[part.corpus], 1) for part in parts]


def settled_rules(
    weights: np.ndarray, tables: Sequence[Table], parts: Sequence[Part]
) -> np.ndarray:
    """Return weights whose priors are moved so that at .5 few questions are answered that nothing answers.

    Those on the law alone settle the prior where nothing is known, those on the guide beside the law the other.
    """
    weights = weights.copy()
    for corpus, column in (("law", -1), ("rules", -2)):
        own = [t for t, p in zip(tables, parts, strict=True) if p.corpus == corpus]
        x = np.concatenate([t.x[~t.answerable] for t in own]) if own else np.empty(0)
        if x.size:
            share = x[:, column].mean()
            weights[column] -= np.quantile(x @ weights, 1 - FALSE_RULES) / share
    return weights


def _logistic(logits: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(logits, -30, 30)))


def auc(good: np.ndarray, bad: np.ndarray) -> float:
    """Return how often a good one is above a bad one."""
    return float(np.mean(good[:, None] > bad[None, :])) if good.size and bad.size else float("nan")


def report(name: str, part: Part, table: Table, fitted: Fitted) -> None:
    """Print how well a part does: before refusing, the curve, and at the threshold."""
    total = sum(row.item["answerable"] for row in part.rows)
    asked = [row for row in part.rows if row.item["answerable"] and row.reading is not None]
    tops = [[quoted(c, row.item) for c in _distinct(row)[:3]] for row in asked]
    first = sum(bool(top) and top[0] for top in tops) / total
    three = sum(any(top) for top in tops) / total
    share = table.x[:, -2]
    some = np.where(table.rule, 0.0, 4 * share * (1 - share) * fitted.some)
    p = _logistic(np.where(table.rule, table.x @ fitted.rule, table.x @ fitted.answering) + some)
    right, negative, near = p[table.right], p[~table.answerable], p[table.near]
    lost = table.refused["answerable"]
    gone, gone_near = table.refused.total() - lost, table.refused["nearmiss"]
    n, nears = len(negative) + gone, len(near) + gone_near
    line = f"{name:24} first {first:.3f} three {three:.3f} AUC {auc(right, negative):.3f}/{auc(right, near):.3f} |"
    for share in LOST:
        cut = np.quantile(right, share) if right.size else 0.0
        line += f" {share:.2f}: {((negative < cut).sum() + gone) / n:.2f}"
        line += f"/{((near < cut).sum() + gone_near) / nears:.2f}" if nears else ""
    hit = (right >= 0.5).sum() / total
    recall = ((negative < 0.5).sum() + gone) / n
    false = ((p[table.answerable] < 0.5).sum() + lost) / total
    print(f"{line} | hit@1 {hit:.3f} recall {recall:.3f} false {false:.3f}", flush=True)


def _distinct(row: Row) -> list[Any]:
    """Return the best clause of each sentence, best first."""
    best: dict[int, Any] = {}
    for _, candidate, _ in row.reading.ranked if row.reading else ():
        best.setdefault(candidate.hit.sentence, candidate)
    return list(best.values())


@dataclass
class Fitted:
    """Fitted weights.

    Args:
        ranking: Of the ranking.
        spread: The unit of its sums.
        answering: A weight for each column of the answering's table, where the best clause is of a report.
        some: What some known questions add to the prior there.
        rule: The same weights where it is of a statute or of the guide.
    """

    ranking: np.ndarray
    spread: float
    answering: np.ndarray
    some: float
    rule: np.ndarray


def fit(parts: Sequence[Part], left: frozenset[str]) -> Fitted:
    """Return weights fitted on some parts."""
    ranking = fit_ranking(parts, left)
    # A voice speaks for what it finds: one that seems to speak against it says what another says better.
    against = [n for n, w in zip(Ranking._fields, ranking, strict=True) if w < 0]
    if left_out := frozenset(against) & set(Evidence._fields):
        ranking = fit_ranking(parts, left | left_out)
    spread = spread_of(parts, ranking)
    own = reranked(parts, ranking, spread)
    tables = [table_of(part) for part in own]
    reports = [of_kind(table, rule=False) for table in tables]
    about_reports = fit_answering(reports, weight_of(own), left.union(OF_RULES))
    rules = [of_kind(table, rule=True) for table in tables]
    about_rules = fit_answering(rules, rule_shares(rules, own), left.union(OF_TALK))
    return Fitted(
        ranking,
        spread,
        *settled(about_reports, reports, own),
        settled_rules(about_rules, rules, own),
    )


def shown(parts: Sequence[Part], fitted: Fitted, name: str) -> None:
    """Print the measures of parts under some weights."""
    for part in reranked(parts, fitted.ranking, fitted.spread):
        report(f"{name}{part.name}", part, table_of(part), fitted)


def tried(parts: Sequence[Part], left: frozenset[str]) -> Fitted:
    """Return weights fitted on all parts; print how well they do, and those fitted on the other corpora."""
    for name in ("pages", "further", "law", "rules"):
        others = [part for part in parts if part.corpus != name]
        shown([p for p in parts if p.corpus == name], fit(others, left), "left out: ")
    fitted = fit(parts, left)
    shown(parts, fitted, "")
    return fitted


def written(fitted: dict[str, Fitted]) -> str:
    """Return the text of `weights.toml`."""
    lines = [
        "# Written by tests/benchmarks/fit.py; do not edit by hand.",
        f"# Fitted on {', '.join(FITTED)}, pages, further and rules in tests/questions, and on lay questions on the law.",
    ]
    for kind, each in fitted.items():
        lines += ["", f"[{kind}]", "threshold = 0.5", f"spread = {each.spread:.3f}"]
        lines += ["", f"[{kind}.ranking]"]
        lines += [f"{n} = {w:.3f}" for n, w in zip(Ranking._fields, each.ranking, strict=True)]
        size = len(AnsweringFeatures._fields)
        for name, weights, some in (
            ("report", each.answering, each.some),
            ("rule", each.rule, 0.0),
        ):
            lines += ["", f"[{kind}.{name}]  # without known questions, and what very many add"]
            lines.append(f"prior = [{weights[-1]:.3f}, {weights[-2]:.3f}, {some:.3f}]")
            rows = zip(AnsweringFeatures._fields, weights, weights[size:], strict=False)
            lines += [f"{n} = [{w:.3f}, {more:.3f}]" for n, w, more in rows]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Fit, print, and write where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--statutes", type=Path, required=True, help="a folder of laws")
    parser.add_argument("--lay", type=Path, required=True, help="a collection of lay questions")
    parser.add_argument(
        "--without", action="append", default=[], help="features held at 0, for lines of their own"
    )
    parser.add_argument("--write", action="store_true")
    parser.add_argument(
        "--cache", type=Path, help="a file that keeps sentence vectors between runs"
    )
    options = parser.parse_args()
    cached = options.cache and options.cache.exists()
    options.vectors = pickle.loads(options.cache.read_bytes()) if cached else {}
    fitted: dict[str, Fitted] = {}
    parts = gathered(options)
    if options.cache:
        options.cache.write_bytes(pickle.dumps(options.vectors))
    for kind, hidden in (("words", frozenset({"meaning"})), ("meaning", frozenset[str]())):
        print(f"{kind}:")
        fitted[kind] = tried(parts, hidden)
        for left in options.without:
            print(f"{kind} without {left}:")
            tried(parts, hidden.union(left.split(",")))
    if options.write:
        path = Path(answer_model.__file__).with_name(answer_model.FILE)
        path.write_text(written(fitted), encoding="utf-8")


if __name__ == "__main__":
    main()
