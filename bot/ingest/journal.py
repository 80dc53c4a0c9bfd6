"""Writing the corpus so that all files of a change are there or none, and taking changes back.

    corpus/.journal/lock                 held by the command that writes
    corpus/.journal/000012/new/0         a content on its way in
    corpus/.journal/000012/old/0         the content that it replaces
    corpus/.journal/000012/done.json     what the change is: {"what": "added a1", "files": [{"path", "old", "new"}]}

The name of that last file says how far the change has come, and each arrow is one rename:

    preparing.json → committed.json → done.json → undoing.json → (removed)

A change that breaks off before it is committed never was; one that breaks off later is finished by the next command
that writes, and so is an undoing. Digests of the contents before and after tell whether a file was changed by hand
since. Moving files into place takes no room, so that a full disk is met before anything is committed.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from bot.errors import CorpusError, IngestError
from bot.ingest import disk

FOLDER = ".journal"
KEPT = 50
"""Changes that can be taken back."""
PREPARING, COMMITTED, DONE, UNDOING = (
    f"{state}.json" for state in ("preparing", "committed", "done", "undoing")
)
ORDER = ("raw", "edits", "articles", "asks")
"""Folders in the order that they are filled: an article makes its files count, and asks name an article."""


class Change(NamedTuple):
    """One file of a change: its path in the corpus and the digests before and after; None where there is no file."""

    path: str
    old: str | None
    new: str | None


class Committed(NamedTuple):
    """A change that can be taken back: its folder, what it is in words, its files."""

    folder: Path
    what: str
    files: list[Change]


class Journal:
    """The changes of one corpus; made by `locked`.

    Args:
        corpus: The corpus folder.
    """

    def __init__(self, corpus: Path) -> None:
        self._corpus = corpus
        self._folder = corpus / FOLDER
        self.finished: list[str] = []
        """What had broken off and was finished now, in words."""

    def recover(self) -> None:
        """Finish what broke off."""
        for folder in _changes(self._folder):
            if (folder / COMMITTED).exists():
                what, files = _read(folder / COMMITTED)
                self._place(folder, files)
                self.finished.append(f"finished what broke off: {what}")
            elif (folder / UNDOING).exists():
                what, files = _read(folder / UNDOING)
                self._put_back(folder, files)
                self.finished.append(f"finished taking back what broke off: {what}")
            elif not (folder / DONE).exists():
                _discard(folder)

    def commit(self, what: str, files: Mapping[str, bytes | None]) -> None:
        """Write files, all or none.

        Args:
            what: The change in words: "added a1".
            files: Content by path in the corpus; None removes the file. A path that neither had nor gets a content
                is only noted: `undo` refuses when somebody has put a file there since.

        Raises:
            CorpusError: The disk is full or a folder not writable; the corpus is as it was.
        """
        done = _changes(self._folder)
        folder = self._folder / f"{int(done[-1].name) + 1 if done else 1:06}"
        try:
            changes = self._prepare(folder, what, files)
            disk.move(folder / PREPARING, folder / COMMITTED)
            disk.sync(folder)
        except BaseException:
            _discard(folder)
            raise
        try:
            self._place(folder, changes)
        except BaseException:
            if (folder / COMMITTED).exists():
                disk.move(folder / COMMITTED, folder / UNDOING)
                self._put_back(folder, changes)
            raise
        with contextlib.suppress(CorpusError):  # the change is made; the next one tidies up
            for old in [*done, folder][:-KEPT]:
                _discard(old)

    def last(self) -> Committed:
        """Return the change that `undo` would take back.

        Raises:
            IngestError: There is none.
        """
        done = _changes(self._folder)
        if not done:
            raise IngestError("nothing to undo")
        return Committed(done[-1], *_read(done[-1] / DONE))

    def undo(self) -> str:
        """Take back the last change and return what it was.

        Raises:
            IngestError: There is nothing to undo.
            CorpusError: A file of the change was changed since; nothing is taken back.
        """
        folder, what, changes = self.last()
        for number, change in enumerate(changes):
            target = self._corpus / change.path
            content = disk.read(target)
            if _digest(content) != change.new:
                happened = "was changed" if change.new else "came"
                problem = f"{happened} after this: {what}; nothing is undone"
                raise CorpusError(target, None, problem)
            if content is not None:  # for the way back, should a file not be writable
                disk.write(folder / "new" / str(number), content)
        disk.move(folder / DONE, folder / UNDOING)
        try:
            disk.sync(folder)
            self._put_back(folder, changes)
        except BaseException:
            if (folder / UNDOING).exists():
                disk.move(folder / UNDOING, folder / COMMITTED)
                self._place(folder, changes)
            raise
        return what

    def _prepare(self, folder: Path, what: str, files: Mapping[str, bytes | None]) -> list[Change]:
        changes = []
        for name in ("new", "old"):
            disk.make_folder(folder / name)
        for number, path in enumerate(sorted(files, key=lambda path: _turn(path, files[path]))):
            before, after = disk.read(self._corpus / path), files[path]
            if before is not None:
                disk.write(folder / "old" / str(number), before)
            if after is not None:
                disk.write(folder / "new" / str(number), after)
            changes.append(Change(path, _digest(before), _digest(after)))
        rows = [change._asdict() for change in changes]
        manifest = json.dumps({"what": what, "files": rows}, ensure_ascii=False, indent=1)
        disk.write(folder / PREPARING, manifest.encode())
        for made in (folder / "new", folder / "old", folder, self._folder):
            disk.sync(made)
        return changes

    def _place(self, folder: Path, changes: Sequence[Change]) -> None:
        for number, change in enumerate(changes):
            target, kept = self._corpus / change.path, folder / "old" / str(number)
            if change.old is not None and not kept.exists():
                # An undoing that failed had put it back already.
                self._fetch_back(target, kept, change.old)
            self._put(folder / "new" / str(number), change.path, change.new, change.old)
        self._sync(changes)
        disk.move(folder / COMMITTED, folder / DONE)

    def _put_back(self, folder: Path, changes: Sequence[Change]) -> None:
        for number, change in reversed([*enumerate(changes)]):
            self._put(folder / "old" / str(number), change.path, change.old, change.new)
        self._sync(changes)
        _discard(folder)

    def _put(self, content: Path, path: str, wanted: str | None, other: str | None) -> None:
        """Bring one file to its wanted state; done twice it changes nothing more."""
        target = self._corpus / path
        if wanted is not None and content.exists():
            disk.make_folder(target.parent)
            disk.move(content, target)
        elif wanted is None and other is not None:
            disk.remove(target)

    def _fetch_back(self, target: Path, kept: Path, old: str) -> None:
        if _digest(disk.read(target)) == old:
            disk.move(target, kept)

    def _sync(self, changes: Sequence[Change]) -> None:
        for name in sorted({str(PurePosixPath(change.path).parent) for change in changes}):
            if (self._corpus / name).is_dir():
                disk.sync(self._corpus / name)


@contextlib.contextmanager
def locked(corpus: Path) -> Iterator[Journal]:
    """Yield the journal of a corpus that no other command writes meanwhile, with nothing broken off in it.

    Raises:
        CorpusError: Another command writes it, or it cannot be written at all.
    """
    with disk.lock(corpus / FOLDER / "lock"):
        journal = Journal(corpus)
        journal.recover()
        yield journal


def is_broken_off(corpus: Path) -> bool:
    """Say whether a change was begun and not finished; reads only."""
    return any(not (folder / DONE).exists() for folder in _changes(corpus / FOLDER))


def _changes(folder: Path) -> list[Path]:
    """Return the folders of the changes, oldest first."""
    return sorted(path for path in folder.glob("[0-9]*") if path.name.isdecimal())


def _discard(folder: Path) -> None:
    """Remove a change; what is left of it, should that break off, counts as never committed."""
    for state in (COMMITTED, UNDOING, DONE):
        disk.remove(folder / state)
    if folder.exists():
        disk.remove_folder(folder)


def _turn(path: str, content: bytes | None) -> tuple[bool, int, str]:
    rank = ORDER.index(PurePosixPath(path).parts[0])
    return (False, rank, path) if content is not None else (True, -rank, path)


def _digest(content: bytes | None) -> str | None:
    return None if content is None else hashlib.sha256(content).hexdigest()


def _read(path: Path) -> tuple[str, list[Change]]:
    try:
        data = json.loads(disk.read(path) or b"")
        return str(data["what"]), [Change(**row) for row in data["files"]]
    except (ValueError, TypeError, KeyError):
        raise CorpusError(path, None, "is damaged") from None
