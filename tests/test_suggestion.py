"""What is suggested shares the matter of what was asked, and is answered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot import wiring
from bot.article import Article, Paragraph, Region
from bot.collection import read_suggestions
from bot.dialogue import suggestion
from bot.dialogue.reply import Status
from bot.dialogue.turn import Dialogue
from bot.dialogue.utterance import Utterance
from bot.dialogue.wording import Language
from bot.errors import CorpusError
from bot.ingest import knowledge
from bot.settings import Settings, shipped_corpus
from tests.benchmarks import corpora
from tests.tiny import Chat

WRITTEN = suggestion.parse(read_suggestions(shipped_corpus()))


@pytest.mark.parametrize("language", Language)
async def test_each_is_answered_by_its_article(real_dialogue: Dialogue, language: Language) -> None:
    wrong = []
    for one in WRITTEN:
        reply = await real_dialogue.ask(Utterance(one.shown(language), ""))
        cited = [shown.excerpt.article.id for shown in reply.excerpts[:1]]
        if cited != [one.article]:
            wrong.append(one.shown(language))
    assert wrong == []


def test_each_is_written_once_in_its_own_script() -> None:
    texts = [text for one in WRITTEN for text in (one.text, one.traditional, one.english)]
    assert len(set(texts)) > len(texts) - len(
        WRITTEN
    )  # a question without other characters is one text
    assert not any("“" in one.traditional for one in WRITTEN)
    assert all(one.english.isascii() and one.english.endswith("?") for one in WRITTEN)


@pytest.mark.parametrize("text", ["a\tb\tc", "a\tb\tc\td\te", "a\tb\t\td"])
def test_a_broken_line_is_named(text: str) -> None:
    with pytest.raises(CorpusError, match=r"suggestions\.tsv.*2"):
        suggestion.parse(f"# 注\n{text}")


def test_the_check_of_a_corpus_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "suggestions.tsv"
    path.write_text("# 注\nlanqiao\t问\n", encoding="utf-8")
    (fault,) = knowledge.suggestion_faults(tmp_path)
    assert (fault.path, fault.line) == (path, 2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("青浦区有几家消费维权联络站", ("联络",)),
        ("苏州的无理由退货店多吗", ("退货",)),
        ("杭州的消费者满意率是多少", ("满意",)),
        ("How many contact points does Suzhou have?", ("contact", "station")),
    ],
)
async def test_a_refusal_suggests_what_is_of_the_same_matter(
    real_dialogue: Dialogue, text: str, words: tuple[str, ...]
) -> None:
    reply = await real_dialogue.ask(Utterance(text, ""))
    assert reply.status is Status.REFUSED
    assert reply.suggestions
    assert all(any(word in one for word in words) for one in reply.suggestions)


@pytest.mark.parametrize("text", ["红烧肉怎么做", "python怎么读取excel文件"])
async def test_where_nothing_fits_nothing_is_suggested(real_dialogue: Dialogue, text: str) -> None:
    reply = await real_dialogue.ask(Utterance(text, ""))
    assert reply.suggestions == ()


async def test_a_number_picks_from_what_was_suggested(
    real_dialogue: Dialogue, new_chat: Callable[[Dialogue], Chat]
) -> None:
    chat = new_chat(real_dialogue)
    refused = await chat.says("苏州的无理由退货店多吗")
    picked = await chat.says("1")
    alone = await new_chat(real_dialogue).says(refused.suggestions[0])
    assert (picked.status, picked.lead) == (Status.ANSWERED, alone.lead)
    assert (await chat.says("9")).status is not Status.ANSWERED


def test_an_article_without_any_gets_its_own(real_dialogue: Dialogue) -> None:
    text = "吴兴区设立消费维权服务站12个，受理投诉486件，累计达到30个。办结率100%，共1个中心2个组。"
    region = Region("浙江省", "湖州市", "吴兴区")
    article = Article("a", "吴兴区的服务站", None, (Paragraph("a", 0, text),), region=region)
    made = suggestion.made_of(article, real_dialogue.answering.reader.analyzer)
    asked = [one.text for one in made]
    assert asked[:2] == ["吴兴区设立消费维权服务站多少个？", "吴兴区受理投诉多少件？"]
    assert not any("累计" in one for one in asked)


async def test_what_is_made_for_an_added_article_is_answered_by_it(tmp_path: Path) -> None:
    corpus = corpora.write(tmp_path / "corpus", corpora.reports()[:8])
    dialogue = wiring.dialogue(Settings(corpus, tmp_path / "state"))
    reader = dialogue.answering.reader
    made = wiring.suggestions(corpus, dialogue.answering.selector.articles, reader.analyzer)
    shown = 0
    for one in made[:20]:
        reply = await dialogue.ask(Utterance(f"厦门{reader.without_places(one.text)}", ""))
        for suggested in reply.suggestions:
            shown += 1
            assert (await dialogue.ask(Utterance(suggested, ""))).status is Status.ANSWERED
    assert shown
