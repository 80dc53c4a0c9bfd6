"""One field's postings: which documents hold a term, and how often. Arrays, so that a file can be mapped.

On disk, in a folder of its own for each field:

    terms.txt     the terms, sorted, one a line (no term holds a line break)
    starts.npy    int64, one more than there are terms: term i's postings are [starts[i], starts[i + 1])
    docs.npy      int32, document numbers, ascending inside a term
    tfs.npy       int32, term frequency of each posting
    lengths.npy   int32, length of each document in terms
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.errors import StaleIndexError

Int32 = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Postings:
    """The inverted lists of one field.

    Args:
        numbers: A term's place in `starts`.
        starts: Where each term's postings begin; one more entry than there are terms.
        docs: Document numbers.
        tfs: Term frequencies, beside `docs`.
        lengths: Document lengths in terms; its size is the number of documents.
    """

    numbers: dict[str, int]
    starts: NDArray[np.int64]
    docs: Int32
    tfs: Int32
    lengths: Int32

    @classmethod
    def build(cls, documents: Iterable[Sequence[str]]) -> Postings:
        """Return the postings of documents given as their terms, numbered in order from 0."""
        lists: dict[str, tuple[list[int], list[int]]] = {}
        lengths: list[int] = []
        for number, terms in enumerate(documents):
            lengths.append(len(terms))
            for term, tf in Counter(terms).items():
                docs, tfs = lists.setdefault(term, ([], []))
                docs.append(number)
                tfs.append(tf)
        ordered = sorted(lists)
        sizes = [len(lists[term][0]) for term in ordered]
        return cls(
            numbers={term: number for number, term in enumerate(ordered)},
            starts=np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]).astype(np.int64),
            docs=np.array([d for term in ordered for d in lists[term][0]], dtype=np.int32),
            tfs=np.array([f for term in ordered for f in lists[term][1]], dtype=np.int32),
            lengths=np.array(lengths, dtype=np.int32),
        )

    def of(self, term: str) -> tuple[Int32, Int32] | None:
        """Return the documents that hold a term, and how often; None when none does."""
        number = self.numbers.get(term)
        if number is None:
            return None
        part = slice(int(self.starts[number]), int(self.starts[number + 1]))
        return self.docs[part], self.tfs[part]

    def df(self, term: str) -> int:
        """Return how many documents hold a term."""
        number = self.numbers.get(term)
        return 0 if number is None else int(self.starts[number + 1] - self.starts[number])

    def save(self, folder: Path) -> None:
        """Write the field's files into a new folder."""
        folder.mkdir()
        (folder / "terms.txt").write_text("\n".join(self.numbers), encoding="utf-8", newline="\n")
        for name in ("starts", "docs", "tfs", "lengths"):
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def open(cls, folder: Path) -> Postings:
        """Return the postings in a folder; the arrays are mapped, not read.

        Raises:
            StaleIndexError: A file is missing or damaged.
        """
        try:
            text = (folder / "terms.txt").read_text(encoding="utf-8")
            arrays = {
                # A plain array over the same mapped memory: slicing numpy.memmap costs ten times as much.
                name: np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r"))
                for name in ("starts", "docs", "tfs", "lengths")
            }
        except (OSError, ValueError, EOFError) as error:  # numpy calls an empty file EOFError
            raise StaleIndexError(f"{folder}: {error}; run python -m bot index") from error
        terms = text.split("\n") if text else []
        sizes = {len(arrays["docs"]), len(arrays["tfs"]), int(arrays["starts"][-1])}
        if len(arrays["starts"]) != len(terms) + 1 or len(sizes) > 1:
            raise StaleIndexError(f"{folder}: damaged; run python -m bot index")
        return cls({term: number for number, term in enumerate(terms)}, **arrays)
