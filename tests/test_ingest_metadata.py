import pytest

from bot.article import Region
from bot.ingest import metadata, page


def read(opening, after="", before=""):
    return metadata.read([opening], page.lines(before), page.lines(after))


@pytest.mark.parametrize(
    ("opening", "publisher"),
    [
        ("中国消费者报上海讯（记者刘浩）9月28日，", "中国消费者报"),
        ("中国消费者报报道（记者施本允）2021年以来，", "中国消费者报"),
        ("新华社北京11月14日电（记者张三）", "新华社"),
        ("本报讯（记者李四）日前，", None),
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
        ("（时尚消费品）", ()),
    ],
)
def test_reporters_are_named_in_the_byline(byline, names):
    assert read(f"中国消费者报上海讯{byline}9月28日，").reporters == names


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
    assert read("中国消费者报上海讯", after=line).editor == editor


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
    ("opening", "region"),
    [
        (
            "中国消费者报上海讯 11月14日，记者从上海市静安区市场监管局获悉，",
            Region("上海市", "上海市", "静安区"),
        ),
        ("直播带货等话题，浙江宁波海曙区市场监管局加强监管", Region("浙江省", "宁波市", "海曙区")),
        ("9月28日，上海市市场监督管理局公布上海市第二批名单", Region("上海市", "上海市", None)),
        ("中国消费者报合肥讯 近日，检查组来到批发市场", Region("安徽省", "合肥市", None)),
        ("近年来，预付式消费纠纷频发", Region()),
    ],
)
def test_the_region_is_what_the_text_names(opening, region):
    assert read(opening).region == region


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


@pytest.mark.parametrize(
    ("before", "publisher", "published", "reporters"),
    [
        ("来源：红河日报 发布时间：2025-08-14 记者 普丽仙", "红河日报", "2025-08-14", ("普丽仙",)),
        ("2023-03-15 10:20:33　来源：浙江日报", "浙江日报", "2023-03-15", ()),
        (
            "发布日期：2024年3月5日\n信息来源：平罗县市场监督管理局",
            "平罗县市场监督管理局",
            "2024-03-05",
            (),
        ),
        ("来源：中国消费者报\n作者：王芳 李青山", "中国消费者报", None, ("王芳", "李青山")),
        ("来源：新华社 2024-01-02 更新于2024-02-03", "新华社", None, ()),  # which one?
        ("作者:jw    来源:qoog    发布时间:2025-06-09 18:53:12", None, None, ()),
        ("发布时间:2025-06-09", None, None, ()),
        ("来源：网络", None, None, ()),
    ],
)
def test_a_line_of_source_and_date_above_the_text(before, publisher, published, reporters):
    found = read("近年来，预付式消费纠纷频发，", before=before)
    assert (found.publisher, found.published, found.reporters) == (publisher, published, reporters)


def test_the_stamp_of_a_company_that_copied_the_page_counts_for_nothing():
    line = "来源：红河日报 发布时间：2025-08-14"
    copied = read("近年来，纠纷频发，", before=line, after="Copyright © 2017 某某商贸有限公司")
    assert (copied.publisher, copied.published) == (None, None)
    press = read("近年来，纠纷频发，", before=line, after="版权所有 红河日报传媒集团")
    assert (press.publisher, press.published) == ("红河日报", "2025-08-14")


def test_what_the_dateline_says_counts_more():
    found = read(
        "新华社北京2024年1月2日电（记者张三）", before="来源：红河日报 2025-08-14 记者 李四光"
    )
    assert (found.publisher, found.published, found.reporters) == (
        "新华社",
        "2024-01-02",
        ("张三",),
    )


@pytest.mark.parametrize(
    ("opening", "region"),
    [
        (
            "记者从云南省红河州建水县市场监管局获悉，",
            Region("云南省", "红河哈尼族彝族自治州", "建水县"),
        ),
        ("恩施州利川市市场监管局近日公布，", Region("湖北省", "恩施土家族苗族自治州", "利川市")),
        ("红河日报社记者在云南省走访，", Region("云南省", None, None)),
    ],
)
def test_an_autonomous_prefecture_is_known_by_its_everyday_name(opening, region):
    assert read(opening).region == region
