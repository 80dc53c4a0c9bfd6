"""How those are called who publish and write: papers, bureaus and councils, people.

湖州日报, 吴兴区市场监督管理局          papers, bodies
古丽米热·艾山, 王 芳                    people
网络, 本站, 佚名                        nobody
"""

from __future__ import annotations

import re

from bot.ingest import furniture
from bot.ingest.fluency import HAN

BETWEEN = re.compile(r"[\s|｜/／丨·•【】\[\]《》（）()]+")
"""What stands between two names on a line."""
_PUBLISHERS = (
    "报|报社|社|网|台|刊|周刊|杂志|发布|局|委|委员会|会|中心|政府|办公室|办|客户端|新闻|传媒|融媒体?|公众号|在线"
    "|频道|法院|检察院|厅|总局|所|部|市监|市场监管|消保|工商|12315|热线|观察|快讯|通讯社|电视|广播|支队|大队"
)
_CALLED = re.compile(rf"[{HAN}A-Za-z0-9·\-—“”（）()]{{1,28}}?(?:{_PUBLISHERS})")
_PAPER = re.compile(
    rf"[{HAN}]{{1,12}}(?:(?<![简通公专汇举海情电预申])报|晨刊|周刊|通讯社|新华社|电视台)"
)
_BODY = re.compile(
    rf"[{HAN}（）()“”]{{4,30}}(?:局|委|委员会|协会|政府|办公室|秘书处|中心|法院|检察院|厅|所|消保委)"
)
_NO_BODY = re.compile("(?:[破结格布时僵困残大全开]局|场所|住所|[餐客大舞]厅|原委)$")
"""Words that end as names of bureaus do."""
_TWO = re.compile(
    rf"([{HAN}]{{2,20}}?(?:局|委员会|协会|政府|消保委))((?!办公室|机关|分局|秘书处)[{HAN}]{{4,20}}(?:局|委员会|协会|政府|消保委))"
)
_NOBODY = re.compile(
    r"(?:网络|互联网|网上|转载|未知|不详|佚名|综合|整理|admin|\w*管理员|编辑部?|小编|用户|投稿|其他)(?:整理|综合|转载)?$|.*(?:综合|整理|网络|互联网)$",
    re.IGNORECASE,
)
_OWN = re.compile("(?:本站|本网|本报|本刊|本台|原创|本站原创|本网讯|本馆|本局|本单位)$")
_NAME = re.compile(rf"[{HAN}]{{2,6}}|[{HAN}]{{1,8}}·[{HAN}]{{1,8}}")
_EDITION = re.compile(
    rf"(?:数字报刊?|电子版|电子报|数字版|客户端)(?:平台)?(?:[{HAN}]{{1,3}}文版)*$"
)
_NO_NAME = re.compile(
    "整理|报道|摄影|摄|编辑|文|图|文图|供稿|通讯员|记者|实习生|综合|采写|撰文|本报讯|发自.*|.*评论.*|佚名|未知|管理员|本站|综合报道|本报综合|.*(?:返回|查看|点击|更多|浏览|阅读|评论).*"
)
_FIGURES = re.compile(r"\d[\d\s:：/.年月日-]*")


def edition_of(name: str) -> str:
    """Return the paper that a name is an edition of: 河北日报 of 河北日报数字报."""
    return _EDITION.sub("", name)


def is_signed(line: str) -> bool:
    """Say whether a line is the name of a bureau, a council or the like and nothing else."""
    return bool(bodies(furniture.view(line)))


def people(text: str) -> list[str]:
    """Return the people that a text names, one after the other."""
    joined: list[str] = []
    for word in words(text):
        if joined and len(word) == 1 and len(joined[-1]) == 1:
            joined[-1] += word  # 王 芳: two-character names are set with a space
        else:
            joined.append(word)
    return [word for word in joined if is_name(word) and not is_paper(word)]


def words(text: str) -> list[str]:
    """Return the words of a list of names, up to those of other roles."""
    bare = re.split("通讯员|摄影|编辑|返回|查看|点击|[（(]", _FIGURES.sub(" ", text))[0]
    return [word for word in re.split(r"[\s、，,/|｜]+", bare) if word]


def bodies(seen: str) -> list[str]:
    """Return the bureaus, councils and the like that a line consists of; none where it says anything else."""
    parts = [part for part in BETWEEN.split(seen) if part]
    if parts and all(map(is_body, parts)):
        return [name for part in parts for name in _apart(part)]
    whole = "".join(parts)
    return _apart(whole) if is_body(whole) else []


def _apart(name: str) -> list[str]:
    """Return the bodies whose names stand one right behind the other."""
    both = _TWO.fullmatch(name)
    return [both[1], both[2]] if both else [name]


def is_body(name: str) -> bool:
    """Say whether somebody is a bureau, a council or the like."""
    return _BODY.fullmatch(name) is not None and _NO_BODY.search(name) is None


def is_publisher(name: str) -> bool:
    """Say whether somebody is called as papers, bureaus and councils are."""
    called = _CALLED.fullmatch(name) is not None and _NO_BODY.search(name) is None
    return called and len(name) > 2


def is_nobody(name: str) -> bool:
    """Say whether a source is none: 网络, 本站原创, 综合."""
    return _NOBODY.match(name) is not None or _OWN.match(name) is not None


def is_somebody(name: str) -> bool:
    """Say whether a source is somebody: no address, no site's own word for itself, no 网络."""
    return re.fullmatch(rf"[{HAN}·]{{2,20}}", name) is not None and not is_nobody(name)


def is_paper(name: str) -> bool:
    """Say whether somebody is a newspaper, a bureau or a council, rather than a site that carries what others publish."""
    return len(name) > 2 and (_PAPER.fullmatch(name) or _BODY.fullmatch(name)) is not None


def is_press(name: str) -> bool:
    """Say whether somebody is a newspaper, an agency or a station: no bureau."""
    return is_paper(name) and not is_body(name)


def is_desk(name: str) -> bool:
    """Say whether a name is that of an office rather than of a person."""
    return (
        re.fullmatch(f"[{HAN}]*(?:办公室|编辑部|宣传部|中心|管理员|[科股处]室?)", name) is not None
    )


def is_name(word: str) -> bool:
    """Say whether a word can be a person's name."""
    return _NAME.fullmatch(word) is not None and _NO_NAME.fullmatch(word) is None
