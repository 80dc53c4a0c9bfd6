"""Taking changes of the corpus back: as long as nobody has touched what they wrote."""

import pytest

from bot.errors import CorpusError, IngestError
from bot.ingest import journal
from tests import reviewer
from tests.faults import AFTER, BEFORE, CHANGE, Fault, Killed, commit, die, made, recover, undo
from tests.reviewer import files


@pytest.fixture
def corpus(tmp_path):
    return made(tmp_path / "corpus", BEFORE)


def test_undo_goes_back_to_the_empty_corpus(tmp_path):
    corpus, states = tmp_path / "new", []
    for number in range(5):
        states.append(files(corpus))
        commit(corpus, {f"{f}/a{number}.x": b"%d" % number for f in ("raw", "articles", "edits")})
    while states:
        undo(corpus)
        assert files(corpus) == states.pop()
    assert files(corpus) == {}
    assert [path.name for path in (corpus / ".journal").iterdir()] == ["lock"]


@pytest.mark.parametrize("name", [name for name in CHANGE if CHANGE[name] is not None])
def test_what_was_changed_by_hand_is_not_undone(corpus, name):
    commit(corpus)
    (corpus / name).write_bytes(b"by hand")
    with pytest.raises(CorpusError, match="was changed after this: added a2; nothing is undone"):
        undo(corpus)
    assert files(corpus) == AFTER | {name: b"by hand"}
    (corpus / name).write_bytes(AFTER[name])
    undo(corpus)
    assert files(corpus) == BEFORE


@pytest.mark.parametrize("name", [name for name in CHANGE if CHANGE[name] is None])
def test_what_came_by_hand_is_not_overwritten_nor_left_alone(corpus, name):
    commit(corpus)
    (corpus / name).write_bytes(b"by hand")
    with pytest.raises(CorpusError, match="came after this: added a2; nothing is undone"):
        undo(corpus)
    (corpus / name).unlink()
    undo(corpus)
    assert files(corpus) == BEFORE


def test_what_was_removed_by_hand_is_not_undone(corpus):
    commit(corpus)
    (corpus / "raw" / "a2.pdf").unlink()
    with pytest.raises(CorpusError, match="nothing is undone"):
        undo(corpus)


def test_only_the_last_changes_are_kept(corpus, monkeypatch):
    monkeypatch.setattr(journal, "KEPT", 3)
    for number in range(6):
        commit(corpus, {"raw/a1.txt": b"%d" % number})
    kept = sorted(path.name for path in (corpus / ".journal").iterdir())
    assert kept == ["000004", "000005", "000006", "lock"]
    for _ in range(3):
        undo(corpus)
    assert (corpus / "raw" / "a1.txt").read_bytes() == b"2"
    with pytest.raises(IngestError, match="nothing to undo"):
        undo(corpus)


def test_a_damaged_journal_is_named(corpus):
    commit(corpus)
    (corpus / ".journal" / "000001" / "done.json").write_text("{")
    with pytest.raises(CorpusError, match=r"done\.json: is damaged"):
        undo(corpus)
    assert files(corpus) == AFTER


def test_what_broke_off_is_told(corpus):
    with pytest.MonkeyPatch.context() as patch, pytest.raises(Killed):
        Fault(patch, 4, die, dead=True, only=("move",))
        commit(corpus)
    assert journal.is_broken_off(corpus)
    assert recover(corpus) == ["finished what broke off: added a2"]
    assert recover(corpus) == []
    assert files(corpus) == AFTER


def test_an_undo_that_is_refused_is_one_line(corpus):
    assert reviewer.undo(corpus) == (1, "", "nothing to undo\n")
    commit(corpus)
    (corpus / "asks" / "none.toml").write_bytes(b"by hand")
    says = f"{corpus}/asks/none.toml: came after this: added a2; nothing is undone\n"
    assert reviewer.undo(corpus) == (1, "", says)
    (corpus / "asks" / "none.toml").unlink()
    assert reviewer.undo(corpus) == (0, "undone: added a2\n", "")
    assert reviewer.undo(corpus) == (1, "", "nothing to undo\n")
