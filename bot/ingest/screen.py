"""The operator's terminal, or the pipe in its place: lines out, answers in.

On a terminal there are colours and line editing. Through a pipe each answer is a line, and everything is plain text.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import TextIO

from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.text import Text

_SHOWN = {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"} | {
    code: 0xFFFD
    for span in ((0x7F, 0xA0), (0x202A, 0x202F), (0x2066, 0x206A), (0xD800, 0xE000))
    for code in range(*span)
}
"""Characters that would steer the terminal, or turn the direction of what follows, by what is shown for them."""


def visible(text: str) -> str:
    """Return a text that a terminal prints and never obeys; the length stays."""
    return text.translate(_SHOWN)


class Screen:
    """Where a command talks with its operator.

    Args:
        stdin: Answers.
        stdout: What is shown.
        stderr: What went wrong, and progress.
        environ: Names the editor.
    """

    def __init__(
        self, stdin: TextIO, stdout: TextIO, stderr: TextIO, environ: Mapping[str, str]
    ) -> None:
        self.on_terminal = stdin.isatty() and stdout.isatty()
        self.environ = environ
        self._stdin, self._stdout = stdin, stdout
        self.console = Console(file=stdout, highlight=False, force_terminal=stdout.isatty())
        self._errors = Console(
            file=stderr, highlight=False, soft_wrap=True, force_terminal=stderr.isatty()
        )

    def show(self, content: RenderableType = "") -> None:
        """Show a line or a table; long lines are not broken in a pipe."""
        shown = Text(visible(content)) if isinstance(content, str) else content
        self.console.print(shown, soft_wrap=not self.console.is_terminal)

    def write(self, line: str) -> None:
        """Write a line for a program to read, exactly as it is."""
        print(line, file=self._stdout)

    def complain(self, name: object, problem: object) -> None:
        """Say in one line what is wrong with a file."""
        line = f"{name}: {problem}" if str(name) else str(problem)
        self._errors.print(Text(visible(" ".join(line.split("\n")))))

    def ask(self, prompt: str) -> str | None:
        """Return the answer to a question without white space around it, None when there is no more input."""
        if self.on_terminal and self._stdin is sys.stdin:
            with contextlib.suppress(ImportError):
                import readline  # noqa: F401, PLC0415 (its import is what equips `input`)
            try:
                return input(prompt).strip()
            except EOFError:
                print(file=self._stdout)
                return None
        print(prompt, end="", file=self._stdout, flush=True)
        line = self._stdin.readline()
        if not self.on_terminal:
            print(file=self._stdout)
        return line.strip() if line else None

    @contextlib.contextmanager
    def progress(self) -> Iterator[Callable[[str, int], None]]:
        """Yield what is to be called as each step begins, with its name and how many steps there are.

        On a terminal that shows a bar, below what `complain` prints; nothing in a pipe, nor for a single step.
        """
        columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
        bar = Progress(
            *columns,
            console=self._errors,
            transient=True,
            disable=not self._errors.is_terminal,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        task: TaskID | None = None

        def begin(name: str, total: int) -> None:
            nonlocal task
            if total < 2:
                return
            if task is None:
                task = bar.add_task("", total=total)
            else:
                bar.advance(task)
            bar.update(task, description=visible(name))

        with bar:
            yield begin
