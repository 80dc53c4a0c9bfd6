import pytest

from bot.article import Region
from bot.ingest import metadata, page
from bot.ingest.document import Hints


def read(opening, after="", before=""):
    return metadata.read("", [opening], page.lines(before), page.lines(after), Hints())[0]


@pytest.mark.parametrize(
    ("opening", "publisher"),
    [
        ("中国消费者报上海讯（记者刘浩）9月28日，", "中国消费者报"),
        ("中国消费者报报道（记者施本允）2021年以来，", "中国消费者报"),
        ("新华社北京11月14日电（记者张三）", "新华社"),
        ("本报讯（记者李四）日前，", None),
        ("据中新网3月15日报道，", "中新网"),
        ("近年来，预付式消费纠纷频发，", None),
    ],
)
def test_the_publisher_is_named_by_the_dateline(opening, publisher):
    assert read(opening).publisher == publisher


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("（记者刘浩）", ("刘浩",)),
        ("（记者 刘浩）", ("刘浩",)),
        ("（记者刘浩 王小萌）", ("刘浩", "王小萌")),
        ("（王芳 记者李青山、赵倩）", ("李青山", "赵倩")),
        ("（记者王 芳）", ("王芳",)),
        ("（记者刘浩 通讯员陈明）", ("刘浩",)),
        ("（记者陈小明 整理）", ("陈小明",)),
        ("（时尚消费品）", ()),
    ],
)
def test_reporters_are_named_in_the_byline(byline, names):
    assert read(f"中国消费者报上海讯{byline}9月28日，").reporters == names


@pytest.mark.parametrize(
    ("opening", "date"),
    [
        ("中国消费者报上海讯（记者刘浩）9月28日，上海市公布名单。", "09-28"),
        ("中国消费者报上海讯（记者刘浩）放心消费很重要。11月14日，记者获悉，", "11-14"),
        ("截至2021年12月21日，共受理投诉300件。", None),
        ("协会分别于6月17日、8月27日举办论坛。", None),
        ("2023年3月15日，记者从市场监管局获悉，", "2023-03-15"),
    ],
)
def test_the_event_day_is_the_one_that_the_report_gives_itself(opening, date):
    assert read(opening).event_date == date


def test_only_a_full_date_in_the_dateline_proves_when_it_was_published():
    stamp = "来源:某公司 更新时间:2025-06-10 20:53:04"
    assert read("中国消费者报上海讯（记者刘浩）9月28日，", before=stamp).published is None
    assert read("新华社北京2023年11月14日电 记者获悉，").published == "2023-11-14"


@pytest.mark.parametrize(
    ("before", "after", "site"),
    [
        (
            "",
            "Copyright © 2017 Powered by 吉林省利诚商贸有限公司   sitemap",
            "吉林省利诚商贸有限公司",
        ),
        ("", "Copyright © 北京酷洛电子商务有限公司 版权所有", "北京酷洛电子商务有限公司"),
        ("河北宏达商贸有限公司\n网站首页", "", "河北宏达商贸有限公司"),
        ("", "官方微博", None),
    ],
)
def test_the_site_names_itself(before, after, site):
    assert read("中国消费者报上海讯", after=after, before=before).found_on == site


def test_what_the_dateline_says_counts_more():
    found = read(
        "新华社北京2024年1月2日电（记者张三）", before="来源：红河日报 2025-08-14 记者 李四光"
    )
    assert (found.publisher, found.published, found.reporters) == (
        "新华社",
        "2024-01-02",
        ("张三",),
    )


def test_the_region_is_not_where_a_report_on_the_whole_country_is_sent_from():
    opening = "新华社北京5月7日电（记者王某某）全国已有线下无理由退货承诺店20万家，覆盖31个省区市。"
    assert read(opening).region == Region()
    assert read("中国消费者报合肥讯 近日，检查组来到批发市场").region.city == "合肥市"


def test_what_a_file_says_counts_more_than_its_page():
    lines = page.lines("来源：每日财讯 2024-03-05\n2024-03-09")
    hints = Hints(publisher="湖州日报", published="2024-03-04", district="吴兴区")
    found, doubts = metadata.read("", ["近年来，纠纷频发，"], lines, [], hints)
    assert (found.publisher, found.published) == ("湖州日报", "2024-03-04")
    assert found.region == Region(None, None, "吴兴区")
    assert doubts == ()


@pytest.mark.parametrize(
    ("site", "before", "publisher"),
    [
        ("珠江商报", "", "珠江商报"),
        ("上海市静安区人民政府", "来源：静安区市场监督管理局", "静安区市场监督管理局"),
        ("某某网", "", None),
    ],
)
def test_a_paper_s_or_a_bureau_s_own_site_publishes_what_names_nobody_else(site, before, publisher):
    lines = page.lines(before)
    found, _ = metadata.read("", ["近年来，纠纷频发，"], lines, [], Hints(found_on=site))
    assert found.publisher == publisher


def test_a_dateline_below_an_advertisement_says_who_published_and_nothing_of_where_it_happened():
    report = "中国消费者报北京讯（记者 丁文博）直播间里，主播的话术一套接一套。"
    found, _ = metadata.read("", ["炒股就看分析师研报，权威，专业。", report], (), (), Hints())
    assert (found.publisher, found.region) == ("中国消费者报", Region())


def test_to_whom_a_paper_is_sent_is_not_where_it_happens():
    texts = ["各市州消费者协会，梅河口市消费者协会：", "购物节期间，各级协会要受理投诉，及时调解。"]
    found, _ = metadata.read(
        "关于做好消费维权工作的通知", texts, (), (), Hints(publisher="吉林省消费者协会")
    )
    assert found.region == Region("吉林省")


def test_a_paper_s_own_page_counts_before_its_site_in_the_dateline():
    report = "京报网讯（记者 李明）十一月起，老字号门店承诺异店异地退换货。"
    found, _ = metadata.read("", [report], (), (), Hints(found_on="北京日报"))
    assert found.publisher == "北京日报"
