"""How probably those who want one thing would put a question so: a language model of each group of known questions.

People put one question in many ways, and a wording that no known question has may be made of the words of several. A
group (the questions that one clause answers, or that lack one thing) is a multinomial over the terms of all fields,
naive Bayes with additive smoothing; it borrows from its paragraph's other groups, since who asks for one figure there
talks much like who asks for the next.

    score(group) = weighted mean over the question's known terms of log p(term | group) − log p(term)

    p(term | group) = (n + κ · p(term | paragraph) + α) / (N + κ + α · V)

with n the group's known questions that hold the term (the answering clause, or the name of what is missing, counts as
one more), N the sum of n over all terms and V the number of terms.

Sources: Ponte and Croft, "A language modeling approach to information retrieval", 1998; Zhai and Lafferty, "A study of
smoothing methods for language models applied to information retrieval", 2004; the borrowing is their two-stage
smoothing with a paragraph in the place of the collection.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.errors import StaleIndexError
from bot.search.postings import Int32, Postings

ALPHA, KAPPA = 0.01, 50.0
"""Chosen on the tuning sets in `tests/questions` by the share of questions whose nearest group answers them, together
with the cosine: .867 with the cosine alone, .917 with groups of their own (κ 0), .931 with these."""

TERM_WEIGHTS = {"?": 4.0, "@": 4.0}
"""A term that says which kind of answer or which attribute is asked for is one among fifty, and says as much as
several. .932 and AUC .971 with 4, .931 and .969 with 1."""

Float32 = NDArray[np.float32]
NAMES = ("starts", "groups", "gains", "bases")


@dataclass(frozen=True, slots=True)
class FieldModel:
    """One field's part of the models.

    Args:
        numbers: A term's place in `starts` and `bases`.
        starts: Where each term's groups begin; one more entry than there are terms.
        groups: The groups that give a term more than the smallest probability.
        gains: By how much its logarithm is larger, beside `groups`.
        bases: Logarithm of the smallest numerator, less that of the term's probability in all groups together.
    """

    numbers: Mapping[str, int]
    starts: NDArray[np.int64]
    groups: Int32
    gains: Float32
    bases: Float32


@dataclass(frozen=True, slots=True)
class QueryLikelihood:
    """The models of all groups.

    Args:
        fields: Their parts by field.
        denominators: Logarithm of each group's denominator.
    """

    fields: Mapping[str, FieldModel]
    denominators: NDArray[np.float64]

    @classmethod
    def build(
        cls,
        known: Mapping[str, Postings],
        named: Mapping[str, Postings],
        groups: NDArray[np.int64],
        paragraphs: NDArray[np.int64],
    ) -> QueryLikelihood:
        """Return the models.

        Args:
            known: The known questions' postings by field.
            named: By field, for each group in order, the postings of the clause or name that stands for it.
            groups: The group of each known question, numbered from 0.
            paragraphs: The number of the paragraph that each group belongs to; -1 where it borrows from none.
        """
        size = len(paragraphs)
        counts = {name: _counts(known[name], named[name], groups, size) for name in known}
        vocabulary = sum(len(postings.numbers) for postings in known.values())
        totals = _sums(counts, np.arange(size), size)
        borrowing = paragraphs >= 0
        mass = _sums(counts, paragraphs, int(paragraphs.max(initial=-1)) + 1)
        every = float(totals.sum())
        fields: dict[str, FieldModel] = {}
        for name, own in counts.items():
            terms, of, n = _added(own, _borrowed(own, paragraphs, mass))
            starts = np.searchsorted(terms, np.arange(len(known[name].numbers) + 1))
            seen = np.bincount(own[0], own[2], len(known[name].numbers))
            fields[name] = FieldModel(
                known[name].numbers,
                starts.astype(np.int64),
                of.astype(np.int32),
                np.log1p(n / ALPHA).astype(np.float32),
                (np.log(ALPHA) - np.log((seen + 1) / (every + vocabulary))).astype(np.float32),
            )
        denominators = totals + KAPPA * borrowing + ALPHA * max(vocabulary, 1)
        return cls(fields, np.log(denominators))

    def scores(self, terms: Mapping[str, Sequence[str]]) -> NDArray[np.float64]:
        """Return each group's score; zeros where no term is known."""
        scores = np.zeros(len(self.denominators))
        base = total = 0.0
        for name, model in self.fields.items():
            for term in set(terms.get(name, ())):
                number = model.numbers.get(term)
                if number is None:
                    continue
                weight = TERM_WEIGHTS.get(term[0], 1.0)
                part = slice(model.starts[number], model.starts[number + 1])
                scores[model.groups[part]] += (
                    weight * model.gains[part]
                )  # a group stands there once
                base += weight * float(model.bases[number])
                total += weight
        return (scores + base) / total - self.denominators if total else scores

    def save(self, folder: Path) -> None:
        """Write the models into a new folder; the terms are those of the postings."""
        folder.mkdir()
        np.save(folder / "denominators.npy", self.denominators)
        for name, model in self.fields.items():
            (folder / name).mkdir()
            for each in NAMES:
                np.save(folder / name / f"{each}.npy", getattr(model, each))

    @classmethod
    def open(cls, folder: Path, known: Mapping[str, Postings]) -> QueryLikelihood:
        """Return the models in a folder, mapped and not read.

        Raises:
            StaleIndexError: A file is missing or damaged.
        """
        try:
            denominators = np.load(folder / "denominators.npy")
            fields = {
                name: FieldModel(
                    postings.numbers,
                    *(
                        np.asarray(np.load(folder / name / f"{each}.npy", mmap_mode="r"))
                        for each in NAMES
                    ),
                )
                for name, postings in known.items()
            }
        except (OSError, ValueError, EOFError) as error:
            raise StaleIndexError(f"{folder}: {error}; run python -m bot index") from error
        for model in fields.values():
            sizes = {len(model.groups), len(model.gains), int(model.starts[-1])}
            if (
                len(sizes) > 1
                or not len(model.numbers) == len(model.bases) == len(model.starts) - 1
            ):
                raise StaleIndexError(f"{folder}: damaged; run python -m bot index")
        return cls(fields, denominators)


