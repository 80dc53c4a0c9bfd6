"""The picture of the figures, drawn by a process that ends with it (`bot.chart`), so that the bot does not grow."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import sys
from collections.abc import Mapping
from typing import Any

logger = logging.getLogger(__name__)

TIMEOUT_S = 60.0
"""The first picture on a machine looks through all of its fonts."""
COMMAND = (sys.executable, "-m", "bot.chart")


async def draw(figures: Mapping[str, Any]) -> bytes | None:
    """Return a PNG of figures as `bot.dialogue.figures.picture` gives them; None, and a line in the log, where it fails."""
    try:
        process = await asyncio.create_subprocess_exec(
            *COMMAND,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
    except OSError as error:
        logger.error("no picture can be drawn: %s", error.strerror)
        return None
    try:
        content = json.dumps(figures).encode()
        drawn, _ = await asyncio.wait_for(process.communicate(content), TIMEOUT_S)
    except TimeoutError:
        logger.error("a picture took too long")
        return None
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode or not drawn:
        logger.error("no picture can be drawn: status %s", process.returncode)
        return None
    return drawn
