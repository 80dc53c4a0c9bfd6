"""Reading and writing the corpus folder: articles, asks and lexicon as files.

    corpus/articles/<id>.md     YAML front matter between `---` lines, then paragraphs with a blank line between;
                                a heading is a paragraph that begins with `## `
    corpus/guide/<id>.md        the same for the guide; a line `依据：…` below a paragraph names the provisions it tells of
    corpus/guide/<id>.toml      the guide's asks
    corpus/asks/<id>.toml       parsed by `bot.analysis.asks`; `corpus.toml` holds those of the corpus as a whole
    corpus/lexicon/<name>       parsed by `bot.analysis.lexicon`

This module does the file work only and names the file and line of whatever is broken.
"""

from __future__ import annotations

import dataclasses
import hashlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.article import ARTICLE_ID, Article, Kind, Paragraph, Region, Statute
from bot.errors import CorpusError

HEADING = "## "
FRONT_MATTER = "---"
KEYS = {
    "id", "title", "label", "publisher", "published", "event_date", "reporters", "editor", "region", "found_on",
    "kind", "statute", "checked",
}  # fmt: skip
CORPUS_ASKS = "corpus"
"""Stem of the asks file that belongs to the corpus as a whole."""
DATA_FOLDERS = ("articles", "asks", "lexicon")
GUIDE = "guide"
BASIS = "依据："
"""How a line of a guide begins that names what its paragraph tells of."""


def read_articles(corpus: Path, *, guide: bool = False) -> list[Article]:
    """Return the articles of a corpus folder, ordered by id; behind them those of its guide where that is asked for.

    Raises:
        CorpusError: There is no such folder or no article in it, or an article is broken.
    """
    folder = corpus / "articles"
    if not folder.is_dir():
        raise CorpusError(
            folder, None, "no such folder; BOT_CORPUS must name a corpus with articles/"
        )
    articles = [read_article(path) for path in sorted(folder.glob("*.md"))]
    if not articles:
        raise CorpusError(folder, None, "holds no article (*.md)")
    return [*articles, *(read_guide(corpus) if guide else ())]


def read_guide(corpus: Path) -> list[Article]:
    """Return the articles of a corpus's guide, ordered by id; none where it has no guide.

    Raises:
        CorpusError: One is broken, or names no basis for what a paragraph says.
    """
    return [read_article(path) for path in sorted((corpus / GUIDE).glob("*.md"))]


def read_article(path: Path) -> Article:
    """Return the article in a Markdown file.

    Raises:
        CorpusError: The file cannot be read or does not follow the format.
    """
    return parse_article(read_text(path), path)


def parse_article(text: str, path: Path) -> Article:
    """Return the article written in `text`; `path` gives the expected id and names the file in errors.

    Raises:
        CorpusError: The text does not follow the format.
    """
    lines = text.split("\n")
    if lines[0] != FRONT_MATTER:
        raise CorpusError(path, 1, f"must begin with a line {FRONT_MATTER!r}")
    try:
        end = lines.index(FRONT_MATTER, 1)
    except ValueError:
        raise CorpusError(
            path, 1, f"the front matter is not closed by a line {FRONT_MATTER!r}"
        ) from None
    meta = _front_matter("\n".join(lines[1:end]), path)
    if meta["id"] != path.stem:
        raise CorpusError(path, 2, f"id {meta['id']!r} is not the file's name")
    kind = Kind(meta.get("kind") or Kind.NEWS)
    paragraphs: list[Paragraph] = []
    for number, line in enumerate(lines[end + 1 :], start=end + 2):
        if not line:
            continue
        if kind is Kind.GUIDE and line.startswith(BASIS) and paragraphs:
            paragraphs[-1] = dataclasses.replace(paragraphs[-1], basis=line.removeprefix(BASIS))
            continue
        heading = line.startswith(HEADING)
        content = line.removeprefix(HEADING)
        if content != content.strip():
            raise CorpusError(path, number, "a paragraph begins or ends with white space")
        paragraphs.append(Paragraph(path.stem, len(paragraphs), content, heading))
    if all(paragraph.heading for paragraph in paragraphs):
        raise CorpusError(path, len(lines), "holds no paragraph")
    if kind is Kind.GUIDE and any(not (p.heading or p.basis) for p in paragraphs):
        raise CorpusError(path, None, f"a paragraph of a guide has no line {BASIS!r} below it")
    region = meta.get("region") or {}
    return Article(
        id=path.stem,
        title=meta.get("title"),
        label=meta.get("label"),
        publisher=meta.get("publisher"),
        published=_text(meta.get("published")),
        event_date=_text(meta.get("event_date")),
        reporters=tuple(meta.get("reporters") or ()),
        editor=meta.get("editor"),
        region=Region(**{level: region.get(level) for level in ("province", "city", "district")}),
        found_on=meta.get("found_on"),
        kind=kind,
        statute=_statute(meta.get("statute")),
        checked=_text(meta.get("checked")),
        paragraphs=tuple(paragraphs),
    )


