"""The commands as every channel has them; `tests/sessions` shows them as users see them."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import wiring
from bot.analysis import lexicon
from bot.analysis.analyzer import Analyzer
from bot.answer.answer import Answer
from bot.dialogue import reference, wording
from bot.dialogue.caller import Caller, Response
from bot.dialogue.catalogue import Catalogue
from bot.dialogue.commands import COMMANDS, LISTED, Commands
from bot.dialogue.feedback import LONGEST
from bot.dialogue.panel import ASK, MAX_DATA_BYTES, Button, Panel
from bot.dialogue.ports import Records
from bot.dialogue.records import FEEDBACK_S, Vote, Votes
from bot.dialogue.reply import Status
from bot.dialogue.turn import Dialogue
from bot.dialogue.utterance import Utterance
from bot.dialogue.wording import Language
from bot.errors import StoreError
from bot.search.index import Index
from bot.settings import Settings
from bot.store.memory import MemoryStateStore
from tests.fakes import excerpt

WORDS = wording.load()
HANS, HANT, EN = (WORDS[language] for language in (Language.HANS, Language.HANT, Language.EN))
REFERENCE = reference.of(Answer((), (excerpt(),)), Language.HANS)


class Clock:
    """A time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 1.7e9

    def __call__(self) -> float:
        return self.now


class Desk:
    """Somebody who gives commands and presses buttons."""

    def __init__(self, dialogue: Dialogue, records: Records, **caller: object) -> None:
        self.dialogue, self.records = dialogue, records
        self.caller = dataclasses.replace(Caller("telegram:user:7", "telegram:7:0"), **caller)  # type: ignore[arg-type]
        self._numbers = itertools.count(1)

    async def gives(self, line: str) -> Response:
        name, _, argument = line.removeprefix("/").partition(" ")
        return await self.dialogue.commands.run(name, argument, self._next())

    async def presses(self, button: Button | str) -> Response:
        data = button if isinstance(button, str) else button.data
        return await self.dialogue.commands.press(data, self._next())

    async def writes(self, text: str, said: str = "") -> Response | None:
        caller = self._next()
        if said:
            caller = dataclasses.replace(caller, said=said)
        return await self.dialogue.commands.taken(text, caller)

    async def asks(self, text: str) -> object:
        said = f"m{next(self._numbers)}"
        who = Utterance(
            text, self.caller.chat, said=said, user=self.caller.user, channel="telegram"
        )
        return await self.dialogue.turn(who)

    def _next(self) -> Caller:
        return dataclasses.replace(self.caller, said=f"m{next(self._numbers)}")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def new_desk(
    tiny_settings: Settings, analyzer: Analyzer, index: Index, clock: Clock
) -> Callable[..., Desk]:
    def make(days: int = 30, **caller: object) -> Desk:
        states = MemoryStateStore()
        records = wiring.passing_records(states, days, clock)._replace(lasting=True)
        dialogue = wiring.assembled(tiny_settings.corpus, analyzer, index, states, records)
        return Desk(dialogue, records, **caller)

    return make


@pytest.fixture
def desk(new_desk: Callable[..., Desk]) -> Desk:
    return new_desk(to="telegram:7")


def text(response: Response | None) -> str:
    assert response is not None
    assert response.panel is not None
    return "\n".join(span.text for block in response.panel.blocks for span in block)


def buttons(panel: Panel | None) -> list[Button]:
    return [button for row in panel.buttons for button in row] if panel else []


def labelled(response: Response, label: str) -> Button:
    return next(button for button in buttons(response.panel) if label in button.label)


@pytest.mark.parametrize("language", Language)
async def test_every_command_says_something_in_every_language(
    new_desk: Callable[..., Desk], language: Language
) -> None:
    desk = new_desk(guess=language)
    for name in COMMANDS - {"start", "new", "ask"}:
        response = await desk.gives(f"/{name}")
        assert text(response).strip(), name
        for button in buttons(response.panel):
            assert len(button.data.encode()) <= MAX_DATA_BYTES
            assert button.label.strip()
    assert text(await desk.gives("/nothing")) == WORDS[language].say("unknown_command")


async def test_help_names_every_command(desk: Desk) -> None:
    said = text(await desk.gives("/help"))
    assert all(f"/{name} " in said for name in LISTED if name not in ("start", "help"))


async def every_panel(desk: Desk) -> list[Panel]:
    """Every panel that can be reached by commands and buttons."""
    seen: dict[str, Panel] = {}
    first = [await desk.gives(f"/{name}") for name in ("topics", "articles", "services", "compare")]
    waiting = [response.panel for response in first if response.panel]
    while waiting:
        for button in buttons(waiting.pop()):
            if button.ask or button.data in seen:
                continue
            response = await desk.presses(button)
            if response.panel:
                seen[button.data] = response.panel
                waiting.append(response.panel)
    return [*(response.panel for response in first if response.panel), *seen.values()]


