"""The known questions in one language, with all that finds those nearest to a question."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.analysis.asks import Ask
from bot.errors import StaleIndexError
from bot.search.likelihood import QueryLikelihood
from bot.search.postings import Postings
from bot.search.voice import Terms


@dataclass(frozen=True, slots=True)
class KnownQuestions:
    """Known questions.

    Args:
        asks: The questions; a document number is a place in here.
        fields: Their postings by field.
        groups: The number of each one's group: those that the same clause answers, or that lack the same thing.
        spans: The number of the sentence that answers each one, and where in its paragraph the answering clause begins,
            shape (asks, 2); -1 where nothing answers.
        likelihood: How each group is asked for.
    """

    asks: Sequence[Ask]
    fields: Mapping[str, Postings]
    groups: NDArray[np.int64]
    spans: NDArray[np.int64]
    likelihood: QueryLikelihood

    @classmethod
    def build(
        cls,
        asks: Sequence[Ask],
        terms: Sequence[Terms],
        fields: Iterable[str],
        terms_of: Callable[[str], Terms],
        spans: Iterable[tuple[int, int]],
    ) -> KnownQuestions:
        """Return the known questions.

        Args:
            asks: The questions.
            terms: Their terms.
            fields: The fields that those have.
            terms_of: Cuts a clause, or the name of what is missing, into terms.
            spans: Where each one's answer stands.
        """
        groups, first = _groups(asks)
        named = [terms_of(asks[number].says or asks[number].missing) for number in first]
        names = tuple(fields)
        postings = {name: Postings.build(each[name] for each in terms) for name in names}
        return cls(
            asks,
            postings,
            groups,
            np.array(list(spans), np.int64).reshape(-1, 2),
            QueryLikelihood.build(
                postings,
                {name: Postings.build(each.get(name, ()) for each in named) for name in names},
                groups,
                _paragraphs([asks[number] for number in first]),
            ),
        )

    def save(self, folder: Path) -> None:
        """Write everything into a new folder."""
        folder.mkdir()
        with (folder / "asks.jsonl").open("w", encoding="utf-8", newline="\n") as file:
            for ask in self.asks:
                file.write(json.dumps(dataclasses.asdict(ask), ensure_ascii=False) + "\n")
        for name, postings in self.fields.items():
            postings.save(folder / name)
        np.save(folder / "spans.npy", self.spans)
        self.likelihood.save(folder / "likelihood")

    @classmethod
    def open(cls, folder: Path, fields: Iterable[str]) -> KnownQuestions:
        """Return what a folder holds; the arrays are mapped, not read.

        Raises:
            StaleIndexError: A file is missing or damaged.
        """
        try:
            with (folder / "asks.jsonl").open(encoding="utf-8") as file:
                asks = [Ask(**json.loads(line)) for line in file]
            spans = np.load(folder / "spans.npy")
        except (OSError, ValueError, TypeError, EOFError) as error:
            raise StaleIndexError(f"{folder}: {error}; run python -m bot index") from error
        postings = {name: Postings.open(folder / name) for name in fields}
        groups, first = _groups(asks)
        likelihood = QueryLikelihood.open(folder / "likelihood", postings)
        sizes = {len(each.lengths) for each in postings.values()}
        if sizes != {len(asks)} or len(likelihood.denominators) != len(first):
            raise StaleIndexError(f"{folder}: damaged; run python -m bot index")
        return cls(asks, postings, groups, spans, likelihood)


def _groups(asks: Sequence[Ask]) -> tuple[NDArray[np.int64], list[int]]:
    """Return each ask's group, and of each group the first ask."""
    numbers: dict[tuple[object, ...], int] = {}
    groups: list[int] = []
    first: list[int] = []
    for place, ask in enumerate(asks):
        number = numbers.setdefault(
            (ask.article_id, ask.paragraph, ask.says, ask.missing), len(numbers)
        )
        if number == len(first):
            first.append(place)
        groups.append(number)
    return np.array(groups, dtype=np.int64), first


def _paragraphs(asks: Sequence[Ask]) -> NDArray[np.int64]:
    """Return a number for the paragraph of each ask, answered and not apart; -1 for those of the whole corpus.

    What no article says is of all kinds: there a group has nothing to borrow.
    """
    numbers: dict[tuple[str, bool], int] = {}
    return np.array(
        [
            -1
            if ask.paragraph_id is None
            else numbers.setdefault((ask.paragraph_id, ask.answered), len(numbers))
            for ask in asks
        ],
        dtype=np.int64,
    )
