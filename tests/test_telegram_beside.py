"""Blocking calls beside the event loop."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bot.channel.telegram import beside
from bot.errors import IngestError


async def test_the_result_is_returned_and_an_error_raised() -> None:
    def fail() -> None:
        raise IngestError("no")

    assert await beside.run(threading.current_thread) is not threading.current_thread()
    with pytest.raises(IngestError, match="no"):
        await beside.run(fail)


async def test_what_nobody_waits_for_any_more_ends_quietly() -> None:
    gate, done = threading.Event(), threading.Event()

    def work() -> None:
        gate.wait(5)
        done.set()

    task = asyncio.create_task(beside.run(work))
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    gate.set()
    assert await asyncio.to_thread(done.wait, 5)


def test_the_end_of_the_program_does_not_wait() -> None:
    program = (
        "import asyncio, time; from bot.channel.telegram import beside\n"
        "async def main():\n"
        "    task = asyncio.create_task(beside.run(lambda: time.sleep(60)))\n"
        "    await asyncio.sleep(0.01)\n"
        "asyncio.run(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
