"""How often the region of an invented report is read as its writer gave it (`tests/pages`).

    python tests/benchmarks/region.py [--show]

A municipality counts as its own city, as the table of divisions has it.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bot.article import Region
from bot.ingest import region

PAGES = Path(__file__).resolve().parents[1] / "pages"
SETS = ("articles", "further", "unread", "unread2")


def main() -> None:
    """Print a line a set of reports."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--show", action="store_true", help="name the reports that are read otherwise"
    )
    options = parser.parse_args()
    for name in SETS:
        rows = [
            json.loads(line) for line in (PAGES / f"{name}.jsonl").read_text("utf-8").splitlines()
        ]
        right = 0
        for row in rows:
            texts = [paragraph["text"] for paragraph in row["paragraphs"]]
            got, *_ = region.read(row["title"], texts, row.get("publisher") or "", "")
            given = {level: value for level, value in (row.get("region") or {}).items() if value}
            same = (
                _levels(got) == _levels(Region(**given))
                or (
                    "province" not in given  # nor is it by whoever takes it for granted
                    and _levels(got)[1:] == _levels(Region(**given))
                )
            )
            right += same
            if options.show and not same:
                print(f"  {row['id']} {row['title']}: {_levels(got)}, given {given}")
        print(f"{name:10} {right} of {len(rows)}")


def _levels(found: Region) -> tuple[str, ...]:
    named = (found.province, found.city, found.district)
    return tuple(dict.fromkeys(level for level in named if level))


if __name__ == "__main__":
    main()
