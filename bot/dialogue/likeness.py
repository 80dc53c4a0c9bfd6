"""Questions that are alike, put together: what many ask for in different words is one thing that the articles lack. Pure.

Each question is a vector of its terms, a rare term weighing more than a common one. From the most asked on, a question joins the
group whose middle is most like it, or begins one of its own.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.analysis.analyzer import Analyzer
from bot.analysis.chars import fold
from bot.dialogue.records import Gap

ALIKE = 0.35
"""Cosine from which a question joins a group. Tried on refused questions of tests/questions: lower, and 电话 alone joins them;
higher, and 怎么投诉美团 stays apart from 美团投诉电话."""
WEIGHTS = {"words": 1.0, "bigrams": 0.5, "concepts": 1.0}
MISSING = 2.0
"""Weight of what the refusals say is missing: it is what the articles lack."""

Vector = Mapping[str, float]


class Group(NamedTuple):
    """Questions that are alike.

    Args:
        gaps: The questions, the most asked first.
    """

    gaps: tuple[Gap, ...]

    @property
    def times(self) -> int:
        """How often any of them was asked."""
        return sum(gap.times for gap in self.gaps)


def groups(gaps: Sequence[Gap], analyzer: Analyzer) -> list[Group]:
    """Return questions in groups, the biggest first."""
    ordered = sorted(gaps, key=lambda gap: (-gap.times, -gap.last_s, gap.text))
    vectors = _vectors([_terms(gap, analyzer) for gap in ordered])
    members: list[list[Gap]] = []
    sums: list[dict[str, float]] = []
    lengths: list[float] = []
    holding: defaultdict[str, set[int]] = defaultdict(set)
    for gap, vector in zip(ordered, vectors, strict=True):
        near = {number for term in vector for number in holding[term]}
        likeness = {n: _product(vector, sums[n]) / lengths[n] for n in sorted(near)}
        best = max(likeness, key=likeness.__getitem__, default=-1)
        if best < 0 or likeness[best] < ALIKE:
            best = len(members)
            members.append([])
            sums.append({})
            lengths.append(1.0)
        members[best].append(gap)
        for term, weight in vector.items():
            sums[best][term] = sums[best].get(term, 0.0) + weight
            holding[term].add(best)
        lengths[best] = math.sqrt(_product(sums[best], sums[best])) or 1.0
    found = [Group(tuple(each)) for each in members]
    return sorted(found, key=lambda group: (-group.times, -group.gaps[0].last_s))


def _terms(gap: Gap, analyzer: Analyzer) -> Vector:
    """Return a question's terms with their weights; those of different fields never meet."""
    fields = analyzer.text_terms(gap.text) | {"concepts": analyzer.concepts(fold(gap.text))}
    weighed = {
        f"{field}:{term}": weight for field, weight in WEIGHTS.items() for term in fields[field]
    }
    return weighed | ({f"missing:{fold(gap.missing)}": MISSING} if gap.missing else {})


def _vectors(all_terms: Sequence[Mapping[str, float]]) -> list[Vector]:
    """Return unit vectors, each term weighted by how few of the questions hold it."""
    df = Counter(term for terms in all_terms for term in terms)
    vectors: list[Vector] = []
    for terms in all_terms:
        vector = {t: w * math.log(1 + len(all_terms) / df[t]) for t, w in terms.items()}
        length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        vectors.append({term: weight / length for term, weight in vector.items()})
    return vectors


def _product(one: Vector, other: Vector) -> float:
    return sum(weight * other.get(term, 0.0) for term, weight in one.items())
