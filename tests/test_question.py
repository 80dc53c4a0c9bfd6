from __future__ import annotations

import pytest
from hypothesis import given

from bot.question.question import LIMIT, Reader
from bot.question.writing import Writing
from tests.strategies import TYPED
from tests.tiny import saying


@pytest.mark.parametrize(
    ("text", "plain", "writing"),
    [
        ("蓝桥区有多少家？", "蓝桥区有多少家?", Writing.HANS),
        ("藍橋區有多少家無理由退貨單位？", "蓝桥区有多少家无理由退货单位?", Writing.HANT),
        ("哪裡下載軟體", "哪里下载软件", Writing.HANT),
        ("藍橋有幾多間", "蓝桥有多少家", Writing.HANT),
        ("蓝\u200b桥区\n有多少家", "蓝桥区 有多少家", Writing.HANS),
        ("无里由退货", "无理由退货", Writing.HANS),
        ("How many no-reason returns in Lanqiao?", "无理由退货 蓝桥区", Writing.ENGLISH),
        ("lan qiao wu li you tui huo", "蓝桥 无理由退货", Writing.PINYIN),
        ("ODR", "odr", Writing.HANS),
        ("", "", Writing.HANS),
    ],
)
def test_a_question_in_folded_mandarin(
    reader: Reader, text: str, plain: str, writing: Writing
) -> None:
    got = reader.read(text)
    assert (got.plain, got.writing) == (plain, writing)


def test_what_is_asked(reader: Reader) -> None:
    got = reader.read("2021年蓝桥、虹口和蓝桥区的消费课堂有多少，电话多少")
    assert [place.name for place in got.places] == ["蓝桥区"]
    assert got.elsewhere == ("虹口",)
    assert got.years == ("2021",)
    assert got.kinds == ("count",)
    assert [attribute.name for attribute in got.attributes] == ["phone"]
    assert "消费课堂" in got.content
    assert not {"蓝桥", "虹口", "多少", "的"} & set(got.content)


def test_a_city_that_an_english_question_spells_in_pinyin_is_that_city(reader: Reader) -> None:
    assert reader.read("how many shops are there in Haikou?").elsewhere == ("海口",)


def test_english_question_words_count_though_the_mandarin_lacks_them(reader: Reader) -> None:
    got = reader.read("how many shops in baita, and the phone?")
    assert got.kinds == ("count",)
    assert [attribute.label for attribute in got.attributes] == ["联系电话"]
    assert reader.query(got).asked["concepts"] == ["?count", "@phone"]


@pytest.mark.parametrize(
    ("text", "unread"),
    [("how many no-reason returns", 0.0), ("qwerty zxcvb", 1.0), ("xiao fei ke tang", 0.0)],
)
def test_what_could_not_be_read_is_measured(reader: Reader, text: str, unread: float) -> None:
    assert reader.read(text).unread == unread


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2021年和2022年和2021年", ("2021", "2022")),
        ("二〇二一年", ("2021",)),
        ("12345号，20211家，3021年", ()),
    ],
)
def test_years(reader: Reader, text: str, years: tuple[str, ...]) -> None:
    assert reader.read(text).years == years


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("ODR", True),
        ("消费课堂", True),
        ("消费课堂 无理由退货", True),
        ("消费课堂怎么报名", False),
        ("蓝桥 消费课堂", True),
        ("消费课堂 蓝桥区", True),
        ("蓝桥", False),
        ("消费课堂在蓝桥", False),
    ],
)
def test_keywords_are_no_question(reader: Reader, text: str, bare: bool) -> None:
    assert reader.read(text).bare == bare


@pytest.mark.parametrize(
    "text", ["", " ", "？？？", "……", "\u200b\u200d", "🙂👍🏽", "——“”", "\ud83d"]
)
def test_without_letters_or_digits_nothing_is_asked(reader: Reader, text: str) -> None:
    assert reader.read(text).asks_nothing


@pytest.mark.parametrize("text", ["?a", "1", "退", "Ａ"])
def test_a_letter_or_digit_asks_something(reader: Reader, text: str) -> None:
    assert not reader.read(text).asks_nothing


def test_of_a_long_story_the_end_is_read(reader: Reader) -> None:
    got = reader.read("白塔" + "我去买了一件衣服，" * 500 + "蓝桥有多少家")
    assert len(got.plain) == LIMIT
    assert [place.name for place in got.places] == ["蓝桥区"]


