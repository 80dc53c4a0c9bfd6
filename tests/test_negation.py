from __future__ import annotations

import pytest

from bot.question.negation import says_not, turned
from bot.question.question import Reader


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("没有开通ODR的单位有多少家", ("开通",)),
        ("没被评为优秀单位的有多少家", ("评为",)),
        ("未办结的举报有几件", ("办结",)),
        ("没给换货的有几家", ("换货",)),
        ("海曙对处理不满意的人有多少个", ("满意",)),
        ("哪些投诉线上调解解决不了", ("解决",)),
        ("奉贤还有几个村没设联络站", ("联络站",)),
        ("奉贤不肯推行无理由退货的店有多少家", ("推行",)),
        ("还没用企业微信的联络站有几个", ("企业微信",)),
        ("奉贤不愿意做无理由退货的店有多少", ("愿意",)),
        ("静安寺商圈里不是承诺单位的商家有几家", ("承诺单位",)),
        ("没要回来的钱一共多少", ("要回",)),
        ("诉调对接以后没调成的纠纷几起", ("调成",)),
    ],
)
def test_what_is_denied_is_known(real_reader: Reader, text: str, denied: tuple[str, ...]) -> None:
    assert real_reader.read(text).denied == denied


@pytest.mark.parametrize(
    "text",
    [
        "松江有法律顾问队伍没有",
        "能不能退货",
        "大家满不满意",
        "不问理由就给退的店有几家",
        "有啥不一样",
        "静安寺有没有联络点",
        "哪边不满意能退货的店多",
        "差不多有多少家",
        "不用跑腿就调解成的投诉有多少件",
        "无理由退货单位有多少家",
        "松江建了法律顾问队伍没有？办了几场论坛",
        "没吃午饭的有几个人",  # 吃 is no word of a denial by itself
        "没去上海野生动物园的人有几个",  # so long a name is no verb
        "解决不了解决得了的各有几件",
        "静安寺没几家吧",
        "没想到有多少家",
        "是不是没到500家",
    ],
)
def test_what_only_sounds_like_a_denial_is_none(real_reader: Reader, text: str) -> None:
    assert real_reader.read(text).denied == ()


def test_of_a_story_only_the_sentence_that_asks_denies(real_reader: Reader) -> None:
    story = "我在静安寺买的包不合适，店员不给退，跑了三趟都没用，气死我了。无理由退货单位有多少家？"
    assert real_reader.read(story).denied == ()


@pytest.mark.parametrize(
    ("word", "text", "says"),
    [
        ("支持", "12家店不支持无理由退货", True),
        ("办结", "尚有3件未办结", True),
        ("退货", "无理由退货单位313家", False),
        ("开通", "依托全区112家odr开通单位", False),
        ("满意", "对服务不满意的事件务必按期整改", True),
        ("退货", "不在本店购买的商品也可退货", False),  # denies what stands before it
    ],
)
def test_a_text_denies_a_word_or_not(word: str, text: str, says: bool) -> None:
    assert says_not(word, text) is says


@pytest.mark.parametrize(
    ("plain", "text", "has"),
    [
        ("落选的有几家", "第二批共155家", False),
        ("落选的有几家", "3家被淘汰", True),
        ("被摘牌的有几家", "取消2家的称号", True),
        ("有几家关门了", "新开5家", False),
        ("有几家", "新开5家", True),
    ],
)
def test_an_opposite_is_answered_by_its_like(plain: str, text: str, has: bool) -> None:
    assert turned(plain, text) is has


@pytest.mark.parametrize(
    ("text", "denies"),
    [
        ("How many shops in Fengxian refused to promise no-reason returns?", True),
        ("How many complaints were not resolved?", True),
        ("Which shops have never joined ODR?", True),
        ("How many shops accept returns without giving a reason?", False),
        ("How many contact points are there, not counting Ningbo?", False),
    ],
)
def test_an_english_question_denies_or_does_not(
    real_reader: Reader, text: str, denies: bool
) -> None:
    assert bool(real_reader.read(text).denied) is denies
