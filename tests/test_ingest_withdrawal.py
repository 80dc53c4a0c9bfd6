"""Taking the last change back after somebody saw what it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import CorpusError, IngestError
from bot.ingest import withdrawal
from tests.reviewer import CLEAN, SPELLED, add, files, raw


def test_the_last_change_is_named_and_taken_back(tmp_path: Path) -> None:
    add(tmp_path, raw(SPELLED), yes=True)
    before = files(tmp_path)
    add(tmp_path, raw(CLEAN), yes=True)
    change = withdrawal.last(tmp_path)
    assert [article.id for article in change.added] == [CLEAN]
    assert change.removed == ()
    assert change.what == f"added {CLEAN}"
    assert change.key.isalnum()
    assert len(change.key) <= 16
    withdrawal.undo(tmp_path, change.key)
    assert files(tmp_path) == before


def test_what_was_not_seen_is_not_taken_back(tmp_path: Path) -> None:
    add(tmp_path, raw(SPELLED), yes=True)
    seen = withdrawal.last(tmp_path)
    add(tmp_path, raw(CLEAN), yes=True)
    before = files(tmp_path)
    with pytest.raises(IngestError, match="changed since"):
        withdrawal.undo(tmp_path, seen.key)
    assert files(tmp_path) == before


def test_a_file_changed_by_hand_keeps_the_change(tmp_path: Path) -> None:
    add(tmp_path, raw(CLEAN), yes=True)
    key = withdrawal.last(tmp_path).key
    (tmp_path / "raw" / f"{CLEAN}.txt").write_text("else")
    with pytest.raises(CorpusError, match="nothing is undone"):
        withdrawal.undo(tmp_path, key)


def test_there_may_be_nothing_to_take_back(tmp_path: Path) -> None:
    for call in (lambda: withdrawal.last(tmp_path), lambda: withdrawal.undo(tmp_path, "0")):
        with pytest.raises(IngestError, match="nothing to undo"):
            call()
    assert not any(tmp_path.iterdir())
