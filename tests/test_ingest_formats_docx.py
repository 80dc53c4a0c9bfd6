import io
import zipfile

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import RGBColor
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import edits
from bot.errors import IngestError
from bot.ingest import pipeline
from bot.ingest.formats import docx as reader
from bot.ingest.formats.docx import DAMAGED

PARAGRAPHS = [
    "中国消费者报上海讯（记者刘浩）放心消费与人们的衣食住行息息相关。记者了解到，静安区市场监管局今年"
    "受理投诉1286件，为消费者挽回经济损失三十万元。",
    "据介绍，该局在商场设立维权服务站，消费者遇到纠纷时，可以当场提出，工作人员当场调解。",
    "下一步，该局将继续完善消费维权服务网络，让更多纠纷在源头得到化解。",
]


def saved(document):
    document.save(buffer := io.BytesIO())
    return buffer.getvalue()


def made(paragraphs):
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return document


def read(document):
    content = document if isinstance(document, bytes) else saved(document)
    (found,) = reader.read("a.docx", "a", content)
    return found


def lines(document):
    found = read(document)
    return edits.apply(found.raw, found.reading).split("\n")


def rewritten(content, **parts):
    """Return a Word file with parts changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", 8) as new:
        for entry in old.infolist():
            data = old.read(entry)
            change = parts.get(entry.filename.rpartition("/")[2].removesuffix(".xml"))
            new.writestr(entry.filename, change(data) if change else data)
    return buffer.getvalue()


def test_an_article_comes_through_the_cleaning():
    document = docx.Document()
    document.add_heading("静安区多措并举化解消费纠纷", 0)
    document.add_paragraph(PARAGRAPHS[0])
    document.add_heading("当场调解", 2)
    document.add_paragraph("　　" + PARAGRAPHS[1])
    document.add_paragraph("")
    document.add_paragraph(PARAGRAPHS[2])
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "页脚"
    found = read(document)
    assert (found.suffix, found.derived) == (".docx", True)
    assert not {"页眉", "页脚"} & {*found.raw.split("\n")}
    cleaned = pipeline.clean(found)
    assert cleaned.problems == ()
    assert cleaned.article.title == "静安区多措并举化解消费纠纷"
    assert [(p.text, p.heading) for p in cleaned.article.paragraphs] == [
        (PARAGRAPHS[0], False),
        ("当场调解", True),
        (PARAGRAPHS[1], False),
        (PARAGRAPHS[2], False),
    ]


def test_a_heading_of_the_first_level_at_the_top_is_the_title():
    document = docx.Document()
    document.add_heading("题目在此", 1)
    document.add_paragraph(PARAGRAPHS[0])
    found = read(document)
    assert (found.hints.title, found.headings) == ("题目在此", frozenset())


def test_the_title_among_the_properties_counts_only_if_the_text_has_it():
    for title, expected in ((PARAGRAPHS[2][:10], None), ("题目在此", "题目在此")):
        document = made(["题目在此", *PARAGRAPHS])
        document.core_properties.title = title
        assert read(document).hints.title == expected


def test_tables_stand_in_order_a_line_a_row():
    document = made(["前"])
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("年份", "件数", "2021", "1286"), strict=True):
        cell.text = text
    document.add_paragraph("后")
    assert lines(document) == ["前", "年份 | 件数", "2021 | 1286", "后"]


def test_a_table_that_lays_out_a_page_is_its_paragraphs():
    document = docx.Document()
    cell = document.add_table(1, 2).cell(0, 0)
    cell.text = PARAGRAPHS[0]
    cell.add_paragraph(PARAGRAPHS[1])
    assert lines(document) == PARAGRAPHS[:2]


def test_merged_cells_are_said_once():
    document = docx.Document()
    table = document.add_table(1, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "甲"
    table.cell(0, 2).text = "乙"
    assert lines(document) == ["甲 | 乙"]


def test_revisions_are_read_as_accepted():
    document = docx.Document()
    paragraph = document.add_paragraph("甲")
    for xml in (
        "<w:ins {} w:id='1' w:author='x'><w:r><w:t>乙</w:t></w:r></w:ins>",
        "<w:del {} w:id='2' w:author='x'><w:r><w:delText>丙</w:delText></w:r></w:del>",
        "<w:moveFrom {} w:id='3' w:author='x'><w:r><w:t>丁</w:t></w:r></w:moveFrom>",
        "<w:hyperlink {}><w:r><w:t>戊</w:t></w:r></w:hyperlink>",
        "<w:r {}><w:rPr><w:vanish/></w:rPr><w:t>己</w:t></w:r>",
        "<w:r {}><w:ruby><w:rt><w:r><w:t>gēng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>庚</w:t></w:r>"
        "</w:rubyBase></w:ruby></w:r>",
        "<w:sdt {}><w:sdtContent><w:r><w:t>辛</w:t></w:r></w:sdtContent></w:sdt>",
        "<w:r {}><w:br w:type='page'/><w:t>壬</w:t><w:br/><w:t>癸</w:t></w:r>",
    ):
        paragraph._p.append(parse_xml(xml.format(nsdecls("w"))))
    assert lines(document) == ["甲乙戊庚辛壬", "癸"]


def test_prose_in_a_box_is_reported():
    document = made(PARAGRAPHS[:1])
    xml = (
        f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>{PARAGRAPHS[1]}</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></w:r>"
    )
    document.paragraphs[0]._p.append(parse_xml(xml))
    found = read(document)
    assert found.raw == PARAGRAPHS[0]
    assert [problem[0] for problem in found.problems] == ["text in a box was left out"]


def test_prose_that_is_hidden_is_reported():
    document = made(PARAGRAPHS[:1])
    document.add_paragraph().add_run(PARAGRAPHS[1]).font.hidden = True
    found = read(document)
    assert found.raw == PARAGRAPHS[0]
    assert found.problems == (("hidden or struck out text was left out", 0, len(PARAGRAPHS[0])),)


@pytest.mark.parametrize("look", ["hidden", "strike", "double_strike"])
def test_a_word_that_is_hidden_or_struck_out_is_none_of_the_text(look):
    document = made(["挽回损失"])
    setattr(document.paragraphs[0].add_run("99.9万元").font, look, True)
    document.paragraphs[0].add_run("38.6万元。")
    assert read(document).raw == "挽回损失38.6万元。"


def test_white_on_white_is_none_of_the_text():
    document = made(["挽回损失"])
    document.paragraphs[0].add_run("某某网").font.color.rgb = RGBColor(255, 255, 255)
    assert read(document).raw == "挽回损失"


@pytest.mark.parametrize("note", [PARAGRAPHS[1], "见前"])
def test_prose_in_footnotes_is_reported(note):
    document = made(PARAGRAPHS)
    footnote = f"<w:footnotes {nsdecls('w')}><w:footnote w:id='2'><w:p><w:r><w:t>{note}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, footnote.encode(), document.part.package)
    document.part.relate_to(
        part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    )
    document.paragraphs[1]._p.append(
        parse_xml(f"<w:r {nsdecls('w')}><w:footnoteReference w:id='2'/></w:r>")
    )
    found = read(document)
    assert found.raw == "\n".join(PARAGRAPHS)
    assert [found.raw[start:end] for _, start, end in found.problems] == (
        [PARAGRAPHS[1]] if note == PARAGRAPHS[1] else []
    )


def test_an_old_or_encrypted_file_is_refused():
    with pytest.raises(IngestError, match=r"is encrypted or an old \.doc"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def test_a_file_without_text_is_refused():
    with pytest.raises(IngestError, match="holds no text"):
        read(made([" ", ""]))


def damaged(whole):
    yield whole[: len(whole) // 2]
    yield whole[:-30]
    yield b"PK\x03\x04" + bytes(100)
    yield whole.replace(b"word/document.xml", b"word/documena.xml")
    yield whole[:200] + b"xxxx" + whole[204:]
    yield rewritten(whole, document=lambda data: data[:500])
    yield rewritten(whole, document=lambda _: b"")
    yield rewritten(whole, document=lambda _: b"<a/>")
    bomb = b"<!DOCTYPE a [<!ENTITY b 'bbbbbbbb'><!ENTITY c '&b;&b;&b;&b;'>]><a>&c;</a>"
    yield rewritten(whole, document=lambda _: bomb)
    yield rewritten(whole, styles=lambda _: bomb)


@pytest.mark.parametrize("number", range(10))
def test_a_damaged_file_is_one_error(number):
    with pytest.raises(IngestError) as error:
        read([*damaged(saved(made(PARAGRAPHS)))][number])
    assert str(error.value) == DAMAGED


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 20_000), st.binary(min_size=1, max_size=8))
def test_any_damage_is_one_error_or_none(at, what):
    whole = saved(made(PARAGRAPHS))
    at %= len(whole)
    try:
        read(whole[:at] + what + whole[at + len(what) :])
    except IngestError as error:
        assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("count", "size", "ending"),
    [(1, 30_000_000, "bin"), (5, 50_000_000, "bin"), (1, 55_000_000, "xml")],
)
def test_a_bomb_is_refused_before_it_is_unpacked(count, size, ending):
    buffer = io.BytesIO(saved(made(PARAGRAPHS)))
    with zipfile.ZipFile(buffer, "a", 8) as archive:
        for number in range(count):
            archive.writestr(f"word/media/{number}.{ending}", bytes(size))
    with pytest.raises(IngestError, match="unpacks to"):
        read(buffer.getvalue())


def test_an_entry_that_lies_about_its_size_is_damage():
    whole = bytearray(saved(made(PARAGRAPHS)))
    at = whole.rindex(b"word/document.xml") - 46 + 24  # its size unpacked in the directory
    whole[at : at + 4] = (100).to_bytes(4, "little")
    with pytest.raises(IngestError, match=DAMAGED):
        read(bytes(whole))


def test_headings_are_known_by_their_outline_too():
    document = made(PARAGRAPHS)
    level = parse_xml(f"<w:outlineLvl {nsdecls('w')} w:val='1'/>")
    document.paragraphs[1]._p.get_or_add_pPr().append(level)
    found = read(document)
    assert [found.raw[at:].split("\n")[0] for at in found.headings] == [PARAGRAPHS[1]]
