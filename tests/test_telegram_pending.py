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


class Nothing:
    """An offer that holds nothing."""

    articles: tuple[Any, ...] = ()

    def add(self) -> list[Any]:
        return []


def keep(pending: Pending, size: int = 1, now: float = 0.0) -> str:
    return pending.keep(Nothing(), 7, size, now)


def found(pending: Pending, *keys: str, now: float = 0.0) -> list[bool]:
    return [pending.find(key, now) is not None for key in keys]


def get(pending: Pending, key: str) -> Waiting:
    waiting = pending.find(key, 0.0)
    assert waiting is not None
    return waiting


def test_an_offer_is_found_until_it_expires() -> None:
    pending = Pending()
    key = keep(pending)
    assert found(pending, key, now=LIFETIME_S - 1) == [True]
    assert found(pending, key, now=LIFETIME_S) == [False]


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
