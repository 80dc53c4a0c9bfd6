from __future__ import annotations

import contextlib
import io
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channel import console
from bot.dialogue.reply import Reply
from bot.dialogue.wording import Language
from bot.errors import CorpusError
from tests.fakes import QUOTE, SOURCE, WORDS, FixedDialogue, answer, excerpt, refusal

ZH = WORDS[Language.HANS]
ROOT = Path(__file__).parent.parent
ANSWERED = f"无理由退货单位313家\n> {QUOTE}\n—— {SOURCE}\n"


def piped(text: str | bytes, build: Callable[[], FixedDialogue]) -> tuple[int, str, str]:
    """Run the console on a pipe; return status, output and errors."""
    raw = text if isinstance(text, bytes) else text.encode()
    stdin = io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8")
    written, stderr = io.BytesIO(), io.StringIO()
    stdout = io.TextIOWrapper(written, encoding="utf-8")
    status = console.chat(build, stdin, stdout, stderr)
    stdout.flush()
    return status, written.getvalue().decode(), stderr.getvalue()


def test_a_pipe_gets_one_reply_a_line_and_nothing_else() -> None:
    dialogue = FixedDialogue()
    got = piped("静安寺？\n\n  \n奉贤呢", lambda: dialogue)
    assert got == (0, f"{ANSWERED}\n" * 2, "")
    assert [utterance.text for utterance in dialogue.heard] == ["静安寺？", "奉贤呢"]
    assert len({utterance.chat for utterance in dialogue.heard}) == 1


@pytest.mark.parametrize("word", ["/quit", "退出", " /QUIT "])
def test_quitting_ends_it(word: str) -> None:
    dialogue = FixedDialogue()
    assert piped(f"{word}\n静安寺？\n", lambda: dialogue) == (0, "", "")
    assert dialogue.heard == []


@pytest.mark.parametrize("command", ["/new", " /NEW "])
def test_new_forgets_what_was_said(command: str) -> None:
    dialogue = FixedDialogue()
    assert piped(f"{command}\n", lambda: dialogue) == (0, ZH.say("forgotten") + "\n\n", "")
    assert dialogue.forgotten == ["console"]
    assert dialogue.heard == []


def test_bytes_that_are_not_text_do_no_harm() -> None:
    dialogue = FixedDialogue(refusal("没有 \ud83d"))
    status, output, _ = piped(b"\xff\xfe\x80 12315\n\xe6\x8a\n", lambda: dialogue)
    assert (status, output) == (0, "没有 ?\n\n" * 2)


def test_a_corpus_that_does_not_load_is_one_line_and_status_2() -> None:
    def build() -> FixedDialogue:
        raise CorpusError("corpus/articles/a.md", 3, "no title")

    for text in ("静安寺？\n", ""):
        assert piped(text, build) == (2, "", "error: corpus/articles/a.md:3: no title\n")


def test_a_mistake_while_loading_is_one_line_too() -> None:
    def build() -> FixedDialogue:
        raise ZeroDivisionError("division by zero")

    assert piped("静安寺？\n", build) == (2, "", "error: ZeroDivisionError: division by zero\n")


def test_a_mistake_in_a_turn_leaves_the_next_turn_alone(caplog: pytest.LogCaptureFixture) -> None:
    dialogue = FixedDialogue(RuntimeError("nothing for the user"), answer())
    assert piped("一\n二\n", lambda: dialogue) == (0, f"{ZH.say('failed')}\n\n{ANSWERED}\n", "")
    assert "Traceback" not in caplog.text


def test_plain_rendering_of_everything() -> None:
    reply = answer(excerpt(), message="两处原文如下：", suggestions=("那奉贤呢？", "哪个多？"))
    assert plain(reply) == (f"{ANSWERED}两处原文如下：\n可以问：\n- 那奉贤呢？\n- 哪个多？\n")


def plain(reply: Reply) -> str:
    stdout = io.StringIO()
    console.render(reply, stdout)
    return stdout.getvalue()


@given(
    st.text(st.characters(exclude_characters="⟦⟧", exclude_categories=["Cs"]), min_size=1).map(
        lambda text: f"文{text}。"
    )
)
def test_a_plain_quote_is_the_quote_and_no_line_is_empty(quote: str) -> None:
    shown = plain(answer(excerpt(quote), message="甲\n\n乙"))
    quoted = "\n".join(f"> {line}" for line in quote.split("\n") if line.strip())
    assert f"\n{quoted}\n—— {SOURCE}\n甲\n乙" in shown


