"""The command line as an operator meets it: in a process of its own where that matters, else in this one, which is faster."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest

from bot import cli
from bot.store.database import Database

ROOT = Path(__file__).parent.parent
TOKEN = "123456789:AAtest_token-0123456789abcdefghij"
ASKED = "蓝桥区有多少家无理由退货单位？"
STREAMS = ("stdin", "stdout", "stderr")
SETTINGS = ("BOT_", "TELEGRAM_", "WEBHOOK_")
Done = subprocess.CompletedProcess[bytes]


class Shell:
    """Runs the bot in an empty folder, with the tiny corpus and nothing else set."""

    def __init__(self, folder: Path, corpus: Path, state: Path) -> None:
        self.folder = folder
        own = {k: v for k, v in os.environ.items() if not k.startswith(SETTINGS)}
        self.environ = {
            **own,
            "PYTHONPATH": str(ROOT),
            "BOT_CORPUS": str(corpus),
            "BOT_STATE": str(state),
        }

    def run(self, *arguments: str, stdin: str | bytes = b"", **environ: str) -> Done:
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=self.folder,
            env=self.environ | environ,
            input=stdin if isinstance(stdin, bytes) else stdin.encode(),
            capture_output=True,
            timeout=60,
            check=False,
        )

    def call(self, *arguments: str, stdin: str | bytes = b"", **environ: str) -> Done:
        """Run it in this process, which has the word list loaded."""
        given = io.BytesIO(stdin if isinstance(stdin, bytes) else stdin.encode())
        streams = [io.TextIOWrapper(raw, "utf-8") for raw in (given, io.BytesIO(), io.BytesIO())]
        with (
            contextlib.chdir(self.folder),
            mock.patch.dict(os.environ, self.environ | environ, clear=True),
            mock.patch.multiple(sys, **dict(zip(STREAMS, streams, strict=True))),
        ):
            try:
                status = cli.main(arguments)
            except SystemExit as end:  # argparse's way to end
                status = int(end.code or 0)
        said, errors = (stream.detach().getvalue() for stream in streams[1:])
        return Done(arguments, status, said, errors)


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cli-state")


@pytest.fixture
def shell(tmp_path: Path, tiny_corpus: Path, state: Path) -> Shell:
    return Shell(tmp_path, tiny_corpus, state)


def out(done: Done) -> str:
    """What a command that went well said; nothing may stand on standard error."""
    assert done.stderr.decode() == ""
    return done.stdout.decode()


def error(done: Done) -> str:
    """The one line in which a command that could not do its work says why."""
    assert done.returncode == 2, done.stderr.decode()
    assert done.stdout == b""
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1, lines
    assert "Traceback" not in lines[0]
    return lines[0]


# What is asked.


def test_an_answer_is_status_0(shell: Shell) -> None:
    done = shell.run("ask", ASKED)
    lead, quote, source = out(done).splitlines()[:3]
    assert done.returncode == 0
    assert "蓝桥区无理由退货单位已有120家" in lead
    assert quote == "> 截至2022年2月，蓝桥区无理由退货单位已有120家，放心消费单位45家。"
    assert source == "—— 青岚日报 · 《蓝桥区打开退货的门》 · 2022-03 · 青岚市蓝桥区 · 第2段"


@pytest.mark.parametrize(
    "question",
    [
        "",
        "？🙂\u200b\u200d\ufeff",
        ("虹口<b>'; DROP TABLE--[x](y) {missing} %s \\" * 100)[:4096],
    ],
)
def test_a_refusal_is_status_1_and_words(shell: Shell, question: str) -> None:
    done = shell.call("ask", question)
    assert done.returncode == 1
    assert out(done).splitlines()[0]


def test_json_is_utf8_whatever_the_locale_and_the_argument(shell: Shell) -> None:
    arguments = ["ask", "--json", os.fsdecode(b"\xff\xfe") + "蓝桥区", "多少家无理由退货单位"]
    got = json.loads(out(shell.run(*arguments, PYTHONIOENCODING="ascii", PYTHONUTF8="1")))
    assert (got["id"], got["status"]) == (None, "answered")
    assert got["question"].endswith("蓝桥区 多少家无理由退货单位")
    assert got["citations"][0]["article"] == "lanqiao"


def test_everything_shown_is_traditional_but_the_quote(shell: Shell) -> None:
    lead, quote, source, *_ = out(shell.call("ask", "--script", "hant", ASKED)).splitlines()
    assert quote == "> 截至2022年2月，蓝桥区无理由退货单位已有120家，放心消费单位45家。"
    assert "藍橋區無理由退貨單位已有120家" in lead
    assert "藍橋區打開退貨的門" in source


def test_json_lines_are_answered_in_order(shell: Shell) -> None:
    lines = [
        json.dumps({"id": "q1", "question": ASKED, "chat": "c"}),
        "",
        "nonsense",
        '{"id": "q2"}',
        json.dumps({"id": "q3", "question": "那白塔呢？", "chat": "c"}, ensure_ascii=False),
        '{"id": "q4", "question": "\\ud83d"}',
        json.dumps({"id": "q5", "question": "退" * 4096}),
    ]
    stdin = "\n".join(lines).encode() + b'\n{"id": "q6", "question": "\xff"}'
    done = shell.call("ask", "--jsonl", stdin=stdin)
    got = [json.loads(line) for line in out(done).splitlines()]
    assert done.returncode == 0
    assert [one["id"] for one in got] == ["q1", None, None, "q3", "q4", "q5", "q6"]
    assert [one.get("status", "error") for one in got] == [
        "answered",
        "error",
        "error",
        "answered",
        "refused",
        "refused",
        "refused",
    ]
    assert "90家" in got[3]["lead"]


def test_a_pipe_is_a_conversation(shell: Shell) -> None:
    done = shell.run(stdin=f"{ASKED}\n那白塔呢？\n")
    first, second = out(done).split("\n\n")[:2]
    assert done.returncode == 0
    assert "120家" in first
    assert "90家" in second


# What is set, and what stands in the corpus.


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask"],
        ["ask", "--jsonl", "几家"],
        ["nonsense"],
        ["ask", "--script", "latin", "几家"],
        ["corpus"],
    ],
)
def test_wrong_usage_is_status_2_and_the_usage(shell: Shell, arguments: list[str]) -> None:
    done = shell.call(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"usage: ")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments", [["--help"], ["ask", "--help"], ["telegram", "--help"], ["index", "--help"]]
)
def test_help_is_given(shell: Shell, arguments: list[str]) -> None:
    done = shell.call(*arguments)
    assert done.returncode == 0
    assert out(done).startswith("usage: ")


@pytest.mark.parametrize(
    ("arguments", "variable", "value"),
    [
        (["ask", "几家"], "BOT_LOG", "nonsense-secret"),
        (["telegram"], "TELEGRAM_BOT_TOKEN", ""),
        (["telegram"], "TELEGRAM_BOT_TOKEN", "nonsense-secret"),
        (["telegram"], "TELEGRAM_API_BASE", "nonsense-secret"),
        ([], "BOT_LOG", "nonsense-secret"),
    ],
)
def test_an_unusable_setting_is_named_and_not_shown(
    shell: Shell, arguments: list[str], variable: str, value: str
) -> None:
    line = error(shell.call(*arguments, **{variable: value}))
    assert line.startswith(f"error: {variable}: ")
    assert "secret" not in line


def test_a_dotenv_file_is_read_and_the_environment_wins(shell: Shell) -> None:
    (shell.folder / ".env").write_text("BOT_LOG=nonsense\n", encoding="utf-8")
    assert error(shell.call("ask", "几家")).startswith("error: BOT_LOG: ")
    assert shell.call("corpus", BOT_LOG="ERROR").stderr.startswith(b"usage: ")


def test_neither_token_nor_question_is_ever_logged(shell: Shell) -> None:
    done = shell.run("ask", f"{ASKED}我的秘密", TELEGRAM_BOT_TOKEN=TOKEN, BOT_LOG="DEBUG")
    assert done.returncode in (0, 1)
    assert TOKEN[10:].encode() not in done.stdout + done.stderr
    assert "秘密" not in done.stderr.decode()


@pytest.mark.parametrize("arguments", [["ask", "几家"], []])
def test_without_a_corpus_the_folder_and_the_variable_are_named(
    shell: Shell, arguments: list[str]
) -> None:
    line = error(shell.call(*arguments, stdin="几家\n", BOT_CORPUS="/nowhere/corpus"))
    assert "/nowhere/corpus" in line
    assert "BOT_CORPUS" in line


def spoil(name: str, old: str, new: str) -> Callable[[Path], None]:
    def work(corpus: Path) -> None:
        text = (corpus / name).read_text(encoding="utf-8")
        assert old in text
        (corpus / name).write_text(text.replace(old, new), encoding="utf-8")

    return work


def test_a_broken_file_of_asks_is_named_and_the_rest_answers(shell: Shell, corpus: Path) -> None:
    spoil("asks/baita.toml", 'says = "白塔区消费', "says = 白塔区消费")(corpus)
    done = shell.run("ask", ASKED, BOT_CORPUS=str(corpus))
    assert done.returncode == 0
    assert "baita.toml:13: " in done.stderr.decode()
    assert "120家" in done.stdout.decode()


@pytest.mark.parametrize(
    ("name", "old", "new", "place"),
    [
        ("articles/songhe.md", "title:", "titel:", "songhe.md:2: "),
        ("lexicon/places.tsv", "银杏广场\t银杏广场\t", "银杏广场\t", "lexicon/places.tsv:10: "),
    ],
)
def test_a_broken_file_of_the_corpus_is_named_with_its_line(
    shell: Shell, corpus: Path, name: str, old: str, new: str, place: str
) -> None:
    spoil(name, old, new)(corpus)
    line = error(shell.call("ask", "几家", BOT_CORPUS=str(corpus)))
    assert line.startswith("error: ")
    assert place in line


def test_where_the_index_cannot_be_saved_questions_are_answered_all_the_same(
    shell: Shell,
) -> None:
    (shell.folder / "file").touch()
    done = shell.run("ask", ASKED, BOT_STATE=str(shell.folder / "file" / "state"))
    assert done.returncode == 0
    assert "120家" in done.stdout.decode()
    (line,) = done.stderr.decode().splitlines()
    assert "BOT_STATE" in line


def test_building_an_index_that_cannot_be_saved_is_an_error(shell: Shell) -> None:
    (shell.folder / "file").touch()
    line = error(shell.call("index", BOT_STATE=str(shell.folder / "file" / "state")))
    assert line.startswith("error: BOT_STATE: ")


def test_the_index_is_built_where_it_is_said_to_be_and_anew_when_damaged(shell: Shell) -> None:
    state = shell.folder / "new" / "state"
    done = shell.call("index", BOT_STATE=str(state))
    folder, _, counted = out(done).strip().partition(": ")
    assert (Path(folder) / "meta.json").exists()
    assert counted == "8 paragraphs, 30 known questions"
    for path in state.rglob("*.npy"):
        path.write_bytes(b"")
    assert "120家" in out(shell.call("ask", ASKED, BOT_STATE=str(state)))


def test_a_broken_file_of_the_conversations_is_named_before_anything_is_served(
    shell: Shell, tmp_path: Path
) -> None:
    (tmp_path / "xiaobao.sqlite3").write_bytes(b"not a database at all" * 100)
    done = shell.run("telegram", TELEGRAM_BOT_TOKEN=TOKEN, BOT_STATE=str(tmp_path))
    assert done.returncode == 2
    assert "BOT_STATE" in error(done)
    assert "xiaobao.sqlite3" in error(done)


def test_a_backup_is_one_command(shell: Shell, tmp_path: Path) -> None:
    state = str(tmp_path / "state")
    line = error(shell.call("backup", "copy.sqlite3", BOT_STATE=state))
    assert line.endswith("xiaobao.sqlite3 does not exist; there is nothing to back up")
    Database(tmp_path / "state" / "xiaobao.sqlite3")
    said = out(shell.call("backup", "copy.sqlite3", BOT_STATE=state))
    assert said == f"copy.sqlite3: {(shell.folder / 'copy.sqlite3').stat().st_size} bytes\n"
    out(shell.call("backup", "--force", "copy.sqlite3", BOT_STATE=state))
