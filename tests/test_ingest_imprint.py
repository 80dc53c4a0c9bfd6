import pytest

from bot.ingest import authors, imprint, page


def read(before="", after="", site=None, paper=None):
    return imprint.read(page.lines(before), page.lines(after), site, paper)


@pytest.mark.parametrize(
    ("before", "publisher", "published", "reporters"),
    [
        ("来源：红河日报 发布时间：2025-08-14 记者 普丽仙", "红河日报", "2025-08-14", ("普丽仙",)),
        ("2023-03-15 10:20:33　来源：浙江日报", "浙江日报", "2023-03-15", ()),
        ("来源：中国消费者报　2024-03-15　作者：张某", "中国消费者报", "2024-03-15", ("张某",)),
        ("绍兴日报　2022-05-09　记者李某", "绍兴日报", "2022-05-09", ("李某",)),
        ("扬子晚报 2022年05月09日 第A06版", "扬子晚报", "2022-05-09", ()),
        ("发布日期：2024年3月5日\n信息来源：平罗县市场监督管理局", "平罗县市场监督管理局", "2024-03-05", ()),
        ("来源：中国消费者报\n作者：王芳 李青山", "中国消费者报", None, ("王芳", "李青山")),
        ("来源：株洲日报作者：谭清云", "株洲日报", None, ("谭清云",)),
        ("珠江商报记者 何咏珊\n2023-06-02 07:12", "珠江商报", "2023-06-02", ("何咏珊",)),
        ("http://a.cn/1.htm 2018-01-23 09:41 团结报 作者：石晓霞 龙艾青", "团结报", "2018-01-23", ("石晓霞", "龙艾青")),
        ("来源：新华社 2024-01-02 更新于2024-02-03", "新华社", "2024-01-02", ()),
        ("青田县消费者协会　|　阅读 3508", "青田县消费者协会", None, ()),
        ("发布时间:2025-06-09", None, "2025-06-09", ()),
        ("成文日期：二〇二四年三月十二日", None, "2024-03-12", ()),
        ("发布时间：2024年3月", None, "2024-03", ()),
        ("晋中晚报\n2023年9月27日 星期三　　05版", "晋中晚报", "2023-09-27", ()),
        ("虎林市场监管 3月11日 14:20 黑龙江", "虎林市场监管", None, ()),
        ("2025 02/13 10:24:36\n来源：新华网", "新华网", "2025-02-13", ()),
        ("沈阳晚报数字报\n2025年03月14日 星期五", "沈阳晚报", "2025-03-14", ()),
        ("松潘县市场监督管理局办公室编 2025年2月12日", "松潘县市场监督管理局办公室", "2025-02-12", ()),
        ("消费维权简报\n2025年第2期", None, None, ()),
        ("转自榕江县市场监督管理局，看球的朋友收藏一下。", "榕江县市场监督管理局", None, ()),
        ("作者：吴青山　编辑：麻俊　2025-03-21 16:20:11　浏览量：1.1w+", None, "2025-03-21", ("吴青山",)),
        ("来源：太行日报 记者 晏晓岚返回搜狐，查看更多", "太行日报", None, ("晏晓岚",)),
        ("记者 乌云其木格", None, None, ("乌云其木格",)),
        ("原创 余小荷 开化消保 开化消保\n 2024年5月9日 18:30 浙江 听全文", "开化消保", "2024-05-09", ("余小荷",)),
        ("凯里市消费者协会　编\n（2024年5月更新）", "凯里市消费者协会", "2024-05", ()),
        ("延边朝鲜族自治州消费者协会\n（2023年10月17日）", "延边朝鲜族自治州消费者协会", "2023-10-17", ()),
        ("更新时间：2009-7-17", None, "2009-07-17", ()),
        ("作者：佚名　来源：本站原创", None, None, ()),
        ("来源：网络", None, None, ()),
        ("来源：每日财讯综合", None, None, ()),
        ("来源：本站 作者：吴兴区市场监督管理局", "吴兴区市场监督管理局", None, ()),
        ("活动时间：2024年3月15日上午九点在人民广场举行，欢迎广大市民到场参加并领取宣传册", None, None, ()),
    ],
)  # fmt: skip
def test_what_lines_above_a_text_say(before, publisher, published, reporters):
    found = read(before)
    assert (found.publisher, found.published, found.reporters) == (publisher, published, reporters)
    assert found.doubts == ()


