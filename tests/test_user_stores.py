"""What every store of what is kept of users keeps to. Another implementation is another entry of `STORES`."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import wiring
from bot.answer.focus import Focus
from bot.dialogue import reference
from bot.dialogue.ports import Records, StateStore
from bot.dialogue.records import DISLIKED, UNSET, Asked, Follower, Preferences, Tally, Vote, Votes
from bot.dialogue.reference import Citation, Reference
from bot.dialogue.reply import Status
from bot.dialogue.state import LIFETIME_S, State
from bot.dialogue.wording import Language
from bot.errors import StoreError
from bot.store.database import Database
from bot.store.memory import MemoryStateStore
from bot.store.sqlite import SqliteStateStore

DAY_S = 24 * 3600.0
FILE = "a.sqlite3"
STATE = State((Focus("a", 4, "无理由退货单位313家", "有几家", ("count",)),))
PREFERENCES = Preferences(Language.HANT, "telegram:7", 5.0, "m1")
QUESTION = Asked(
    "user", "chat", "m1", "telegram", "虹口有几家", Status.REFUSED, "unknown_place", "虹口"
)


class Clock:
    """A time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 1.7e9

    def __call__(self) -> float:
        return self.now


Stores = tuple[Records, StateStore]
Open = Callable[[Path, Callable[[], float], int], Stores]


def in_memory(folder: Path, now: Callable[[], float], days: int) -> Stores:
    states = MemoryStateStore(now=now)
    return wiring.passing_records(states, days, now), states


def in_a_file(folder: Path, now: Callable[[], float], days: int) -> Stores:
    database = Database(folder / FILE, now)
    return wiring.lasting_records(database, days), SqliteStateStore(database)


STORES: dict[str, Open] = {"memory": in_memory, "sqlite": in_a_file}
each = pytest.mark.parametrize("open_stores", STORES.values(), ids=STORES)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=STORES.values(), ids=STORES)
async def stores(
    request: pytest.FixtureRequest, tmp_path: Path, clock: Clock
) -> AsyncIterator[Stores]:
    records, states = request.param(tmp_path, clock, 30)
    yield records, states
    await records.users.close()
    await states.close()


@pytest.fixture
def kept(stores: Stores) -> Records:
    return stores[0]


async def test_nothing_is_known_of_a_stranger(kept: Records) -> None:
    assert await kept.preferences.load("stranger") == UNSET
    assert await kept.feedback.opinions(0, 9) == []
    assert await kept.feedback.votes(0) == Votes()
    assert await kept.questions.gaps(0, 9) == []
    assert await kept.questions.tally(0) == Tally()
    assert not (await kept.users.forget("stranger", ["chat"])).removed


async def test_preferences_take_the_place_of_those_before(kept: Records) -> None:
    await kept.preferences.save("user", PREFERENCES)
    assert await kept.preferences.load("user") == PREFERENCES
    plain = dataclasses.replace(PREFERENCES, language=None, corrections="")
    await kept.preferences.save("user", plain)
    assert await kept.preferences.load("user") == plain
    assert await kept.preferences.load("other") == UNSET


async def test_a_second_vote_changes_the_first_and_never_counts_twice(kept: Records) -> None:
    for vote in (Vote(True), Vote(True), Vote(False), Vote(False, "place")):
        await kept.feedback.vote("user", "ref", vote)
    await kept.feedback.vote("other", "ref", Vote(False))
    await kept.feedback.vote("other", "good", Vote(True))
    assert await kept.feedback.votes(0) == Votes(1, 2, {"place": 1}, (("ref", 2),))


async def test_opinions_come_newest_first_one_an_utterance(kept: Records, clock: Clock) -> None:
    for said, text in (("m1", "好用"), ("m2", "不好用"), ("m1", "很好用\ud800")):
        clock.now += 1
        await kept.feedback.add("user", said, text, Language.HANS)
    opinions = await kept.feedback.opinions(0, 9)
    assert [opinion.text for opinion in opinions] == ["很好用?", "不好用"]
    assert await kept.feedback.opinions(0, 1) == opinions[:1]
    assert await kept.feedback.opinions(clock.now + 1, 9) == []


