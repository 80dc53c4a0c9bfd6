"""What stays in doubt about planted fragments that are proven as a whole."""

import pytest

from bot.ingest import injected

TITLE = "苏州姑苏区推行消费维权承诺公示"
CYCLE = ("苏州", "姑苏", "区推", "行消", "费维", "权承", "诺公示")
CLAUSES = (
    "该局日前走访了平江路上的商户", "把三十二家老字号请到一起", "逐条核对各自写下的保证", "当场签字并且贴到门口",
    "顾客扫一扫便能看到全文", "有人提出裁剪过的布料怎么办", "店主答应可以改做一次", "改不好就按原价收回",
    "另有几家茶叶铺子愿意拆封试喝", "喝得不满意当场换一罐", "督导员每个星期来看两回", "发现做不到的先谈话",
    "谈过仍旧不改就摘掉牌子", "半年里只有两家被摘过", "邻里都说买东西踏实了",
)  # fmt: skip


def planted(clauses, first=0):
    """Clauses with the cycle's fragments in turn behind their commas."""
    pieces = [CYCLE[(first + n) % len(CYCLE)] for n in range(len(clauses) - 1)]
    return (
        clauses[0] + "".join(f"，{p}{c}" for p, c in zip(pieces, clauses[1:], strict=True)) + "。"
    )


def doubts(text):
    finding = injected.find(text, TITLE)
    assert finding.edits
    return [text[start:end] for _, start, end in finding.doubts]


@pytest.mark.parametrize("first", range(len(CYCLE)))
def test_a_chain_with_nothing_odd_leaves_no_doubt(first):
    text = planted(CLAUSES, first)
    assert doubts(text) == []
    finding = injected.find(text, TITLE)
    assert [edit.raw for edit in finding.edits] == [
        CYCLE[(first + n) % len(CYCLE)] for n in range(len(CLAUSES) - 1)
    ]


@pytest.mark.parametrize("own", ["姑苏区政府门前的广场上", "姑苏时装街上人来人往"])
def test_a_word_where_one_more_fragment_would_stand_is_asked_about(own):
    text = f"春天来了，{own}，{CYCLE[2]}{planted(CLAUSES, first=3)}"
    assert own in injected_out(text) or "姑苏" in doubts(text)


def injected_out(text):
    out = text
    for edit in reversed(injected.find(text, TITLE).edits):
        out = out[: edit.start] + out[edit.end :]
    return out


def test_a_piece_behind_the_last_mark_of_a_line_is_taken_out():
    text = planted(CLAUSES[:8]) + CYCLE[0] + "\n" + planted(CLAUSES[8:], first=1)
    assert CYCLE[0] + "\n" not in injected_out(text)


def test_a_piece_of_the_title_left_behind_the_last_mark_is_asked_about():
    text = planted(CLAUSES) + "\n此后的事情后来再说。苏区\n" + "大家都在等着消息传来。"
    assert "苏区" in doubts(text)