@pytest.mark.parametrize(
    ("after", "publisher", "published", "reporters"),
    [
        ("吴兴区市场监督管理局\n2024年3月12日", "吴兴区市场监督管理局", "2024-03-12", ()),
        ("隆德县市场监督管理局隆德县消费者协会\n2024年11月5日", "隆德县市场监督管理局", "2024-11-05", ()),
        ("《中国质量报》2025年3月4日 第4版 消费质量", "中国质量报", "2025-03-04", ()),
        ("撰稿 / 郑舒彤　编辑 / 池若溪", None, None, ("郑舒彤",)),
        ("吴兴区市场监督管理局\n吴兴区消费者协会\n二〇二一年四月二十八日", "吴兴区市场监督管理局", "2021-04-28", ()),
        ("凯里市融媒体中心　记者　龙安琪\n2021年12月3日", "凯里市融媒体中心", "2021-12-03", ("龙安琪",)),
        ("（洛报融媒记者 牛鹏远）", None, None, ("牛鹏远",)),
        ("（来源：湖州晚报）\n责任编辑：王伟", "湖州晚报", None, ()),
        ("凯里市市场监督管理局\n凯里市消费者协会", "凯里市市场监督管理局", None, ()),
        ("相关阅读\n江苏抽查电热水壶", None, None, ()),
    ],
)  # fmt: skip
def test_what_lines_below_a_text_say(after, publisher, published, reporters):
    found = read(after=after)
    assert (found.publisher, found.published, found.reporters) == (publisher, published, reporters)


@pytest.mark.parametrize(
    ("before", "site", "field"),
    [
        ("来源：每日财讯", None, "publisher"),
        ("来源：新华社\n来源：红河日报", None, "publisher"),
        ("来源：红河日报 发布时间：2025-08-14", "某某商贸有限公司", "publisher"),
        ("发布时间：2024-03-05\n发布时间：2024-03-09", None, "published"),
    ],
)
def test_what_may_be_a_copying_site_s_stamp_is_asked_about(before, site, field):
    (doubt,) = read(before, site=site).doubts
    assert doubt[0].startswith(f"{field}: ")
    assert before[doubt[1] : doubt[2]]


def test_days_of_different_precision_are_one():
    found = read("发布时间：2024年3月\n发布时间：2024-03-09")
    assert (found.published, found.doubts) == ("2024-03-09", ())


def test_one_body_by_a_short_name_and_a_long_one_is_one_source():
    found = read("来源：吴兴区市场监督管理局\n来源：区市场监管局")
    assert (found.publisher, found.doubts) == ("吴兴区市场监督管理局", ())


def test_the_stamp_of_a_company_says_nothing_of_a_text_that_names_its_paper():
    found = read("作者:jw 来源:qoog 发布时间:2025-06-09", site="某某有限公司", paper="新华社")
    assert found == imprint.Imprint("新华社")
    assert read("发布时间:2025-06-09", site="某某有限公司").published is None


def test_a_company_that_names_the_papers_own_name_says_when_it_was_published():
    found = read("2024-11-13 09:46 来源: 中国消费者报", site="某某有限公司", paper="中国消费者报")
    assert found == imprint.Imprint("中国消费者报", "2024-11-13")


def test_a_paper_named_as_the_source_counts_before_the_site_of_the_dateline():
    for paper, source in (("岳阳网", "岳阳日报"), ("中新社", "中国新闻网"), ("新华社", "新华网")):
        found = read(f"2024-11-13 来源：{source}", paper=paper)
        assert found == imprint.Imprint(source, "2024-11-13")


def test_another_paper_than_the_dateline_s_is_asked_about_and_another_site_is_not():
    found = read("2024-11-13 来源：岳阳日报", paper="新华社")
    assert (found.publisher, found.doubts[0][0]) == (
        "新华社",
        "publisher: the page names several sources",
    )
    assert read("2024-11-13 来源：中原资讯网", paper="新华社") == imprint.Imprint(
        "新华社", "2024-11-13"
    )


@pytest.mark.parametrize(
    "line",
    [
        "2024-11-13 来源: 四川日报四川 举报",
        "2024-11-13 [来源：四川日报]",
        "2024-11-13 来源：四川日报大字体小字体",
    ],
)
def test_what_portals_print_right_behind_a_source_is_none_of_it(line):
    assert read(line).publisher == "四川日报"


def test_a_site_that_asks_for_readers_names_no_reporter():
    assert read("下载客户端，随时反映问题，记者帮你跑腿。").reporters == ()


def test_a_page_of_the_paper_itself_says_when_it_was_published():
    assert read("2023-11-21 09:10 来源：新华社", paper="新华社").published == "2023-11-21"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("绍兴日报　2022-05-09　记者李某", True),
        ("来源：", True),
        ("2024-03-15 10:20", True),
        ("《中国质量报》2022年9月6日 第5版", True),
        ("2024年3月15日起这些新规施行", False),
        ("吴兴区设立十二个消费维权服务站", False),
    ],
)
def test_a_line_about_the_text_is_told_from_its_title(line, told):
    assert imprint.is_imprint(line) == told


@pytest.mark.parametrize(
    ("line", "editor"),
    [
        ("责任编辑:游婕", "游婕"),
        ("责任编辑:游婕点击图片进入小程序", "游婕"),
        ("責任編輯：王偉", "王伟"),
        ("责任编辑:27", None),
        ("上一篇:某某", None),
    ],
)
def test_the_editor_is_a_name(line, editor):
    assert read(after=line).editor == editor


