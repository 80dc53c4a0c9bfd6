"""The seam between answering and searching: what is asked of a search engine, and what comes back.

Scores compare only inside one list: their scale differs between engines and collections, so nothing outside
`bot.search` may hold a score against a constant. A similarity is another thing: it lies between 0 and 1 and means
the same everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from bot.analysis.asks import Ask
from bot.article import Paragraph

Terms = Mapping[str, Sequence[str]]
"""Terms by field, in order and with repetitions, as the analyzer cuts them."""


class Hit(NamedTuple):
    """A paragraph that shares terms with the query.

    Args:
        paragraph: What was found.
        score: Larger is better; comparable inside one list only.
        coverage: Which share of the query's weight the paragraph holds, 0 to 1, rare terms weighing more.
    """

    paragraph: Paragraph
    score: float
    coverage: float


class Recalled(NamedTuple):
    """A known question that resembles the query.

    Args:
        ask: The known question, and what answers it or is missing.
        similarity: Cosine of the two questions' weighted terms, 0 to 1.
        shared: Which share of the query's weight is held by all known questions of the same answer (or the same
            missing part) together, 0 to 1.
        likelihood: How much likelier those known questions make the query's terms than all known questions do: the
            mean of the logarithms over its terms; below 0 they make it less likely.
    """

    ask: Ask
    similarity: float
    shared: float
    likelihood: float = 0.0


class SearchBackend(Protocol):
    """Ranked retrieval over one corpus. `bot.dialogue.turn` is its only caller."""

    async def search(self, terms: Terms, k: int) -> list[Hit]:
        """Return at most `k` paragraphs, best first, ties by paragraph id; an empty list is a result.

        Raises:
            SearchError: The engine failed.
        """

    async def recall(self, terms: Terms, k: int) -> list[Recalled]:
        """Return at most `k` known questions, nearest first by similarity and likelihood, ties in the corpus's order.

        Raises:
            SearchError: The engine failed.
        """
