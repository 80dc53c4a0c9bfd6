"""How well and how fast pages are cleaned, by family of damage (`tests/families.py`).

    python tests/benchmarks/cleaning.py [--family NAME] [--show]

"silent" pages were accepted though a paragraph is wrong. Rates are in KB of the raw page a second of processor time, the
first page, which loads the word list, left out.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests import families


def main() -> None:
    """Print a line a family, and the refusals."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--family", choices=families.FAMILIES, action="append")
    parser.add_argument("--show", action="store_true", help="name the pages that came out wrong")
    options = parser.parse_args()
    families.clean(next(families.pages("misread")).content)
    print(f"{'family':20}pages  exact  silent  asked  KB/s")
    for family in options.family or families.FAMILIES:
        _measure(family, show=options.show)
    refused = families.rows("refused")
    found = [(row, families.clean(row["text"].encode()).status) for row in refused]
    counts = {
        status: sum(s == status for _, s in found) for status in sorted({s for _, s in found})
    }
    print(f"to be refused: {len(refused)} {counts}")


def _measure(family: str, *, show: bool) -> None:
    total = exact = size = silent = asked = count = 0
    spent = 0.0
    for page in families.pages(family):
        begun = time.process_time()
        cleaned = families.clean(page.content)
        spent += time.process_time() - begun
        size += len(page.content)
        got = [p.text for p in cleaned.article.paragraphs] if cleaned.article else []
        count += 1
        total += len(page.paragraphs)
        exact += sum(paragraph in got for paragraph in page.paragraphs)
        silent += cleaned.status == "accepted" and got != page.paragraphs
        asked += cleaned.status == "needs_review"
        if show and got != page.paragraphs:
            print(f"  {page.name}: {cleaned.status}")
    print(
        f"{family:20}{count:5}  {exact / total:.3f}  {silent:6}  {asked:5}  {size / 1024 / spent:4.0f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
