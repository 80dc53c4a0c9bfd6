import io
import json
import subprocess
import sys
import zipfile
from html import escape

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

from bot import edits
from bot.errors import IngestError
from bot.ingest import pipeline
from bot.ingest.document import Document
from bot.ingest.formats import reader
from bot.ingest.received import Received
from bot.ingest.received import text as kept_text

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

TITLE = "临江区集市设立退货窗口 逛集市也能放心买"
PARAGRAPHS = [
    "本报讯（记者何一舟）“没想到在集市上买的被子也能退，前后不到半小时。”3月15日，在临江区白石集市的"
    "退货窗口前，家住附近的周女士拿到了98元退款。这个窗口是临江区市场监管局今年设立的，到目前为止，"
    "已经为消费者办理退货312件，退回货款4.6万元。",
    "据了解，白石集市有摊位四百多个，过去消费者买到不满意的商品，往往找不到摊主，只能自认倒霉。"
    "临江区市场监管局走访了其中的260户，决定由集市管理方统一垫付退款，再与摊主结算。",
    "摊主起初有顾虑。卖竹器的老陈说，担心有人用过了再来退。为此，管理方与摊主一起商定了七条规则，"
    "写明哪些商品可以退、几天之内可以退，并把规则贴在每个摊位上。",
    "规则贴出以后，纠纷反而少了。统计显示，今年前两个月，集市的投诉比去年同期下降了41%，"
    "其中因为退货引起的投诉只有9件，全部当场解决。",
    "临江区市场监管局有关负责人表示，下一步将把退货窗口推广到全区的六个集市，"
    "并公布每个窗口的电话，让消费者在哪里买的就在哪里退。",
]
HEADING = "摊主从担心到主动"
BODY = [*PARAGRAPHS[:2], HEADING, *PARAGRAPHS[2:]]


def as_text(encoding):
    return "\n".join(
        [TITLE, "", *("　　" + text if text != HEADING else text for text in BODY)]
    ).encode(encoding)


def as_big5():
    return "\n".join(map(OpenCC("s2tw").convert, [TITLE, *BODY])).encode("big5")


def as_html(encoding, declared):
    parts = [
        f"<h2>{text}</h2>" if text == HEADING else f"<p>　　{escape(text)}</p>" for text in BODY
    ]
    head = f'<!DOCTYPE html><html><head><meta charset="{declared}"><title>{TITLE}</title></head>'
    nav = '<body><nav><a href="/">首页</a><a href="/a">新闻</a></nav>'
    page = f"{head}{nav}<h1>{TITLE}</h1>{''.join(parts)}<footer>版权所有</footer></body></html>"
    return page.encode(encoding)


def as_markdown():
    return "\n\n".join(
        [f"# {TITLE}", *("## " + text if text == HEADING else text for text in BODY)]
    ).encode()


def as_pdf():
    buffer = io.BytesIO()
    style = {"fontName": "STSong-Light", "wordWrap": "CJK"}
    body = ParagraphStyle("b", fontSize=11, leading=18, firstLineIndent=22, **style)
    head = ParagraphStyle("h", fontSize=13, leading=24, **style)
    top = ParagraphStyle("t", fontSize=18, leading=30, alignment=1, **style)
    flow = [Paragraph(TITLE, top)]
    flow += [Paragraph(text, head if text == HEADING else body) for text in BODY]
    SimpleDocTemplate(buffer).build(flow)
    return buffer.getvalue()


def as_docx():
    document = docx.Document()
    document.add_heading(TITLE, 0)
    for text in BODY:
        if text == HEADING:
            document.add_heading(text, 2)
        else:
            document.add_paragraph(text)
    document.save(buffer := io.BytesIO())
    return buffer.getvalue()


def as_json_lines():
    return json.dumps({"title": TITLE, "paragraphs": BODY}).encode()


FILES = {
    "a.txt": lambda: as_text("utf-8"),
    "bom.txt": lambda: as_text("utf-8-sig"),
    "gb.txt": lambda: as_text("gb18030"),
    "wide.txt": lambda: as_text("utf-16"),
    "big5.txt": as_big5,
    "a.html": lambda: as_html("utf-8", "utf-8"),
    "gb.htm": lambda: as_html("gb18030", "gb2312"),
    "a.md": as_markdown,
    "a.markdown": as_markdown,
    "a.pdf": as_pdf,
    "a.docx": as_docx,
    "a.jsonl": as_json_lines,
}


read = reader.documents


