from email.message import EmailMessage

from bot import edits
from bot.ingest import received
from bot.ingest.formats import reader

FIRST = "摊位前挂着电子秤检定的红牌子，价签上产地、等级写得清清楚楚，买菜心里敞亮多了。"
PAGE = f"<html><head><title>一杆公平秤</title></head><body><h1>一杆公平秤</h1><p>{FIRST}</p></body></html>"


def archive():
    message = EmailMessage()
    message["Snapshot-Content-Location"] = "https://www.news.example.cn/1.html"
    message.set_content(PAGE, subtype="html", cte="quoted-printable")
    message.add_related(b"body{}", "text", "css")
    return message.as_bytes()


def test_a_web_archive_is_read_as_the_page_in_it_and_kept_with_its_text():
    content = archive()
    (document,) = reader.documents("a.mhtml", content)
    text = edits.apply(document.raw, document.reading)
    assert text.split("\n") == ["一杆公平秤", FIRST]
    assert (document.hints.title, document.hints.found_on) == ("一杆公平秤", "news.example.cn")
    assert document.files == {".mhtml": content, ".txt": document.raw.encode()}
    assert set(document.files) <= received.PAGES | received.ORIGINALS


def test_its_bytes_tell_it_whatever_it_is_called():
    assert reader.suffix("page.txt", archive()) == ".mhtml"