def render_article(article: Article) -> str:
    """Return the Markdown text of an article; `parse_article` gives the same article back."""
    region = article.region
    meta: dict[str, object] = {
        "id": article.id,
        "title": article.title,
        "label": article.label,
        "publisher": article.publisher,
        "published": article.published,
        "event_date": article.event_date,
        "reporters": list(article.reporters),
        "editor": article.editor,
        "region": {"province": region.province, "city": region.city, "district": region.district},
        "found_on": article.found_on,
    }
    if article.kind is not Kind.NEWS:
        meta["kind"] = article.kind.value
    if article.statute is not None:
        meta["statute"] = {
            name: [*value] if isinstance(value, tuple) else value
            for name, value in dataclasses.asdict(article.statute).items()
            if value
        }
    if article.checked is not None:
        meta["checked"] = article.checked
    front = yaml.safe_dump(meta, allow_unicode=True, sort_keys=False, width=1000)
    body = "\n\n".join(_rendered(paragraph) for paragraph in article.paragraphs)
    return f"{FRONT_MATTER}\n{front}{FRONT_MATTER}\n\n{body}\n"


def _rendered(paragraph: Paragraph) -> str:
    basis = f"\n{BASIS}{paragraph.basis}" if paragraph.basis else ""
    return (HEADING if paragraph.heading else "") + paragraph.text + basis


def read_folder(corpus: Path, name: str, suffix: str) -> dict[Path, str]:
    """Return the text of each file of one corpus subfolder, by path in order; empty when there is none."""
    return {path: read_text(path) for path in sorted((corpus / name).glob(f"*{suffix}"))}


def read_asks(corpus: Path, *, guide: bool = False) -> list[tuple[Path, str | None, str]]:
    """Return path, article id and text of each asks file in order; the id is None for that of the whole corpus."""
    files = read_folder(corpus, "asks", ".toml")
    files |= read_folder(corpus, GUIDE, ".toml") if guide else {}
    return [
        (path, None if path.stem == CORPUS_ASKS else path.stem, text)
        for path, text in files.items()
    ]


def read_lexicon(corpus: Path) -> dict[str, str]:
    """Return the texts of the lexicon's files by file name."""
    return {
        path.name: text
        for suffix in (".tsv", ".txt", ".toml")
        for path, text in read_folder(corpus, "lexicon", suffix).items()
    }


def read_suggestions(corpus: Path) -> str:
    """Return the text of the file of suggestions; "" where there is none."""
    path = corpus / "suggestions.tsv"
    return read_text(path) if path.is_file() else ""


def fingerprint(corpus: Path, *, guide: bool = False) -> str:
    """Return a digest that changes whenever a file that search or answering reads is changed."""
    digest = hashlib.sha256()
    for name in (*DATA_FOLDERS, *([GUIDE] if guide else ())):
        for path in sorted((corpus / name).glob("*.*")):
            digest.update(f"{name}/{path.name}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def read_text(path: Path) -> str:
    """Return a corpus file's text.

    Raises:
        CorpusError: The file is missing, not readable or not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise CorpusError(path, line, "is not UTF-8") from None
    except OSError as error:
        raise CorpusError(path, None, error.strerror or "cannot be read") from None


def write_file(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old content or the new, never a part.

    Raises:
        CorpusError: The disk is full or the folder not writable; the old file is untouched.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(0o644)  # mkstemp makes it private; a corpus is meant to be read
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise CorpusError(path, None, error.strerror or "cannot be written") from error


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Reads safe YAML, where PyYAML was built with its C library eight times as fast."""


def _front_matter(text: str, path: Path) -> Mapping[str, Any]:
    try:
        meta = yaml.load(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else None
        raise CorpusError(path, line, f"front matter: {error.problem}") from None
    except (yaml.YAMLError, ValueError) as error:  # a control character; the 30th of February
        problem = str(error).partition("\n")[0]
        raise CorpusError(path, None, f"front matter: {problem}") from None
    if not isinstance(meta, dict) or not isinstance(meta.get("id"), str):
        raise CorpusError(path, 2, "the front matter has no id")
    if not ARTICLE_ID.fullmatch(meta["id"]):
        raise CorpusError(path, 2, f"not an article id: {meta['id']!r}")
    for key in meta:
        if key not in KEYS:
            raise CorpusError(path, 2, f"unknown key {key!r} in the front matter")
    for key in ("title", "label", "publisher", "editor", "found_on"):
        if not isinstance(meta.get(key), str | None):
            raise CorpusError(path, 2, f"{key} must be text or null")
    reporters = meta.get("reporters") or []
    if not isinstance(reporters, list) or not all(isinstance(name, str) for name in reporters):
        raise CorpusError(path, 2, "reporters must be a list of names")
    if meta.get("kind") not in (None, *(kind.value for kind in Kind)):
        raise CorpusError(path, 2, f"kind must be one of {', '.join(Kind)}")
    fields = {field.name for field in dataclasses.fields(Statute)}
    statute = meta.get("statute") or {}
    if not isinstance(statute, dict) or not statute.keys() <= fields:
        raise CorpusError(path, 2, f"statute may say {', '.join(sorted(fields))}")
    region = meta.get("region") or {}
    if not isinstance(region, dict) or not all(
        isinstance(name, str | None) for name in region.values()
    ):
        raise CorpusError(path, 2, "region must map province, city and district to names")
    return meta


def _statute(meta: Mapping[str, Any] | None) -> Statute | None:
    if meta is None:
        return None
    repeals = tuple(meta.get("repeals") or ())
    return Statute(
        **{
            name: _text(meta.get(name))
            for name in ("part", "number", "passed", "amended", "effective")
        },
        repeals=repeals,
    )


def _text(value: object) -> str | None:
    """YAML reads a bare 2021-12-21 as a date and 2021 as a number; both are text here."""
    return None if value is None else str(value)
