import io
import logging
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas
from reportlab.platypus import Paragraph as Flowable
from reportlab.platypus import SimpleDocTemplate, Spacer

from bot import edits
from bot.errors import IngestError
from bot.ingest import pipeline
from bot.ingest.formats import pdf, pdf_lines, reading
from bot.ingest.formats.pdf_lines import Row

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

TITLE = "静安区多措并举化解消费纠纷"
PARAGRAPHS = [
    "中国消费者报上海讯（记者刘浩）放心消费与人们的衣食住行息息相关。记者了解到，静安区市场监管局今年"
    "受理投诉1286件，为消费者挽回经济损失三十万元，办结率达100%，满意率达99.4%，比去年有明显提升。",
    "据介绍，该局在商场设立维权服务站，消费者遇到纠纷时，可以当场提出，工作人员当场调解。今年以来，"
    "这些服务站已经化解纠纷412件，最快的一件只用了二十分钟，消费者当天就拿到了退款。",
    "“以前要跑好几趟，现在在商场里就解决了。”消费者张女士说。她购买的取暖器用了两天就坏了，"
    "商家起初只同意维修，经过调解，商家为她换了一台新的，并且补偿了往返的路费。",
    "下一步，该局将继续完善消费维权服务网络。",
]


def made(paragraphs, *, indent=22, header=False, size=11, gap=0, title=None):
    """Return a PDF file with these paragraphs."""
    buffer = io.BytesIO()
    style = ParagraphStyle(
        "body", fontName="STSong-Light", fontSize=size, leading=size * 1.6, firstLineIndent=indent,
        wordWrap="CJK", spaceAfter=gap, alignment=4,
    )  # fmt: skip
    top = ParagraphStyle("top", fontName="STSong-Light", fontSize=18, leading=30, alignment=1)

    def furniture(page, document):
        page.setFont("STSong-Light", 9)
        if header:
            page.drawString(70, 800, "消费维权周刊 第三版")
            page.drawString(290, 30, f"- {document.page} -")

    flow = [Flowable(TITLE, top)] if title else []
    flow += [Flowable(text, style) for text in paragraphs]
    document = SimpleDocTemplate(buffer, title=title, author="某人")
    document.build([*flow, Spacer(1, 1)], onFirstPage=furniture, onLaterPages=furniture)
    return buffer.getvalue()


WHOLE = made(PARAGRAPHS)


def read(content):
    (document,) = pdf.read("a.pdf", "a", content)
    return document


def lines(document):
    return edits.apply(document.raw, document.reading).split("\n")


@pytest.mark.parametrize("indent", [22, 0])
@pytest.mark.parametrize("gap", [0, 10])
@pytest.mark.parametrize("size", [9, 11, 16])
def test_lines_are_joined_to_paragraphs(indent, gap, size):
    document = read(made(PARAGRAPHS, indent=indent, gap=gap, size=size))
    # Without indents and gaps nothing shows where a paragraph ends whose last line is full.
    assert lines(document) == PARAGRAPHS or (document.problems and not indent and not gap)
    assert document.derived
    assert document.suffix == ".pdf"
    assert all(len(line) < 80 for line in document.raw.split("\n"))


def test_a_paragraph_goes_on_over_the_page_and_running_headers_do_not():
    many = [text * (1 + n % 3) for n, text in enumerate(PARAGRAPHS[:3] * 9)]
    document = read(made(many, header=True))
    assert document.raw.count("消费维权周刊 第三版") == 4
    assert "- 4 -" in document.raw
    assert lines(document) == many


def test_the_title_of_the_file_counts_only_if_the_text_has_it():
    known = read(made(PARAGRAPHS, title=TITLE))
    assert known.hints.title == TITLE
    assert lines(known) == [TITLE, *PARAGRAPHS]
    other = made(PARAGRAPHS, title="文档1")
    assert read(other).hints.title == TITLE  # set larger than the text
    assert read(made(PARAGRAPHS)).hints.title is None


def test_when_a_file_was_made_is_no_date_of_its_article():
    article = pipeline.clean(read(made(PARAGRAPHS, title=TITLE))).article
    assert article.published is None
    assert article.title == TITLE
    assert [p.text for p in article.paragraphs] == PARAGRAPHS


def test_radicals_and_typeset_spaces_are_mended():
    rows = [Row("　⼀些 ⽼ 人⺠", 0), Row("消 费 者 说 abc", 0)]
    pieces, _ = pdf_lines.paragraphs(rows)
    raw = "\n".join(row.text for row in rows)
    text = edits.apply(raw, reading.edits(raw, pieces))
    assert text.replace("\n", "").startswith("一些")
    assert "消费者说 abc" in text


def test_columns_are_read_one_after_the_other():
    rows = [
        Row(text, 0, x, 700 - 15 * y, 10)
        for x in (50, 300)
        for y, text in enumerate(
            ("消费者投诉以后商家应当退款给他", "们并且说明原因，消费者说很满意", "。")
        )
    ]
    rows[0] = rows[0]._replace(x=70, text=rows[0].text[:-2])
    rows[3] = rows[3]._replace(x=320, text=rows[3].text[:-2])
    pieces, _ = pdf_lines.paragraphs(rows)
    assert len(pieces) == 2