async def test_gaps_are_put_together_by_what_is_missing(kept: Records, clock: Clock) -> None:
    for number, (user, text, missing) in enumerate(
        [
            ("a", "虹口有几家", "虹口"),
            ("b", "虹口呢", "虹口"),
            ("b", "天气如何", ""),
            ("a", "天气如何", ""),
            ("a", "天气如何", ""),
        ]
    ):
        clock.now += 1
        question = dataclasses.replace(
            QUESTION, user=user, text=text, missing=missing, said=str(number)
        )
        kept.questions.record(question)
    kept.questions.record(dataclasses.replace(QUESTION, said="9", status=Status.ANSWERED))
    gaps = await kept.questions.gaps(0, 9)
    assert [(gap.text, gap.missing, gap.times, gap.users) for gap in gaps] == [
        ("天气如何", "", 3, 2),
        ("虹口呢", "虹口", 2, 2),
    ]
    assert await kept.questions.gaps(0, 1) == gaps[:1]


def reference_to(*articles: str) -> str:
    """What a vote on an answer from these articles is about."""
    citations = tuple(Citation(reference.key(name), b"123", 0, 0, 5) for name in articles)
    return Reference(citations, (), None, Language.HANS).written()


async def test_a_bad_vote_is_about_the_last_question_answered_so(
    kept: Records, clock: Clock
) -> None:
    for number, (user, text, article) in enumerate(
        [("a", "几家", "x"), ("a", "电话", "y"), ("a", "多少家", "x"), ("b", "几家", "x")]
    ):
        clock.now += 1
        answered = dataclasses.replace(
            QUESTION,
            user=user,
            said=str(number),
            text=text,
            status=Status.ANSWERED,
            articles=(article,),
        )
        kept.questions.record(answered)
    await kept.users.close()  # what is recorded is written
    clock.now += 1
    for user, articles, up in [
        ("a", ("y",), False),
        ("b", ("x",), False),
        ("a", ("x",), True),
        ("c", ("x",), False),
        ("a", ("z",), False),
    ]:
        await kept.feedback.vote(user, reference_to(*articles), Vote(up))
    await kept.feedback.vote("a", "forged", Vote(False))
    gaps = await kept.questions.disliked(0, 9)
    assert [(gap.text, gap.reason, gap.times, gap.users) for gap in gaps] == [
        ("几家", DISLIKED, 1, 1),
        ("电话", DISLIKED, 1, 1),
    ]
    await kept.feedback.vote("a", reference_to("x"), Vote(False))
    assert [gap.text for gap in await kept.questions.disliked(0, 9)] == ["几家", "多少家", "电话"]
    assert [gap.text for gap in await kept.questions.disliked(0, 1)] == ["几家"]
    assert await kept.questions.disliked(clock.now + 1, 9) == []


async def test_what_happened_is_counted(kept: Records, clock: Clock) -> None:
    answered = dataclasses.replace(
        QUESTION, said="2", status=Status.ANSWERED, reason="", missing="", articles=("a", "b")
    )
    for asked in (QUESTION, answered, dataclasses.replace(answered, said="", user="b")):
        kept.questions.record(asked)
    assert await kept.questions.tally(0) == Tally(
        2,
        {"answered": 2, "refused": 1},
        {"unknown_place": 1},
        {"zh-hans": 3},
        {"telegram": 3},
        {"2023-11-14": 3},
        {"a": 2, "b": 2},
    )
    assert await kept.questions.tally(clock.now + 1) == Tally()


async def test_a_question_that_is_said_again_counts_once(kept: Records) -> None:
    kept.questions.record(QUESTION)
    kept.questions.record(dataclasses.replace(QUESTION, text="虹口有多少"))
    (gap,) = await kept.questions.gaps(0, 9)
    assert (gap.text, gap.times) == ("虹口有多少", 1)


