"""The exceptions of the project.

    BotError
    ├── SettingsError       an environment variable is missing or unusable
    ├── CorpusError         a corpus file is broken; names the file and the line
    ├── IngestError         a raw page cannot be read at all
    ├── StaleIndexError     the index was built from another corpus or analyzer
    ├── SearchError         the search backend failed
    └── StoreError          what the bot remembers cannot be read or written

Every message is one line that a person can act on. Finding no answer is not an error: it is a `Refusal`.
"""

from __future__ import annotations


class BotError(Exception):
    """Anything this project raises on purpose; its text is fit to be shown to the operator."""


class SettingsError(BotError):
    """A setting is missing or unusable.

    Args:
        variable: Name of the environment variable; its value is never part of the message.
        problem: What is wrong, in a few words.
    """

    def __init__(self, variable: str, problem: str) -> None:
        super().__init__(f"{variable}: {problem}")
        self.variable = variable


class CorpusError(BotError):
    """A file of the corpus is missing or broken.

    Args:
        path: The file, as the operator would name it.
        line: Line number from 1, or None where the whole file is meant.
        problem: What is wrong, in a few words.
    """

    def __init__(self, path: object, line: int | None, problem: str) -> None:
        place = f"{path}:{line}" if line is not None else str(path)
        super().__init__(f"{place}: {problem}")
        self.path = path
        self.line = line
        self.problem = problem


class IngestError(BotError):
    """A raw page cannot be read: missing, empty, too large, or in no known encoding."""


class StaleIndexError(BotError):
    """The index does not belong to this corpus or analyzer; `python -m bot index` mends it."""


class SearchError(BotError):
    """The search backend failed while answering."""


class StoreError(BotError):
    """The store cannot be opened, read or written; the message names its file."""
