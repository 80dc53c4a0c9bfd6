"""How alike two short questions are: the cosine of their weighted terms over several fields.

A field's share of a vector is fixed by `FIELD_WEIGHTS`; inside a field a term weighs log(1 + tf) · idf. A term
that no known question holds still lengthens the asked question's vector: what is not known must count against a match.

Source: Salton and Buckley, "Term-weighting approaches in automatic text retrieval", 1988 (ltc.ltc).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.search.postings import Postings


class QuestionMemory:
    """Cosine similarity to every known question.

    Args:
        fields: The known questions' postings by field; all of them number the same questions.
        weights: How much each field counts.
        groups: The number of each known question's group: those that the same clause answers, or that lack the
            same thing. Groups are numbered from 0.
    """

    def __init__(
        self,
        fields: Mapping[str, Postings],
        weights: Mapping[str, float],
        groups: NDArray[np.int64],
    ) -> None:
        self.fields = fields
        self.weights = weights
        self.groups = groups
        self.size = len(next(iter(fields.values())).lengths)
        self._idf = {name: self._idfs(postings) for name, postings in fields.items()}
        self._values = {name: self._weighed(name) for name in fields}
        self._norms = np.sqrt(sum((self._squares(name) for name in fields), np.zeros(self.size)))
        self._norms[self._norms == 0] = 1.0
        self._held = {name: self._groups_of(postings) for name, postings in fields.items()}

    def similarities(self, terms: Mapping[str, Sequence[str]]) -> NDArray[np.float64]:
        """Return the cosine, 0 to 1, of a question's terms with each known question."""
        dots = np.zeros(self.size)
        norm = 0.0
        for name, postings in self.fields.items():
            unknown = math.log(self.size + 1)
            for term, tf in Counter(terms.get(name, ())).items():
                number = postings.numbers.get(term)
                idf = unknown if number is None else self._idf[name][number]
                weight = self.weights[name] * math.log1p(tf) * idf
                norm += weight * weight
                if number is not None:
                    part = slice(postings.starts[number], postings.starts[number + 1])
                    dots[postings.docs[part]] += weight * self._values[name][part]
        return dots / (self._norms * math.sqrt(norm)) if norm else dots

    def shares(self, terms: Mapping[str, Sequence[str]]) -> NDArray[np.float64]:
        """Return, for each known question, which share of a question's weight its whole group holds, 0 to 1.

        People put one question in many ways: a wording that no single known question has may be made of
        the words of several.
        """
        held = np.zeros(int(self.groups.max(initial=-1)) + 1)
        total = 0.0
        for name, postings in self.fields.items():
            for term in set(terms.get(name, ())):
                number = postings.numbers.get(term)
                idf = math.log(self.size + 1) if number is None else self._idf[name][number]
                weight = self.weights[name] * idf
                total += weight
                if number is not None:
                    starts, groups = self._held[name]
                    held[groups[starts[number] : starts[number + 1]]] += weight
        return (held / total)[self.groups] if total else np.zeros(self.size)

    def _groups_of(self, postings: Postings) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the groups that hold each term, each once: where a term's begin, and the groups."""
        count = int(self.groups.max(initial=-1)) + 1
        terms = np.repeat(np.arange(len(postings.starts) - 1), np.diff(postings.starts))
        pairs = np.unique(terms * count + self.groups[postings.docs])
        starts = np.searchsorted(pairs, np.arange(len(postings.starts)) * count)
        return starts.astype(np.int64), pairs % max(count, 1)

    def _idfs(self, postings: Postings) -> NDArray[np.float64]:
        return np.asarray(np.log((self.size + 1) / np.diff(postings.starts)))

    def _weighed(self, name: str) -> NDArray[np.float64]:
        """Return the weight of each posting's term in its known question."""
        postings = self.fields[name]
        idf = np.repeat(self._idf[name], np.diff(postings.starts))
        return np.asarray(self.weights[name] * np.log1p(postings.tfs) * idf)

    def _squares(self, name: str) -> NDArray[np.float64]:
        squares = self._values[name] ** 2
        return np.bincount(self.fields[name].docs, squares, self.size).astype(np.float64)