async def test_every_button_that_asks_is_answered(desk: Desk) -> None:
    asked = {b.data for panel in await every_panel(desk) for b in buttons(panel) if b.ask}
    assert len(asked) >= 5
    for data in asked:
        question = desk.dialogue.suggested(data.removeprefix(ASK))
        assert question
        reply = await desk.dialogue.turn(Utterance(question, "chat", alone=True))
        assert reply.status is Status.ANSWERED, question


async def test_every_place_of_a_service_is_backed_by_an_excerpt(desk: Desk) -> None:
    panels = [p for p in await every_panel(desk) if p.blocks[0][0].text == "无理由退货"]
    (panel,) = panels
    articles = "\n".join(
        article.body for article in desk.dialogue.answering.selector.articles.values()
    )
    places = list(panel.blocks[1:])
    assert [block[0].text for block in places] == ["青岚市白塔区", "青岚市蓝桥区"]
    for _, quote, source in places:
        assert quote.text in articles
        ((start, end),) = quote.marks
        assert "无理由退货" in quote.text[start:end]
        assert "青岚" in source.text


async def test_the_services_are_listed_with_their_places(desk: Desk) -> None:
    lines = text(await desk.gives("/services")).splitlines()
    assert "青岚市蓝桥区：蓝桥区无理由退货单位已有120家" in lines
    assert "消费课堂" not in lines  # no service
    assert "预付卡" not in lines  # no article tells of it


async def test_articles_come_with_what_is_known_of_them(desk: Desk) -> None:
    said = text(await desk.gives("/articles"))
    assert "1. 白塔区办起消费课堂（标题为本站代拟）" in said
    assert "青岚晚报 · 文中日期：5月6日（未写年份） · 青岚市白塔区 · 2 段" in said
    assert "青岚日报 · 2022-03 · 青岚市蓝桥区 · 4 段" in said
    unasked = await desk.presses(labelled(await desk.gives("/articles"), "松河县"))
    assert HANS.say("article_unasked") in text(unasked)
    assert unasked.replaces


async def test_what_can_be_compared_is_compared(desk: Desk) -> None:
    offered = await desk.gives("/compare")
    button = labelled(offered, "白塔区 / 蓝桥区")
    response = await desk.presses(button)
    assert response.question == "白塔区和蓝桥区的无理由退货哪个多？"
    assert response.panel is None
    typed = await desk.gives("/compare 蓝桥 白塔 无理由退货")
    assert typed.question == "蓝桥和白塔的无理由退货哪个多？"
    assert (
        await desk.gives("/compare 蓝桥，白塔、消费课堂")
    ).question == "比较蓝桥和白塔的消费课堂"
    assert (await desk.gives("/compare Lanqiao Baita no-reason returns")).question.isascii()
    for short in ("/compare 蓝桥", "/compare 蓝桥 白塔"):
        assert text(await desk.gives(short)) == HANS.say("compare_what")


async def test_a_language_is_kept_and_everything_follows_it(desk: Desk) -> None:
    response = await desk.presses(labelled(await desk.gives("/lang"), "繁體"))
    assert text(response) == HANT.say("language_set")
    assert response.replaces
    assert "可以問什麼" in text(await desk.gives("/help"))
    reply = await desk.asks("蓝桥区有多少家无理由退货单位？")
    assert reply.wording == HANT  # type: ignore[attr-defined]
    assert "藍橋區無理由退貨單位已有120家" in reply.lead  # type: ignore[attr-defined]
    shown = reply.excerpts[0]  # type: ignore[attr-defined]
    assert "蓝桥区无理由退货单位已有120家" in shown.excerpt.quote
    assert "藍橋區" in shown.source
    refused = await desk.asks("Is there a phone number?")
    assert refused.wording == HANT  # type: ignore[attr-defined]
    await desk.presses(labelled(await desk.gives("/lang"), "自動"))
    assert (await desk.asks("Lanqiao no-reason return shops how many")).wording == EN  # type: ignore[attr-defined]


async def test_the_language_of_the_app_is_the_first_guess(new_desk: Callable[..., Desk]) -> None:
    desk = new_desk(guess=Language.EN)
    assert "What you can ask" in text(await desk.gives("/help"))
    await desk.presses("u:lang:zh-hans")
    assert "可以问什么" in text(await desk.gives("/help"))


async def test_feedback_is_kept(desk: Desk) -> None:
    assert text(await desk.gives("/feedback 很好用")) == HANS.say("feedback_kept")
    await desk.gives("/feedback " + "长" * 9999)
    opinions = await desk.records.feedback.opinions(0, 9)
    assert {opinion.text for opinion in opinions} == {"很好用", "长" * LONGEST}