async def test_only_who_wants_it_is_told_of_a_withdrawn_article(kept: Records) -> None:
    answered = dataclasses.replace(
        QUESTION, status=Status.ANSWERED, articles=("a",), corrections=True
    )
    kept.questions.record(answered)
    kept.questions.record(dataclasses.replace(answered, user="other", chat="c", corrections=False))
    assert await kept.questions.followers("a") == []
    assert await kept.questions.followed() == {}
    for user in ("user", "other"):
        await kept.preferences.save(user, PREFERENCES)
    assert await kept.questions.followers("a") == [Follower("telegram:7", Language.HANT)]
    assert await kept.questions.followed() == {"a": 1}
    await kept.preferences.save("user", dataclasses.replace(PREFERENCES, corrections=""))
    assert await kept.questions.followers("a") == []


async def fill(stores: Stores, user: str, chat: str, text: str) -> None:
    """Keep one of everything that can be kept of a user."""
    records, states = stores
    await records.preferences.save(user, PREFERENCES)
    await records.feedback.vote(user, "ref", Vote(True))
    await records.feedback.add(user, "m1", text, Language.HANS)
    asked = dataclasses.replace(QUESTION, user=user, chat=chat, text=text, missing=text)
    records.questions.record(dataclasses.replace(asked, articles=("a",), corrections=True))
    await states.save(chat, STATE)


async def test_who_wants_to_be_forgotten_is_and_nobody_else(stores: Stores) -> None:
    records, states = stores
    for user in ("user", "other"):
        await fill(stores, user, f"{user}'s chat", "虹口")
    forgotten = await records.users.forget("user")
    kinds = ("conversation", "opinion", "preference", "question", "source", "talk", "vote")
    assert dict(forgotten.removed) == dict.fromkeys(kinds, 1)
    assert not forgotten.left
    assert await states.load("user's chat") == State()
    assert await records.preferences.load("user") == UNSET
    assert await states.load("other's chat") == STATE
    assert await records.preferences.load("other") == PREFERENCES
    assert (await records.users.forget("user")).removed == {}
    assert dict((await records.users.forget("other")).removed) == dict.fromkeys(kinds, 1)


async def test_a_conversation_is_forgotten_though_no_question_of_it_is_known(
    stores: Stores,
) -> None:
    records, states = stores
    await states.save("chat", STATE)
    assert dict((await records.users.forget("user", ["chat"])).removed) == {"conversation": 1}


async def test_what_is_older_than_it_may_be_is_purged(stores: Stores, clock: Clock) -> None:
    records, _ = stores
    await fill(stores, "user", "chat", "虹口")
    clock.now += 29 * DAY_S
    await records.users.purge()
    assert (await records.questions.tally(0)).users == 1
    assert await records.feedback.opinions(0, 9)
    clock.now += 2 * DAY_S
    await records.users.purge()
    forgotten = await records.users.forget("user", ["chat"])
    assert not forgotten.removed
    assert not forgotten.left


async def test_preferences_in_use_are_not_purged(kept: Records, clock: Clock) -> None:
    await kept.preferences.save("user", PREFERENCES)
    for _ in range(5):
        clock.now += 20 * DAY_S
        assert await kept.preferences.load("user") == PREFERENCES
        await kept.users.purge()


@each
async def test_no_question_is_kept_where_none_may_be(
    open_stores: Open, tmp_path: Path, clock: Clock
) -> None:
    records, states = open_stores(tmp_path, clock, 0)
    await fill((records, states), "user", "chat", "虹口")
    assert await records.questions.tally(0) == Tally()
    await records.users.purge()
    forgotten = await records.users.forget("user")  # what the user wanted kept is
    assert set(forgotten.removed) == {
        "conversation", "opinion", "preference", "source", "talk", "vote"
    }  # fmt: skip
    await states.close()


@given(st.text(min_size=1, max_size=50), st.text(min_size=1, max_size=50))
async def test_any_text_is_kept_and_forgotten(text: str, user: str) -> None:
    records, _ = in_memory(Path(), Clock(), 1)
    await records.feedback.add(user, "m1", text, Language.EN)
    assert [opinion.text for opinion in await records.feedback.opinions(0, 9)] == [text]
    assert not (await records.users.forget(user)).left


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


