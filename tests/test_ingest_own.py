"""The operator's own corpus: made at the first add, followed by new releases, never robbed of what was done in it."""

import io
import json
import shutil

import pytest

from bot import cli
from bot.errors import CorpusError
from bot.ingest import own
from bot.settings import Settings, shipped_corpus
from tests.reviewer import CLEAN, add, files, raw


@pytest.fixture
def shipped(tmp_path):
    folder = tmp_path / "shipped"
    for name in (
        "raw/a.txt",
        "articles/a.md",
        "asks/a.toml",
        "asks/corpus.toml",
        "lexicon/words.txt",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{name} 1", "utf-8")
    return folder


@pytest.fixture
def mine(tmp_path, shipped):
    own.make(tmp_path / "mine", shipped)
    return tmp_path / "mine"


def release(shipped, **texts):
    for name, text in texts.items():
        path = shipped / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")


def told(folder):
    return {name: content for name, content in files(folder).items() if not name.startswith(".")}


def test_it_is_a_copy_and_made_once(mine, shipped):
    assert told(mine) == told(shipped)
    (mine / "raw" / "a.txt").write_text("mine")
    own.make(mine, shipped)
    assert (mine / "raw" / "a.txt").read_text() == "mine"


def test_a_copying_that_broke_off_begins_anew(tmp_path, shipped):
    (tmp_path / ".mine.new" / "raw").mkdir(parents=True)
    own.make(tmp_path / "mine", shipped)
    assert told(tmp_path / "mine") == told(shipped)


def test_a_new_release_is_followed(mine, shipped):
    release(shipped, raw__b_txt="b", lexicon__words_txt="new")
    (shipped / "asks" / "a.toml").unlink()
    assert own.refresh(mine, shipped) == ["asks/a.toml", "lexicon/words.txt", "raw/b.txt"]
    assert told(mine) == told(shipped)
    assert own.refresh(mine, shipped) == []


def test_what_was_touched_stays_with_all_that_belongs_to_it(mine, shipped):
    (mine / "asks" / "a.toml").write_text("mine", "utf-8")
    (mine / "raw" / "b.txt").write_text("mine", "utf-8")
    (mine / "lexicon" / "words.txt").unlink()
    release(
        shipped,
        raw__a_txt="2",
        asks__a_toml="2",
        articles__b_md="2",
        lexicon__words_txt="2",
        asks__corpus_toml="2",
    )
    assert own.refresh(mine, shipped) == ["asks/corpus.toml"]
    assert (mine / "raw" / "a.txt").read_text("utf-8") == "raw/a.txt 1"
    assert not (mine / "articles" / "b.md").exists()
    assert not (mine / "lexicon" / "words.txt").exists()


def test_a_folder_that_is_no_copy_is_left_alone(tmp_path, shipped):
    (tmp_path / "other").mkdir()
    assert own.refresh(tmp_path / "other", shipped) == []


def test_a_damaged_manifest_is_told(mine, shipped):
    (mine / own.MANIFEST).write_text("[")
    with pytest.raises(CorpusError, match="is damaged"):
        own.refresh(mine, shipped)


def test_the_first_add_makes_it_and_every_command_uses_it(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("BOT_STATE", str(tmp_path))
    monkeypatch.delenv("BOT_CORPUS", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))
    before = files(shipped_corpus())
    page = tmp_path / "new.txt"
    text = raw(CLEAN).read_text("utf-8")
    page.write_text(text.replace("合肥", "湖州"), "utf-8")
    assert cli.main(["corpus", "add", "--yes", str(page)]) == 1  # a copy of one that ships
    assert cli.main(["corpus", "stats", "--json"]) == 0
    found = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (found["corpus"], found["articles"]) == (str(tmp_path / "corpus"), 5)
    assert files(shipped_corpus()) == before
    assert Settings.from_env({"BOT_STATE": str(tmp_path)}).corpus == tmp_path / "corpus"


def test_a_corpus_that_is_named_is_used_as_it_is(tmp_path):
    named = Settings.from_env({"BOT_STATE": str(tmp_path), "BOT_CORPUS": str(tmp_path / "c")})
    assert (named.corpus, named.own_corpus) == (tmp_path / "c", None)


def test_an_upgrade_keeps_an_added_article(tmp_path, mine, shipped):
    shutil.rmtree(mine / "articles")
    shutil.rmtree(mine / "asks")
    assert add(mine, raw(CLEAN), yes=True).status == 0
    added = told(mine)
    release(shipped, lexicon__words_txt="2")
    own.refresh(mine, shipped)
    assert told(mine) == added | {"lexicon/words.txt": b"2"}


def test_the_asks_of_the_whole_corpus_go_with_no_article(mine, shipped):
    (mine / "raw" / "corpus.txt").write_text("mine", "utf-8")
    release(shipped, asks__corpus_toml="2")
    assert own.refresh(mine, shipped) == ["asks/corpus.toml"]
