from hypothesis import given
from hypothesis import strategies as st

from bot.ingest import pipeline, spun
from bot.ingest.formats import reader

REPORT = (
    "中国消费者报昆明讯（记者杨帆）去年以来，昆明市市场监管局受理消费者投诉1286件，涉及产品质量的占三成。"
    "近日，该局与人民法院建立在线调解制度，为群众挽回经济损失430余万元。据了解，消费纠纷的原因多是销售人员夸大宣传。"
    "工作人员询问后，商家赔偿了损失。下一步，该局将提升服务水平，保护消费者合法权益，让市民的生活更加放心。"
)
SWAPS = {
    "去年": "客岁", "消费者": "花费者", "产品": "产物", "近日": "克日", "人民法院": "黎民法院", "制度": "轨制", "纠纷": "胶葛",
    "销售": "贩卖", "询问": "扣问", "监管": "羁系", "权益": "权柄", "生活": "糊口", "历史": "汗青",
}  # fmt: skip


def swapped(words):
    text = REPORT
    for word in words:
        text = text.replace(word, SWAPS[word])
    return text


def clean(text):
    (document,) = reader.documents("a.txt", text.encode())
    return pipeline.clean(document)


def test_a_spun_report_is_refused_and_its_words_are_named():
    cleaned = clean(swapped(SWAPS))
    assert cleaned.status == "refused"
    assert "花费者" in cleaned.problems[0].what or "羁系" in cleaned.problems[0].what


def test_a_report_with_two_such_words_is_asked_about():
    cleaned = clean(swapped(["销售", "近日"]))
    assert cleaned.status == "needs_review"
    assert {cleaned.raw[p.start : p.end] for p in cleaned.problems} == {"贩卖", "克日"}


def test_a_plain_report_is_accepted():
    assert clean(REPORT).status == "accepted"


@given(st.sets(st.sampled_from(sorted(SWAPS)), min_size=5))
def test_the_more_words_are_swapped_the_less_is_it_taken(words):
    assert spun.is_spun(swapped(words)) or spun.doubts(swapped(words))
