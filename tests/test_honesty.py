"""Whatever stands in the articles is not said to be missing, and no figure is told without what it is a part of.

The questions are generated: each place, body, name and figure of the articles that ship, and of sixty that nobody has written
known questions for, is asked about in three wordings.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import wiring
from bot.analysis.chars import fold
from bot.analysis.sentences import clauses, sentences
from bot.article import Article
from bot.dialogue.reply import Status
from bot.dialogue.turn import Dialogue
from bot.dialogue.utterance import Utterance
from bot.settings import Settings
from tests.benchmarks import corpora

FIGURE = re.compile("[0-9][0-9.]*[余多]?[万亿]?[余多]?(?:人次|[家个件起次条人名场批项元%])")
BODY = re.compile("[一-鿿]{2,8}(?:市场监管局|消保委|消协|法院|市场监管所|公司|学校|医院|商圈|广场)")
OF_FIGURES = ("{}是什么？", "{}说的是什么？", "文章里的{}指什么？")
OF_NAMES = ("文章里有没有提到{}？", "{}是什么？", "{}有多少家？")
PARTS = ("中", "里", "之中", "当中")


def figures(article: Article) -> Iterator[tuple[str, str]]:
    """Yield each figure of an article with the sentence that states it."""
    for paragraph in article.paragraphs:
        if not paragraph.heading and "⟦" not in paragraph.text:
            for start, end in sentences(paragraph.text):
                sentence = paragraph.text[start:end]
                for match in FIGURE.finditer(sentence):
                    yield match[0], sentence


def names(article: Article, dialogue: Dialogue) -> set[str]:
    """Return the places and bodies that an article names."""
    analyzer = dialogue.answering.reader.analyzer
    folded = fold(article.body)
    found = {folded[p.start : p.end] for p in analyzer.known_places(folded)}
    return found | {match[0] for match in BODY.finditer(article.body)}


async def absences(dialogue: Dialogue, questions: list[str]) -> list[tuple[str, str]]:
    """Return the questions whose reply names something as missing that stands in an article, with what it names."""
    said = dialogue.answering.reader.said
    false = []
    for question in questions:
        reply = await dialogue.ask(Utterance(question, ""))
        missing = reply.refusal.missing if reply.refusal else ""
        false += [(question, name) for name in missing.split("、") if name and fold(name) in said]
    return false


async def without_whole(dialogue: Dialogue, asked: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the figures that are told without the clause of which they are a part, with the short answer."""
    bare = []
    for figure, sentence in asked:
        for wording in OF_FIGURES:
            reply = await dialogue.ask(Utterance(wording.format(figure), ""))
            if reply.status is not Status.ANSWERED or reply.excerpts[0].excerpt.quote != sentence:
                continue
            spans = clauses(sentence, 0, len(sentence))
            for (a, b), (start, end) in itertools.pairwise(spans):
                before, clause = sentence[a:b], sentence[start:end]
                part = before.endswith(PARTS) or clause.startswith("其中")
                if part and clause in reply.lead and figure in clause and before not in reply.lead:
                    bare.append((wording.format(figure), reply.lead))
    return bare


@pytest.fixture(scope="module", params=["shipped", "reports"])
def spoken_of(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Dialogue]:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "shipped":
        yield request.getfixturevalue("real_dialogue")
        return
    corpus = corpora.write(folder / "corpus", corpora.reports())
    yield wiring.dialogue(Settings(Path(corpus), folder / "state"))


async def test_no_name_that_stands_in_an_article_is_said_to_be_missing(spoken_of: Dialogue) -> None:
    asked = {
        wording.format(name)
        for article in spoken_of.answering.selector.articles.values()
        for name in names(article, spoken_of)
        for wording in OF_NAMES
    }
    assert await absences(spoken_of, sorted(asked)) == []


async def test_no_figure_that_stands_in_an_article_is_said_to_be_missing(
    spoken_of: Dialogue,
) -> None:
    articles = spoken_of.answering.selector.articles.values()
    told = [(figure, sentence) for article in articles for figure, sentence in figures(article)]
    asked = {wording.format(figure) for figure, _ in told for wording in OF_FIGURES}
    assert await absences(spoken_of, sorted(asked)) == []
    assert await without_whole(spoken_of, told) == []