async def test_the_message_after_feedback_is_the_feedback_and_the_next_is_none(desk: Desk) -> None:
    assert await desk.writes("蓝桥有几家？") is None
    assert text(await desk.gives("/feedback")) == HANS.say("feedback_what")
    assert text(await desk.writes("不太好用", "m99")) == HANS.say("feedback_kept")
    assert await desk.writes("蓝桥有几家？") is None
    # Said again because it was edited, or the process was killed over it.
    assert text(await desk.writes("很不好用", "m99")) == HANS.say("feedback_kept")
    (opinion,) = await desk.records.feedback.opinions(0, 9)
    assert opinion.text == "很不好用"


async def test_feedback_can_be_called_off_and_is_not_waited_for_for_ever(
    desk: Desk, clock: Clock
) -> None:
    assert text(await desk.gives("/cancel")) == HANS.say("nothing_to_cancel")
    await desk.gives("/feedback")
    assert text(await desk.gives("/cancel")) == HANS.say("cancelled")
    assert await desk.writes("蓝桥有几家？") is None
    await desk.gives("/feedback")
    clock.now += FEEDBACK_S
    assert await desk.writes("蓝桥有几家？") is None


async def test_in_a_group_no_message_is_waited_for(new_desk: Callable[..., Desk]) -> None:
    desk = new_desk(private=False)
    assert text(await desk.gives("/feedback")) == HANS.say("feedback_here")
    assert await desk.writes("蓝桥有几家？") is None


async def test_a_vote_is_thanked_for_and_changed_by_the_next(desk: Desk) -> None:
    up = await desk.presses(f"+:{REFERENCE}")
    assert up == Response(notice=HANS.say("thanks_for_vote"))
    down = await desk.presses(f"-:{REFERENCE}")
    assert down.notice == HANS.say("thanks_for_vote")
    assert not down.replaces
    assert await desk.records.feedback.votes(0) == Votes(0, 1, {}, ((REFERENCE, 1),))
    reason = await desk.presses(labelled(down, HANS.say("reason_outdated")))
    assert reason.replaces
    assert HANS.say("reason_outdated") in text(reason)
    assert (await desk.records.feedback.votes(0)).reasons == {"outdated": 1}
    await desk.presses(f"+:{REFERENCE}")
    assert await desk.records.feedback.votes(0) == Votes(1)


def test_the_longest_reference_fits_on_every_button() -> None:
    Button("x", f"-x:{'a' * 56}")


async def test_privacy_says_what_is_so(new_desk: Callable[..., Desk], desk: Desk) -> None:
    said = text(await desk.gives("/privacy"))
    assert HANS.say("privacy_questions", days=30) in said
    assert HANS.say("privacy_corrections_off") in said
    none_kept = new_desk(days=0)
    said = text(await none_kept.gives("/privacy"))
    assert HANS.say("privacy_no_questions") in said
    assert HANS.say("privacy_rest", days=30) in said
    passing = new_desk()
    passing.dialogue.commands._account._records = passing.records._replace(lasting=False)
    assert text(await passing.gives("/privacy")) == HANS.say("privacy_here")


async def test_corrections_are_off_until_somebody_wants_them(
    desk: Desk, new_desk: Callable[..., Desk]
) -> None:
    await desk.asks("蓝桥区有多少家无理由退货单位？")
    assert text(await desk.gives("/corrections")) == HANS.say("corrections_are_off")
    assert await desk.records.questions.followers("lanqiao") == []
    await desk.presses(labelled(await desk.gives("/privacy"), HANS.say("corrections_start")))
    await desk.asks("蓝桥区有多少家无理由退货单位？")
    (follower,) = await desk.records.questions.followers("lanqiao")
    assert follower.to == "telegram:7"
    assert text(await desk.gives("/corrections off")) == HANS.say("corrections_off")
    assert await desk.records.questions.followers("lanqiao") == []
    await desk.gives("/corrections ON")
    assert await desk.records.questions.followers("lanqiao") == []  # the list went, too
    group = new_desk(private=False)
    assert text(await group.gives("/corrections on")) == HANS.say("corrections_private")
    assert not any(
        b.data.startswith("u:corr") for b in buttons((await group.gives("/privacy")).panel)
    )


