import pytest

from bot.ingest import page, titles

BODY = "日前，浙江宁波一家店铺的老板说，守护消费要多措并举。安徽合肥也开展了玩具检查。"


@pytest.mark.parametrize(
    ("before", "title"),
    [
        (
            "某某公司\n网站首页\n电话:020-1234\n浙江宁波多措并举守护消费\n分享到:\n来源:某某 更新时间:2025-06-10 20:53:04",
            "浙江宁波多措并举守护消费",
        ),
        (
            "某某有限公司欢迎您!\n安徽合肥开展玩具检查\n某某有限公司欢迎您!\n安徽合肥开展玩具检查\n作者:jw 发布时间:2025-06-09 18:53:12",
            "安徽合肥开展玩具检查",
        ),
        ("网站首页 > 新闻动态\n联系我们", None),
        ("", None),
    ],
)
def test_the_title_is_the_line_above_that_is_nothing_else(before, title):
    line = titles.find(page.lines(before), BODY)
    assert (line and line.text) == title


def test_the_name_of_a_site_is_no_part_of_a_title():
    assert titles.text("五月新规实施！广东出台标准_南方+") == "五月新规实施！广东出台标准"


def test_of_several_lines_the_one_that_the_text_takes_up_is_the_title():
    before = "安徽合肥开展玩具检查\n没有找到需要的内容？请咨询在线律师"
    assert titles.find(page.lines(before), BODY).text == "安徽合肥开展玩具检查"


@pytest.mark.parametrize(
    ("title", "related"),
    [("浙江宁波多措并举守护消费", True), ("江苏南京夜市烟火气正浓", False), ("浙江宁波", False)],
)
def test_a_title_shows_in_its_text(title, related):
    assert (titles.share(title, BODY) >= titles.RELATED_SHARE) == related


@pytest.mark.parametrize("line", ["各位消费者、各农家院经营者：", "绍兴日报　2022-05-09　记者李某"])
def test_a_salutation_and_who_published_a_text_are_no_titles(line):
    assert (
        titles.find(page.lines(f"安徽合肥开展玩具检查\n{line}"), BODY + line).text
        == "安徽合肥开展玩具检查"
    )


def test_who_runs_the_site_is_no_part_of_a_title():
    assert titles.text("吴兴区设立维权服务站,吴兴区政府") == "吴兴区设立维权服务站"


@pytest.mark.parametrize(
    ("before", "title"),
    [
        ("安徽合肥开展玩具检查\n——消费要多措并举之见闻", "安徽合肥开展玩具检查"),
        ("江苏南京夜市烟火气正浓\n\n安徽合肥开展玩具检查", "安徽合肥开展玩具检查"),
        (
            "安徽合肥市场监督管理局文件\n东市监发〔2023〕47号\n关于开展玩具检查的通知",
            "关于开展玩具检查的通知",
        ),
        ("玩具检查到哪一步了：\n安徽合肥开展玩具检查", "玩具检查到哪一步了：安徽合肥开展玩具检查"),
        ("关于安徽合肥开展玩具检查\n情况的报告", "关于安徽合肥开展玩具检查情况的报告"),
        (
            "·安徽合肥开展玩具检查\n\n守护消费要多措并举\n安徽合肥开展玩具检查",
            "安徽合肥开展玩具检查",
        ),
        (
            "合肥市市场监督管理局\n关于安徽合肥开展玩具检查的公告",
            "合肥市市场监督管理局关于安徽合肥开展玩具检查的公告",
        ),
        ("关于谨防玩具检查骗局的\n提      示", "关于谨防玩具检查骗局的提示"),
        ("标题：安徽合肥开展玩具检查\n副题：守护消费要多措并举", "标题：安徽合肥开展玩具检查"),
        ("中国消费者协会消费提示\n安徽合肥开展玩具检查", "安徽合肥开展玩具检查"),
        ("夏天到了别着急，请记牢\n\n来源：合肥晚报", "夏天到了别着急，请记牢"),
        ("合肥市消费者协会　2025年第9号\n安徽合肥开展玩具检查", "安徽合肥开展玩具检查"),
        ("消费维权工作简报\n安徽合肥开展玩具检查", "安徽合肥开展玩具检查"),
        ("玩具检查怎么做？合肥协会教您守护消费", "玩具检查怎么做？合肥协会教您守护消费"),
    ],
)
def test_a_title_is_told_from_what_stands_around_it(before, title):
    assert titles.find(page.lines(before), BODY).text == title


