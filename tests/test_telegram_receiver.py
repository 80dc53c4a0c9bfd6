"""What the bot answers to a call of its webhook: 200 for what is kept, something else for everything else."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channel.telegram import listening
from bot.channel.telegram import receiver as receiving
from bot.channel.telegram.receiver import SECRET_HEADER, Receiver
from bot.errors import SettingsError, StoreError
from bot.settings import Endpoint

SECRET = "s3cret_-of-this-start"
ANY_PORT = Endpoint("127.0.0.1", 0)
UPDATE = {"update_id": 5, "message": {"text": "哪里投诉？", "chat": {"id": 7}}}
AUTHENTIC = {SECRET_HEADER: SECRET}


class Inbox:
    """Keeps updates, unless it is told that it cannot; waits where it is told to."""

    def __init__(self) -> None:
        self.kept: list[Mapping[str, Any]] = []
        self.broken = False
        self.go_on = asyncio.Event()
        self.go_on.set()
        self.asked = 0

    async def accept(self, updates: Sequence[Mapping[str, Any]]) -> None:
        self.asked += 1
        await self.go_on.wait()
        if self.broken:
            raise StoreError("/somewhere/xiaobao.sqlite3: disk is full")
        self.kept += updates


@asynccontextmanager
async def received(
    inbox: Inbox, url: str = "https://bot.example.org/hook"
) -> AsyncIterator[tuple[Receiver, aiohttp.ClientSession, str]]:
    receiver = Receiver(url, ANY_PORT, SECRET, inbox.accept)
    await receiver.open()
    try:
        async with aiohttp.ClientSession() as session:
            yield receiver, session, f"http://127.0.0.1:{receiver.port}"
    finally:
        await receiver.close()


async def test_an_update_is_answered_with_200_only_once_it_is_kept() -> None:
    inbox = Inbox()
    inbox.go_on.clear()
    async with received(inbox) as (_, session, base):
        call = asyncio.create_task(session.post(f"{base}/hook", json=UPDATE, headers=AUTHENTIC))
        while not inbox.asked:
            await asyncio.sleep(0.005)
        await asyncio.sleep(0.05)
        assert not call.done()
        inbox.go_on.set()
        assert (await call).status == 200
    assert inbox.kept == [UPDATE]


async def test_an_update_that_cannot_be_kept_is_brought_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    inbox = Inbox()
    inbox.broken = True
    async with received(inbox) as (_, session, base):
        assert (await session.post(f"{base}/hook", json=UPDATE, headers=AUTHENTIC)).status == 503
        inbox.broken = False
        assert (await session.post(f"{base}/hook", json=UPDATE, headers=AUTHENTIC)).status == 200
    assert inbox.kept == [UPDATE]
    assert "disk is full" in caplog.text


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status"),
    [
        ("POST", "/hook", {}, b"{}", 403),
        ("POST", "/hook", {SECRET_HEADER: ""}, b"{}", 403),
        ("POST", "/hook", {SECRET_HEADER: SECRET[:-1]}, b"{}", 403),
        ("POST", "/hook", {SECRET_HEADER: SECRET + "x"}, b"{}", 403),
        ("POST", "/hook", {SECRET_HEADER: "ü"}, b"{}", 403),
        ("POST", "/hook", {SECRET_HEADER: "ü"}, b"x" * 1_000_001, 403),
        ("GET", "/hook", AUTHENTIC, b"", 405),
        ("PUT", "/hook", AUTHENTIC, b"{}", 405),
        ("POST", "/", AUTHENTIC, b"{}", 404),
        ("POST", "/hook/", AUTHENTIC, b"{}", 404),
        ("POST", "/hook/more", AUTHENTIC, b"{}", 404),
        ("GET", "/../etc/passwd", {}, b"", 404),
        ("POST", "/hook", AUTHENTIC, b"x" * 1_000_001, 413),
        ("POST", "/hook", AUTHENTIC, b"", 400),
        ("POST", "/hook", AUTHENTIC, b"nonsense", 400),
        ("POST", "/hook", AUTHENTIC, b"\xff\xfe{", 400),
        ("POST", "/hook", AUTHENTIC, b"[1]", 400),
        ("POST", "/hook", AUTHENTIC, b'{"message": {}}', 400),
        ("POST", "/hook", AUTHENTIC, b'{"update_id": "5"}', 400),
        ("POST", "/hook", AUTHENTIC, b'{"update_id": 5.0}', 400),
        ("POST", "/hook", AUTHENTIC, b'{"update_id": true}', 400),
        ("POST", "/hook", AUTHENTIC, b'{"update_id": -1}', 400),
        ("POST", "/hook", AUTHENTIC, b'{"update_id": 9223372036854775808}', 400),
        ("POST", "/hook", AUTHENTIC, b'{"update_id": ' + b"9" * 5000 + b"}", 400),
        ("POST", "/hook", AUTHENTIC, b"[" * 900_000, 400),
    ],
)
async def test_whatever_is_no_call_of_telegrams_is_turned_away(
    method: str, path: str, headers: dict[str, str], body: bytes, status: int
) -> None:
    inbox = Inbox()
    async with received(inbox) as (_, session, base):
        got = await session.request(method, base + path, headers=headers, data=body)
        assert got.status == status
        assert await got.read() == b""
    assert inbox.asked == 0


async def test_a_body_that_does_not_say_how_long_it_is_has_a_limit_as_well() -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(200):
            yield b" " * 10_000

    inbox = Inbox()
    async with received(inbox) as (_, session, base):
        got = await session.post(f"{base}/hook", headers=AUTHENTIC, data=endless())
        assert got.status == 413
    assert inbox.asked == 0


async def test_a_call_that_does_not_go_on_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "READ_S", 0.05)
    monkeypatch.setattr(listening, "DRAIN_S", 0.1)
    async with received(Inbox()) as (receiver, _, _):
        reader, writer = await asyncio.open_connection("127.0.0.1", receiver.port)
        head = f"POST /hook HTTP/1.1\r\nHost: a\r\n{SECRET_HEADER}: {SECRET}\r\nContent-Length: 9\r\n\r\n"
        writer.write(head.encode() + b"{")
        assert (await reader.readline()).startswith(b"HTTP/1.1 408 ")
        writer.close()


async def test_a_call_that_breaks_off_is_none(caplog: pytest.LogCaptureFixture) -> None:
    inbox = Inbox()
    async with received(inbox) as (receiver, session, base):
        head = f"POST /hook HTTP/1.1\r\nHost: a\r\n{SECRET_HEADER}: {SECRET}\r\n"
        for rest in (
            "Content-Length: 9\r\n\r\n{",
            "Transfer-Encoding: chunked\r\n\r\nno number\r\n",
            "Transfer-Encoding: chunked\r\n\r\n1\r\n{{{{{",
            "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\n{}{",
        ):
            _, writer = await asyncio.open_connection("127.0.0.1", receiver.port)
            writer.write((head + rest).encode())
            await asyncio.sleep(0.03)
            writer.close()
        await asyncio.sleep(0.03)
        assert (await session.post(f"{base}/hook", json=UPDATE, headers=AUTHENTIC)).status == 200
    assert inbox.kept == [UPDATE]
    assert caplog.text == ""


async def test_a_mistake_of_ours_is_no_200_and_leaves_the_next_call_alone(
    caplog: pytest.LogCaptureFixture,
) -> None:
    inbox = Inbox()
    accept, inbox.accept = inbox.accept, None  # type: ignore[assignment,method-assign]
    async with received(inbox) as (receiver, session, base):
        assert (await session.post(f"{base}/hook", json=UPDATE, headers=AUTHENTIC)).status == 500
        receiver._accept = accept
        assert (await session.post(f"{base}/hook", json=UPDATE, headers=AUTHENTIC)).status == 200
    assert "投诉" not in caplog.text


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://bot.example.org", "/"),
        ("https://bot.example.org/?a=b", "/"),
        ("https://bot.example.org/a/%E5%B0%8F%20b?c", "/a/小 b"),
    ],
)
async def test_the_path_is_the_addresss(url: str, path: str) -> None:
    async with received(Inbox(), url) as (_, session, base):
        assert (await session.post(base + path, json=UPDATE, headers=AUTHENTIC)).status == 200


async def test_a_call_under_way_is_answered_when_the_bot_stops() -> None:
    inbox = Inbox()
    inbox.go_on.clear()
    receiver = Receiver("https://a.org/hook", ANY_PORT, SECRET, inbox.accept)
    await receiver.open()
    url = f"http://127.0.0.1:{receiver.port}/hook"
    async with aiohttp.ClientSession() as session:
        call = asyncio.create_task(session.post(url, json=UPDATE, headers=AUTHENTIC))
        while not inbox.asked:
            await asyncio.sleep(0.005)
        closing = asyncio.create_task(receiver.close())
        await asyncio.sleep(0.05)
        with pytest.raises(aiohttp.ClientConnectionError):
            await session.post(url, json=UPDATE, headers=AUTHENTIC)
        inbox.go_on.set()
        assert (await call).status == 200
        await asyncio.wait_for(closing, 2)
    assert inbox.kept == [UPDATE]


async def test_a_stop_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "DRAIN_S", 0.1)
    inbox = Inbox()
    inbox.go_on.clear()
    async with received(inbox) as (receiver, session, base):
        call = asyncio.create_task(session.post(f"{base}/hook", json=UPDATE, headers=AUTHENTIC))
        while not inbox.asked:
            await asyncio.sleep(0.005)
        await asyncio.wait_for(receiver.close(), 2)
        with pytest.raises(aiohttp.ClientError):
            await call
    assert inbox.kept == []


async def test_neither_secret_nor_question_reaches_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    inbox = Inbox()
    async with received(inbox) as (receiver, session, base):
        await session.post(f"{base}/hook", json=UPDATE, headers=AUTHENTIC)
        await session.post(f"{base}/hook", data="哪里投诉？", headers=AUTHENTIC)
        inbox.broken = True
        await session.post(f"{base}/hook", json=UPDATE, headers=AUTHENTIC)
        for line in (f"POST /hook\x00 {SECRET}", f"POST /hook HTTP/1.1\r\nX\x01: {SECRET}"):
            reader, writer = await asyncio.open_connection("127.0.0.1", receiver.port)
            writer.write(f"{line}\r\n\r\n".encode())
            await reader.read()
            writer.close()
    assert SECRET not in caplog.text
    assert "投诉" not in caplog.text
    assert "Traceback" not in caplog.text


async def test_a_port_that_is_taken_and_an_address_elsewhere_are_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        endpoint = Endpoint("127.0.0.1", taken.getsockname()[1])
        with pytest.raises(SettingsError, match=r"^WEBHOOK_PORT: is in use"):
            await Receiver("https://a.org", endpoint, SECRET, Inbox().accept).open()
    for elsewhere in ("192.0.2.1", "no-such-host.invalid"):
        with pytest.raises(SettingsError, match=r"^WEBHOOK_LISTEN: is not an address"):
            await Receiver("https://a.org", Endpoint(elsewhere, 0), SECRET, Inbox().accept).open()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.binary(max_size=50)
    | json_values.map(lambda value: json.dumps(value).encode())
    | json_values.map(lambda value: json.dumps({"update_id": value}).encode())
)
def test_what_is_parsed_is_an_update_with_a_number(body: bytes) -> None:
    update = receiving.parsed(body)
    if update is not None:
        assert type(update["update_id"]) is int
        assert json.loads(body) == update
