import pytest

from bot.answer.answer import Reason, Refusal
from bot.answer.provisions import answer, laws_named
from bot.article import Article, Kind, Paragraph, Statute
from bot.question import provision
from bot.question.provision import Sought


def statute(title, *lines):
    name = f"law{len(title)}"
    paragraphs = tuple(Paragraph(name, n, line) for n, line in enumerate(lines))
    return Article(name, title, None, paragraphs, kind=Kind.STATUTE, statute=Statute())


RIGHTS = statute(
    "中华人民共和国消费者权益保护法",
    "第一条 为了保护消费者，制定本法。",
    "第二条 有下列情形的，退货：（一）质量不合格；（二）数量不足。",
    "退货的费用由经营者承担。",
)
RULES = statute("中华人民共和国消费者权益保护法实施条例", "第一条 制定本条例。")
SHOPS = statute("中华人民共和国电子商务法", "第一条 制定本法。")
CARS = statute(
    "家用汽车产品修理更换退货责任规定",
    "第一条 三包有效期、三包责任、三包凭证、三包义务和三包信息，适用本规定。",
)
COURT = statute(
    "最高人民法院关于审理预付式消费民事纠纷案件适用法律若干问题的解释", "第一条 适用本解释。"
)
LAWS = [RIGHTS, RULES, SHOPS, CARS, COURT]


@pytest.mark.parametrize(
    ("plain", "found"),
    [
        ("消法55条", Sought("消法", "第五十五条")),
        ("食品安全法第一百四十八条第二款", Sought("食品安全法", "第一百四十八条", 2)),
        ("民法典587", Sought("民法典", "第五百八十七条")),
        ("消法实施条例 19 条第二款", Sought("消法实施条例", "第十九条", 2)),
        ("消法第56条第一款第(三)项说什么", Sought("消法", "第五十六条", 1, 3)),
        ("那第26条呢", Sought("那", "第二十六条")),
        ("有3条裤子", None),
        ("2021年受理多少件", None),
        ("海曙区有多少家", None),
    ],
)
def test_a_provision_is_read_off_a_question(plain, found):
    got = provision.sought(plain)
    if found is None:
        assert got is None or not laws_named(got.law, LAWS)
    else:
        assert got == found


@pytest.mark.parametrize(
    ("words", "law"),
    [
        ("中华人民共和国消费者权益保护法", RIGHTS),
        ("《消费者权益保护法》", RIGHTS),
        ("根据消法", RIGHTS),
        ("请问消保法", RIGHTS),
        ("消法实施条例", RULES),
        ("消费者权益保护法实施条例", RULES),
        ("电商法", SHOPS),
        ("预付式消费司法解释", COURT),
        ("预付式消费解释", COURT),
        ("预付卡司法解释", COURT),
        ("麻烦把汽车三包规定", CARS),
        ("本法", None),
        ("刑法", None),
        ("条例", None),
    ],
)
def test_a_statute_is_known_by_its_name_and_by_what_is_made_of_its_characters(words, law):
    assert laws_named(words, LAWS) == ([] if law is None else [law])


def test_all_of_a_provision_is_quoted_or_the_clause_or_the_item_that_is_sought():
    whole, _ = answer(Sought("消法", "第二条"), LAWS, None)
    assert [e.number for e in whole.excerpts] == ["第二条第一款", "第二条第二款"]
    clause, _ = answer(Sought("消法", "第二条", 2), LAWS, None)
    assert [e.quote for e in clause.excerpts] == ["退货的费用由经营者承担。"]
    item, _ = answer(Sought("消法", "第二条", 1, 2), LAWS, None)
    assert item.leads == ("（二）数量不足。",)


@pytest.mark.parametrize("sought", [Sought("消法", "第九十条"), Sought("消法", "第二条", 5)])
def test_a_provision_that_a_statute_has_not_is_said_to_be_missing_there(sought):
    got = answer(sought, LAWS, None)
    assert isinstance(got, Refusal)
    assert (got.reason, got.found) == (Reason.NO_PROVISION, RIGHTS.title)


def test_a_number_alone_is_of_the_statute_that_is_talked_of():
    _, focus = answer(Sought("消法", "第二条"), LAWS, None)
    got, _ = answer(Sought("那", "第一条"), LAWS, focus)
    assert got.excerpts[0].article == RIGHTS
    assert answer(Sought("那", "第一条"), LAWS, None) is None


@pytest.mark.parametrize(
    ("plain", "law", "rest"),
    [
        ("退一赔三是哪一条", "退一赔三", "退一赔三"),
        ("电商法哪条规定平台要赔", "电商法", "电商法 规定平台要赔"),
        ("知假买假在哪条规定", "知假买假", "知假买假"),
    ],
)
def test_what_is_asked_for_as_standing_somewhere(plain, law, rest):
    got = provision.without_asking(plain)
    assert (got.law, got.rest.replace("  ", " ")) == (law, rest) or got.rest.startswith(law)


@pytest.mark.parametrize("plain", ["在哪条路上", "是哪条街", "有多少家店"])
def test_a_road_is_no_provision(plain):
    assert provision.without_asking(plain) is None