def test_places_are_taken_out(reader: Reader) -> None:
    assert reader.without_places("藍橋區和虹口有多少家") == "和有多少家"


@given(text=TYPED)
def test_any_text_can_be_read(reader: Reader, text: str) -> None:
    got = reader.read(text)
    assert len(got.text) <= len(text)
    assert 0 <= got.unread <= 1
    assert not set(got.places) & set(got.elsewhere)
    assert got == reader.read(got.text)
    query = reader.query(got)
    for terms in (query.terms, query.asked):
        assert all(terms[name] is not None for name in ("words", "bigrams", "chars"))


@pytest.mark.parametrize(
    ("text", "elsewhere"),
    [
        ("安亭镇的联络站有几个", ("安亭镇",)),
        ("三墩镇的站点多少个", ("三墩镇",)),
        ("良渚街道有什么维权站", ("良渚街道",)),
        ("中关村有多少家ODR", ("中关村",)),
        ("柘林镇的微公园在哪里", ()),  # an article names it
        ("静安寺街道有几家", ()),
        ("青西老街有几家店", ()),  # which the lexicon has as another spelling
        ("这个街道有几个站点", ()),
        ("乡镇站点有几个", ()),
        ("核心商圈有几家", ()),
        ("哪个镇的站点最多", ()),
        ("拜拜 下班了", ()),
        ("南京西路有几家店", ()),  # a road
    ],
)
def test_towns_and_areas_that_no_table_lists_are_places(
    real_reader: Reader, text: str, elsewhere: tuple[str, ...]
) -> None:
    assert real_reader.read(text).elsewhere == elsewhere


def test_a_town_that_an_article_names_is_no_strange_one(real_reader: Reader) -> None:
    naming = saying(real_reader, real_reader.said + "记者来到安亭镇。")
    assert naming.read("安亭镇的联络站有几个").elsewhere == ()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("徐汇设没设联络点", "徐汇有没有设联络点"),
        ("海曙有没有联络站", "海曙有没有联络站"),
    ],
)
def test_a_verb_asked_with_its_denial_asks_whether(
    real_reader: Reader, text: str, plain: str
) -> None:
    assert real_reader.read(text).plain == plain


@pytest.mark.parametrize(
    ("text", "elsewhere"),
    [
        ("Does Kaohsiung have any contact points?", ("Kaohsiung",)),
        ("How many shops are there in Mong Kok?", ("Mong Kok",)),
        ("How many shops are there in Fengxian?", ()),
        ("Where Can One Complain About Shops In Shanghai", ()),  # a headline
        ("How many companies use ODR in Haishu?", ()),
    ],
)
def test_an_english_name_that_nobody_knows_is_strange(
    real_reader: Reader, text: str, elsewhere: tuple[str, ...]
) -> None:
    assert real_reader.read(text).elsewhere == elsewhere


def test_what_lies_in_a_strange_place_is_strange_too(real_reader: Reader) -> None:
    assert real_reader.read("新北市板桥区有联络站吗").elsewhere == ("新北市", "板桥区")
    assert real_reader.read("海曙区呢，有商圈拿过牌子吗").elsewhere == ()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("第二批公布了多少家，首批别算", "第二批公布了多少家"),
        ("海曙一共受理几件，不是首问机制那个数", "海曙一共受理几件"),
        ("老师问ODR是什么，我答不上来", "odr是什么"),
        ("老师问题很多", "老师问题很多"),
        ("第二批一共几家，别算头一批的", "第二批一共几家"),
        ("只算第二批、不计首批，一共几家", "第二批,一共几家"),
        ("有多少家承诺单位，勿与达标单位混淆", "有多少家承诺单位"),
        ("我不是商家，我要投诉", "我不是商家,我要投诉"),
        ("静安寺是无理由退货单位最多的，没记错吧", "静安寺是无理由退货单位最多的吗"),
        ("不要首批的，第二批有多少家", "不要首批的,第二批有多少家"),
    ],
)
def test_what_is_said_not_to_be_meant_is_not_asked(
    real_reader: Reader, text: str, plain: str
) -> None:
    assert real_reader.read(text).plain == plain


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("朱家角的联络站几个", "朱家角"),
        ("前滩ODR企业多少家", "前滩"),
        ("临港新片区ODR多少家", "临港新片区"),
        ("南京西路商圈放心消费承诺单位多少", "南京西路商圈"),
        ("南桥镇有多少家联络站", "南桥镇"),
        ("嘉兴市场监管部门挽回了多少经济损失", "嘉兴"),
        ("沃尔玛加入放心消费了吗", "沃尔玛"),
    ],
)
def test_a_name_that_opens_a_question_is_what_it_asks_about(
    real_reader: Reader, text: str, name: str
) -> None:
    assert real_reader.read(text).elsewhere == (name,)


