"""Pages in a process of their own: what they may take, and what becomes of the others."""

import io
import json
import pickle
import time

import pytest

from bot.ingest import cleaner
from bot.ingest.confined import Confined, Page
from bot.ingest.document import Refused
from tests import families
from tests.reviewer import CLEAN, cleaned, raw


@pytest.fixture(autouse=True)
def unconfined():
    """Here pages are cleaned in another process."""


GOOD = raw(CLEAN).read_bytes()
SLOW = ("消??葡" * 60 + "消费者协会提醒大家注意理性消费。\n").encode() * 60
"""Takes half a minute."""


def clean(limits, *files):
    with limits as process:
        return [[*process.cleaned(name, content)] for name, content in files]


def test_a_page_is_cleaned_as_in_this_process():
    ((page,),) = clean(Confined(), (f"{CLEAN}.txt", GOOD))
    assert page.cleaned == cleaned(CLEAN)


def test_what_cannot_be_read_is_refused():
    assert clean(Confined(), ("a.txt", b"")) == [[Refused("a.txt", "is empty")]]


def test_a_page_that_takes_too_long_is_refused_and_the_next_is_cleaned():
    begun = time.monotonic()
    slow, (good,) = clean(Confined(seconds=2), ("slow.txt", SLOW), (f"{CLEAN}.txt", GOOD))
    assert slow == [Refused("slow.txt", "takes longer than 2 seconds to clean")]
    assert isinstance(good, Page)
    assert time.monotonic() - begun < 15


def test_a_page_that_takes_too_much_memory_is_refused_and_the_next_is_cleaned():
    large = ("<html><body>" + "<p>费" * 1_000_000).encode()
    many, (good,) = clean(Confined(megabytes=330), ("a.html", large), (f"{CLEAN}.txt", GOOD))
    assert many == [Refused("a.html", "takes more than 330 MB to clean")]
    assert isinstance(good, Page)


def test_of_several_articles_the_others_are_cleaned():
    texts = [families.rows("articles")[0], None, families.rows("articles")[1]]
    lines = [
        json.dumps({"id": f"a{n}", "text": row and [p["text"] for p in row["paragraphs"]]})
        if row
        else json.dumps({"id": f"a{n}", "text": SLOW.decode()})
        for n, row in enumerate(texts)
    ]
    ((first, slow, last),) = clean(Confined(seconds=3), ("a.jsonl", "\n".join(lines).encode()))
    assert (first.document.id, last.document.id) == ("a0", "a2")
    assert slow == Refused("a.jsonl:2", "takes longer than 3 seconds to clean")


def test_what_nobody_expected_is_said_and_the_next_file_is_cleaned(monkeypatch):
    monkeypatch.setattr(cleaner, "cleaned", lambda document: 1 / 0)
    asked, said = io.BytesIO(), io.BytesIO()
    pickle.dump((f"{CLEAN}.txt", GOOD, "", 0), asked)
    pickle.dump(("a.txt", GOOD, "", 1), asked)
    asked.seek(0)
    cleaner.serve(asked, said)
    said.seek(0)
    found = [pickle.load(said) for _ in range(3)]
    assert [found[0], str(found[1]), found[2]] == [1, "ZeroDivisionError: division by zero", 1]


def test_an_exception_of_the_process_is_raised_here():
    process = Confined()
    with process, pytest.raises(RuntimeError, match="not enough values"):
        process._say(process._running(), ())
        process._next(process._running(), 5)


def test_a_process_that_ended_is_replaced():
    with Confined() as process:
        process._running().kill()
        assert [*process.cleaned("a.txt", GOOD)] == [
            Refused("a.txt", "takes more than 480 MB to clean")
        ]
        assert isinstance(next(process.cleaned(f"{CLEAN}.txt", GOOD)), Page)


def test_no_process_is_left():
    with Confined() as process:
        running = process._running()
        assert running.poll() is None
    assert running.poll() is not None
