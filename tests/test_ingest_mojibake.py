"""The damage, forwards: GBK read one byte out of step from a character whose second byte is A3."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import edits
from bot.edits import Edit
from bot.ingest import mojibake, route

BODY = (
    "2015年,消保科先行先试,在全市率先推行改革。消保科指导建设工作室,消保科努力提升数据分析能力,开展消费宣传。"
    "消保科主动把脉,聚焦特色消费品开展课题调研。为了进一步提升基层承办单位处置效率,消保科先后出台多项制度。"
)


def out_of_step(text, at):
    """Return the text as a reader prints it that stumbles over the first byte of the character at a place."""
    data = text[at:].encode("gbk")
    inner, borders = 0, set()
    for character in text[at:]:
        borders.add(inner)
        inner += len(character.encode("gbk"))
    printed, here = ["?"], 1
    while here < len(data) and (here not in borders or here < 2):
        first, second = data[here], data[here + 1] if here + 1 < len(data) else 0
        if first < 0x80:
            printed.append(chr(first))
            here += 1
            continue
        here += 2
        if first == 0xA3 and second > 0xA0:
            printed.append(chr(second - 0x80))
        elif (0xAA <= first <= 0xAF or first >= 0xF8) and second > 0xA0:
            continue  # a private pair is dropped
        else:
            printed.append(
                bytes((first, second)).decode("gbk", "replace").replace("\ufffd", "?")[:1]
            )
    whole = text[at:].encode("gbk")[here:].decode("gbk")
    return text[:at] + "".join(printed) + whole


def clean(text):
    found, doubts = mojibake.find(text)
    return edits.apply(text, found), doubts


def test_the_forward_model_gives_what_such_pages_show():
    assert out_of_step("消保科先后出_", 1) == "消??葡群蟪鯻"


@pytest.mark.parametrize("word", ["消保科先行", "消保科指导", "消保科努力", "消保科先后"])
def test_a_run_is_right_but_for_its_marks(word):
    at = BODY.index(word) + 1
    damaged = out_of_step(BODY, at)
    assert damaged != BODY
    text, _ = clean(damaged)
    pattern = re.sub(r"⟦[^⟧]*⟧", ".{0,4}", re.escape(text).replace("\\⟦", "⟦").replace("\\⟧", "⟧"))
    assert re.fullmatch(pattern, BODY)


@pytest.mark.parametrize(
    ("printed", "true"),
    [
        ("时,消??浦笇?dǎo)建设", "时,消保科指導建设"),
        ("后,消??葡群蟪雠_(tái)疑难会商制度", "后,消保科先后出臺(tái)疑难会商制度"),
        ("消??茖⑾M(fèi)宣传延伸到居民", "消保科將消費(fèi)宣传延伸到居民"),
        ("消??婆μ嵘龜?shù)据分析能力", "消保科努力提升數据分析能力"),
        ("对于涉疫情的重?zé)狳c企業,落实专人", "对于涉疫情的重熱點企業,落实专人"),
    ],
)
def test_readings_in_brackets_are_evidence(printed, true):
    intact = "消保科主动把脉,消保科负责热点企业。\n"
    assert clean(intact + printed)[0] == intact + true


def test_a_character_that_other_bytes_would_fit_is_marked():
    printed = "消保科主动把脉。\n2015年,消??葡刃邢仍嚕谏虾J新氏韧菩小霸V求處置一體化改革"
    text, _ = clean(printed)
    assert text.endswith("消保科先行先試，⟦在⟧上海市率先推行“訴求處置一體化改革")


@pytest.mark.parametrize(
    "question", ["小区停车费怎么收?地下车位能不能只售不租?", "“真的能退吗?”她问。", "退了没有?"]
)
def test_real_questions_stay(question):
    text = f"这些关系群众利益的问题有了答案。{question}市民表示满意。"
    assert clean(text) == (text, [])


def test_bytes_that_cannot_be_restored_are_reported():
    text = "消费者权益保护工作??取得成效。"
    _, doubts = mojibake.find(text)
    found, _ = mojibake.find(text)
    assert doubts or any("⟦" in edit.clean for edit in found)


@given(st.text("消费者权益保护工作取得成效，。", min_size=1, max_size=40))
def test_text_without_a_trace_of_the_damage_is_not_touched(text):
    assert mojibake.find(text) == ([], [])


def test_an_edit_covers_just_the_broken_run():
    found, _ = mojibake.find("消保科主动。\n同时,消??浦笇?dǎo)建设工作室")
    assert found == [Edit(11, 20, "??浦笇?dǎo)", "保科指導", "mojibake")]


def test_the_printed_line_is_one_of_the_ways():
    line = "消保科主动把脉"
    way = route.best(line, route.local_words(""))
    assert "".join(arc.text for arc in way.arcs) == line
    assert way.cost == pytest.approx(way.plain)


def test_more_broken_bytes_than_can_be_restored_are_one_question():
    text = "消??葡" * 1000
    found, doubts = mojibake.find(f"{text}\n消费者协会提醒大家。")
    assert found == []
    assert [what for what, *_ in doubts] == ["more broken bytes than can be restored"]