def test_a_terminal_gets_styles_a_pipe_does_not(capsys: pytest.CaptureFixture[str]) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    reply = answer(excerpt(), message="[bold]不是样式[/bold] :smile:", suggestions=("那奉贤呢？",))
    styled, plain = Terminal(), io.StringIO()
    console.render(reply, styled)
    console.render(reply, plain)
    assert "\x1b[" in styled.getvalue()
    assert "\x1b[" not in plain.getvalue()
    for text in (
        "无理由退货单位313家",
        "[bold]不是样式[/bold] :smile:",
        "- 那奉贤呢？",
        "可以问：",
    ):
        assert text in styled.getvalue()


def test_nothing_heavy_is_loaded_before_the_prompt() -> None:
    program = (
        "import sys; from bot.channel import console;"
        "print({'rich', 'numpy', 'jieba', 'opencc', 'telegram'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"


TERMINAL_PROGRAM = """
import os, signal, sys
from bot.channel import console
from tests.fakes import FixedDialogue
from bot.errors import SearchError

def build():
    if sys.argv[1] == "broken":
        raise SearchError("no index")
    if sys.argv[1] == "slow":
        os.read(int(sys.argv[2]), 1)
    return FixedDialogue()

signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job has it ignored
sys.exit(console.chat(build, sys.stdin, sys.stdout, sys.stderr))
"""


class Session:
    """The console in a terminal of its own."""

    def __init__(self, how: str) -> None:
        pty = pytest.importorskip("pty")
        self._ours, theirs = pty.openpty()
        held, self._gate = os.pipe()
        self._process = subprocess.Popen(
            [sys.executable, "-c", TERMINAL_PROGRAM, how, str(held)],
            pass_fds=[held],
            cwd=ROOT,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, "TERM": "xterm", "PYTHONUTF8": "1"},
            start_new_session=True,
        )
        os.close(theirs)
        os.close(held)
        self._seen, self._read = b"", 0
        self._guard = threading.Timer(20, self._process.kill)
        self._guard.start()

    @property
    def seen(self) -> str:
        return self._seen.decode(errors="replace")

    def until(self, text: str) -> str:
        """Read on until a text has come; return what came before it."""
        while (found := self._seen.find(text.encode(), self._read)) < 0:
            try:
                self._seen += os.read(self._ours, 65536)
            except OSError:  # how Linux says that the other end is closed
                pytest.fail(f"ended with {self.ends()}, no {text!r} in {self.seen!r}")
        came = self._seen[self._read : found]
        self._read = found + len(text.encode())
        return came.decode(errors="replace")

    def type(self, keys: str) -> None:
        os.write(self._ours, keys.encode("utf-8", "surrogateescape"))

    def open_gate(self) -> None:
        """Let a slow build go on."""
        os.write(self._gate, b"x")

    def interrupt(self) -> None:
        """Ctrl-C, pressed until it is noticed: one that comes just before readline waits is not."""
        for _ in range(20):
            self._process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(2)
                return

    def ends(self) -> int:
        try:
            while piece := os.read(self._ours, 65536):
                self._seen += piece
        except OSError:  # how Linux says that the other end is closed
            pass
        status = self._process.wait()
        self._guard.cancel()
        os.close(self._ours)
        os.close(self._gate)
        return status


PROMPT = "问> "


@pytest.mark.parametrize("keys", ["\x04", None, "/quit\n", "退出\n"])
def test_a_terminal_is_left_calmly(keys: str | None) -> None:
    session = Session("ready")
    session.until(PROMPT)
    session.type("静安寺商圈有多少家\n")
    session.until(QUOTE[:10])
    session.until(PROMPT)
    if keys is None:
        session.interrupt()
    else:
        session.type(keys)
    assert session.ends() == 0
    assert ZH.say("goodbye") in session.seen
    assert "Traceback" not in session.seen


def test_the_prompt_does_not_wait_for_the_dialogue() -> None:
    session = Session("slow")
    session.until(PROMPT)
    session.type("静安寺商圈有多少家\n")
    assert QUOTE[:10] not in session.until(ZH.say("loading"))
    session.open_gate()
    session.until(QUOTE[:10])
    session.until(PROMPT)
    session.type("\x04")
    assert session.ends() == 0


def test_a_terminal_learns_of_a_broken_corpus_at_the_first_question() -> None:
    session = Session("broken")
    session.until(PROMPT)
    session.type("静安寺\n")
    assert session.ends() == 2
    assert "error: no index" in session.seen
    assert "Traceback" not in session.seen


def test_keys_that_are_no_text_do_no_harm_on_a_terminal() -> None:
    session = Session("ready")
    session.until(PROMPT)
    session.type("\udcff\udcfe静安寺\n")
    session.until(QUOTE[:10])
    session.until(PROMPT)
    session.type("\x04")
    assert session.ends() == 0
