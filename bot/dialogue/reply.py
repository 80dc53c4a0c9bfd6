"""What the dialogue hands back to a channel; a channel only lays it out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from bot.answer.answer import Excerpt, Refusal
from bot.dialogue.wording import Wording


class Status(StrEnum):
    """How a question ended; these words stand in the JSON output."""

    ANSWERED = "answered"
    REFUSED = "refused"
    SMALLTALK = "smalltalk"


@dataclass(frozen=True, slots=True)
class Shown:
    """An excerpt with its source line, ready to be shown.

    Args:
        excerpt: The quote and where it stands.
        source: Publisher, title, date, region and paragraph in the reply's language, one line.
        marks: Where the question's own words stand in the quote, as (start, end), in order and apart.
    """

    excerpt: Excerpt
    source: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply.

    Args:
        status: How the question ended.
        lead: The short answer, cut from the first excerpt (in a comparison, from each); "" unless answered.
        message: What the bot says in its own words: a refusal, small talk, a remark; may be "" when answered.
        excerpts: Best first, at most three; empty unless answered.
        suggestions: Questions to ask next; each is one that the corpus answers.
        wording: The bot's own words in the reply's language, for labels.
        refusal: Why nothing is answered, where the question is refused.
        reference: Names the answer, so that it can be shown again; "" unless answered.
        near: What stands nearest to a question that is not answered; at most two.
        parts: Of several questions in one message, each with its own reply; the other fields are the first answered one's,
            but that `message` tells what came of the others.
    """

    status: Status
    lead: str
    message: str
    excerpts: tuple[Shown, ...]
    suggestions: tuple[str, ...]
    wording: Wording
    refusal: Refusal | None = None
    reference: str = ""
    near: tuple[Shown, ...] = ()
    parts: tuple[Part, ...] = ()


class Part(NamedTuple):
    """One of several questions, with its reply."""

    question: str
    reply: Reply
