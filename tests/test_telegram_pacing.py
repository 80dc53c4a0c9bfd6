"""How fast the bot writes, on a clock that passes only by waiting."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channel.telegram.pacing import ALL, CHAT, GROUP, REFUSED_IN_A_ROW, Limit, Pacing
from tests.fakes import Clock


class World:
    """A pacing and its time."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.pacing = Pacing(self.clock, self._pause)

    async def _pause(self, seconds: float) -> None:
        self.clock.now += seconds

    async def sends(self, *chats: int) -> list[float]:
        times = []
        for chat in chats:
            await self.pacing.turn(chat)
            times.append(round(self.clock.now - 1000, 6))
        return times


def keeps(times: list[float], limit: Limit) -> bool:
    later = times[limit.messages :]
    return all(b - a >= limit.seconds - 1e-6 for a, b in zip(times, later, strict=False))


@pytest.fixture
def world() -> World:
    return World()


async def test_two_messages_go_at_once_and_then_one_a_second(world: World) -> None:
    times = await world.sends(*[7] * 6)
    assert times[:3] == [0.0, 0.0, 1.0]
    assert times[3] == pytest.approx(3.1)
    assert keeps(times, CHAT)
    assert times[-1] < 8


async def test_a_group_gets_no_more_than_its_share_of_a_minute(world: World) -> None:
    times = await world.sends(*[-9] * 45)
    assert keeps(times, GROUP)


async def test_all_chats_together_stay_below_the_limit(world: World) -> None:
    times = await world.sends(*range(1, 200))
    assert keeps(times, ALL)
    assert times[-1] < 200 / 27


async def test_many_that_wait_at_once_get_one_place_each() -> None:
    loop = asyncio.get_running_loop()
    pacing, got = Pacing(loop.time), []

    async def one(chat: int) -> None:
        await pacing.turn(chat)
        got.append(loop.time())

    await asyncio.gather(*(one(chat) for chat in range(1, 40)))
    assert got == sorted(got)
    assert sum(at - got[0] > 1 for at in got) >= 10


async def test_a_place_is_taken_only_where_one_is_free(world: World) -> None:
    assert [bool(world.pacing.takes(7)) for _ in range(3)] == [True, True, False]
    assert world.pacing.takes(8)


async def test_a_message_counts_from_when_telegram_answered(world: World) -> None:
    places = [await world.pacing.turn(chat) for chat in range(1, ALL.messages + 1)]
    world.clock.now += 0.5
    world.pacing.accepted(places[0])
    assert await world.sends(99) == [1.5]


async def test_refusals_in_a_row_stop_all_but_single_ones_stop_none(world: World) -> None:
    for _ in range(REFUSED_IN_A_ROW - 1):
        world.pacing.refused(30)
    assert await world.sends(1) == [0.0]
    world.pacing.refused(30)
    assert await world.sends(2) == [30.0]
    world.pacing.accepted(None)
    world.pacing.refused(60)
    assert await world.sends(3) == [30.0]


@given(st.lists(st.tuples(st.sampled_from([1, 2, -1]), st.floats(0, 4)), max_size=80))
def test_no_limit_is_ever_broken(sends: list[tuple[int, float]]) -> None:
    async def run() -> None:
        world, times = World(), {1: [], 2: [], -1: []}
        every: list[float] = []
        for chat, gap in sends:
            world.clock.now += gap
            await world.pacing.turn(chat)
            times[chat].append(world.clock.now)
            every.append(world.clock.now)
        assert keeps(times[1], CHAT)
        assert keeps(times[2], CHAT)
        assert keeps(times[-1], GROUP)
        assert keeps(every, ALL)

    asyncio.run(run())