@pytest.mark.parametrize("word", ["整理", "摄影", "通讯员", "王", "吴兴区市场监管局"])
def test_what_stands_behind_a_role_is_not_always_a_name(word):
    assert authors.people(f"陈小明 {word}") == ["陈小明"] or word == "王"


def test_a_company_that_publishes_under_the_source_s_name_copies_nothing():
    found = read("2025-02-13 10:24\n来源：新华网", site="新华网股份有限公司", paper="新华社")
    assert found.published == "2025-02-13"


def test_a_page_s_title_may_say_whose_it_is():
    found = imprint.read_title("西藏日报 2025-01-16 第03版：综合新闻")
    assert (found.publisher, found.published) == ("西藏日报", "2025-01-16")
    assert imprint.read_title("吴兴区设立十二个消费维权服务站") == imprint.Imprint()


def test_a_magazine_s_issue_names_it_and_is_asked_about():
    found = read("中国质量万里行　2024年第2期　|　消费课堂")
    assert found.publisher == "中国质量万里行"
    assert [what for what, *_ in found.doubts] == [imprint.UNLIKE]


@pytest.mark.parametrize(
    ("line", "dated"),
    [
        ("2024-05-11　防城港日报　记者 李海珊", True),
        ("来源：左江日报 2024-05-10", True),
        ("2024-05-10 09:30", True),
        ("2024-05-10 李海珊", False),
        ("来源：左江日报", False),
        ("2024年5月10日", False),
        ("2024年5月10日，市民李女士来到服务站，说自己买的空调不制冷，希望退货。", False),
    ],
)
def test_a_line_that_says_who_and_when(line, dated):
    assert imprint.is_dated(line) == dated


def test_what_a_copying_site_says_beside_a_dateline_counts_for_nothing_but_the_editor():
    lines = "来源：qoog 2025-06-09 记者 李四光\n责任编辑：游婕"
    assert read(lines, paper="新华社") == imprint.Imprint("新华社", editor="游婕")
    own = read("来源：新华社 2025-06-09 记者 李四光", paper="新华社")
    assert (own.published, own.reporters) == ("2025-06-09", ("李四光",))


@pytest.mark.parametrize(
    ("name", "somebody"),
    [
        ("上海崇明", True),
        ("网络", False),
        ("本站", False),
        ("采集器v2", False),
        ("https://a.cn", False),
    ],
)
def test_who_is_somebody(name, somebody):
    assert authors.is_somebody(name) == somebody


def test_a_name_set_with_a_space_and_one_of_a_single_character():
    assert authors.people("王 芳 李青山") == ["王芳", "李青山"]
    assert authors.people("王 李青山") == ["李青山"]


def test_an_account_s_own_name_is_no_author():
    assert read("原创 开化消保 开化消保").reporters == ()
    assert read("原创 开化消保").publisher == "开化消保"


def test_a_sentence_below_a_text_with_a_day_is_no_signature():
    found = read(after="吴兴区市场监管局将于2024年3月12日举办培训")
    assert (found.publisher, found.published) == (None, None)
    assert read(after="更新于明天").published is None


def test_the_day_beside_the_paper_s_name_counts_before_that_of_a_copy():
    for other in ("发表于 2021-6-18 10:32", "日期: 2021年6月18日 17:20", "发布时间：2021-06-18"):
        found = read(f"{other}\n来源：荆州晚报 2021年06月17日 记者 欧阳倩")
        assert (found.publisher, found.published) == ("荆州晚报", "2021-06-17")
        assert not found.doubts


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("报送单位：邯郸市市场监督管理局    报送时间：2022年8月", "邯郸市市场监督管理局"),
        ("2022-08-01 来源：中国消费者报·中国消费网", "中国消费者报"),
        ("2022-08-01 来源：长江日报-大武汉客户端", "长江日报"),
    ],
)
def test_who_reports_and_the_paper_before_its_site_are_publishers(line, publisher):
    assert read(line).publisher == publisher


@pytest.mark.parametrize(
    "name", ["学费难退这样破局", "放心消费新格局", "市民家中的住所", "老城里的餐厅"]
)
def test_words_that_end_as_bureaus_do_are_none(name):
    assert not authors.is_publisher(name)
    assert not authors.is_body(name)


def test_when_a_mail_was_sent_and_by_whom_says_nothing_of_the_text_in_it():
    before = page.lines("发件人: 某某\n日期: 2024年7月8日 9:12\n主题: 投稿")
    after = page.lines("--\n西陵区市场监督管理局办公室\n2024年7月8日")
    assert imprint.read(before, after, None, None) == imprint.Imprint()
    assert imprint.read(before[1:], after[1:], None, None).published == "2024-07-08"
