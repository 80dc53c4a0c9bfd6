"""A reviewer who adds articles: types answers, sees what is shown, and has the five raw pages of the shipped corpus."""

from __future__ import annotations

import functools
import io
import shlex
import sys
from pathlib import Path
from typing import NamedTuple

from bot import collection, edits
from bot.article import Article
from bot.ingest import commands, incoming
from bot.ingest.document import Document
from bot.ingest.pipeline import Cleaned, clean
from bot.ingest.screen import Screen

CORPUS = Path(__file__).parent.parent / "corpus"
NAMES = sorted(path.stem for path in (CORPUS / "raw").glob("*.txt"))
PLANTED, UNCERTAIN, _, SPELLED, CLEAN = NAMES
"""The first two need a review: fragments without a title that proves them, and a character that is not certain."""


class Seen(NamedTuple):
    """What a command left: its exit status and what it wrote on either stream."""

    status: int
    out: str
    err: str


class Reviewer:
    """Types these answers, a line each, into pipes; with `editor` as the program that edits."""

    def __init__(self, *answers: str, editor: str = "") -> None:
        self._out, self._err = io.StringIO(), io.StringIO()
        typed = io.StringIO("".join(f"{answer}\n" for answer in answers))
        environ = {"EDITOR": editor} if editor else {}
        self.screen = Screen(typed, self._out, self._err, environ)

    def seen(self, status: int) -> Seen:
        return Seen(status, self._out.getvalue(), self._err.getvalue())

    def add(self, corpus: Path, *paths: Path, yes: bool = False) -> Seen:
        return self.seen(commands.run_add(paths, corpus, self.screen, yes=yes))


def add(corpus: Path, *paths: Path, answers: tuple[str, ...] = (), yes: bool = False) -> Seen:
    return Reviewer(*answers).add(corpus, *paths, yes=yes)


def undo(corpus: Path) -> Seen:
    reviewer = Reviewer()
    return reviewer.seen(commands.run_undo(corpus, reviewer.screen))


def check(corpus: Path) -> Seen:
    reviewer = Reviewer()
    return reviewer.seen(commands.run_check(corpus, reviewer.screen))


def raw(name: str) -> Path:
    return CORPUS / "raw" / f"{name}.txt"


@functools.cache
def document(name: str) -> Document:
    path = raw(name)
    (found,) = incoming.documents(path.name, path.read_bytes())
    assert isinstance(found, Document)
    return found


@functools.cache
def cleaned(name: str) -> Cleaned:
    return clean(document(name))


def files(corpus: Path) -> dict[str, bytes]:
    """Every file of a corpus and its content, what the journal keeps apart."""
    return {
        path.relative_to(corpus).as_posix(): path.read_bytes()
        for path in sorted(corpus.rglob("*"))
        if path.is_file() and ".journal" not in path.parts
    }


def added(corpus: Path, name: str = UNCERTAIN) -> Article:
    """The article that was added, once the corpus is proven."""
    seen = check(corpus)
    assert seen.status == 0, seen.out
    path = corpus / "edits" / f"{name}.jsonl"
    article = collection.read_article(corpus / "articles" / f"{name}.md")
    found = edits.parse(path.read_text("utf-8"), path)
    assert edits.apply(document(name).raw, found) == article.body
    return article


def editor(folder: Path, lines: str) -> str:
    """An editor of a few lines of Python, which have what is edited in `text`."""
    path = folder / "my editor.py"
    path.write_text(
        "import sys\nfrom pathlib import Path\npath = Path(sys.argv[-1])\n"
        f"text = path.read_text('utf-8')\n{lines}\npath.write_text(text, 'utf-8')\n",
        "utf-8",
    )
    return shlex.join([sys.executable, str(path)])