Cells = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]
"""Term numbers, group numbers and values, sorted by term and group, each pair once."""


def _counts(known: Postings, named: Postings, groups: NDArray[np.int64], size: int) -> Cells:
    """Return in how many of each group's questions, the one that names it included, each term stands."""
    terms = np.repeat(np.arange(len(known.starts) - 1), np.diff(known.starts))
    more: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = [(terms, groups[known.docs])]
    for term, number in known.numbers.items():
        found = named.of(term)
        if found is not None:
            more.append((np.full(len(found[0]), number), found[0].astype(np.int64)))
    pairs = np.concatenate([each * size + of for each, of in more]) if size else terms
    unique, n = np.unique(pairs, return_counts=True)
    return unique // max(size, 1), unique % max(size, 1), n.astype(np.float64)


def _sums(counts: Mapping[str, Cells], of: NDArray[np.int64], size: int) -> NDArray[np.float64]:
    """Return the sum of all counts of the groups that `of` puts together; those put at -1 count nowhere."""
    total = np.zeros(size)
    for _, groups, n in counts.values():
        places = of[groups]
        total += np.bincount(places[places >= 0], n[places >= 0], size)[:size]
    return total


def _borrowed(cells: Cells, paragraphs: NDArray[np.int64], mass: NDArray[np.float64]) -> Cells:
    """Return κ · p(term | paragraph) for every group of the paragraph."""
    terms, groups, n = cells
    places = paragraphs[groups]
    held = places >= 0
    width = len(mass)
    pairs = terms[held] * width + places[held]
    unique, at = np.unique(pairs, return_inverse=True)
    share = (
        KAPPA
        * np.bincount(at.astype(np.int64), n[held], len(unique))
        / mass[unique % max(width, 1)]
    )
    order = np.argsort(paragraphs, kind="stable")
    order = order[paragraphs[order] >= 0]
    begins = np.searchsorted(paragraphs[order], np.arange(width + 1))
    sizes = np.diff(begins)[unique % max(width, 1)]
    which = np.repeat(np.arange(len(unique), dtype=np.int64), sizes)
    inside = np.arange(len(which)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    groups_of = order[begins[unique[which] % max(width, 1)] + inside]
    return unique[which] // max(width, 1), groups_of, share[which]


def _added(first: Cells, second: Cells) -> Cells:
    """Return the sum of two tables of cells."""
    size = 1 + int(max(first[1].max(initial=0), second[1].max(initial=0)))
    pairs = np.concatenate([first[0] * size + first[1], second[0] * size + second[1]])
    unique, at = np.unique(pairs, return_inverse=True)
    values = np.bincount(at, np.concatenate([first[2], second[2]]), len(unique))
    return unique // size, unique % size, values.astype(np.float64)
