from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import edits
from bot.edits import Edit
from bot.errors import CorpusError

TEXT = st.text("上海市,(", max_size=20)


def edits_of(text):
    """Sorted edits that fit a text and do not overlap."""
    places = st.lists(st.integers(0, len(text)), unique=True, max_size=10).map(sorted)

    def pair_up(cuts):
        kinds = st.lists(st.sampled_from(edits.KINDS), min_size=5, max_size=5)
        new = st.lists(st.text("放心", max_size=3), min_size=5, max_size=5)
        pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
        return st.builds(
            lambda ks, ns: [
                Edit(a, b, text[a:b], n, k) for (a, b), k, n in zip(pairs, ks, ns, strict=False)
            ],
            kinds,
            new,
        )

    return places.flatmap(pair_up)


@given(st.data())
def test_composed_edits_do_what_both_do_in_turn(data):
    text = data.draw(TEXT)
    earlier = data.draw(edits_of(text))
    middle = edits.apply(text, earlier)
    later = data.draw(edits_of(middle))
    composed = edits.compose(text, earlier, later)
    assert edits.apply(text, composed) == edits.apply(middle, later)


@given(st.data())
def test_a_place_comes_from_where_replacing_it_would_reach(data):
    text = data.draw(TEXT)
    earlier = data.draw(edits_of(text))
    middle = edits.apply(text, earlier)
    start, end = sorted(data.draw(st.lists(st.integers(0, len(middle)), min_size=2, max_size=2)))
    probe = Edit(start, end, middle[start:end], "\0", "mojibake")
    reached = [e for e in edits.compose(text, earlier, [probe]) if "\0" in e.clean]
    assert [edits.Origins(earlier).span(start, end)] == [(e.start, e.end) for e in reached]


@given(st.data())
def test_an_edits_file_gives_back_what_was_written(data):
    found = data.draw(TEXT.flatmap(edits_of))
    assert edits.parse(edits.render(found), Path("a.jsonl")) == found


def test_a_character_restored_and_then_simplified_was_restored():
    text = "消??葡"
    earlier = [Edit(1, 4, "??葡", "費者", "mojibake")]
    later = [Edit(1, 2, "費", "费", "script")]
    assert edits.compose(text, earlier, later) == [Edit(1, 4, "??葡", "费者", "mojibake")]


def test_edits_that_overlap_are_refused():
    with pytest.raises(ValueError, match="overlaps"):
        edits.apply("上海", [Edit(0, 2, "上海", "", "injected"), Edit(1, 2, "海", "", "injected")])


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("not json", "is not an edit"),
        ('{"start": 0}', "is not an edit"),
        ('{"start": "0", "end": 1, "raw": ",", "clean": "，", "kind": "ruby"}', "is not an edit"),
        ('{"start": 0, "end": 1, "raw": ",", "clean": "，", "kind": "typo"}', "unknown kind"),
        ('{"start": 0, "end": 2, "raw": ",", "clean": "，", "kind": "ruby"}', "do not fit"),
    ],
)
def test_a_broken_edits_file_is_named_with_its_line(line, problem):
    good = edits.render([Edit(0, 1, ",", "，", "punctuation")])
    with pytest.raises(CorpusError, match=r"a\.jsonl:2: .*" + problem):
        edits.parse(good + line + "\n", Path("a.jsonl"))
