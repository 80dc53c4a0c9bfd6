import os

import pytest

from bot.ingest import incoming
from bot.ingest.document import Document, Refused
from bot.ingest.formats import reader

TEXT = "中国消费者报上海讯（记者刘浩）放心消费与人们的衣食住行息息相关。"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "in"
    made.mkdir()
    return made


def put(path, text=TEXT):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def read(path):
    content = incoming.content(path)
    if isinstance(content, Refused):
        return [content]
    return incoming.documents(path.name, content, str(path))


def refused(found):
    return {entry.name: entry.reason for entry in found if isinstance(entry, Refused)}


def paths(found):
    return [entry for entry in found if not isinstance(entry, Refused)]


def test_folders_are_walked_in_order_without_hidden_files(folder):
    names = ["b/z.txt", "b/a.md", "a.html", "c.JSONL", "B.pdf", "d", "10.docx", "b/c/e.htm"]
    made = [put(folder / name) for name in names]
    for hidden in (".hidden.txt", ".git/a.txt", "b/.b.txt"):
        put(folder / hidden)
    assert [*incoming.files([folder])] == sorted(made)


def test_files_named_come_in_their_order(folder):
    one, two = put(folder / "z.txt"), put(folder / "a.jpg")
    assert [*incoming.files([one, two])] == [one, two]


def test_a_path_that_is_missing_is_a_line_and_the_rest_goes_on(folder):
    there = put(folder / "a.txt")
    found = [*incoming.files([folder / "no.txt", there, folder / "a\0b"])]
    assert found[1] == there
    assert refused(found) == {
        str(folder / "no.txt"): "No such file or directory",
        str(folder / "a\0b"): "cannot be read",
    }


def test_unknown_endings_in_a_folder_are_refused_by_name(folder):
    there = put(folder / "a.txt")
    for name in ("b.jpg", "c.doc", "d.zip", "e.xlsx"):
        put(folder / name)
    found = [*incoming.files([folder])]
    assert paths(found) == [there]
    assert set(refused(found)) == {str(folder / n) for n in ("b.jpg", "c.doc", "d.zip", "e.xlsx")}
    assert all(".docx" in reason and "\n" not in reason for reason in refused(found).values())


def test_a_folder_without_files_is_refused(folder):
    put(folder / ".hidden")
    (folder / "empty").mkdir()
    assert refused(incoming.files([folder])) == {str(folder): "holds no files"}


def test_links_out_of_the_folder_are_refused_and_loops_are_not_followed(folder, tmp_path):
    inner = put(folder / "sub" / "a.txt")
    secret = put(tmp_path / "secret.txt")
    (tmp_path / "in-other").mkdir()
    for name, target in (
        ("out.txt", secret),
        ("up", tmp_path),
        ("sibling", tmp_path / "in-other"),
        ("etc", "/etc"),
        ("in.txt", inner),
        ("sub/loop", folder),
        ("sub/self.txt", folder / "sub" / "self.txt"),
        ("gone.txt", folder / "gone"),
        ("relative.txt", "../secret.txt"),
    ):
        (folder / name).symlink_to(target)
    found = [*incoming.files([folder])]
    assert paths(found) == [inner]
    out = "is a link out of the folder"
    assert refused(found).pop(str(folder / "sub/self.txt"))
    assert {name: why for name, why in refused(found).items() if "self" not in name} == {
        str(folder / "out.txt"): out,
        str(folder / "up"): out,
        str(folder / "sibling"): out,
        str(folder / "etc"): out,
        str(folder / "relative.txt"): out,
        str(folder / "gone.txt"): "No such file or directory",
    }


def test_links_that_are_named_are_followed(folder, tmp_path):
    real = put(tmp_path / "real" / "a.txt")
    (tmp_path / "link").symlink_to(real.parent)
    (tmp_path / "b.txt").symlink_to(real)
    assert [*incoming.files([tmp_path / "link", tmp_path / "b.txt"])] == [
        tmp_path / "link" / "a.txt",
        tmp_path / "b.txt",
    ]
    assert isinstance(read(tmp_path / "b.txt")[0], Document)


def test_pipes_and_devices_are_refused_without_being_opened(folder):
    os.mkfifo(folder / "pipe.txt")
    expected = {str(folder / "pipe.txt"): incoming.IRREGULAR}
    assert refused(incoming.files([folder])) == expected
    assert refused(incoming.files([folder / "pipe.txt"])) == expected
    assert refused(read(folder / "pipe.txt")) == expected
    zero = folder / "/dev/zero"
    assert refused(incoming.files([zero])) == {"/dev/zero": incoming.IRREGULAR}
    assert refused(read(zero)) == {"/dev/zero": incoming.IRREGULAR}


def test_a_deep_folder_is_walked(folder):
    deep = folder.joinpath(*["d"] * 700)
    at = folder
    for _ in range(700):
        at = at / "d"
        at.mkdir()
    there = put(deep / "a.txt")
    assert [*incoming.files([folder])] == [there]


def test_a_file_is_read(folder):
    (document,) = read(put(folder / "a.txt"))
    assert (document.id, document.name, document.raw) == ("a", "a.txt", TEXT)


def test_what_cannot_be_read_is_refused_with_its_reason(folder, monkeypatch):
    assert refused(read(folder / "no.txt")) == {str(folder / "no.txt"): "No such file or directory"}
    assert refused(read(folder)) == {str(folder): incoming.IRREGULAR}
    assert refused(read(folder / "a\0b")) == {str(folder / "a\0b"): "cannot be read"}
    empty = put(folder / "empty.txt", "")
    assert refused(read(empty)) == {str(empty): "is empty"}

    def broken(name, content):
        raise RecursionError

    monkeypatch.setattr(reader, "documents", broken)
    assert refused(read(empty)) == {str(empty): "cannot be read"}


def test_a_large_file_is_refused_before_it_is_read(folder):
    large = folder / "a.txt"
    with large.open("wb") as file:
        file.truncate(3 * 1024**3)
    assert refused(read(large)) == {str(large): "larger than 20 MB"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_refused(folder):
    closed = put(folder / "closed" / "a.txt")
    closed.chmod(0)
    assert refused(read(closed)) == {str(closed): "Permission denied"}
    closed.parent.chmod(0)
    try:
        assert refused(incoming.files([folder])) == {str(closed.parent): "Permission denied"}
    finally:
        closed.parent.chmod(0o755)
