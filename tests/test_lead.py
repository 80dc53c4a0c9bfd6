from __future__ import annotations

import dataclasses
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.sentences import sentences
from bot.answer.candidate import Candidate, clause_of
from bot.answer.features import NOTHING
from bot.answer.lead import LONGEST, SCOPED, alone, borders, of
from bot.article import Article, Paragraph
from bot.question.question import Question
from bot.question.writing import Writing

TEXT = "11月14日，蓝桥区介绍，无理由退货单位120家，放心消费单位45家。截至目前，办结率100%。"


def question(*kinds: str, content: tuple[str, ...] = ()) -> Question:
    return Question("", "", Writing.HANS, kinds=kinds, content=content)


def sentence(text: str, number: int = 0) -> Candidate:
    """A sentence of a text, as it is found where no known question points into it."""
    paragraph = Paragraph("a", 0, text)
    article = Article("a", None, None, (paragraph,))
    start, end = sentences(text)[number]
    found = clause_of(article, paragraph, text[start:end], "")
    assert found is not None
    return found


def lead(asked: Question, text: str = TEXT) -> str:
    return of([(1.0, sentence(text), NOTHING)], asked)


LONG = (
    "11月14日，记者从蓝桥区市场监督管理局了解到，该局近年来着力推进放心消费创建工作，全区无理由退货单位已有120家，"
    "其中大型商场8家，比上一年增加了近三成，预计明年覆盖所有街道。"
)


@pytest.mark.parametrize(
    ("asked", "holds", "lacks"),
    [
        (question("count", content=("无理由", "退货")), "无理由退货单位已有120家", "记者"),
        (question("count", content=("商场",)), "大型商场8家", "记者"),
        (question("date"), "11月14日", "明年"),
        (question(content=("街道",)), "预计明年覆盖所有街道", "记者"),
    ],
)
def test_of_a_long_sentence_the_clause_that_has_what_was_asked_and_its_neighbours(
    asked: Question, holds: str, lacks: str
) -> None:
    got = lead(asked, LONG)
    assert holds in got
    assert lacks not in got
    assert len(got) <= SCOPED


def test_a_short_sentence_is_told_whole() -> None:
    assert lead(question("count")) == TEXT[: TEXT.index("。")]
    assert lead(question("count"), "目前，商户已达56家。") == "目前，商户已达56家"


@given(
    st.text(st.sampled_from("甲乙12家月日，。、；“”中共其自 "), min_size=1, max_size=60), st.data()
)
def test_a_lead_is_a_slice_of_its_sentence_from_one_border_to_another(
    text: str, data: st.DataObject
) -> None:
    kinds = data.draw(st.lists(st.sampled_from(["count", "date", "who"]), max_size=2))
    for number in range(len(sentences(text))):
        candidate = sentence(text, number)
        if candidate.sentence is None:
            continue
        got = of([(1.0, candidate, NOTHING)], question(*kinds, content=("甲",)))
        quote = text[slice(*candidate.sentence)]
        starts, ends = borders(text, *candidate.sentence)
        assert got in quote
        found = [m.start() for m in re.finditer(re.escape(got), text)]
        assert any(at in starts and at + len(got) in ends for at in found), got


def known(*says: str, text: str = TEXT) -> list[tuple[float, Candidate, object]]:
    """Clauses that known questions point to, of one sum."""
    paragraph = Paragraph("a", 0, text)
    article = Article("a", None, None, (paragraph,))
    found = [clause_of(article, paragraph, one, one) for one in says]
    for candidate in found:
        assert candidate is not None
        candidate.similarities.append(1.0)
    return [(3.0, candidate, NOTHING) for candidate in found if candidate]


def test_a_second_clause_that_answers_nearly_as_well_comes_with_the_first() -> None:
    best, other = known("放心消费单位45家", "无理由退货单位120家")
    assert of([best, other], question()) == "无理由退货单位120家，放心消费单位45家"
    assert of([best, (1.0, *other[1:])], question()) == "放心消费单位45家"


def test_two_clauses_that_stand_far_apart_are_not_told_together() -> None:
    between = "，".join(["其间商户又陆续报名参加了评选"] * 6)
    text = f"无理由退货单位120家，{between}，放心消费单位45家。"
    best, other = known("放心消费单位45家", "无理由退货单位120家", text=text)
    assert len(text) > LONGEST
    assert "120家" not in of([best, other], question())


def test_clauses_of_another_sentence_stay_apart() -> None:
    best, other = known("放心消费单位45家", "办结率100%")
    assert of([best, other], question()) == "放心消费单位45家"


OF_WHAT = "记者了解到，第二批155家星级联络点中，共有25家优秀单位、46家达标单位、10家承诺单位。"
YEARS = "8年来，团队共回应诉求30余万件，日均处置200余件。"
SINCE = "记者获悉，截至2021年12月21日，海曙区共受理投诉38464件，挽回损失1470余万元，办结率100%。"
NEW = "2021年，新增联络站10个，累计建设56个。"
LINE = "甲报上海讯（记者乙丙）9月28日，上海市公布联络点155家。"
NAMED = "有效提升办结率，做到“五个及时”，即及时受理、及时办理、及时回复。"


