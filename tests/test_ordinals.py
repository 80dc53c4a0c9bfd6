from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.chars import fold
from bot.question.ordinals import FREE, named


def test_ordinals_are_read_whatever_their_digits() -> None:
    assert named("第二批和第2批、第十六届") == ((2, "批"), (16, "届"))
    assert named("第二回查，第二次又查") == ((2, "次"),)


def test_the_first_and_what_numbers_nothing_are_left_out() -> None:
    assert named("第一批、第三方、第五天、第五十五条") == ()


@given(st.integers(2, 9999), st.sampled_from("批届次轮期家"))
def test_any_number_but_the_first_is_read(place: int, of: str) -> None:
    assert named(fold(f"评出第{place}{of}")) == ((place, of),)
    assert of not in FREE
