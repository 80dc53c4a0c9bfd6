from __future__ import annotations

import pytest

from bot.answer.answer import Answer, Excerpt, Reason, Refusal, Remark
from bot.article import Article, Paragraph, Region
from bot.dialogue import wording
from bot.dialogue.citation import source
from bot.dialogue.compose import Composer, to_traditional
from bot.dialogue.reply import Status
from bot.dialogue.wording import Language

WORDS = wording.load()
HANS, HANT, EN = (WORDS[language] for language in Language)
COMPOSER = Composer(WORDS)
REGION = Region("浙江省", "宁波市", "海曙区")


def excerpt(
    title: str | None = None,
    label: str | None = "同心圆",
    publisher: str | None = "中国消费者报",
    published: str | None = None,
    event_date: str | None = None,
    region: Region = REGION,
) -> Excerpt:
    paragraphs = (Paragraph("a", 0, "同心圆", heading=True), Paragraph("a", 1, "办结率100%。"))
    article = Article(
        "a",
        title,
        publisher,
        paragraphs,
        label=label,
        published=published,
        event_date=event_date,
        region=region,
    )
    return Excerpt(article, paragraphs[1], 0, 8)


@pytest.mark.parametrize(
    ("cited", "line"),
    [
        (
            excerpt(title="画好同心圆", published="2021-12-21"),
            "中国消费者报 · 《画好同心圆》 · 2021-12-21 · 浙江省宁波市海曙区 · 第1段",
        ),
        (
            excerpt(event_date="11-14"),
            "中国消费者报 · 同心圆（标题为本站代拟） · 文中日期：11月14日（未写年份） · 浙江省宁波市海曙区 · 第1段",
        ),
        (
            excerpt(publisher=None, label=None, region=Region()),
            "来源不详 · 办结率100%。（标题为本站代拟） · 日期不详 · 第1段",
        ),
    ],
)
def test_the_source_says_what_is_known_and_what_is_not(cited: Excerpt, line: str) -> None:
    """People count paragraphs from 1; the number inside, from 0, stands in the JSON output."""
    assert source(cited, HANS) == line


def test_the_labels_of_a_source_are_in_the_replys_language() -> None:
    cited = excerpt(title="画好同心圆", published="2021")
    assert (
        source(cited, EN)
        == "中国消费者报 · 《画好同心圆》 · 2021 · 浙江省宁波市海曙区 · paragraph 1"
    )


def test_a_brace_in_a_title_does_no_harm() -> None:
    assert "《{missing} {0}》" in source(excerpt(title="{missing} {0}"), HANS)


def test_an_answer_shows_its_lead_and_excerpts() -> None:
    cited = excerpt()
    reply = COMPOSER.answer(Answer(("办结率100%",), (cited,)), HANS, ("几家？",))
    assert (reply.status, reply.lead, reply.message) == (Status.ANSWERED, "办结率100%", "")
    assert [shown.excerpt for shown in reply.excerpts] == [cited]
    assert reply.suggestions == ("几家？",)


def test_a_comparison_shows_both_leads_and_a_remark() -> None:
    cited = excerpt()
    answer = Answer(("办结率", "100%"), (cited,), Remark.DIFFERENT_THINGS)
    reply = COMPOSER.answer(answer, HANS)
    assert reply.lead == "办结率；100%"
    assert reply.message == HANS.say("different_things")


def test_a_sentence_that_may_not_be_quoted_is_told_where_it_stands() -> None:
    cited = excerpt(title="某区办论坛")
    where = (cited.article, cited.paragraph)
    reply = COMPOSER.refusal(Refusal(Reason.UNQUOTABLE, where=where), HANS)
    assert "《某区办论坛》 · 第" in reply.message


@pytest.mark.parametrize("words", WORDS.values(), ids=list(Language))
@pytest.mark.parametrize("reason", Reason)
def test_every_refusal_can_be_worded(reason: Reason, words: wording.Wording) -> None:
    reply = COMPOSER.refusal(Refusal(reason, "名單", ("几家？",)), words)
    assert (reply.status, reply.lead, reply.excerpts) == (Status.REFUSED, "", ())
    assert reply.message
    assert "{" not in reply.message
    assert len(reply.suggestions) == 1


def test_a_refusal_names_what_is_missing_and_the_hotline() -> None:
    reply = COMPOSER.refusal(Refusal(Reason.MISSING_PART, "商家的名单"), HANS)
    assert "没有提到商家的名单" in reply.message
    assert "12315" in reply.message
    unnamed = COMPOSER.refusal(Refusal(Reason.MISSING_PART), HANS)
    assert unnamed.message.startswith(HANS.say("missing_unnamed"))


@pytest.mark.parametrize("reason", [Reason.NOTHING_ASKED, Reason.NO_CONTEXT, Reason.SEARCH_FAILED])
def test_where_nothing_was_asked_no_hotline_is_named(reason: Reason) -> None:
    assert "12315" not in COMPOSER.refusal(Refusal(reason), HANS).message


def test_a_traditional_reply_is_traditional_throughout() -> None:
    reply = COMPOSER.refusal(Refusal(Reason.MISSING_PART, "商家的名单", ("有几家联络点",)), HANT)
    assert "沒有提到商家的名單" in reply.message
    assert reply.suggestions == ("有幾家聯絡點",)


def test_small_talk_offers_an_example() -> None:
    reply = COMPOSER.smalltalk("greeting", "有几家？", HANS)
    assert (reply.status, reply.lead, reply.excerpts) == (Status.SMALLTALK, "", ())
    assert reply.message.endswith("有几家？")
    assert "有幾家？" in COMPOSER.smalltalk("greeting", "有几家？", HANT).message


def test_traditional_characters_and_no_other_words() -> None:
    assert to_traditional("这里的软件和网络信息") == "這裡的軟件和網絡信息"


def test_half_a_surrogate_pair_stays_as_it_is() -> None:
    assert to_traditional("\ud83d这\udc00里") == "\ud83d這\udc00裡"


def test_in_traditional_the_source_is_traditional_and_the_quote_as_published() -> None:
    cited = excerpt(title="画好同心圆")
    (shown,) = COMPOSER.answer(Answer(("办结率100%",), (cited,)), HANT).excerpts
    assert shown.source == "中國消費者報 · 《畫好同心圓》 · 日期不詳 · 浙江省寧波市海曙區 · 第1段"
    assert shown.excerpt.quote == "办结率100%。"
