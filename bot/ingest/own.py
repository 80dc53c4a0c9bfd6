"""The operator's own corpus: made from the one that ships when something is first added, and kept up to date with it.

    <state>/corpus/.shipped.json        what was taken over: digests by path, {"raw/000.txt": "5f…", …}

An upgrade of the program may bring new articles, and better texts, asks and words. What the operator has not touched since
it was taken over follows the new release; what was added, changed or removed here stays as it is.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from bot.errors import CorpusError
from bot.ingest import disk, journal

MANIFEST = ".shipped.json"
ARTICLES = frozenset({"raw", "edits", "articles", "asks", "guide"})
"""Folders in which the files of one name belong together: an article's asks quote its text."""


def make(own: Path, shipped: Path) -> None:
    """Copy the corpus that ships to a folder, all of it or nothing; a folder that is there stays.

    Raises:
        CorpusError: The disk is full or the folder not writable.
    """
    if own.exists():
        return
    made = own.with_name(f".{own.name}.new")
    with suppress(CorpusError):
        disk.remove_folder(made)  # of a copying that broke off
    disk.make_folder(made)
    digests = {}
    for path, content in _files(shipped).items():
        target = made / path
        disk.make_folder(target.parent)
        disk.write(target, content)
        digests[path] = _digest(content)
    _write_manifest(made, digests)
    disk.sync(made)
    disk.move(made, own)


def refresh(own: Path, shipped: Path) -> list[str]:
    """Bring what the corpus that ships has new; return the paths of what came, changed or went.

    Raises:
        CorpusError: The manifest is damaged, or a file cannot be read or written.
    """
    taken = _manifest(own)
    if taken is None:
        return []  # no copy of ours
    files = _files(shipped)
    released = {path: _digest(content) for path, content in files.items()}
    if released == taken:
        return []
    with journal.locked(own):
        groups: defaultdict[str, set[str]] = defaultdict(set)
        for path in released.keys() | taken.keys():
            groups[_group(path)].add(path)
        done: list[str] = []
        for name, paths in groups.items():
            here = {path for path in _of_group(own, name) if path not in taken}
            if any(_digest_of(own / path) != taken.get(path) for path in paths | here):
                continue  # touched here, or added under the same name
            for path in sorted(paths):
                if released.get(path) == taken.get(path):
                    continue
                _put(own / path, files.get(path))
                done.append(path)
                taken.pop(path, None)
                if path in released:
                    taken[path] = released[path]
        _write_manifest(own, taken)
    return sorted(done)


def _put(target: Path, content: bytes | None) -> None:
    if content is None:
        disk.remove(target)
        return
    disk.make_folder(target.parent)
    new = target.with_name(f".{target.name}.new")
    disk.write(new, content)
    disk.move(new, target)


def _group(path: str) -> str:
    """Return what a file is kept or replaced together with: the files of its article, else itself."""
    parts = PurePosixPath(path)
    article = parts.parts[0] in ARTICLES and len(parts.parts) > 1 and parts.stem != "corpus"
    return parts.stem if article else path


def _of_group(own: Path, name: str) -> Iterator[str]:
    """Yield the paths of an article's files in a folder."""
    for folder in ARTICLES:
        yield from (f"{folder}/{path.name}" for path in (own / folder).glob(f"{name}.*"))


def _files(corpus: Path) -> dict[str, bytes]:
    """Return what a corpus folder holds by path, hidden files left out.

    Raises:
        CorpusError: A file cannot be read.
    """
    found: dict[str, bytes] = {}
    for path in sorted(corpus.rglob("*")):
        name = path.relative_to(corpus)
        if path.is_file() and not any(part.startswith(".") for part in name.parts):
            found[name.as_posix()] = disk.read(path) or b""
    return found


def _manifest(own: Path) -> dict[str, str] | None:
    path = own / MANIFEST
    content = disk.read(path)
    if content is None:
        return None
    try:
        found = json.loads(content)
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise CorpusError(path, None, "is damaged; without it nothing new is taken over")
    return found


def _write_manifest(own: Path, digests: Mapping[str, str]) -> None:
    _put(own / MANIFEST, json.dumps(digests, indent=1).encode())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _digest_of(path: Path) -> str | None:
    """Return the digest of a file; None where there is none."""
    content = disk.read(path)
    return None if content is None else _digest(content)
