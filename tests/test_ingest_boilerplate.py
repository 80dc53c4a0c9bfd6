import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import edits
from bot.ingest import boilerplate, page

PARAGRAPHS = [
    "中国消费者报合肥讯（记者王晓明）5月8日，记者从合肥市市场监管局获悉，该局开展儿童玩具专项检查，效果明显。",
    "检查组先后来到批发市场、大型超市和校园周边商店，重点查看产品认证标志、适用年龄和警示说明，共检查商户640家。",
    "下一步，该局将继续加大监管力度，守护儿童健康成长，让群众放心消费。",
]
LINKS = [
    "安徽芜湖：开展计量检查",
    "江苏南京发布消费提示",
    "一季度投诉分析报告出炉 服装居首",
    "山东青岛严查缺斤短两",
]


def article(raw):
    lines = page.lines(raw)
    spans = boilerplate.layout(raw, lines).spans
    text = edits.apply(raw, boilerplate.edits(raw, lines, spans))
    assert text == "\n".join(raw[span.start : span.end] for span in spans)
    return text.split("\n"), [span.heading for span in spans]


NAVIGATION = "合肥某某商贸有限公司\n  • 网站首页\n  • 关于我们\n\n  电 话:0551-1234567\n  网站首页 > 新闻\n\n  分享到:\n  来源:某某 更新时间:2025-01-02 03:04:05 【关闭】\n\n"
FARMS = [
    "责任编辑:王伟\n上一篇:"
    + LINKS[0]
    + "\n\n相关文章\n"
    + "".join(f"  • {link}\n" for link in LINKS),
    "-\n" + "\n-\n".join(link + "2024-12-13" for link in LINKS) + "\n\n官方微信公众号\n官方微博",
    "友情链接: " + " ".join(LINKS * 5) + "\nCopyright © 某某公司 版权所有",
    "责任编辑:赵倩点击图片进入小程序即可购买 ...\n周末市集开张啦_本地宝plus市集将在人民广场举行，有表演和美食，欢迎参加。活动从十点开始 ...",
    "",
]


@pytest.mark.parametrize("before", ["", NAVIGATION])
@pytest.mark.parametrize("after", FARMS)
@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n\r\n    ", "\n　　"])
def test_the_article_is_what_stands_between_navigation_and_links(before, after, gap):
    raw = before + gap.join(PARAGRAPHS) + "\n\n" + after
    assert article(raw) == (PARAGRAPHS, [False] * 3)


def test_a_short_line_between_two_paragraphs_is_a_heading():
    raw = f"{PARAGRAPHS[0]}\n\n条块结合，多部门联动\n\n{PARAGRAPHS[1]}\n\n友情链接：\n"
    assert article(raw) == (
        [PARAGRAPHS[0], "条块结合，多部门联动", PARAGRAPHS[1]],
        [False, True, False],
    )


def test_traditional_end_marks_with_readings_end_the_article_too():
    raw = "\n".join(PARAGRAPHS) + "\n\n官方微信公眾號(hào)\n\n責任編輯:王偉\n" + "\n".join(LINKS)
    assert article(raw)[0] == PARAGRAPHS


def test_an_editor_in_the_last_paragraph_is_cut_off():
    raw = "\n".join(PARAGRAPHS) + "（责任编辑：王伟）\n"
    assert article(raw)[0] == PARAGRAPHS


def test_an_article_without_a_dateline_begins_with_its_prose():
    paragraphs = [
        "近年来，预付式消费纠纷频发，群众反映强烈，有关部门推行资金监管试点，取得明显成效。",
        *PARAGRAPHS[1:],
    ]
    assert article(NAVIGATION + "\n".join(paragraphs))[0] == paragraphs


def test_paragraphs_after_an_end_mark_are_a_doubt():
    long = "检查组先后来到批发市场、大型超市和校园周边商店，重点查看产品认证标志、适用年龄和警示说明，共检查商户六百四十家，立案两起，责令整改七十五户。"
    raw = "\n".join([PARAGRAPHS[0], "相关链接", long, long])
    assert boilerplate.layout(raw, page.lines(raw)).doubts


