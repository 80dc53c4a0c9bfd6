import pytest

from bot.article import Region
from bot.ingest import region

WUXING = Region("浙江省", "湖州市", "吴兴区")
"""Every invented text below that is about a place is about this one."""


def read(*paragraphs, title="", publisher="", station=""):
    return region.read(title, paragraphs, publisher, station).region


@pytest.mark.parametrize(
    "text",
    [
        "近日，浙江省湖州市吴兴区市场监管局在爱山街道设立消费维权服务站12个。",
        "近日，吴兴区几大连锁超市承诺线下无理由退货，消费者凭小票七天内可退。",
        "近日，吴兴区吉林路商圈十家店铺承诺无理由退货，消费者购物更放心。",
        "浙江消费者在三亚购买珊瑚饰品发现质量问题，向吴兴区消保委求助，获得退款。",
        "毕业于南京大学的王女士在吴兴区一家店买了上海航空的机票，区消保委帮她退了款，吴兴区市场监管局随后约谈商家。",
    ],
)
def test_the_region_is_where_a_bureau_acts(text):
    assert read(text) == WUXING


@pytest.mark.parametrize(
    "text",
    [
        "北京时间3月15日上午，某连锁超市宣布在全部门店实行线下无理由退货。",
        "市场监管总局7日发布消息，全国已有线下无理由退货承诺店20万家，覆盖31个省区市。",
        "近年来，预付式消费纠纷频发",
        "江苏丰县、安徽砀山县、山东单县、河南虞城县的消协签了协议。",
    ],
)
def test_a_report_on_the_whole_country_or_on_nowhere_has_none(text):
    assert read(text) == Region()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("11月14日，记者从上海市静安区市场监管局获悉，", Region("上海市", "上海市", "静安区")),
        ("直播带货等话题，浙江宁波海曙区市场监管局加强监管", Region("浙江省", "宁波市", "海曙区")),
        ("9月28日，上海市市场监督管理局公布上海市第二批名单", Region("上海市", "上海市", None)),
        ("记者从云南省红河州建水县市场监管局获悉，", Region("云南省", "红河哈尼族彝族自治州", "建水县")),
        ("恩施州利川市市场监管局近日公布，", Region("湖北省", "恩施土家族苗族自治州", "利川市")),
        ("红河日报社记者在云南省走访，", Region("云南省", None, None)),
        ("北京市朝阳区消协调解了一起纠纷。", Region("北京市", "北京市", "朝阳区")),
        ("辽宁省朝阳市消协调解了一起纠纷。", Region("辽宁省", "朝阳市", None)),
        ("沈阳市铁西区市场监管局约谈了健身房，鞍山市的会员也来投诉。", Region("辽宁省", "沈阳市", "铁西区")),
        ("仙桃市市场监督管理局检查了农资店。", Region("湖北省", "", "仙桃市")),
        ("兰州市城关区消协公布了结果。", Region("甘肃省", "兰州市", "城关区")),
        ("天津和平区法院判决条款无效。", Region("天津市", "天津市", "和平区")),
        ("吉林发布二手车消费指引。", Region("吉林省", None, None)),
        ("景东县消协提醒：景东县的店都可以退货。", Region("云南省", "普洱市", "景东彝族自治县")),
    ],
)  # fmt: skip
def test_districts_are_whole_and_lie_where_the_table_says(text, found):
    assert read(text) == found


def test_a_city_stays_where_its_districts_share_the_text():
    text = "杭州市消保委公布结果。余杭区有三家，西湖区有两家，杭州市共有五家。"
    assert read(text) == Region("浙江省", "杭州市", None)


def test_the_title_weighs_more_than_places_that_a_text_compares():
    texts = ["服务站开到14个。" * 20, "南宁市青秀区、广州市越秀区也有。"]
    found = read(*texts, title="一入冬就忙：道里区又设服务站")
    assert found == Region("黑龙江省", "哈尔滨市", "道里区")