@pytest.mark.parametrize(
    ("text", "says", "wanted"),
    [
        (OF_WHAT, "46家达标单位", "第二批155家星级联络点中，共有25家优秀单位、46家达标单位"),
        (OF_WHAT, "25家优秀单位", "第二批155家星级联络点中，共有25家优秀单位"),
        (SINCE, "办结率100%", SINCE[len("记者获悉，") : -1]),
        (NEW, "累计建设56个", NEW[:-1]),
        (YEARS, "日均处置200余件", YEARS[:-1]),
        (LINE, "上海市公布联络点155家", "上海市公布联络点155家"),
        (NAMED, "做到“五个及时”", "做到“五个及时”，即及时受理、及时办理、及时回复"),
        ("设三个奖项：金奖、银奖、铜奖。", "设三个奖项", "设三个奖项：金奖、银奖、铜奖"),
        ("共有商户56家，其中大型商场8家。", "大型商场8家", "共有商户56家，其中大型商场8家"),
        ("商户报名参加；其中达标的20家。", "其中达标的20家", "商户报名参加；其中达标的20家"),
        ("新增联络站10个；累计建设56个。", "累计建设56个", "累计建设56个"),
        ("共有25家优秀单位、达标单位。", "25家", "共有25家优秀单位、达标单位"),
        ("截至2021年底，商户踊跃加入，效果很好。", "效果很好", "效果很好"),  # counts nothing
    ],
)
def test_a_figure_comes_with_what_it_is_a_part_of_and_since_when_it_counts(
    text: str, says: str, wanted: str
) -> None:
    assert of(known(says, text=text), question("count")) == wanted


def test_all_points_are_told_where_they_are_asked_for() -> None:
    text = "消保委达成了以下共识：一是部门牵头，二是行业自律，三是企业自治。"
    for kinds, told in ((("list",), text[:-1]), (("count",), "消保委达成了以下共识：一是部门牵头")):
        assert of(known("达成了以下共识", text=text), question(*kinds)) == told


def test_who_asks_for_the_reporter_is_told_the_dateline() -> None:
    assert of(known("记者乙丙", text=LINE), question()) == LINE.split("，", maxsplit=1)[0]


def test_what_a_figure_is_a_part_of_is_left_out_where_it_is_long() -> None:
    text = f"在{'街道和社区共同推荐并经专家评审的' * 8}商户中，共有25家入选。"
    assert of(known("共有25家入选", text=text), question("count")) == "共有25家入选"


FAR = "商户踊跃报名参加由街道和社区共同推荐的评选活动，居民也来投票并且提出了许多中肯的意见和建议，全区共有56家入选。"


def test_a_lead_holds_the_form_and_the_name_asked_for_where_its_sentence_does() -> None:
    asked = dataclasses.replace(question("count"), plain="有多少家")
    said = FAR.split("，", maxsplit=1)[0]
    assert of(known(said, text=FAR), asked) == FAR[:-1]
    longer = FAR.replace("，居民", f"，{'也有人远道而来，' * 8}居民")
    told = of(known(said, text=longer), asked)
    assert "56家" in told
    assert len(told) <= SCOPED < len(longer)
    named = dataclasses.replace(question(), names=("天一商圈",))
    text = "举办论坛3次，地点在天一商圈。"
    assert of(known("举办论坛3次", text=text), named) == text[:-1]


def test_of_a_long_sentence_the_clause_with_the_name_asked_for_is_told() -> None:
    text = f"{FAR[:-1]}，天一商圈的负责人也介绍了今后的打算和目标并且感谢大家一直以来的支持，商户很高兴。"
    told = lead(dataclasses.replace(question(), names=("天一商圈",)), text)
    assert "天一商圈" in told
    assert "居民" not in told


def test_where_no_clause_has_what_was_asked_the_sentence_is_told_as_far_as_there_is_room() -> None:
    text = f"{FAR[:-9]}，结果已经在网上公布，谢谢大家的支持和关心。"
    assert "谢谢" not in lead(question("date"), text)


def test_the_clause_before_the_best_one_comes_first_where_there_is_room_for_one() -> None:
    text = "街道和社区共同推荐了参加评选的商户，其后经专家评审共有56家商户入选，名单已经在网上公布欢迎大家监督。"
    assert lead(question("count"), text) == text.rsplit("，", maxsplit=1)[0]


@pytest.mark.parametrize(("times", "both"), [(1, True), (4, False)])
def test_two_clauses_that_may_be_meant_are_told_with_what_is_between_if_it_is_short(
    times: int, both: bool
) -> None:
    between = "经店铺认真核验并且征得平台同意之后确属在运输途中破损的，" * times
    text = f"签收后48小时内拍照上传，{between}由基金先行垫付，3个工作日内到账。"
    asked = dataclasses.replace(question("duration"), plain="多久能拿到钱", content=("拿到", "钱"))
    told = alone(sentence(text), asked)
    assert "48小时" in told
    assert ("3个工作日" in told) is both


def test_of_two_clauses_that_may_be_meant_both_are_told() -> None:
    text = "签收后48小时内拍照上传，经店铺核验确属破损的，由基金先行垫付，3个工作日内到账。"
    asked = dataclasses.replace(question("duration"), plain="多久能拿到钱", content=("拿到", "钱"))
    told = alone(sentence(text), asked)
    assert "48小时" in told
    assert "3个工作日内到账" in told


def test_a_lead_says_the_place_that_was_asked_for_where_its_sentence_does() -> None:
    text = "静安寺商圈承诺单位630家，退货单位313家。"
    asked = dataclasses.replace(question("count"), named=("静安寺",))
    assert alone(known("退货单位313家", text=text)[0][1], asked) == text[:-1]