@given(st.lists(st.sampled_from([*LINKS, "网站首页", "联系我们", "", "  • 公司简介"]), max_size=20))
def test_a_page_of_links_holds_no_article(lines):
    raw = "\n".join(lines)
    assert boilerplate.layout(raw, page.lines(raw)).spans == ()


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("马上注册，结交更多好友，享用更多功能，让你轻松玩转社区。\n您需要 登录 才可以查看，没有帐号？立即注册\n", "支持0 反对0\n沙发\n发表于 2023-11-17"),
        ("导读：下面小编带您了解一下。\n", "以上就是小编为大家整理的全部内容，希望对您有所帮助！"),
        ("点击上方蓝字关注我们\n图片\n", "-END-\n喜欢就点个在看吧↓↓↓"),
        ("【字体：大 中 小】 打印\n", "上一篇文章：空调移机加氟怎么收费？协会发布参考价"),
    ],
)  # fmt: skip
def test_what_a_site_says_to_its_visitors_is_no_part_of_the_article(above, below):
    assert article(above + "\n".join(PARAGRAPHS) + "\n" + below)[0] == PARAGRAPHS


def test_a_table_between_two_paragraphs_stays():
    table = ["编号 价格（元） 蛋白质（克）", "03号 6.8 24.6", "11号 28.9 19.7", "17号 4.3 18.2"]
    whole = [PARAGRAPHS[0], *table, *PARAGRAPHS[1:]]
    assert article("\n".join(whole))[0] == whole


def test_a_short_first_paragraph_is_one_of_the_article():
    first = "“红榜”第一名，“黑榜”最后一名，只隔了38天。"
    assert article("\n".join([first, *PARAGRAPHS]))[0] == [first, *PARAGRAPHS]


def test_prose_behind_a_box_of_links_is_asked_about():
    line = (
        "首次办理的市民请带好身份证，到窗口取号以后按叫号的次序办理，中午不休息，周末也照常受理。"
    )
    text = "\n".join(
        (*[line] * 3, "相关阅读", "窗口几点开门", "怎样网上取号", line, "责任编辑：王某")
    )
    doubts = boilerplate.layout(text, page.lines(text)).doubts
    assert "prose behind a box of links may be the article's" in [what for what, _, _ in doubts]


@pytest.mark.parametrize(
    "rows",
    [
        [f"{n}件 |" for n in range(13)],
        [f"{n}月　210　70" for n in range(1, 14)],
        [f"{n}. 爱山街道第{n}服务站 红旗路{n}号 0572-22233{n}" for n in range(10, 24)],
    ],
)
def test_a_table_between_two_paragraphs_is_the_article_s_however_long(rows):
    raw = "\n".join([PARAGRAPHS[0], *rows, *PARAGRAPHS[1:]])
    assert article(raw)[0] == [PARAGRAPHS[0], *rows, *PARAGRAPHS[1:]]


def test_links_between_two_paragraphs_are_none_however_many_figures_they_hold():
    links = [f"安徽芜湖{n}家店承诺退货" for n in range(13)]
    raw = "\n".join([PARAGRAPHS[0], *links, *PARAGRAPHS[1:]])
    assert article(raw)[0] == PARAGRAPHS[:1]


def test_a_salutation_belongs_to_its_notice():
    raw = "关于规范秩序的通告\n各位消费者、各经营者：\n" + "\n".join(PARAGRAPHS)
    assert article(raw)[0] == ["各位消费者、各经营者：", *PARAGRAPHS]


def doubts(raw):
    found = boilerplate.layout(raw, page.lines(raw)).doubts
    return [raw[start:end] for _, start, end in found]


def test_a_lone_paragraph_outside_that_speaks_of_the_same_is_asked_about():
    links = [f"江苏南京{word}提示" for word in "春夏秋冬早晚日夜东西南北上下"]
    alike = "合肥市市场监管局此前已在校园周边商店开展儿童玩具专项检查，重点查看认证标志。"
    other = "河南一地的麦田迎来丰收，农户忙着收割晾晒，仓库里堆满了新打下的粮食。"
    for lone, asked in ((alike, [alike]), (other, [])):
        assert doubts("\n".join([lone, *links, *PARAGRAPHS])) == asked


@pytest.mark.parametrize(
    "line",
    ["#消费维权 #家装 #顺德", "报：区委办、区政府办　送：各镇乡", "合肥市市场监管局 2024年3月12日"],
)
def test_a_line_below_that_says_whose_the_text_is_raises_no_question(line):
    assert doubts("\n".join([*PARAGRAPHS, line])) == []


def test_what_leads_to_the_first_point_is_the_article_s():
    lead = "为维护良好的市场价格秩序，保护消费者和经营者合法权益，现将有关事项提醒如下："
    assert article("\n".join(["关于规范价格行为的提醒", lead, *PARAGRAPHS]))[0] == [
        lead,
        *PARAGRAPHS,
    ]