@pytest.mark.parametrize(
    "mark", ["标题：", "维权故事｜", "【转】", "[公告] ", "【3·15在身边】", "[公告] 【转】"]
)
def test_the_mark_of_a_column_is_no_part_of_a_title(mark):
    assert titles.text(f"{mark}安徽合肥开展玩具检查") == "安徽合肥开展玩具检查"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("安徽合肥开展玩具检查\n守护消费要多措并举之见闻", "安徽合肥开展玩具检查"),
        ("谁来守护玩具安全？\n安徽合肥开展玩具检查", "安徽合肥开展玩具检查"),
        ("浙江宁波多措并举守护消费\n玩具查了 消费放心\n合肥玩具店的老板说", "玩具查了 消费放心"),
        ("安徽合肥的玩具店多措并举\n玩具查了 消费放心", "玩具查了 消费放心"),
        ("夜市的玩具都查了一遍\n安徽合肥开展玩具检查", "安徽合肥开展玩具检查"),
    ],
)
def test_of_lines_in_a_row_that_may_all_be_the_title_one_is_likeliest(lines, title):
    before = page.lines(lines)
    block = titles.rivals(titles.find(before, BODY), before, BODY, bare=False)
    assert [line.text for line in block] == lines.split("\n")
    assert titles.likeliest(block, BODY).text == title


@pytest.mark.parametrize(
    "lines",
    ["安徽合肥开展玩具检查\n\n江苏南京夜市烟火气正浓", "安徽合肥开展玩具检查\n——守护消费多措并举"],
)
def test_a_line_apart_and_one_behind_a_dash_are_no_rivals(lines):
    before = page.lines(lines)
    assert titles.rivals(titles.find(before, BODY), before, BODY, bare=False) == []


@pytest.mark.parametrize(
    "before", ["夏天到了别着急，请记牢\n\n秋天来了也不要着急", "欢迎\n夏天到了别着急，请记牢"]
)
def test_a_line_without_the_text_s_words_is_no_title_beside_others(before):
    assert titles.find(page.lines(before), BODY) is None


def test_rivals_end_at_a_blank_line_and_at_what_is_no_title():
    before = page.lines(
        "浙江宁波守护消费\n\n安徽合肥开展玩具检查\n玩具店多措并举守护\n电话：0551-1234567\n店铺的老板说"
    )
    block = titles.rivals(titles.find(before, BODY), before, BODY, bare=False)
    assert [line.text for line in block] == ["安徽合肥开展玩具检查", "玩具店多措并举守护"]


def test_a_line_is_better_than_what_the_file_says_if_only_it_has_the_text_s_words():
    (line,) = page.lines("安徽合肥开展玩具检查")
    (other,) = page.lines("江苏南京夜市烟火气正浓")
    assert titles.is_better(line, "某某县门户网站信息", BODY)
    assert not titles.is_better(line, "浙江宁波多措并举守护消费", BODY)
    assert not titles.is_better(other, "某某县门户网站信息", BODY)


def test_a_title_that_stands_close_above_the_text_is_seen_there():
    before = page.lines("安徽合肥 开展玩具检查\n" + "来源：某某\n" * 3)
    assert titles.stands_above("安徽合肥开展玩具检查", before)
    assert not titles.stands_above(
        "安徽合肥开展玩具检查", page.lines("安徽合肥开展玩具检查\n" + "来源：某某\n" * 4)
    )
    assert not titles.stands_above("江苏南京夜市", before)


def test_a_salutation_is_no_first_half_of_a_title():
    before = page.lines("各位家长、各位老师：\n安徽合肥开展玩具检查")
    assert titles.find(before, BODY).text == "安徽合肥开展玩具检查"


def test_without_a_site_around_it_a_file_s_first_line_may_be_the_title_whatever_it_says():
    before = page.lines("家里不热 三方上门\n合肥开展玩具检查\n")
    line = titles.find(before, BODY)
    assert line.text == "合肥开展玩具检查"
    assert len(titles.rivals(line, before, BODY, bare=True)) == 2
    assert titles.rivals(line, before, BODY, bare=False) == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("文峰区：162台智能秤治住了“鬼秤”", True),
        ("热线：02586630000", False),
        ("本报记者　宫　雪", False),
    ],
)
def test_what_can_be_a_title(line, found):
    assert titles.may_be(line) == found


def test_several_sections_are_cut_off_a_title():
    assert titles.text("给充电桩立规矩_民生_尧都新闻网") == "给充电桩立规矩"
    assert titles.text("【给充电桩立规矩】") == "给充电桩立规矩"
