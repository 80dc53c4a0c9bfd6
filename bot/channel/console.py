"""The console: a conversation on a terminal or through a pipe.

On a terminal it prompts, and a reply is styled. Through a pipe each line is a question, and replies come plain, an
empty line behind each. `bot.channel.console_panel` says how a reply reads.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import TYPE_CHECKING, TextIO

from bot.channel import console_panel
from bot.channel.console_commands import ConsoleCommands
from bot.dialogue import wording
from bot.dialogue.caller import Caller
from bot.dialogue.reply import Reply
from bot.dialogue.utterance import Utterance
from bot.dialogue.wording import Language
from bot.errors import BotError

if TYPE_CHECKING:  # it brings in the search, and the prompt is to appear before that is loaded
    from bot.dialogue.turn import Dialogue

logger = logging.getLogger(__name__)

CHAT = "console"
CALLER = Caller(CHAT, CHAT)
QUIT = frozenset({"/quit", "退出"})
DONE, FAILED = 0, 2


def chat(build: Callable[[], Dialogue], stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Converse until the input ends; return the exit status.

    The prompt does not wait for `build`, which runs in a thread of its own until the first question.

    Args:
        build: Makes the dialogue.
        stdin: Questions, one a line.
        stdout: Replies.
        stderr: Why there is no dialogue, in one line.
    """
    _forgive(stdin, stdout, stderr)
    on_terminal = stdin.isatty() and stdout.isatty()
    building = _start(build)
    try:
        if on_terminal:
            _converse_on_terminal(building, stdout)
        else:
            _converse_through_pipe(building, stdin, stdout)
    except BrokenPipeError:
        raise  # nobody reads any more: not for us to report
    except BotError as error:
        print(f"error: {error}", file=stderr)
        return FAILED
    except Exception as error:  # a mistake of ours: a line all the same, the traceback for who asks
        logger.debug("the conversation broke off", exc_info=True)
        print(f"error: {type(error).__name__}: {error}", file=stderr)
        return FAILED
    return DONE


def render(reply: Reply, stdout: TextIO) -> None:
    """Print a reply that nothing is pressed under, styled where there is a terminal to see it."""
    from bot.dialogue import present  # noqa: PLC0415 (it brings in the converter of scripts)

    _forgive(stdout)
    console_panel.show(present.reply_panel(reply), stdout, buttons=False)


def _converse_on_terminal(building: Future[Dialogue], stdout: TextIO) -> None:
    words = wording.load()[Language.HANS]
    print(words.say("welcome"), words.say("console_hint"), "", sep="\n", file=stdout)
    commands = ConsoleCommands(CALLER)
    try:
        with asyncio.Runner() as runner:
            for question in _typed(f"{words.say('prompt')}> "):
                if not building.done():
                    print(words.say("loading"), file=stdout, flush=True)
                _answer(question, building.result(), commands, runner, stdout)
    except (EOFError, KeyboardInterrupt):  # Ctrl-D, Ctrl-C: the prompt's line is still open
        print(file=stdout)
    # Leaving takes no corpus, yet a broken one is not to go unnoticed.
    if building.done():
        building.result()
    print(words.say("goodbye"), file=stdout)


def _converse_through_pipe(building: Future[Dialogue], stdin: TextIO, stdout: TextIO) -> None:
    with contextlib.suppress(KeyboardInterrupt), asyncio.Runner() as runner:
        dialogue = building.result()
        commands = ConsoleCommands(CALLER)
        for question in _questions(iter(stdin.readline, "")):
            _answer(question, dialogue, commands, runner, stdout)


def _answer(
    question: str,
    dialogue: Dialogue,
    commands: ConsoleCommands,
    runner: asyncio.Runner,
    stdout: TextIO,
) -> None:
    from bot.dialogue import present  # noqa: PLC0415 (it brings in the converter of scripts)

    try:
        response = runner.run(commands.handle(question, dialogue))
        panel = response.panel if response else None
        if response is None or response.question:
            asked = response.question if response else question
            said = Utterance(
                asked,
                CHAT,
                response.language if response else None,
                user=CHAT,
                channel=CHAT,
                alone=response is not None,
            )
            reply = runner.run(dialogue.turn(said))
            panel = present.reply_panel(reply, asked if response else "")
        if panel is not None:
            commands.shown(panel)
            console_panel.show(panel, stdout)
        elif response is not None:
            print(response.notice, file=stdout)
    except Exception as error:  # a mistake of ours: the next question may fare better
        logger.error("a turn failed: %s", type(error).__name__)
        logger.debug("where it failed", exc_info=True)
        print(dialogue.wording(None).say("failed"), file=stdout)
    print(file=stdout, flush=True)


def _typed(prompt: str) -> Iterator[str]:
    """Questions typed at a prompt, with line editing and history where the platform has them.

    Raises:
        EOFError: The input ended (Ctrl-D).
    """
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401, PLC0415 (its import is what equips `input`; Windows has none)
    return _questions(iter(lambda: input(prompt), None))


def _questions(lines: Iterator[str]) -> Iterator[str]:
    """The lines that ask something, up to the one that says to quit."""
    for line in lines:
        asked = line.strip()
        if asked.casefold() in QUIT:
            return
        if asked:
            yield line.rstrip("\r\n")


def _start(build: Callable[[], Dialogue]) -> Future[Dialogue]:
    """Run `build` in a thread that does not keep the program from ending."""
    future: Future[Dialogue] = Future()

    def work() -> None:
        try:
            future.set_result(build())
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=work, name="build the dialogue", daemon=True).start()
    return future


def _forgive(*streams: TextIO) -> None:
    """Let a character that a stream cannot read or write become a question mark, not an exception."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
