import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import edits
from bot.ingest.formats import text, wrapping

PARAGRAPHS = [
    "香菇上市的季节，双龙镇的交易市场一天要走三十多吨干菇。秤准不准，买卖双方都盯得紧。9月12日一早，西峡县市场监督管理局计量股的检定人员带着标准砝码进了市场。",
    "当天共检定电子台秤、电子计价秤148台，合格141台。对7台超差的秤，检定人员现场贴上停用标签，其中5台当天修好后复检合格，2台疑似改动，已移交监管所调查。",
    "县市场监督管理局提醒经营户，电子秤的检定周期一般为一年，到期应主动申请检定，强制检定不收费用。群众发现作弊秤，可拨打0377-69662315。",
]
HEAD = "西峡：公平秤进了香菇市场\n\n发布日期：2022-09-14    信息来源：西峡县市场监督管理局    作者：靳国强\n\n"


def lines(content):
    (document,) = text.read("a.txt", "a", content.encode())
    return [
        line.strip("\u3000") for line in edits.apply(document.raw, document.reading).split("\n")
    ]


def wrapped(paragraph, width, indent="　　"):
    full = indent + paragraph
    return "\n".join(full[at : at + width] for at in range(0, len(full), width))


@given(st.integers(16, 40))
def test_lines_that_were_broken_at_a_width_are_joined(width):
    content = HEAD + "\n".join(wrapped(paragraph, width) for paragraph in PARAGRAPHS)
    assert lines(content) == [*HEAD[:-1].split("\n"), *PARAGRAPHS]


def test_paragraphs_with_a_blank_line_between_need_no_indent():
    content = "\n\n".join(wrapped(paragraph, 20, "") for paragraph in PARAGRAPHS)
    assert [line for line in lines(content) if line] == PARAGRAPHS


@pytest.mark.parametrize(
    "content",
    [
        "\n".join(PARAGRAPHS),
        "\n".join(f"{n}. 爱山街道第{n}服务站 红旗路{n}号 0572-22233{n}" for n in range(10, 24)),
        "\n".join(f"安徽芜湖开展计量检查之{n}" for n in range(10, 30)),
        "短行\n又一短行\n再一短行\n还是短行\n最后一行",
    ],
)
def test_lines_that_were_not_stay(content):
    assert lines(content) == content.split("\n")


RECORD = f"""记录号|20250311-0047
标题|流动投诉站开到草原集市
来源|锡林郭勒盟市场监督管理局
作者|记者 乌云其木格 通讯员 张海军
日期|2025/3/11
正文|　　{PARAGRAPHS[0]}
　　{PARAGRAPHS[1]}
导出时间|2025/4/2 9:17:33
"""


def test_a_record_says_by_name_what_it_is_about():
    (document,) = text.read("a.txt", "a", RECORD.encode())
    assert lines(RECORD) == PARAGRAPHS[:2]
    hints = document.hints
    assert (hints.title, hints.publisher) == ("流动投诉站开到草原集市", "锡林郭勒盟市场监督管理局")
    assert hints.published == "2025-03-11"


@pytest.mark.parametrize(
    "content",
    [
        "标题|一\n正文|二",  # too few to be a record
        "电话：1\n地址：2\n邮编：3\n正文：四",  # no title
        f"标题：一\n{PARAGRAPHS[0]}\n来源：二\n正文：三",
    ],
)
def test_other_lines_with_names_are_no_record(content):
    (document,) = text.read("a.txt", "a", content.encode())
    assert edits.apply(document.raw, document.reading) == content


def test_cells_that_tabs_set_apart_are_set_apart_as_everywhere():
    rows = "类别\t件数\t占比\n食品\t402\t 18.7%\n服装\t271\t"
    assert lines(rows) == ["类别 | 件数 | 占比", "食品 | 402 | 18.7%", "服装 | 271\t"]
    assert lines("一行\t里有一个\n别的没有") == ["一行\t里有一个", "别的没有"]


