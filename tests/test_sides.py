"""How a comparison falls into two questions, and what is no comparison."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.question import comparing, sides
from bot.question.question import Reader
from tests.strategies import TYPED


def wordings(text: str, reader: Reader) -> list[str]:
    found = sides.split(reader.read(text), reader)
    return [side.plain for side in found.questions] if found else []


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("奉贤和松江谁的志愿者多", ["奉贤志愿者多少", "松江志愿者多少"]),
        ("志愿者人数,奉贤跟松江比怎么样", ["志愿者人数,奉贤怎么样", "志愿者人数,松江比怎么样"]),
        ("五星级和四星级的店各有几家", ["五星级的店各有几家", "四星级的店各有几家"]),
        ("优惠券和抵用券哪个多", ["优惠券多少", "抵用券多少"]),
        ("优惠券多还是抵用券多", ["优惠券多少", "抵用券多少"]),
        ("海曙的课堂是在奉贤的集市之前还是之后", ["海曙的课堂什么时候", "奉贤的集市什么时候"]),
        ("海曙的课堂跟奉贤的集市哪个早", ["海曙的课堂什么时候", "奉贤的集市什么时候"]),
        ("海曙靠谁调解,松江又靠谁宣传", ["海曙靠谁调解", "松江又靠谁宣传"]),
        ("課堂和集市有什麼不同", ["课堂怎么", "集市怎么"]),
    ],
)
def test_a_comparison_is_two_questions(real_reader: Reader, text: str, want: list[str]) -> None:
    assert wordings(text, real_reader) == want


def test_each_side_has_its_own_place_and_year(real_reader: Reader) -> None:
    found = sides.split(real_reader.read("奉贤跟海曙比谁的投诉多"), real_reader)
    assert found is not None
    assert [[p.name for p in q.places] for q in found.questions] == [["奉贤区"], ["海曙区"]]
    assert (found.names, found.alike) == (("奉贤", "海曙"), True)
    years = sides.split(real_reader.read("2020年和2021年的投诉差多少"), real_reader)
    assert years is not None
    assert [q.years for q in years.questions] == [("2020",), ("2021",)]


def test_an_english_comparison_has_english_sides(real_reader: Reader) -> None:
    found = sides.split(
        real_reader.read("Which is bigger, the number of volunteers or the number of lawyers?"),
        real_reader,
    )
    assert found is not None
    assert ["volunteer" in q.text for q in found.questions] == [True, False]
    assert ["lawyer" in q.text for q in found.questions] == [False, True]


@pytest.mark.parametrize(
    "text",
    [
        "静安寺和谐消费怎么搞",
        "四星级的怎么升五星级",
        "消费者和商家吵架找谁",
        "静安寺有多少家店,都是哪些店",
        "2020年评了多少家",
        "你好",
        "",
        "和",
        "谁多",
    ],
)
def test_what_has_but_one_side_is_not_split(real_reader: Reader, text: str) -> None:
    assert sides.split(real_reader.read(text), real_reader) is None


def test_a_place_inside_another_is_no_second_side(real_reader: Reader) -> None:
    question = real_reader.read("上海奉贤有多少家")
    assert [place.name for place in sides.places_of(question, real_reader)] == ["奉贤区"]
    assert sides.split(question, real_reader) is None


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("跟四星的比,哪个多", "跟四星的比,多少"),
        ("第二批比它多还是少", "第二批比它多少"),
        ("谁的集市办得早", "集市办得什么时候"),
    ],
)
def test_what_a_comparison_asks_of_one_side(real_reader: Reader, text: str, want: str) -> None:
    question = real_reader.read(text)
    assert comparing.compares(question, real_reader)
    assert comparing.plainly(question, real_reader).plain == want


def test_a_plain_question_compares_nothing(real_reader: Reader) -> None:
    question = real_reader.read("静安寺有多少家无理由退货单位")
    assert not comparing.compares(question, real_reader)
    assert comparing.plainly(question, real_reader) == question


@given(TYPED)
def test_any_text_has_two_sides_or_none(real_reader: Reader, text: str) -> None:
    found = sides.split(real_reader.read(text), real_reader)
    if found is not None:
        assert all(side.plain.strip() for side in found.questions)
        assert comparing.COMPARED not in "".join(side.plain for side in found.questions)