async def test_who_is_forgotten_is_asked_first_and_told_what_was_found(desk: Desk) -> None:
    await desk.asks("蓝桥区有多少家无理由退货单位？")
    await desk.gives("/feedback 好")
    await desk.presses(f"+:{REFERENCE}")
    await desk.presses("u:lang:en")
    asked = await desk.gives("/forget")
    assert (await desk.records.questions.tally(0)).users == 1
    kept = await desk.presses(labelled(asked, EN.say("forget_no")))
    assert text(kept) == EN.say("forget_not")
    said = text(await desk.presses(labelled(asked, EN.say("forget_yes"))))
    for kind in ("conversation", "opinion", "preference", "question", "vote"):
        assert f"{EN.say(f'record_{kind}')}: 1" in said
    assert EN.say("forgotten_checked") in said
    assert (await desk.records.questions.tally(0)).users == 0
    again = await desk.presses(labelled(asked, EN.say("forget_yes")))
    assert text(again).startswith(HANS.say("forgotten_nothing"))


async def test_nobody_can_press_what_was_shown_to_another(
    desk: Desk, new_desk: Callable[..., Desk]
) -> None:
    other = new_desk(user="telegram:user:8")
    yes = labelled(await desk.gives("/forget"), HANS.say("forget_yes"))
    assert await other.presses(yes) == Response(notice=HANS.say("not_yours"))


@given(
    st.one_of(
        st.text(max_size=64),
        st.tuples(
            st.sampled_from(
                [
                    "m:",
                    "u:",
                    "+:",
                    "-:",
                    "-p:",
                    "+p:",
                    "m:article:",
                    "m:pair:",
                    "m:service:",
                    "u:forget:yes",
                ]
            ),
            st.text(st.sampled_from("0123456789abcdef:-²x静"), max_size=30),
        ).map("".join),
    )
)
async def test_no_data_do_harm(forged: str) -> None:
    records = wiring.passing_records(MemoryStateStore(), 30)
    commands = Commands.over(EMPTY, _unanswered, records, WORDS)
    response = await commands.press(forged, Caller("user", "chat"))
    assert response.notice or response.panel


async def _unanswered(utterance: Utterance) -> object:
    raise AssertionError("there is nothing to ask")


EMPTY = Catalogue({}, [], Analyzer(lexicon.parse({})))


class FullDisk:
    """Fails in all that it is asked."""

    async def _fails(self, *arguments: object) -> object:
        raise StoreError("a.sqlite3: disk I/O error")

    load = save = vote = add = forget = _fails


async def test_a_store_that_fails_is_told_calmly(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    disk = FullDisk()
    records = desk.records._replace(preferences=disk, feedback=disk, users=disk)
    commands = Commands.over(EMPTY, _unanswered, records, WORDS)
    caller = Caller("user", "chat", said="m1", to="telegram:7")
    for command, argument in (
        ("feedback", "秘密"),
        ("feedback", ""),
        ("cancel", ""),
        ("corrections", "on"),
    ):
        assert text(await commands.run(command, argument, caller)) == HANS.say("not_kept")
    assert await commands.taken("秘密", caller) is None
    assert (await commands.press("u:lang:en", caller)).notice == HANS.say("not_kept")
    assert await commands.press(f"+:{REFERENCE}", caller) == Response(notice=HANS.say("not_kept"))
    forgotten = await commands.press(f"u:forget:yes:{caller.tag}", caller)
    assert text(forgotten) == HANS.say("forget_failed")
    assert "disk I/O error" in caplog.text
    assert "秘密" not in caplog.text


async def test_what_was_asked_is_recorded_with_what_came_of_it(desk: Desk) -> None:
    for question in (
        "蓝桥区有多少家无理由退货单位？",
        "蓝桥区无理由退货有名单吗",
        "虹口区呢",
        "你好",
    ):
        await desk.asks(question)
    tally = await desk.records.questions.tally(0)
    assert tally.outcomes == {"answered": 1, "refused": 2, "smalltalk": 1}
    assert tally.articles == {"lanqiao": 1}
    assert tally.channels == {"telegram": 4}
    gaps = await desk.records.questions.gaps(0, 9)
    assert {(gap.missing, gap.reason) for gap in gaps} == {
        ("名单", "missing_part"),
        ("虹口区", "unknown_place"),
    }
    await desk.dialogue.ask(
        Utterance("蓝桥区有多少家无理由退货单位？", "x", user="telegram:user:7")
    )
    await desk.dialogue.turn(Utterance("蓝桥区有多少家无理由退货单位？", "x"))
    assert (await desk.records.questions.tally(0)).outcomes == tally.outcomes


async def test_a_vote_needs_no_more_than_its_data(desk: Desk) -> None:
    """As after a restart."""
    await desk.presses(f"-p:{REFERENCE}")
    assert await desk.records.feedback.votes(0) == Votes(0, 1, {"place": 1}, ((REFERENCE, 1),))
    await desk.records.feedback.vote("user", REFERENCE, Vote(False))
