"""The review on a terminal: colours, raw and clean text side by side, answers typed at a prompt."""

import os
import pty
import re
import select
import sys
import time

import pytest
from rich.cells import cell_len

from tests.reviewer import CLEAN, CORPUS, UNCERTAIN, added, editor, files, raw


@pytest.fixture
def corpus(tmp_path):
    return tmp_path / "new"


def on_terminal(corpus, *answers, rows=24, columns=100, **environ):
    """What the command shows on a terminal, and its status; each answer is typed when it asks."""
    pid, terminal = pty.fork()
    if not pid:
        os.chdir(CORPUS.parent)
        own = {"BOT_CORPUS": str(corpus), "TERM": "xterm", "PATH": os.environ["PATH"]}
        size = {"COLUMNS": str(columns), "LINES": str(rows)}
        os.execve(
            sys.executable,
            [sys.executable, "-m", "bot", "corpus", "add", str(raw(UNCERTAIN)), str(raw(CLEAN))],
            own | size | environ,
        )
    shown, waiting, until = b"", [*answers], time.monotonic() + 60
    while time.monotonic() < until:
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            read = os.read(terminal, 65536)
        except OSError:  # it has ended
            break
        if not read:
            break
        shown += read
        if waiting and shown.rstrip().endswith((b"uit>", b"[y/N]")):
            answer = waiting.pop(0)
            os.write(terminal, b"\x04" if answer is None else answer.encode() + b"\n")
            shown += b" "
    os.close(terminal)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return status, shown.decode().replace("\r\n", "\n")


def test_side_by_side_in_colours_with_an_editor_until_the_end_of_input(corpus, tmp_path):
    keep = editor(tmp_path, "text = text.replace('⟦在⟧', '在')")
    status, shown = on_terminal(corpus, "e", "label = 奉贤", "y", None, EDITOR=keep)
    # The second file meets the end of input, and is not added.
    assert status == 1, shown
    assert shown.endswith("added 1, for review 0, refused 0, not added 1\n")
    assert "Traceback" not in shown
    assert not [name for name in files(corpus) if CLEAN in name]
    plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown)
    assert re.search(r"┃ raw +┃ clean +┃", plain)
    assert re.search(r"│ 中國\(guó\)消費.* │ 中国消费者报上海讯", plain)
    assert re.search(r"removed · ruby \d+ · script \d+ · mojibake \d+ · punctuation \d+", plain)
    assert "\x1b[34m" in shown or "\x1b[9;31m" in shown
    assert {cell_len(line) for line in plain.splitlines() if line.startswith("│")} == {100}
    article = added(corpus)
    assert (article.label, "消保科先行先试，在上海市率先推行" in article.body) == ("奉贤", True)