@pytest.mark.parametrize("length", [1, 3000])
async def test_what_is_forgotten_stands_nowhere_in_the_files(
    tmp_path: Path, clock: Clock, length: int
) -> None:
    """Neither in free pages nor in the write-ahead log, whether or not a row has pages of its own."""
    stores = in_a_file(tmp_path, clock, 30)
    records, states = stores
    text = "独一无二的话" * length
    for user in ("user", "other", "third"):
        await fill(stores, user, user, f"{user}:{text}")
    await records.users.close()
    assert "user:独一无二的话".encode() in bytes_of(tmp_path)
    await records.users.forget("user")
    assert "user:独一无二的话".encode() not in bytes_of(tmp_path)
    assert "other:独一无二的话".encode() in bytes_of(tmp_path)
    clock.now += 31 * DAY_S
    await records.users.purge()
    assert "独一无二的话".encode() not in bytes_of(tmp_path)
    assert PREFERENCES.corrections.encode() not in bytes_of(tmp_path)
    await states.close()


async def test_no_user_and_no_chat_can_be_read_from_the_file(tmp_path: Path, clock: Clock) -> None:
    stores = in_a_file(tmp_path, clock, 30)
    await fill(stores, "telegram:user:4503599627370495", "telegram:4503599627370494:0", "虹口")
    await stores[0].preferences.save(
        "telegram:user:4503599627370495", Preferences(Language.EN, awaiting_s=1.0)
    )
    await stores[0].users.close()
    assert b"45035996273704" not in bytes_of(tmp_path)
    await stores[1].close()


async def test_everything_survives_a_restart(tmp_path: Path, clock: Clock) -> None:
    stores = in_a_file(tmp_path, clock, 30)
    await fill(stores, "user", "chat", "虹口")
    await stores[0].users.close()
    await stores[1].close()
    records, states = in_a_file(tmp_path, clock, 30)
    assert await records.preferences.load("user") == PREFERENCES
    assert (await records.questions.tally(0)).users == 1
    assert (await records.feedback.votes(0)).up == 1
    await states.close()


async def test_a_table_that_somebody_adds_is_gone_through_as_well(
    tmp_path: Path, clock: Clock
) -> None:
    database = Database(tmp_path / FILE, clock)
    records = wiring.lasting_records(database, 30)
    await database.write(("CREATE TABLE more (chat BLOB, user BLOB)", ()))
    key = await database.key("user")
    await database.write(("INSERT INTO more VALUES (x'00', ?)", (key,)))
    assert dict((await records.users.forget("user")).removed) == {"more": 1}
    await database.close()


async def test_a_file_that_breaks_costs_no_answer(
    tmp_path: Path, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    records, states = in_a_file(tmp_path, clock, 30)
    await records.preferences.load("user")
    with sqlite3.connect(tmp_path / FILE) as db:
        for table in ("preference", "opinion", "vote", "question", "talk", "source"):
            db.execute(f"DROP TABLE {table}")
    db.close()
    records.questions.record(QUESTION)  # raises nothing
    await records.users.close()
    assert "cannot be kept" in caplog.text
    assert QUESTION.text not in caplog.text
    for failing in (
        records.preferences.save("user", PREFERENCES),
        records.preferences.load("other"),
        records.feedback.vote("user", "ref", Vote(True)),
        records.feedback.add("user", "m1", "好", Language.HANS),
        records.feedback.opinions(0, 9),
        records.feedback.votes(0),
        records.questions.gaps(0, 9),
        records.questions.tally(0),
        records.questions.disliked(0, 9),
        records.questions.followed(),
        records.questions.followers("a"),
        records.users.purge(),
        records.users.forget("user"),
    ):
        with pytest.raises(StoreError):
            await failing
    await states.close()


async def test_a_conversation_outlives_no_day(stores: Stores, clock: Clock) -> None:
    records, states = stores
    await states.save("chat", STATE)
    records.questions.record(QUESTION)
    clock.now += LIFETIME_S + 1
    await records.users.purge()
    assert "talk" not in (await records.users.forget("user", ["chat"])).removed
