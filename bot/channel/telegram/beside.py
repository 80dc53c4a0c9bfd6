"""Running what takes seconds beside the event loop, in a thread that a stop does not wait for."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

Result = TypeVar("Result")


async def run(call: Callable[[], Result]) -> Result:
    """Return what a blocking call returns, or raise what it raises.

    The end of the program waits for the threads of `asyncio.to_thread`, and rebuilding the index would hold up a stop
    for longer than `docker stop` allows. A thread from here just ends, so only what may break off anywhere is for it.
    """
    future: Future[Result] = Future()
    future.set_running_or_notify_cancel()  # else a stop would cancel it, and the thread complain

    def work() -> None:
        try:
            result = call()
        except BaseException as error:
            future.set_exception(error)
        else:
            future.set_result(result)

    threading.Thread(target=work, daemon=True).start()
    return await asyncio.wrap_future(future)