def test_another_report_with_its_own_source_and_day_ends_the_article():
    other = ["东兴扫码溯源让海鲜更放心", "2024-05-11　防城港日报　记者 李海珊"]
    raw = "\n".join(
        [
            *PARAGRAPHS,
            *other,
            "近日，东兴市市场监管局在江平镇水产市场推行扫码溯源，消费者扫码可看证明。",
        ]
    )
    assert article(raw)[0] == PARAGRAPHS


def test_a_list_of_stations_that_a_sentence_leads_to_is_the_article_s():
    lead = "为方便消费者就近反映诉求，现将挂牌的站点公布如下："
    rows = [f"{n}. 第{n}服务站　地址：红旗路{n}号　电话：0572-22233{n}" for n in range(10, 16)]
    raw = "\n".join(["服务站名单公布", lead, *rows, *PARAGRAPHS])
    assert article(raw)[0] == [lead, *rows, *PARAGRAPHS]
    raw = "\n".join([*PARAGRAPHS, *rows, "【打印本页】 【关闭窗口】"])
    assert article(raw)[0] == [*PARAGRAPHS, *rows]


def test_a_heading_between_a_lead_and_the_text_is_the_article_s():
    lead = "根据通知要求，现将旅游消费投诉办理情况报告如下："
    raw = "\n".join(["合肥市市场监督管理局：", lead, "一、基本情况", *PARAGRAPHS[1:]])
    assert article(raw)[0] == ["合肥市市场监督管理局：", lead, "一、基本情况", *PARAGRAPHS[1:]]


@pytest.mark.parametrize(
    "line", ["--------------------", "报：区委办，区政府办。", "抄送：县委办公室。"]
)
def test_a_line_of_dashes_and_whom_a_paper_goes_to_are_none_of_it(line):
    assert article("\n".join([*PARAGRAPHS, line]))[0] == PARAGRAPHS


def test_a_first_heading_right_above_the_text_is_the_article_s():
    raw = "\n".join(["玩具检查情况简析", "", "一、总体情况", *PARAGRAPHS[1:]])
    assert article(raw)[0] == ["一、总体情况", *PARAGRAPHS[1:]]


def test_the_stamp_of_a_copying_site_does_not_end_the_article():
    raw = "\n".join([PARAGRAPHS[0], "本文由徽州生活圈整理发布，转载请保留出处", *PARAGRAPHS[1:]])
    assert article(raw)[0] == PARAGRAPHS


def test_who_wrote_it_on_a_line_by_itself_is_none_of_the_article():
    raw = "\n".join([*PARAGRAPHS, "（记者 古丽米热·艾山 刘洋）"])
    layout = boilerplate.layout(raw, page.lines(raw))
    assert len(layout.spans) == len(PARAGRAPHS)
    assert layout.after[0].text == "（记者 古丽米热·艾山 刘洋）"


def test_the_heading_of_a_first_case_is_the_article_s():
    raw = "\n".join(["玩具维权典型案例", "", "案例一：玩具缺斤短两案", *PARAGRAPHS[1:]])
    assert article(raw)[0] == ["案例一：玩具缺斤短两案", *PARAGRAPHS[1:]]


@pytest.mark.parametrize(
    "rows",
    [
        [
            "站点 | 地址 | 负责人",
            "南湖站 | 文澜街道南湖路12号 | 普建华",
            "草坝站 | 昆河路3号 | 白云飞",
        ],
        [
            f"{n}．{name}：服务站，地址为红旗路{n}号"
            for n, name in enumerate(["东城", "虎门", "长安"], 1)
        ],
    ],
)
def test_a_table_with_a_head_and_a_numbered_list_of_addresses_are_led_to(rows):
    lead = "为方便消费者就近反映诉求，现将挂牌的站点公布如下："
    raw = "\n".join(["服务站名单公布", lead, *rows, PARAGRAPHS[2]])
    assert article(raw)[0] == [lead, *rows, PARAGRAPHS[2]]


def test_a_list_of_stations_below_the_last_sentence_goes_with_the_line_that_leads_to_it():
    lead, head = "部分维权点位置和电话如下：", "维权点 | 地址 | 电话"
    table = [f"第{n}维权点 | 人民东路{n}8号 | 0775-283121{n}" for n in range(1, 6)]
    close = "市民在其他地方遇到消费纠纷的，仍可拨打12315反映。"
    found, _ = article("\n".join([*PARAGRAPHS, lead, head, *table, close]))
    assert found == [*PARAGRAPHS, lead, head, *table, close]
