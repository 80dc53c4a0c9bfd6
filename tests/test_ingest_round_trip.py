"""Hundreds of invented articles, damaged as sites damage them, come back as they were: figures for each family.

The floors are a little below what `tests/benchmarks/cleaning.py` measures. A page that comes out wrong is asked about;
`silent` are those that are not. The three of `read` are writers' own readings of rare characters amid the damage's.
"""

import pytest

from tests import families

FLOORS = {  # share of paragraphs that are exact, pages that are wrong and were accepted
    "clean": (1.0, 0),
    "narrow": (1.0, 0),
    "traditional": (1.0, 0),
    "read": (0.985, 3),
    "planted": (0.985, 0),
    "untitled": (0.8, 0),
    "misread": (0.975, 1),
}


@pytest.mark.parametrize("family", FLOORS)
def test_damaged_pages_come_back_as_they_were(family):
    floor, silent = FLOORS[family]
    total = exact = 0
    accepted_wrong, unproven = [], []
    for page in families.pages(family):
        cleaned = families.clean(page.content)
        got = [p.text for p in cleaned.article.paragraphs] if cleaned.article else []
        total += len(page.paragraphs)
        exact += sum(paragraph in got for paragraph in page.paragraphs)
        if cleaned.status == "accepted" and got != page.paragraphs:
            accepted_wrong.append(page.name)
        if family in ("clean", "traditional") and cleaned.status == "refused":
            unproven.append(page.name)
    assert exact >= floor * total
    assert len(accepted_wrong) <= silent, accepted_wrong
    assert not unproven


def test_pages_that_carry_no_article_are_refused_or_asked_about():
    """But for one spun report that has none of the telling words."""
    found = {
        row["id"]: families.clean(row["text"].encode()).status for row in families.rows("refused")
    }
    assert [name for name, status in found.items() if status == "accepted"] == ["br09"]
    assert sum(status == "refused" for status in found.values()) >= 36