def test_a_record_of_a_database_of_newspapers():
    record = f"共导出 1 条记录\n----\n【DataType】: 3\n【Title-题名】: 停业的卡自动退\n【Source-报纸中文名】: 山西日报\n【PubTime-日期】: 2023-09-19\n【FullText-正文】:\n　　{PARAGRAPHS[0]}\n【FileName-文件名】: S1"
    (document,) = text.read("a.txt", "a", record.encode())
    hints = document.hints
    assert (hints.title, hints.publisher, hints.published) == (
        "停业的卡自动退",
        "山西日报",
        "2023-09-19",
    )
    assert lines(record)[-1] == PARAGRAPHS[0]


def test_two_words_of_letters_keep_their_space_and_an_end_mark_its_line():
    assert wrapping.between("ODR", "center") == " "
    assert wrapping.between("消费", "ODR") == wrapping.between("ODR", "消费") == ""
    content = "\n".join(
        [*(wrapped(p, 20, "") for p in PARAGRAPHS), "责任编辑：王伟伟伟伟伟伟伟伟伟伟伟伟伟"]
    )
    assert lines(content)[-1].startswith("责任编辑")


MAIL = """发件人: 小戴 <dai@example.com>
主题: 转发：昨天那篇

各位好，这篇请收进资料库。

> 扬州日报 2024年4月25日
>
> 香菇市场的秤
>
> {}
>
> {}
--
某某办公室
"""


def test_a_mail_that_is_quoted_is_read_without_its_marks_and_what_was_written_around_it():
    found = [line for line in lines(MAIL.format(*PARAGRAPHS[:2])) if line]
    assert found == ["扬州日报 2024年4月25日", "香菇市场的秤", *PARAGRAPHS[:2]]


def test_a_list_that_begins_with_marks_is_no_quoted_mail():
    content = "首页\n> 在线下单\n> 货物追踪\n> 投诉建议\n\n" + "\n\n".join(PARAGRAPHS)
    assert lines(content)[1:4] == ["> 在线下单", "> 货物追踪", "> 投诉建议"]


def test_who_wrote_the_parts_of_a_chat_is_left_out():
    content = f"王姐 10:21\n{PARAGRAPHS[0]}\n王姐 2024-05-01 10:22:30\n{PARAGRAPHS[1]}\n小贺 10:40\n收到\n"
    assert [line for line in lines(content) if line] == [*PARAGRAPHS[:2], "收到"]
    alone = f"活动时间 10:00\n{PARAGRAPHS[0]}\n"
    assert lines(alone)[0] == "活动时间 10:00"


def test_of_two_measures_the_one_by_which_lines_are_of_one_width_joins_them():
    full = "　　截至3月26日，全区共检查各类体验店、会销点49家，立案3起，责令停止违法宣传11家，帮助17名老年人退回货款8.3万元，鲁奶奶的1.86万元也全部退还到了她的手里。"
    other = "　　“磁疗床垫”和“净水杯”最贵，近日，西峡县市场监督管理局对辖区内以“免费体验”名义向老年人推销商品的门店开展集中整治，当天立案三起，责令改正五家。"
    broken = []
    for paragraph in (full, other) * 2:
        line = ""
        for character in paragraph:
            wide = sum(2 if ord(each) > 0x2000 else 1 for each in line + character)
            if wide > 70:
                broken.append(line)
                line = ""
            line += character
        broken.append(line)
    assert lines("\n".join(broken)) == [each.strip("　") for each in (full, other) * 2]


def test_a_timetable_is_no_chat():
    content = f"{PARAGRAPHS[0]}\n周六 9:00\n周六 14:00\n周日 9:00\n{PARAGRAPHS[1]}"
    assert lines(content)[1:4] == ["周六 9:00", "周六 14:00", "周日 9:00"]


def test_a_mails_signature_is_left_out():
    content = (
        "\n\n".join(PARAGRAPHS)
        + "\n\n-- \n王秘书 | 西峡县某某公司\n本邮件含有保密信息，仅限于发送给收件人。\n"
    )
    assert [line for line in lines(content) if line] == PARAGRAPHS
