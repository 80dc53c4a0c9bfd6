import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import edits
from bot.ingest import injected

TITLE = "广东佛山顺德区建立家具消费纠纷快速处置机制"
BODY = (
    "中国消费者报广州讯（记者李青山）3月12日，广东省佛山市顺德区市场监管局召开新闻通气会，通报家具消费纠纷快速"
    "处置机制运行情况。据悉，该机制自去年7月启动以来，已受理家具类投诉1286件，调解成功率达到87.5%，为消费者挽回"
    "经济损失430余万元。\n乐从镇是全国知名的家具集散地，镇内有家具卖场180余座、经营户3450家。过去，消费者在卖场购"
    "买家具后遇到甲醛超标、材质不符、迟延交货等问题，往往要在商户、卖场和厂家之间来回奔走。针对这一痛点，顺德区市"
    "场监管局推动卖场设立先行赔付保证金，目前已有62家卖场加入，保证金总额达到2100万元。\n下一步，该局将把快速处置"
    "机制推广到家电、建材等行业，同时探索引入第三方检测机构，解决举证难的问题。据统计，截至今年2月底，全区共有46个"
    "消费维权服务站实现了线上调解，群众满意度明显提高。"
)
FRAGMENTS = ["广东", "佛山", "顺德", "区建", "立家", "具消", "费纠", "纷快", "速处", "置机制"]


def plant(text, fragments, first, count=15, distance=7):
    """The damage: fragments in turn behind delimiters, from any of them on, in the first paragraphs."""
    parts, last, done = [], -distance, 0
    for at, character in enumerate(text):
        parts.append(character)
        inside = text[at + 1 : at + 2] in ("”", "）")
        if (
            done < count
            and character in "，、。；：的是在和"
            and at - last >= distance
            and not inside
            and at > 15
        ):
            parts.append(fragments[(first + done) % len(fragments)])
            done, last = done + 1, at
    return "".join(parts)


def clean(text, title):
    finding = injected.find(text, title)
    return edits.apply(text, finding.edits), finding.doubts


@pytest.mark.parametrize("first", range(len(FRAGMENTS)))
def test_fragments_of_a_known_title_are_taken_out_wherever_the_cycle_begins(first):
    assert clean(plant(BODY, FRAGMENTS, first), TITLE) == (BODY, [])


@pytest.mark.parametrize("first", range(5))
def test_without_a_title_a_cycle_seen_three_times_is_taken_out_and_asked_about(first):
    fragments = ["上海寺商", "打造地标", "静安", "圈放", "心消"]
    text, doubts = clean(plant(BODY, fragments, first), None)
    assert text == BODY
    assert doubts


def test_without_a_title_a_cycle_seen_once_is_reported_and_left():
    damaged = plant(BODY, FRAGMENTS, 0)
    text, doubts = clean(damaged, None)
    assert text == damaged
    assert doubts


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 9), st.integers(6, 12), st.randoms(use_true_random=False))
def test_what_is_taken_out_without_doubt_gives_back_the_text(first, distance, random_source):
    fragments = FRAGMENTS.copy()
    fragments.pop(random_source.randrange(len(fragments)))  # a fragment that the cycle never had
    text, doubts = clean(plant(BODY, fragments, first, distance=distance), TITLE)
    assert text == BODY or doubts


@pytest.mark.parametrize("title", [TITLE, None])
def test_a_clean_text_is_left_alone(title):
    assert clean(BODY, title) == (BODY, [])


def test_sentences_in_any_order_are_left_alone():
    sentences = BODY.replace("\n", "").split("。")[:-1]
    for seed in range(20):
        random.Random(seed).shuffle(sentences)
        text = "。".join(sentences) + "。"
        assert clean(text, TITLE) == (text, [])


def test_a_real_word_beside_an_equal_fragment_stays():
    fragments = ["同心圆", "浙江", "宁波", "多措", "并举", "画好", "消费", "维权"]
    title = "浙江宁波多措并举画好消费维权“同心圆”"
    body = (
        "中国消费者报报道（记者施本允）2021年以来，针对群众广泛关注的消费维权、直播带货等热点话题，浙江宁波海曙区"
        "市场监管局强化从生产、流通到消费领域的全链条监管，持续推进社会协同共治，畅通投诉渠道，延伸服务范围，取得"
        "较好成效。记者了解到，截至2021年12月，海曙区共受理投诉举报38464件，挽回经济损失1470余万元，办结率100%。\n"
        "浙江宁波多措并举，画好同心圆，消费维权深入人心。"
    )
    damaged = plant(body, fragments, 0)
    assert "，宁波浙江宁波海曙区" in damaged
    text, _ = clean(damaged, title)
    assert text == body


@pytest.mark.parametrize("seed", range(3))
def test_pairs_of_the_title_in_no_order_are_asked_about(seed):
    pairs = [TITLE[at : at + 2] for at in range(0, len(TITLE) - 1, 2)] * 3
    random.Random(seed).shuffle(pairs)
    text, doubts = clean(plant(BODY, pairs, 0), TITLE)
    assert text == BODY or doubts