def test_words_are_joined_with_a_space():
    rows = [Row("The agency said that it would", 0), Row("look into the complaint.", 0)]
    pieces, _ = pdf_lines.paragraphs(rows)
    assert reading.text(pieces[0]).endswith("would look into the complaint.")


def test_a_join_that_nothing_shows_is_a_doubt():
    line = "消费者投诉以后商家退款给他。"
    _, doubts = pdf_lines.paragraphs([Row(line, 0), Row(line, 0), Row("完。", 0)])
    assert doubts


def encrypted(password):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made(PARAGRAPHS))))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_a_file_that_needs_a_password_is_refused():
    with pytest.raises(IngestError, match="is encrypted"):
        read(encrypted("secret"))


def test_a_file_that_needs_none_is_read():
    assert lines(read(encrypted(""))) == PARAGRAPHS


def test_a_scan_is_refused():
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer)
    page.drawImage(ImageReader(Image.new("L", (9, 9))), 10, 10)
    page.showPage()
    page.save()
    with pytest.raises(IngestError, match=r"holds only pictures \(a scan\)"):
        read(buffer.getvalue())


def test_an_empty_page_is_refused():
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer)
    page.showPage()
    page.save()
    with pytest.raises(IngestError, match="holds no text"):
        read(buffer.getvalue())


@pytest.mark.parametrize("damage", ["cut", "head", "middle", "random", "empty", "xref"])
def test_a_damaged_file_is_one_error_or_is_read(damage, capsys, caplog):
    whole = made(PARAGRAPHS)
    content = {
        "cut": whole[: len(whole) // 2],
        "head": whole[:20],
        "middle": whole[:600] + b"x" * 900 + whole[1500:],
        "random": b"%PDF-1.4\n" + bytes(range(256)) * 20,
        "empty": b"%PDF-",
        "xref": whole.replace(b"startxref", b"startxxxx"),
    }[damage]
    try:
        assert lines(read(content)) == PARAGRAPHS
    except IngestError as error:
        assert str(error) in (pdf.DAMAGED, "holds no text")
    assert capsys.readouterr() == ("", "")
    assert not caplog.records
    assert logging.getLogger("pypdf").level == logging.NOTSET


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 20_000), st.binary(min_size=1, max_size=8))
def test_any_damage_is_one_error_or_none(at, what):
    at %= len(WHOLE)
    try:
        read(WHOLE[:at] + what + WHOLE[at + len(what) :])
    except IngestError as error:
        assert "\n" not in str(error)


def with_content(data):
    writer = PdfWriter()
    page = writer.add_blank_page(600, 800)
    stream = DecodedStreamObject()
    stream.set_data(zlib.compress(data, 9))
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    page[NameObject("/Contents")] = writer._add_object(stream)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("size", [6_000_000, 150_000_000])
def test_a_page_that_unpacks_to_too_much_is_refused(size):
    content = with_content(b" " * size)
    assert len(content) < 300_000
    with pytest.raises(IngestError, match=r"unpacks|damaged"):
        read(content)


def test_too_many_pages_are_refused(monkeypatch):
    monkeypatch.setattr(pdf, "MAX_PAGES", 0)
    with pytest.raises(IngestError, match="more than 0 pages"):
        read(made(PARAGRAPHS))


def test_too_many_characters_are_refused(monkeypatch):
    monkeypatch.setattr(pdf, "MAX_CHARACTERS", 50)
    with pytest.raises(IngestError, match="more than 50 characters"):
        read(made(PARAGRAPHS))


def test_the_time_is_bounded(monkeypatch):
    monkeypatch.setattr(pdf, "MAX_SECONDS", 0.0)
    with pytest.raises(IngestError, match="takes longer"):
        read(made(PARAGRAPHS))


def joined(rows):
    pieces, _ = pdf_lines.paragraphs(rows)
    raw = "\n".join(row.text for row in rows)
    return edits.apply(raw, reading.edits(raw, pieces)).split("\n"), pieces


def column(x, top, *texts, size=12.0):
    """Return lines below each other; those with a full-width blank in front are indented."""
    return [
        Row(text.strip("　"), 0, x + size * 2 * text.startswith("　　"), top - 19 * n, size)
        for n, text in enumerate(texts)
    ]


def test_text_in_columns_is_joined_whatever_else_the_page_has_in_other_sizes():
    rows = [
        Row("丽江日报", 0, 43, 1276, 30.0),
        Row("古城里的先行赔付：钱就退到手", 0, 94, 1208, 34.0),
        *column(
            43,
            1140,
            "　　“本来以为要等回去再打官司没想",
            "到半个小时就退了。”六月，在古城四",
            "方街的服务站，她收到了退款。",
        ),
        *column(
            337, 1140, "　　服务站里还有一台检测仪，银器、玉", "石都可以免费测，已检测许多件。"
        ),
        Row(
            "社址：云南省丽江市古城区长水路八号，邮编六七四一零零，印刷厂承印，零售一元",
            0,
            43,
            40,
            9.0,
        ),
    ]
    texts, pieces = joined(rows)
    assert texts[2:4] == [
        "“本来以为要等回去再打官司没想到半个小时就退了。”六月，在古城四方街的服务站，她收到了退款。",
        "服务站里还有一台检测仪，银器、玉石都可以免费测，已检测许多件。",
    ]
    assert pdf_lines.small_print(rows, pieces)[-1]
    assert not any(pdf_lines.small_print(rows, pieces)[:-1])
    assert pdf_lines.title(rows) == "古城里的先行赔付：钱就退到手"