def test_where_the_publisher_is_decides_what_the_text_leaves_open():
    text = "青阳街道的驿站开进了泡茶间。"
    assert read(text) == Region()
    assert read(text, publisher="晋江市消费者权益保护委员会") == Region(
        "福建省", "泉州市", "晋江市"
    )


def test_a_conjunction_begins_no_name():
    assert read("吴兴区市场监管局和县消保委一起调解。") == WUXING


def test_of_two_districts_of_one_name_the_publisher_s_is_meant():
    text = "铁西区市场监管局消保科提醒，旧机交出前应先恢复出厂设置。此前鞍山市铁西区也有此事。"
    assert read(text, publisher="沈阳晚报") == Region("辽宁省", "沈阳市", "铁西区")


def test_a_city_that_ends_like_a_prefecture_is_named_by_its_everyday_name():
    text = "中国消费者协会开展体验调查。上海、杭州、合肥等城市的得分较高。"
    assert read(text) == Region()


def test_whose_notice_it_is_weighs_more_than_whom_it_names():
    text = "近期，有不法人员冒充“佛山市消费者委员会”工作人员上门推销净水器，本会郑重声明，从未委托任何单位。"
    assert read(text, publisher="佛山市顺德区消费者委员会") == Region("广东省", "佛山市", "顺德区")


def test_a_district_s_everyday_name_weighs_little_where_nothing_named_holds_it():
    pond = "荷塘边的店。荷塘里的鱼。荷塘旁的人。天长市的食堂晒了账本，天长市消协看过。"
    assert read(pond) == Region("安徽省", "滁州市", "天长市")
    held = "株洲的荷塘开了站。荷塘里的店。荷塘旁的人。上海的客人来过。"
    assert read(held) == Region("湖南省", "株洲市", "荷塘区")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("鼓楼区消协公布结果。", Region()),
        ("南京的鼓楼区消协公布结果。", Region("江苏省", "南京市", "鼓楼区")),
        ("福州和南京的客人说，鼓楼区消协公布结果。", Region()),
        ("江苏省的鼓楼区消协公布结果，南京市也来了人。", Region("江苏省", "南京市", "鼓楼区")),
        ("单县消协公布结果，上海的客人来投诉。", Region("山东省", "菏泽市", "单县")),
    ],
)
def test_of_districts_of_one_name_something_else_named_tells_which(text, found):
    assert read(text) == found


def test_what_the_text_names_first_weighs_more():
    assert read("余杭区的站开了。西湖区的站也开了。") == Region("浙江省", "杭州市", "余杭区")


def test_one_place_in_the_middle_of_a_text_is_not_what_it_is_about():
    opening = "新规施行一个半月，记者梳理各地情况发现，退货比从前容易，举证却比从前难了许多。" * 5
    rest = "在杭州经营女装网店的孟女士说，包装就占了成本的一成。"
    assert read(opening, rest) == Region()
    assert read(opening, rest + "杭州市市场监管局说，投诉下降了两成。") == Region(
        "浙江省", "杭州市"
    )


def test_of_several_districts_none_stands_for_the_city_that_the_title_names():
    cases = (
        "海勃湾区某眼镜店虚假宣传，海勃湾区市场监督管理局罚款九万元。",
        "乌达区某加油站计量作弊。",
        "海南区某超市销售过期食品。",
    )
    title = "乌海市市场监督管理局通报三起案例"
    assert read(*cases, title=title) == Region("内蒙古自治区", "乌海市")


def test_a_name_of_several_districts_is_asked_about():
    about = region.read("", ["通州区一家水果店换了招牌，两百位邻居手里还有余额。"], "", "")
    assert (about.region, about.open) == (Region(), "通州区")
    assert len(about.choices) == 2


def test_whose_paper_it_is_weighs_more_than_a_guest_in_the_middle_of_it():
    opening = (
        "服务站设在商场一楼，由社区干部和志愿者轮流值守，接到投诉后当天登记，三个工作日内答复。" * 5
    )
    guest = "杭州市市场监管局派人来学习。"
    assert read(opening, guest, publisher="吴兴区市场监督管理局") == WUXING
