"""The journal: a change of the corpus is there or it is not, wherever it breaks off."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import CorpusError, IngestError
from bot.ingest import journal
from tests.faults import (
    AFTER,
    BEFORE,
    Fault,
    Killed,
    commit,
    die,
    full,
    kill,
    made,
    recover,
    undo,
)
from tests.reviewer import files


@pytest.fixture
def corpus(tmp_path):
    return made(tmp_path / "corpus", BEFORE)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    """A killed process loses nothing that it has written; only a power cut would."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


WORKS = {"commit": (commit, BEFORE, AFTER), "undo": (undo, AFTER, BEFORE)}


@pytest.fixture(params=WORKS)
def work(request, corpus):
    """A work on the corpus, what it was before and what it will be."""
    return WORKS[request.param]


def prepared(corpus, before):
    """The corpus before a work, with what an undo takes back."""
    made(corpus, BEFORE)
    if before is AFTER:
        commit(corpus)
    return corpus


def steps_of(run, corpus, before):
    prepared(corpus, before)
    with pytest.MonkeyPatch.context() as patch:
        fault = Fault(patch, None, die)
        run(corpus)
    assert fault.count > 20
    return fault.count


def test_a_change_and_its_undoing(corpus):
    commit(corpus)
    assert files(corpus) == AFTER
    assert undo(corpus) == "added a2"
    assert files(corpus) == BEFORE
    with pytest.raises(IngestError, match="nothing to undo"):
        undo(corpus)


def test_killed_it_is_before_or_after(corpus, work):
    run, before, after = work
    ends = []
    for at in range(0, steps_of(run, corpus, before), 4):
        prepared(corpus, before)
        child = os.fork()
        if not child:  # a process of its own, that is really killed
            Fault(pytest.MonkeyPatch(), at, kill)
            run(corpus)
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        recover(corpus)
        found = files(corpus)
        assert found in (before, after), at
        assert not journal.is_broken_off(corpus)
        ends.append(found == after)
        if found == before:
            run(corpus)
        assert files(corpus) == after
    assert ends == sorted(ends)  # from some step on it is done
    assert {*ends} == {False, True}


def test_killed_again_while_it_recovers(corpus, work):
    run, before, after = work
    for at in range(0, steps_of(run, corpus, before), 2):
        for again in range(at % 5, 60, 5):
            prepared(corpus, before)
            with pytest.MonkeyPatch.context() as patch, pytest.raises(Killed):
                Fault(patch, at, die, dead=True)
                run(corpus)
            with pytest.MonkeyPatch.context() as patch:
                fault = Fault(patch, again, die, dead=True)
                with contextlib.suppress(Killed):
                    recover(corpus)
            recover(corpus)
            assert files(corpus) in (before, after), (at, again)
            if not fault.met:
                break


@pytest.mark.parametrize("dead", [False, True])
def test_a_full_disk_leaves_the_corpus_as_it_was(corpus, work, dead):
    run, before, after = work
    failed = 0
    for at in range(steps_of(run, corpus, before)):
        prepared(corpus, before)
        with pytest.MonkeyPatch.context() as patch:
            fault = Fault(patch, at, full, dead, only=("write", "make_folder"))
            try:
                run(corpus)
            except CorpusError as error:
                failed += 1
                assert "No space left on device" in str(error)
                assert files(corpus) == before, at
                assert not journal.is_broken_off(corpus)
        if not fault.met:
            break
        if files(corpus) == before:
            run(corpus)
        assert files(corpus) == after
    assert failed > 4


def test_whatever_step_fails_once_the_corpus_is_before_or_after(corpus, work):
    run, before, after = work
    for at in range(steps_of(run, corpus, before)):
        prepared(corpus, before)
        with pytest.MonkeyPatch.context() as patch:
            Fault(patch, at, full)
            try:
                run(corpus)
            except CorpusError:
                assert files(corpus) in (before, after), at
        recover(corpus)
        assert files(corpus) in (before, after), at


def test_a_failed_write_takes_nothing_of_the_journal_with_it(corpus):
    commit(corpus)
    with pytest.MonkeyPatch.context() as patch, pytest.raises(CorpusError):
        Fault(patch, 1, full, dead=True, only=("write",))
        commit(corpus, {"raw/a3.txt": b"a3", "articles/a3.md": b"a3"})
    assert files(corpus) == AFTER
    assert undo(corpus) == "added a2"
    assert files(corpus) == BEFORE


def test_a_disk_that_is_really_full(tmp_path):
    script = f"""
import sys
from pathlib import Path
from bot.errors import CorpusError, IngestError
from tests import faults as t
from tests.reviewer import files
corpus = t.made(Path("{tmp_path}/disk/corpus"), t.BEFORE)
try:
    t.commit(corpus, t.CHANGE | {{"raw/a9.pdf": b"x" * 200_000}})
except CorpusError as error:
    assert "No space left on device" in str(error), error
    assert files(corpus) == t.BEFORE
    t.commit(corpus)
    assert files(corpus) == t.AFTER
    assert t.undo(corpus) == "added a2"
    assert files(corpus) == t.BEFORE
    print("as it was")
"""
    (tmp_path / "disk").mkdir()
    mount = f"mount -t tmpfs -o size=160k tmpfs {tmp_path}/disk || exit 77; exec {sys.executable} -"
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("no file system of our own can be mounted here")
    done = subprocess.run(
        [unshare, "--mount", "sh", "-c", mount],
        input=script,
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if done.returncode in (1, 77) and "Traceback" not in done.stderr:
        pytest.skip("no file system of our own can be mounted here")
    assert done.stdout == "as it was\n", done.stderr


def test_another_process_is_kept_out_and_a_dead_one_is_not_waited_for(corpus):
    command = [
        sys.executable,
        "-c",
        "import sys; from pathlib import Path; from bot.ingest import journal\n"
        "with journal.locked(Path(sys.argv[1])): print('locked', flush=True); input()",
        str(corpus),
    ]
    with subprocess.Popen(
        command,
        cwd=Path(__file__).parent.parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as other:
        assert other.stdout.readline() == b"locked\n"
        with pytest.raises(CorpusError, match="another command is writing the corpus"):
            commit(corpus)
        with pytest.raises(CorpusError, match="another command is writing the corpus"):
            undo(corpus)
        assert files(corpus) == BEFORE
        other.kill()
    commit(corpus)
    assert files(corpus) == AFTER
