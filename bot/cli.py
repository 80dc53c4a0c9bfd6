"""The command line: parses and calls, no logic.

Exit status: 0 done or answered, 1 refused or faults found, 2 wrong usage, settings or corpus.
A command imports its own stage when it runs, so that the chat's prompt does not wait for the search engine.
"""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.dialogue.wording import Language
from bot.errors import BotError, CorpusError
from bot.settings import Settings, read_environment, shipped_corpus

if TYPE_CHECKING:
    from bot.dialogue.turn import Dialogue
    from bot.ingest.screen import Screen

# ruff: noqa: PLC0415  (imports at call time: see above)

log = logging.getLogger(__name__)

ANSWERED, REFUSED, UNUSABLE = 0, 1, 2
SCRIPTS = {"hans": Language.HANS, "hant": Language.HANT}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; an error is one line on standard error."""
    options = parser().parse_args(arguments)
    try:
        settings = Settings.from_env(read_environment(os.environ, Path.cwd()))
        logging.basicConfig(
            level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
        )
        _refresh(settings)
        status: int = options.run(options, settings)
    except BotError as error:
        print(f"error: {error}", file=sys.stderr)
        return UNUSABLE
    except BrokenPipeError:  # the reader has seen enough, as in `… | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ANSWERED
    except KeyboardInterrupt:
        return UNUSABLE
    except (
        Exception
    ) as error:  # a mistake of ours: one line all the same, the traceback for who asks
        log.debug("the command broke off", exc_info=True)
        print(f"error: unexpected {type(error).__name__}: {error}", file=sys.stderr)
        return UNUSABLE
    return status


def parser() -> argparse.ArgumentParser:
    """Return the parser of every command; without a command it is `chat`."""
    top = argparse.ArgumentParser(
        prog="python -m bot",
        description="小保: answers questions about consumer-rights services in China with cited excerpts.",
    )
    top.set_defaults(run=_chat)
    commands = top.add_subparsers(title="commands", metavar="COMMAND")

    chat = commands.add_parser("chat", help="chat in this terminal (the default)")
    chat.set_defaults(run=_chat)

    ask = commands.add_parser("ask", help="answer one question, or a stream of them")
    ask.add_argument("question", nargs="*", help="the question")
    ask.add_argument("--json", action="store_true", help="print the answer as JSON")
    ask.add_argument("--jsonl", action="store_true", help="answer JSON lines from standard input")
    ask.add_argument("--script", choices=SCRIPTS, help="script of what is shown")
    ask.set_defaults(run=_ask, parser=ask)

    telegram = commands.add_parser("telegram", help="run the Telegram bot")
    telegram.set_defaults(run=_telegram)

    _add_corpus_tasks(commands)

    backup = commands.add_parser("backup", help="copy what the bot remembers, even while it runs")
    backup.add_argument("file", type=Path, help="the file to write")
    backup.add_argument("--force", action="store_true", help="replace a file of that name")
    backup.set_defaults(run=_backup)

    index = commands.add_parser("index", help="build the search index")
    index.set_defaults(run=_index)
    return top


def _add_corpus_tasks(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    corpus = commands.add_parser("corpus", help="clean, add, check and count articles")
    corpus.set_defaults(run=_usage, parser=corpus)
    tasks = corpus.add_subparsers(title="tasks", metavar="TASK")
    clean = tasks.add_parser("clean", help="show what the cleaning makes of a raw file")
    clean.add_argument("file", type=Path)
    clean.add_argument("--json", action="store_true", help="print the result as JSON")
    clean.set_defaults(run=_corpus_clean)
    add = tasks.add_parser("add", help="clean, show the difference, ask, and add to the corpus")
    add.add_argument("files", type=Path, nargs="+", metavar="file", help="a file or a folder")
    add.add_argument("--yes", action="store_true", help="accept what needs no review")
    add.set_defaults(run=_corpus_add)
    undo = tasks.add_parser("undo", help="take back the last add; again, the one before it")
    undo.set_defaults(run=_corpus_undo)
    check = tasks.add_parser("check", help="prove every article against its raw file and edits")
    check.add_argument(
        "--unanswered",
        action="store_true",
        help="also name what is listed as unanswered and is answered, which takes a minute",
    )
    check.add_argument(
        "--statutes",
        type=Path,
        metavar="FOLDER",
        help="also hold the guide against texts of the law",
    )
    check.set_defaults(run=_corpus_check)
    stats = tasks.add_parser("stats", help="count what the corpus holds and what it lacks")
    stats.add_argument("--json", action="store_true", help="print the counts as JSON")
    stats.set_defaults(run=_corpus_stats)


def _usage(options: argparse.Namespace, settings: Settings) -> int:
    options.parser.print_usage(sys.stderr)
    return UNUSABLE


def _chat(options: argparse.Namespace, settings: Settings) -> int:
    from bot.channel import console

    def build() -> Dialogue:
        from bot import wiring

        return wiring.dialogue(settings)

    return console.chat(build, sys.stdin, sys.stdout, sys.stderr)


def _ask(options: argparse.Namespace, settings: Settings) -> int:
    if options.jsonl == bool(options.question):
        options.parser.error("give a question, or --jsonl and questions on standard input")
    from bot import wiring
    from bot.channel import console, json_lines
    from bot.dialogue.compose import in_traditional
    from bot.dialogue.reply import Status
    from bot.dialogue.utterance import Utterance

    language = SCRIPTS.get(options.script)
    for stream in (sys.stdin, sys.stdout):  # whatever the locale says, JSON is UTF-8
        stream.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr]
    dialogue = wiring.dialogue(settings)
    if options.jsonl:
        asyncio.run(json_lines.answer_lines(dialogue, sys.stdin, sys.stdout, language))
        return ANSWERED
    question = " ".join(options.question)
    if options.json:
        asked = {"id": None, "question": question}
        result = asyncio.run(json_lines.answer_one(dialogue, asked, language))
        print(json_lines.dump(result))
        return REFUSED if result["status"] == Status.REFUSED else ANSWERED
    reply = asyncio.run(dialogue.ask(Utterance(question, "ask", language)))
    console.render(in_traditional(reply) if language is Language.HANT else reply, sys.stdout)
    return REFUSED if reply.status is Status.REFUSED else ANSWERED


def _telegram(options: argparse.Namespace, settings: Settings) -> int:
    settings.require_token()
    from bot import wiring
    from bot.channel.telegram import serving

    if settings.admins:
        settings = _with_own_corpus(settings)
    stores = wiring.stores(settings)
    serving.run(
        settings,
        stores.delivery,
        lambda: wiring.warmed(wiring.dialogue(settings, stores.states, stores.records)),
        stores.close,
        wiring.desk(settings, stores.states, stores.records),
        stores.records.users,
    )
    return ANSWERED


def _corpus_clean(options: argparse.Namespace, settings: Settings) -> int:
    from bot.ingest import commands

    return commands.run_clean(options.file, settings.corpus, _screen(), as_json=options.json)


def _corpus_add(options: argparse.Namespace, settings: Settings) -> int:
    from bot.ingest.confined import Confined

    with Confined() as confined:  # its process loads while this one does
        from bot.ingest import commands

        settings = _with_own_corpus(settings)
        return commands.run_add(
            options.files, settings.corpus, _screen(), yes=options.yes, confined=confined
        )


def _corpus_undo(options: argparse.Namespace, settings: Settings) -> int:
    from bot.ingest import commands

    return commands.run_undo(settings.corpus, _screen())


def _corpus_check(options: argparse.Namespace, settings: Settings) -> int:
    from bot import wiring
    from bot.ingest import commands

    screen = _screen()
    if commands.run_check(settings.corpus, screen, options.statutes):
        return REFUSED
    matters = (
        wiring.outdated_matters(settings.corpus, guide=settings.guide) if options.unanswered else []
    )
    for matter in matters:
        screen.show(f"note: asks/corpus.toml: {matter}")
    return ANSWERED


def _corpus_stats(options: argparse.Namespace, settings: Settings) -> int:
    from bot.ingest import commands

    return commands.run_stats(settings.corpus, _screen(), as_json=options.json)


def _with_own_corpus(settings: Settings) -> Settings:
    """Return settings whose corpus may be written: the operator's own, which is made here at the first time."""
    from bot.ingest import own

    if settings.own_corpus is None:
        return settings
    own.make(settings.own_corpus, shipped_corpus())
    return dataclasses.replace(settings, corpus=settings.own_corpus)


def _refresh(settings: Settings) -> None:
    """Bring into the operator's own corpus what a new release of the program ships; a warning where that fails."""
    if settings.own_corpus is None or settings.corpus != settings.own_corpus:
        return
    from bot.ingest import own

    try:
        done = own.refresh(settings.corpus, shipped_corpus())
    except CorpusError as error:
        log.warning("%s", error)
    else:
        if done:
            log.info("%s: %d files are those of this release now", settings.corpus, len(done))


def _screen() -> Screen:
    from bot.ingest.screen import Screen

    for stream in (sys.stdin, sys.stdout):  # what is read and shown is Chinese, whatever the locale
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    return Screen(sys.stdin, sys.stdout, sys.stderr, os.environ)


def _backup(options: argparse.Namespace, settings: Settings) -> int:
    from bot import wiring

    size = wiring.back_up(settings, options.file, force=options.force)
    print(f"{options.file}: {size} bytes")
    return ANSWERED


def _index(options: argparse.Namespace, settings: Settings) -> int:
    from bot import indexing

    folder, index = indexing.rebuild_index(settings)
    asks = len(index.known.asks) + len(index.english.asks)
    print(f"{folder}: {len(index.paragraphs)} paragraphs, {asks} known questions")
    return ANSWERED
