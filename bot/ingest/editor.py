"""The reviewer's own editor, on a private file that is removed again."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bot.errors import IngestError

VARIABLES = ("VISUAL", "EDITOR")


def edit(text: str, environ: Mapping[str, str]) -> str:
    """Return a text as the reviewer leaves it.

    Args:
        text: What is to be edited.
        environ: Says in VISUAL or EDITOR which program, with its arguments; no shell reads it.

    Raises:
        IngestError: There is no such program, it fails, or what it leaves is no text.
    """
    named = next((environ[name] for name in VARIABLES if environ.get(name, "").strip()), None)
    if named is None:
        raise IngestError(f"no editor is set: {' or '.join(VARIABLES)} must name one")
    try:
        command = shlex.split(named)
    except ValueError as error:
        raise IngestError(f"the editor {named!r} cannot be read: {error}") from None
    descriptor, name = tempfile.mkstemp(prefix="review-", suffix=".txt")  # readable by us alone
    path = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode() + b"\n")
        done = subprocess.run([*command, name], check=False)
        if done.returncode:
            raise IngestError(f"the editor {command[0]!r} failed with status {done.returncode}")
        return path.read_bytes().decode().removesuffix("\n")
    except UnicodeError:
        raise IngestError("what the editor left is not UTF-8") from None
    except OSError as error:
        problem = error.strerror or "cannot be used"
        raise IngestError(f"the editor {command[0]!r}: {problem}") from None
    finally:
        path.unlink(missing_ok=True)
        for left in path.parent.glob(f"{path.name}~"):  # what some editors keep beside it
            left.unlink(missing_ok=True)