def test_the_cells_of_a_table_stand_apart_and_what_stands_side_by_side_is_no_sentence():
    table = [("投诉性质", "件数"), ("售后服务", "14079"), ("合同", "11138")]
    rows = [
        *column(79, 539, "　　按性质划分，售后服务和合同问题所", "占比重较大，具体如下："),
        *(
            Row(text, 0, 140 + 140 * cell, 480 - 20 * line, 12.0)
            for line, texts in enumerate(table)
            for cell, text in enumerate(texts)
        ),
        *column(79, 387, "二、投诉热点"),
    ]
    assert joined(rows)[0][1:] == [
        "投诉性质 | 件数",
        "售后服务 | 14079",
        "合同 | 11138",
        "二、投诉热点",
    ]
    head = [Row("民生 A06", 0, 180, 715, 11.0), Row("责编：殷小春", 0, 649, 715, 11.0)]
    assert joined(head)[0] == ["民生 A06", "责编：殷小春"]


def test_a_red_head_s_title_is_below_the_head_and_may_have_several_lines():
    rows = [
        Row(" 重庆市消费者权益保护委员会文件", 0, 105, 711, 26.0),
        Row(" 渝消委〔2023〕31号", 0, 233, 668, 15.0),
        Row(" 重庆市消费者权益保护委员会", 0, 164, 613, 21.0),
        Row("关于规范火锅行业餐具收费的意见", 0, 143, 581, 21.0),
        *column(85, 536, *["近期，消费者反映部分火锅企业收取餐位费，未事先告知，"] * 4, size=16.0),
    ]
    assert pdf_lines.title(rows) == "重庆市消费者权益保护委员会关于规范火锅行业餐具收费的意见"


def test_a_figure_broken_over_two_lines_is_one():
    rows = column(50, 500, "　　退货率约为3.", "1%，营业额增长了17%。")
    assert joined(rows)[0] == ["退货率约为3.1%，营业额增长了17%。"]


def test_a_line_alone_in_its_place_is_a_paragraph():
    rows = [
        Row("2024年第6期（总第118期）", 0, 215, 705, 14.0),
        Row("固原市消费者协会", 0, 75, 675, 14.0),
        Row("2024年6月12日", 0, 433, 675, 14.0),
        *column(75, 640, "　　固原市消费者协会联合市场监管局，", "建成全市首个议事亭。", size=14.0),
    ]
    assert joined(rows)[0][:3] == ["2024年第6期（总第118期）", "固原市消费者协会", "2024年6月12日"]


def test_what_a_browser_prints_on_each_sheet_tears_no_paragraph():
    def sheet(number, *texts):
        return [
            Row("2024/4/26 15:03", number, 24, 820, 8.0),
            Row("婚庆公司停业，17对新人拿回定金_湘潭_红网", number, 184, 820, 8.0),
            Row("https://hn.example.cn/1.html", number, 24, 16, 8.0),
            Row(f"{number + 1}/2", number, 561, 16, 8.0),
            *(row._replace(page=number) for row in column(46, 700, *texts, size=17.0)),
        ]

    lines = [
        "另有五家同行企业表示愿意以成本价承接婚期",
        "临近的订单，最要紧的是不能耽误大家的大事，",
    ] * 4
    first = sheet(
        0,
        "　　截至4月25日，17对新人的定金已全退还，",
        *lines,
        "要紧的是不能耽误其中那六对年轻新人的婚",
    )
    second = sheet(
        1, "礼由其他公司承办。", "　　执法人员提醒，预订婚庆服务时应尽量选择", "经营时间长的。"
    )
    assert joined(first + second)[0] == [
        f"截至4月25日，17对新人的定金已全退还，{''.join(lines)}要紧的是不能耽误其中那六对年轻新人的婚礼由其他公司承办。",
        "执法人员提醒，预订婚庆服务时应尽量选择经营时间长的。",
    ]


def test_a_table_in_small_print_is_text_and_a_caption_is_none():
    rows = [
        *column(
            79, 539, *["　　按性质划分，售后服务和合同问题所占比重较大，具体如下："] * 3, size=14.0
        ),
        *(
            Row(text, 0, 140 + 140 * cell, 440 - 20 * line, 11.0)
            for line, texts in enumerate([("投诉性质", "件数"), ("售后服务", "14079")])
            for cell, text in enumerate(texts)
        ),
        Row("服务站的工作人员在登记", 0, 79, 300, 11.0),
    ]
    _, pieces = joined(rows)
    assert pdf_lines.small_print(rows, pieces)[-3:] == [False, False, True]