@pytest.mark.parametrize("name", FILES)
def test_the_same_article_comes_through_from_every_kind_of_file(name):
    (document,) = read(name, FILES[name]())
    cleaned = pipeline.clean(document)
    assert cleaned.status != "refused", cleaned.problems
    article = cleaned.article
    assert [p.text for p in article.paragraphs] == BODY
    assert [p.text for p in article.paragraphs if p.heading] == [HEADING]
    assert article.title.split()[0] == TITLE.split(maxsplit=1)[0]
    assert cleaned.status == "accepted", cleaned.problems


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.txt", ".txt"), ("a.TXT", ".txt"), ("a.html", ".html"), ("gb.htm", ".html"), ("a.md", ".md"),
        ("a.markdown", ".md"), ("a.pdf", ".pdf"), ("a.docx", ".docx"), ("a.jsonl", ".json"),
    ],
)  # fmt: skip
def test_files_are_kept_by_one_ending_a_kind(name, suffix):
    (document,) = read(name, FILES[name.lower()]())
    assert document.suffix == suffix
    assert suffix in document.files


@pytest.mark.parametrize("name", ["a.html", "gb.htm", "a.md", "a.txt", "gb.txt", "big5.txt"])
def test_what_is_kept_of_a_page_reads_as_the_same_text(name, tmp_path):
    (document,) = read(name, FILES[name]())
    kept = tmp_path / f"x{document.suffix}"
    kept.write_bytes(document.files[document.suffix])
    assert kept_text(Received(kept, kept)) == document.raw


@pytest.mark.parametrize("called", ["b.txt", "b", "b.doc", "b.html"])
@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.html"])
def test_the_bytes_count_where_the_ending_lies(name, called):
    (document,) = read(called, FILES[name]())
    assert document.suffix == "." + name.partition(".")[2]
    assert document.id == "b"


def test_a_web_page_in_utf_16_is_known():
    (document,) = read("b.txt", as_html("utf-16", "utf-16"))
    assert document.suffix == ".html"


@pytest.mark.parametrize("name", ["b.html", "b"])
def test_a_web_page_without_a_tag_and_a_file_without_an_ending_are_text(name):
    (document,) = read(name, as_text("gb18030"))
    assert (document.suffix, document.id) == (".txt", "b")


def test_lines_may_end_in_other_ways():
    for end in ("\r\n", "\r", "\u2028"):
        (document,) = read("a.txt", end.join(BODY).encode())
        assert pipeline.clean(document).article.body.split("\n") == BODY


def zipped(*names):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.txt", b"", "is empty"),
        ("a.docx", b" \n ", "is empty"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(99), r"is a picture \(JPEG\)"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(99), r"is a picture \(PNG\)"),
        ("a.webp", b"RIFF1234WEBP" + bytes(99), r"is a picture \(WebP\)"),
        ("a.heic", b"\0\0\0\x18ftypheic" + bytes(99), "is a picture or a video"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), r"is encrypted or an old \.doc"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), r"is encrypted or an old \.doc"),
        ("a.rar", b"Rar!\x1a\x07\0" + bytes(99), r"is an archive \(RAR\)"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(99), r"is an archive \(7z\)"),
        ("a.gz", b"\x1f\x8b\x08" + bytes(99), r"is an archive \(gzip\)"),
        ("a.zip", zipped("a.txt"), r"is an archive \(zip\)"),
        ("a.docx", zipped("a.txt"), r"is an archive \(zip\)"),
        ("a.xlsx", zipped("xl/workbook.xml"), "is a spreadsheet"),
        ("a.pptx", zipped("ppt/a.xml"), "is a presentation"),
        ("a.zip", b"PK\x03\x04" + bytes(99), "is a damaged archive"),
        ("a.rtf", b"{\\rtf1 abc}", "is an RTF file"),
        ("a.mht", b"From: x\r\nContent-Type: multipart/related;\r\n", "is a web archive without a page"),
        ("a.csv", "消费者".encode(), r"is of a kind that cannot be read; these can: \.docx, .*\.txt"),
        ("a.pdf", "消费者".encode(), "is not a PDF file"),
        ("a.docx", "消费者".encode(), "is not a Word file"),
        ("a.txt", b"\xff\xfe\x80\x81" * 3 + bytes(range(256)), "."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_reason(name, content, why):
    with pytest.raises(IngestError, match=why) as error:
        read(name, content)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a.jsonl"])
def test_files_over_the_limit_are_refused(name):
    with pytest.raises(IngestError, match="larger than 20 MB"):
        read(name, b"a" * (reader.MAX_BYTES + 1))


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(reader.READERS)),
    st.binary(max_size=200),
    st.sampled_from(["", "%PDF-1.4\n", "<html>", "PK\x03\x04", "---\n", "{"]),
)
def test_any_bytes_are_documents_or_one_reason(suffix, content, begin):
    try:
        found = read(f"a{suffix}", begin.encode() + content)
    except IngestError as error:
        assert "\n" not in str(error)
        return
    for document in found:
        if isinstance(document, Document):
            edits.apply(document.raw, document.reading)


def test_large_libraries_are_imported_only_where_they_are_used():
    program = (
        "import sys; from bot.ingest import incoming, received; from bot.ingest.formats import reader;"
        "reader.documents('a.txt', '消费者'.encode());"
        "print({'pypdf', 'docx', 'lxml', 'trafilatura', 'markdown_it', 'charset_normalizer'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
