"""How it went, in figures: as a text, and as what a picture is drawn of. Pure.

The picture is drawn elsewhere (`bot.chart`), by who may lack a font with Chinese characters. So each text in it is a
pair: as it should be, and in plain ASCII.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from bot.answer.answer import Reason
from bot.dialogue.panel import Look, Panel, Span
from bot.dialogue.records import Gap, Opinion, Tally, Votes
from bot.dialogue.reply import Status
from bot.dialogue.shortening import shortened
from bot.dialogue.wording import Wording

MOST = 5
"""Places, articles and texts of users that are named."""
LONGEST, LONGEST_LABEL, LONGEST_OPINION = 60, 16, 300
DAYS_LISTED = 7
PLACES = {Reason.UNKNOWN_PLACE, Reason.ONE_SIDE}
"""Reasons whose missing part is a place, or the other side of a comparison, which is one as a rule."""


class Holdings(NamedTuple):
    """How much a corpus holds: articles, paragraphs, known questions that they answer."""

    articles: int
    paragraphs: int
    asks: int


@dataclass(frozen=True, slots=True)
class Figures:
    """How it went.

    Args:
        dates: The days that are counted, in order.
        tally: What was asked.
        votes: What was thought of the answers.
        gaps: What was refused, the most asked for first.
        names: What the corpus's articles are called, by id.
        holdings: How much the corpus holds.
        opinions: What users wrote to those who run the bot, the newest first.
    """

    dates: Sequence[str]
    tally: Tally
    votes: Votes
    gaps: Sequence[Gap]
    names: Mapping[str, str]
    holdings: Holdings
    opinions: Sequence[Opinion] = ()

    @property
    def questions(self) -> int:
        """How many questions were asked."""
        return sum(self.tally.outcomes.values())

    @property
    def places(self) -> list[tuple[str, int]]:
        """The places that were asked for most and that no article speaks of."""
        counts: Counter[str] = Counter()
        for gap in self.gaps:
            if gap.reason in PLACES and gap.missing:
                counts[gap.missing] += gap.times
        return counts.most_common(MOST)

    @property
    def articles(self) -> list[tuple[str, int]]:
        """The articles that were cited most, by id."""
        return sorted(self.tally.articles.items(), key=lambda one: (-one[1], one[0]))[:MOST]


class Latency(NamedTuple):
    """How long people wait for the first message, in seconds: half of them and 99 of 100 at most so long."""

    p50_s: float
    p99_s: float


def panel(figures: Figures, latency: Latency | None, words: Wording) -> Panel:
    """Return the figures as text.

    Args:
        figures: The figures.
        latency: How long people wait, since the program was started; None where nobody was answered yet.
        words: The bot's own words.
    """
    head = Span(words.say("stats_head", days=len(figures.dates)), Look.LEAD)
    blocks = [
        (head, *(Span(line) for line in _asked(figures, words))),
        tuple(Span(line) for line in _known(figures, words)),
        tuple(Span(line) for line in _numbered("stats_places", figures.places, words)),
        tuple(
            Span(line)
            for line in _numbered(
                "stats_articles",
                [(figures.names.get(name, name), count) for name, count in figures.articles],
                words,
            )
        ),
        tuple(Span(line) for line in _opinions(figures, words)),
        tuple(Span(line) for line in _state(figures, latency, words)),
    ]
    return Panel(tuple(block for block in blocks if block))


def picture(figures: Figures, words: Wording) -> dict[str, Any]:
    """Return what `bot.chart` draws, as JSON has it: a text is [as it should be, in ASCII]."""
    outcomes = [
        [[words.say(f"stats_{status}"), status.value], figures.tally.outcomes.get(status, 0)]
        for status in Status
    ]
    votes = [
        [[words.say("stats_up"), "good"], figures.votes.up],
        [[words.say("stats_down"), "bad"], figures.votes.down],
    ]
    names = [
        (shortened(figures.names.get(name, name), LONGEST_LABEL), count)
        for name, count in figures.articles
    ]
    return {
        "days": {
            "title": [words.say("stats_days"), "Questions a day"],
            "bars": [[date[5:], figures.tally.days.get(date, 0)] for date in figures.dates],
        },
        "lists": [
            {
                "title": [words.say("stats_outcomes"), "Outcomes and votes"],
                "bars": outcomes + votes,
            },
            {
                "title": [words.say("stats_places"), "Places unanswered, as numbered in the text"],
                "bars": _bars(figures.places),
            },
            {
                "title": [words.say("stats_articles"), "Articles cited, as numbered in the text"],
                "bars": _bars(names),
            },
        ],
    }


def _opinions(figures: Figures, words: Wording) -> Iterator[str]:
    if figures.opinions:
        yield words.say("stats_opinions")
    for opinion in figures.opinions[:MOST]:
        text = shortened(opinion.text, LONGEST_OPINION) or words.say("gaps_unseen")
        yield words.say("stats_opinion", text=text)


def _bars(counts: Sequence[tuple[str, int]]) -> list[Any]:
    return [
        [[f"{number}. {shortened(name, LONGEST_LABEL)}", f"{number}."], count]
        for number, (name, count) in enumerate(counts, 1)
    ]


def _asked(figures: Figures, words: Wording) -> Iterator[str]:
    outcomes, total = figures.tally.outcomes, figures.questions
    answered = outcomes.get(Status.ANSWERED, 0)
    asked = answered + outcomes.get(Status.REFUSED, 0)
    yield words.say(
        "stats_asked",
        total=total,
        users=figures.tally.users,
        answered=answered,
        share=round(100 * answered / asked) if asked else 0,
        refused=outcomes.get(Status.REFUSED, 0),
        smalltalk=outcomes.get(Status.SMALLTALK, 0),
    )
    last = [(date[5:], figures.tally.days.get(date, 0)) for date in figures.dates[-DAYS_LISTED:]]
    yield _line("stats_days", last, words)


def _known(figures: Figures, words: Wording) -> Iterator[str]:
    tally, votes = figures.tally, figures.votes
    if tally.languages:
        named = {words.say(f"stats_language_{name}"): n for name, n in tally.languages.items()}
        yield _line("stats_languages", _most(named), words)
    if tally.reasons:
        named = {words.say(f"stats_reason_{name}"): n for name, n in tally.reasons.items()}
        yield _line("stats_reasons", _most(named), words)
    if votes.up or votes.down:
        yield words.say("stats_votes", up=votes.up, down=votes.down)
        if votes.reasons:
            named = {words.say(f"reason_{name}"): n for name, n in votes.reasons.items()}
            yield _line("stats_vote_reasons", _most(named), words)


def _state(figures: Figures, latency: Latency | None, words: Wording) -> Iterator[str]:
    if latency is not None:
        yield words.say("stats_latency", p50=f"{latency.p50_s:g}", p99=f"{latency.p99_s:g}")
    yield words.say("stats_holdings", **figures.holdings._asdict())


def _numbered(key: str, counts: Sequence[tuple[str, int]], words: Wording) -> Iterator[str]:
    if counts:
        yield words.say("stats_list", what=words.say(key), counts="").rstrip()
    for number, (name, count) in enumerate(counts, 1):
        shown = shortened(name, LONGEST)
        yield words.say("stats_item", number=number, name=shown, count=count)


def _line(key: str, counts: Sequence[tuple[str, int]], words: Wording) -> str:
    listed = " · ".join(f"{name} {count}" for name, count in counts)
    return words.say("stats_list", what=words.say(key), counts=listed)


def _most(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))
