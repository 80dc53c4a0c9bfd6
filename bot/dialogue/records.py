"""What is kept of users: what they want of the bot, what they think of it, and what was asked. Pure values.

A user is named by a key of the channel's ("telegram:user:7"); a store keeps a hash of it and never the key itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.dialogue import reference
from bot.dialogue.reply import Reply, Status
from bot.dialogue.utterance import Utterance
from bot.dialogue.wording import Language

FEEDBACK_S = 3600.0
"""How long the message after a bare /feedback is taken as the feedback; who comes back later has a question."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a user wants of the bot.

    Args:
        language: The language that the bot speaks to them; None lets each question decide.
        corrections: Where they are told when an article is withdrawn that they were answered from, in the channel's
            own form; "" if they do not want to be.
        awaiting_s: When they said that they want to write feedback, in seconds since 1970; 0 if they did not.
        taken: The utterance that was then taken as feedback, in case that it is said again.
    """

    language: Language | None = None
    corrections: str = ""
    awaiting_s: float = 0.0
    taken: str = ""


UNSET = Preferences()
"""What is known of whom nothing is known."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was asked, and what came of it.

    Args:
        user: Who asked.
        chat: The conversation.
        said: Names the utterance within it; one that is said again takes the place of what was kept of it.
        channel: Where: "telegram", "console".
        text: What was typed.
        status: How it ended.
        reason: Why it was refused; "" if it was not.
        missing: What no article states, as the refusal names it.
        articles: The ids of the articles cited, best first.
        language: The language of the reply.
        corrections: Whether the user wants to be told when one of them is withdrawn.
    """

    user: str
    chat: str
    said: str
    channel: str
    text: str
    status: Status
    reason: str = ""
    missing: str = ""
    articles: tuple[str, ...] = ()
    language: Language = Language.HANS
    corrections: bool = False


@dataclass(frozen=True, slots=True)
class Vote:
    """What a user thinks of an answer.

    Args:
        up: Whether it was good.
        reason: What was wrong with it, one of `bot.dialogue.feedback.REASONS`, or "".
    """

    up: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Opinion:
    """A text that a user wrote to those who run the bot.

    Args:
        text: As typed.
        language: The language that the bot spoke to them.
        written_s: When, in seconds since 1970.
    """

    text: str
    language: Language
    written_s: float


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that was asked for and refused, or answered badly.

    Args:
        text: How it was asked, the last time.
        reason: Why it was refused, or `DISLIKED`.
        missing: What no article states; "" where the refusal could not name it.
        times: How often it was asked for.
        users: By how many.
        last_s: When last, in seconds since 1970.
    """

    text: str
    reason: str
    missing: str
    times: int
    users: int
    last_s: float


DISLIKED = "disliked"
"""The reason of a gap that was no refusal: an answer that somebody found bad."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often what happened.

    Args:
        users: How many asked.
        outcomes: Questions by `Status`.
        reasons: Refused questions by their reason.
        languages: Questions by the language of the reply.
        channels: Questions by channel.
        days: Questions by day, "2026-03-14" (UTC).
        articles: Answers by the id of an article that they cite.
    """

    users: int = 0
    outcomes: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    channels: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[str, int] = field(default_factory=dict)
    articles: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Votes:
    """What users think of the answers.

    Args:
        up: Good ones.
        down: The others.
        reasons: The others by their reason, where one was given.
        worst: References of the answers with the most bad votes, each with their number, worst first.
    """

    up: int = 0
    down: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)
    worst: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Follower:
    """Someone who wants to be told that an article is withdrawn.

    Args:
        to: Where they are told, as `Preferences.corrections`.
        language: The language that the bot speaks to them; None where they chose none.
    """

    to: str
    language: Language | None


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What became of a user's data.

    Args:
        removed: How many records were removed, by kind.
        left: How many were found when everything was looked through again, by kind; empty as it should be.
    """

    removed: Mapping[str, int] = field(default_factory=dict)
    left: Mapping[str, int] = field(default_factory=dict)


def asked(utterance: Utterance, reply: Reply, wanted: Preferences) -> Asked:
    """Return what is kept of a question and its reply."""
    refusal = reply.refusal
    return Asked(
        user=utterance.user,
        chat=utterance.chat,
        said=utterance.said,
        channel=utterance.channel,
        text=utterance.text,
        status=reply.status,
        reason=str(refusal.reason) if refusal else "",
        missing=refusal.missing if refusal else "",
        articles=tuple(dict.fromkeys(shown.excerpt.article.id for shown in reply.excerpts)),
        language=reply.wording.language,
        corrections=bool(wanted.corrections),
    )


def disliked(rows: Iterable[tuple[str, str, str, Sequence[str], float]], limit: int) -> list[Gap]:
    """Return the questions whose answers were found bad, the most often disliked first.

    Args:
        rows: For each bad vote the answered questions of that user from before it, the latest first: some key of the
            user, the vote's reference, the question's text, the articles cited, when it was asked.
        limit: How many at most.
    """
    found: dict[tuple[str, str], tuple[str, float]] = {}
    for user, written, text, articles, asked_s in rows:
        if (user, written) not in found and _cites(written, articles):
            found[user, written] = text, asked_s
    times = Counter(text for text, _ in found.values())
    users = Counter(text for _, text in {(user, text) for (user, _), (text, _) in found.items()})
    last: dict[str, float] = {}
    for text, asked_s in found.values():
        last[text] = max(asked_s, last.get(text, 0.0))
    gaps = [Gap(text, DISLIKED, "", times[text], users[text], last[text]) for text in times]
    return sorted(gaps, key=lambda gap: (-gap.times, -gap.last_s))[:limit]


def _cites(written: str, articles: Sequence[str]) -> bool:
    """Whether an answer that a reference names may be one that cites these articles."""
    answer = reference.read(written)
    if answer is None:
        return False
    keys = {reference.key(article) for article in articles}
    return all(citation.article in keys for citation in answer.citations)