@pytest.mark.parametrize(
    "text",
    [
        "谈完之后要补多少钱",
        "坐火车多少钱",
        "人里有多少满意的",
        "奉闲有多少联络站",
        "核心商圈有几个",
    ],
)
def test_a_rare_word_that_names_nothing_is_no_place(real_reader: Reader, text: str) -> None:
    assert real_reader.read(text).elsewhere == ()


def test_a_traditional_word_of_the_articles_is_not_put_into_another(real_reader: Reader) -> None:
    asked = real_reader.read("徐匯那個綠地繽紛城有沒有維權聯絡點")
    assert "联络点" in asked.plain
    assert "软件" in real_reader.read("哪裡下載維權軟體").plain


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Is there a contact point in Xuhui?", ("yesno",)),
        ("Isolated shops in Fengxian", ()),
        ("How many shops are there?", ("count",)),
    ],
)
def test_an_english_question_that_begins_with_an_auxiliary_asks_whether(
    real_reader: Reader, text: str, kinds: tuple[str, ...]
) -> None:
    assert real_reader.read(text).kinds == kinds


def test_a_sentence_that_opens_a_question_is_no_name(real_reader: Reader) -> None:
    assert real_reader.read("水太烫的池子怎么管").elsewhere == ()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("訴調對接係乜嘢嚟㗎", "诉调对接是什么"),
        ("而家有幾多間", "现在有多少家"),
        ("喺度買咗嘢，而家啲錢點攞返", "在度买了东西,现在那些钱怎么拿回"),
        ("關係好唔好", "关系好不好"),
    ],
)
def test_cantonese_is_read_in_mandarin(real_reader: Reader, text: str, plain: str) -> None:
    assert real_reader.read(text).plain == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("What does ODR mean in these articles?", "odr 在线纠纷是什么"),
        ("what is a contact point", "联络点是什么"),
        ("What's a liaison station?", "联络站是什么"),
    ],
)
def test_who_asks_in_english_what_a_term_means_is_understood(
    real_reader: Reader, text: str, plain: str
) -> None:
    got = real_reader.read(text)
    assert (got.plain, got.kinds) == (plain, ("definition",))


@pytest.mark.parametrize("text", ["What is Shanghai?", "What is the number of shops in Haishu?"])
def test_a_place_or_a_figure_is_no_term(real_reader: Reader, text: str) -> None:
    assert not real_reader.read(text).plain.endswith("是什么")


def test_whether_there_are_more_of_one_asks_for_figures(real_reader: Reader) -> None:
    assert "count" in real_reader.read("五星的比四星的多是不是").kinds
    assert "count" not in real_reader.read("奉贤比静安寺好吗").kinds


def test_an_aspect_is_no_part_of_a_verb(real_reader: Reader) -> None:
    assert "办" in real_reader.read("松江办过论坛吗").content
    assert "管" in real_reader.read("谁来管这些服务点").content
    assert "超过" not in {word[:1] for word in real_reader.read("超过一百家了吗").content}


def test_a_word_that_asks_whether_carries_no_topic(real_reader: Reader) -> None:
    assert real_reader.read("绿地缤纷城算不算联络点").content == ("绿地缤纷城", "联络点")


def test_the_last_sentence_of_a_story_is_read_with_the_place_that_the_rest_names(
    real_reader: Reader,
) -> None:
    story = "我在奉贤开一家小超市，听邻居说这边有很多店都挂了牌子，客人买回去不想要也可以退。到底有多少家店可以退货？"
    last = real_reader.last_sentence(real_reader.read(story))
    assert last is not None
    assert last.plain == "奉贤到底有多少家店可以退货?"
    assert real_reader.last_sentence(real_reader.read("奉贤有多少家店可以退货？")) is None
