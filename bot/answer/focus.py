"""What a conversation is about: all that the next question may lean on, and nothing that the user typed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Focus:
    """One thing that was answered.

    Args:
        article_id: The article cited first.
        paragraph: The paragraph cited first.
        says: The clause that answered.
        topic: How the corpus words the question: the known question nearest to it, or the clause itself.
        kinds: Kinds of answer that were asked for.
    """

    article_id: str
    paragraph: int
    says: str
    topic: str
    kinds: tuple[str, ...] = ()
