"""What waits for an admin's press is bounded in number, size and time."""

from __future__ import annotations

from typing import Any

from bot.channel.telegram.pending import (
    LIFETIME_S,
    MOST_BYTES,
    MOST_ENDED,
    MOST_OFFERS,
    Pending,
    Waiting,
)
from bot.dialogue.submission import Outcome, Submitted


class OneArticle:
    """An offer of one article, that is accepted, or has to be reviewed."""

    def __init__(self, outcome: Outcome = Outcome.ACCEPTED) -> None:
        self.articles = (Submitted("a.txt", outcome, reviewable=outcome is not Outcome.ACCEPTED),)

    def add(self) -> list[Any]:
        return []

    def review(self, number: int) -> Any:
        return "a review"


def keep(pending: Pending, size: int = 1, outcome: Outcome = Outcome.ACCEPTED) -> str:
    return pending.keep(OneArticle(outcome), 7, size)


def found(pending: Pending, *keys: str) -> list[bool]:
    return [pending.find(key) is not None for key in keys]


def get(pending: Pending, key: str) -> Waiting:
    waiting = pending.find(key)
    assert waiting is not None
    return waiting


def test_an_offer_is_found_until_it_expires() -> None:
    now = [0.0]
    pending = Pending(lambda: now[0])
    key, other = keep(pending), keep(pending)
    now[0] = LIFETIME_S - 1
    assert found(pending, key, other) == [True, True]
    pending.prolong(get(pending, other))
    now[0] = LIFETIME_S
    assert found(pending, key, other) == [False, True]


def test_a_review_is_held_until_it_ends_and_found_by_its_message() -> None:
    pending = Pending()
    key = keep(pending, MOST_BYTES, Outcome.NEEDS_REVIEW)
    waiting = get(pending, key)
    waiting.reviews[0].message_id = 5
    assert pending.shown_in(7, 5) == (key, 0)
    assert pending.shown_in(8, 5) is None
    assert (waiting.size, waiting.under_review) == (MOST_BYTES, [0])
    waiting.end_review(0)
    assert pending.shown_in(7, 5) is None
    assert (waiting.size, waiting.offer) == (0, None)


def test_the_oldest_gives_way() -> None:
    pending = Pending()
    keys = [keep(pending) for _ in range(MOST_OFFERS + 2)]
    assert found(pending, *keys) == [False, False, *[True] * MOST_OFFERS]


def test_large_files_give_way_sooner_and_the_newest_stays() -> None:
    pending = Pending()
    keys = [keep(pending, MOST_BYTES // 2) for _ in range(3)]
    assert found(pending, *keys) == [False, True, True]
    last = keep(pending, 2 * MOST_BYTES)
    assert found(pending, *keys, last) == [False, False, False, True]


def test_what_was_decided_takes_no_room() -> None:
    pending = Pending()
    decided = keep(pending, MOST_BYTES)
    get(pending, decided).end(added=True)
    keys = [keep(pending, MOST_BYTES // MOST_OFFERS) for _ in range(MOST_OFFERS)]
    assert all(found(pending, decided, *keys))
    assert (get(pending, decided).offer, get(pending, decided).added) == (None, True)


def test_what_was_decided_is_not_remembered_for_ever() -> None:
    pending = Pending()
    first = keep(pending)
    get(pending, first).end(added=False)
    for _ in range(MOST_ENDED):
        get(pending, keep(pending)).end(added=True)
    assert found(pending, first) == [False]


def test_keys_cannot_be_guessed_from_one_another() -> None:
    pending = Pending()
    keys = {keep(pending) for _ in range(10)}
    assert {len(key) for key in keys} == {12}
    assert len(keys) == 10
