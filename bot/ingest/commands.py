"""The corpus commands: clean, add and check. They parse no arguments; `bot.cli` does.

Output goes to the stream given, errors to standard error, one line each.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.text import Text

from bot import collection
from bot.article import ARTICLE_ID, Article
from bot.errors import BotError, CorpusError, IngestError
from bot.ingest import check, edits, knowledge, pipeline
from bot.ingest.edits import Edit
from bot.ingest.formats import reader
from bot.ingest.page import MAX_BYTES
from bot.ingest.pipeline import Cleaned

CONTEXT = 12
"""Characters shown either side of a problem."""


def run_clean(path: Path, as_json: bool, stdout: TextIO, corpus: Path | None = None) -> int:
    """Show what the cleaning makes of a raw file; return the exit code.

    Args:
        path: The raw file.
        as_json: Print the cleaning as JSON, also of a file that cannot be read as a page.
        stdout: Where the result goes.
        corpus: A corpus whose articles' copies are refused.
    """
    try:
        (document,) = reader.documents(path.name, _read(path))
        cleaned = pipeline.clean(document, _articles(corpus) if corpus else ())
    except BotError as error:
        _complain(path, error)
        if as_json:
            problem = pipeline.Problem(str(error), 0, 0)
            refused = Cleaned("refused", None, (), (problem,), "")
            _print_json(refused, stdout)
        return 1
    if as_json:
        _print_json(cleaned, stdout)
    else:
        _show(cleaned, path, stdout)
    return 0


def run_add(paths: Sequence[Path], corpus: Path, yes: bool, stdin: TextIO, stdout: TextIO) -> int:
    """Clean files, show the difference, ask, and write raw text, article and edits; return the exit code.

    With `yes`, what needs no review is accepted without asking, and what needs one is left out. A file that cannot
    be added is one line on standard error; the others are added all the same.
    """
    try:
        known = _articles(corpus)
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 1
    failed = False
    for path in paths:
        try:
            article = _add(path, corpus, known, yes=yes, streams=(stdin, stdout))
        except BotError as error:
            _complain(path, error)
            failed = True
            continue
        if article is not None:
            known.append(article)
            print(f"{path}: added as {article.id}", file=stdout)
    return int(failed)


def run_check(corpus: Path, stdout: TextIO) -> int:
    """Print every fault of a corpus, or one line that says what was proven; return the exit code."""
    faults = list(check.faults(corpus))
    for fault in faults:
        print(fault, file=stdout)
    if faults:
        return 1
    articles = {article.id: article for article in collection.read_articles(corpus)}
    paragraphs = sum(len(article.paragraphs) for article in articles.values())
    for paragraph_id in knowledge.unasked(corpus, articles):
        print(f"note: no ask is answered by paragraph {paragraph_id}", file=stdout)
    print(
        f"{corpus}: {len(articles)} articles, {paragraphs} paragraphs: raw texts and edits give each exactly",
        file=stdout,
    )
    return 0


def _add(
    path: Path, corpus: Path, known: list[Article], *, yes: bool, streams: tuple[TextIO, TextIO]
) -> Article | None:
    """Add one file; return its article, or None when the answer was no."""
    stdin, stdout = streams
    name = path.stem
    if path.suffix != ".txt" or not ARTICLE_ID.fullmatch(name):
        raise IngestError("the name must be <id>.txt, of letters, digits, '_', '.' and '-'")
    targets = {
        folder: corpus / folder / f"{name}{suffix}" for folder, suffix in check.FOLDERS.items()
    }
    if any(target.exists() for target in targets.values()):
        raise IngestError(f"the corpus has {name} already")
    raw = _read(path)
    (document,) = reader.documents(path.name, raw)
    cleaned = pipeline.clean(document, known)
    article = cleaned.article
    if article is None or cleaned.status == "refused":
        raise IngestError(f"refused: {cleaned.problems[0].what}")
    _show(cleaned, path, stdout)
    if yes and cleaned.problems:
        raise IngestError(f"needs review ({len(cleaned.problems)} problems); add it without --yes")
    if not yes:
        print("add it? [y/N] ", end="", file=stdout, flush=True)
        if stdin.readline().strip().lower() not in ("y", "yes"):
            print(f"{path}: not added", file=stdout)
            return None
    _write(
        [
            (targets["raw"], raw),
            (targets["edits"], edits.render(cleaned.edits).encode()),
            # Last: the article is what makes the others count.
            (targets["articles"], collection.render_article(article).encode()),
        ]
    )
    return article


def _write(files: Sequence[tuple[Path, bytes]]) -> None:
    """Write all files or none."""
    done: list[Path] = []
    try:
        for path, content in files:
            collection.write_file(path, content)
            done.append(path)
    except BaseException:
        for path in done:
            path.unlink(missing_ok=True)
        raise


def _articles(corpus: Path) -> list[Article]:
    """Return a corpus's articles; none where it has none yet."""
    return [collection.read_article(path) for path in sorted((corpus / "articles").glob("*.md"))]


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:  # not read at all: it may be larger than the memory
            raise IngestError(f"larger than {MAX_BYTES // 1024 // 1024} MB")
        return path.read_bytes()
    except OSError as error:
        raise IngestError(error.strerror or "cannot be read") from None


def _complain(path: Path, error: BotError) -> None:
    """Print an error as one line that names the file."""
    text = str(error) if isinstance(error, CorpusError) else f"{path}: {error}"
    print(text, file=sys.stderr)


def _print_json(cleaned: Cleaned, stdout: TextIO) -> None:
    print(json.dumps(cleaned.to_json(), ensure_ascii=False), file=stdout)


def _show(cleaned: Cleaned, path: Path, stdout: TextIO) -> None:
    """Print status, metadata, the text with its changes, and the problems."""
    console = Console(file=stdout, highlight=False, soft_wrap=True)
    console.print(Text(f"{path}: {cleaned.status}"))
    for name in ("title", "publisher", "published", "event_date", "editor", "region", "found_on"):
        value = getattr(cleaned.article, name, None)
        if value is not None and str(value):
            console.print(Text(f"{name}: {value}"))
    if cleaned.article is not None and cleaned.article.reporters:
        console.print(Text(f"reporters: {'、'.join(cleaned.article.reporters)}"))
    if cleaned.article is not None:
        console.print()
        console.print(_difference(cleaned.raw, cleaned.edits, colour=console.is_terminal))
        console.print()
    for problem in cleaned.problems:
        console.print(Text(f"{problem.what}: {_excerpt(cleaned.raw, problem.start, problem.end)}"))


def _difference(raw: str, changes: Iterable[Edit], *, colour: bool) -> Text:
    """Return the article with what was removed and added: in colours, or as [-removed-]{+added+}."""
    text = Text()
    done = 0
    for edit in changes:
        text.append(raw[done : edit.start])
        done = edit.end
        if edit.kind == "boilerplate" or not edit.raw.strip():
            text.append(
                edit.clean
            )  # the page around the article: what is left out need not be read
            continue
        if edit.raw:
            text.append(edit.raw if colour else f"[-{edit.raw}-]", style="red strike")
        if edit.clean:
            text.append(edit.clean if colour else f"{{+{edit.clean}+}}", style="green")
    text.append(raw[done:])
    return text


def _excerpt(raw: str, start: int, end: int) -> str:
    shown = raw[max(0, start - CONTEXT) : min(end, start + 60) + CONTEXT]
    return "…" + " ".join(shown.split()) + "…"
