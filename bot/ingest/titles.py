"""Which line above an article is its title.

    首页 > 新闻 > 消费            a breadcrumb
    花镇把账本贴上了墙          the title: the text says 花镇, 账本, 上墙, too
    欢迎选购本店新款水杯        the site's

A title is the last long line above the article, or one that the page says twice; that it is this article's title shows
in the text, which has the title's words. A title may be broken over two lines, and a line over it or a subtitle may
stand with it: then the likeliest is proposed and a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.ingest import authors, furniture, imprint
from bot.ingest.fluency import HAN
from bot.ingest.metadata import COMPANY
from bot.ingest.page import Line

SIZE = (6, 60)
MOST_SPACES = 3
NEAR = 4
"""Lines above the text among which a title needs no words of the text to be believed."""
LONG = 10
"""A shorter line is taken for the title only where there is no longer one: a button, a user's name."""
RELATED_SHARE = 0.24
"""Share of a title's pairs of characters that the text has, too, from which it is the text's: of sixty invented
articles all but one have more; of the titles of other articles in the same field, one of a hundred has."""
DOUBTFUL_SHARE = 0.1
"""Share below which a line above the article is not even asked about: the one article above has .19."""
SUBTITLED_SHARE = 0.1
"""Share from which a line right above the article's subtitle is its title: a title is freer with its words."""

_SUBTITLE = re.compile("(?:见闻|纪实|侧记|小记|札记|调查|观察|解读|热点|看点|之后|背后)$")
_KIND = re.compile(
    "(?:的|^)(?:提示|报告|通知|公告|通告|通报|函|意见|办法|决定|批复|请示|方案|告知书|提醒告诫书)$"
)
"""How the titles of official papers end."""
_ORGANISATION = re.compile(
    r"^\S{4,20}(?:局|公司|厂|协会|委员会|政府|中心|医院|学校)(?:文件|\s*(?:供稿|编|主办|发布))?$|(?:(?:协会|委员会|局|消委会|消保委)(?:消费)?(?:提示|警示|指导|指引)|选编|汇编|工作信息|工作动态|简讯|简报|专报|数字报|电子版|电子报|数字报刊平台)$"
)
_SITE_SUFFIX = re.compile(
    rf",[{HAN}]{{2,12}}(?:政府|网|局|委|会)$|\s*[_|｜]\s*[{HAN}A-Za-z0-9+]{{2,12}}$|\s+[-–—]\s+[{HAN}A-Za-z0-9+]{{2,12}}$"
)
_LETTERS = re.compile(f"[{HAN}0-9A-Za-z]")


def find(before: Sequence[Line], body: str) -> Line | None:
    """Return the line above an article that is its title; a doubtful one only if there is no other.

    Args:
        before: The page's lines above the article.
        body: The article, Simplified and without readings.
    """
    shares = {line: share(line.text, body) for line in _candidates(before)}
    for least in (RELATED_SHARE, DOUBTFUL_SHARE):
        found = next((line for line, its in shares.items() if its >= least), None)
        if found is not None:
            return _whole(found, before)
    first = before[0] if before else None
    if first is not None and len(shares) == 1 and first in shares:
        return first  # the page's first line and no other: asked about, since the text has none of its words
    return None


def _is_broken(above: str, below: str) -> bool:
    """Say whether a title was broken over two lines."""
    if below.startswith("关于") and authors.is_signed(above):
        return True
    if above.endswith(("：", ":")):
        return not re.match("各|尊敬|广大|亲爱|全[省市县区]", above) and len(above) >= SIZE[0]
    return (
        above.startswith("关于")
        and not _KIND.search(above)
        and _KIND.search(dense(below)) is not None
    )


def _said_twice(line: Line, before: Sequence[Line]) -> bool:
    """Say whether another line holds a long line, too: the list of what is on the page, a breadcrumb."""
    name = furniture.label(text(line.text))
    return len(name) >= LONG and sum(name in furniture.label(each.text) for each in before) > 1


def _whole(line: Line, before: Sequence[Line]) -> Line:
    """Return the title of which a line is a part, where it was broken over two lines."""
    if _said_twice(line, before):
        return line
    at = before.index(line)
    if at + 1 < len(before) and line.stop == before[at + 1].begin:
        below = before[at + 1]
        if _is_broken(line.text, below.text):
            line = _joined(line, below)
    for above in reversed(before[:at]):
        if above.stop != line.begin or not _is_broken(above.text, line.text):
            break
        line = _joined(above, line)
    return line


def _joined(above: Line, below: Line) -> Line:
    text = f"{above.text}{dense(below.text)}"
    return Line(above.begin, above.start, below.end, below.stop, text)


def rivals(line: Line, before: Sequence[Line], body: str, *, bare: bool) -> list[Line]:
    """Return the lines right above and below a title that may be it as well, with it: a line over it, a subtitle.

    Args:
        line: The title.
        before: The lines above the text.
        body: The text.
        bare: Whether the file has nothing of a site around the text: its first line may be the title, whatever it says.
    """
    if line not in before or _said_twice(line, before):
        return []
    block = [line]
    at = before.index(line)
    for above in reversed(before[:at]):
        first = bare and above is before[0] and may_be(above.text)
        if above.stop != block[0].begin or not (first or _is_rival(above, body)):
            break
        block.insert(0, above)
    for below in before[at + 1 :]:
        if below.begin != block[-1].stop or not _is_rival(below, body):
            break
        block.append(below)
    return block if len(block) > 1 else []


def likeliest(block: Sequence[Line], body: str) -> Line:
    """Return which of some lines in a row is likeliest the title; for certain only the newspaper knows.

    Of three the middle one; of two the one that asks nothing, that has two parts with a space between, that does not
    end like a subtitle, or of which the text says more.
    """
    if len(block) > 2:
        return block[1]
    first, second = block
    for is_main in (_tells, _has_parts, _is_no_subtitle):
        if is_main(first.text) != is_main(second.text):
            return first if is_main(first.text) else second
    return max(block, key=lambda line: share(line.text, body))


def _tells(line: str) -> bool:
    return not line.endswith(("？", "?"))


def _has_parts(line: str) -> bool:
    return re.search(r"\S\s+\S", line) is not None


def _is_no_subtitle(line: str) -> bool:
    return _SUBTITLE.search(line) is None


def _is_rival(line: Line, body: str) -> bool:
    return may_be(line.text) and share(line.text, body) >= SUBTITLED_SHARE


def share(title: str, body: str) -> float:
    """Return the share of a title's pairs of characters that a text has, too; none of one that is too short."""
    letters = "".join(_LETTERS.findall(furniture.view(text(title))))
    if len(letters) < SIZE[0]:
        return 0.0
    pairs = [letters[at : at + 2] for at in range(len(letters) - 1)]
    pairs = [pair for pair in pairs if not pair.isdecimal()]  # 00 is in every phone number
    dense = "".join(_LETTERS.findall(body))
    return sum(pair in dense for pair in pairs) / max(1, len(pairs))


def text(line: str) -> str:
    """Return a title without the site's name that some pages append, and without [转帖] and [复制链接]."""
    line = re.sub("^【([^【】]+)】$", r"\1", line)
    bare = re.sub(
        rf"^(?:标题|题目|主标题)\s*[:：]\s*|^[{HAN}]{{2,6}}[｜|丨](?=[^|｜丨]{{8}})|^(?:[\[【][^\[\]【】]{{1,8}}[\]】]\s*)+|\s*[\[【][{HAN}]{{2,6}}[\]】]$",
        "",
        line,
    )
    while (cut := _SITE_SUFFIX.sub("", bare).strip()) != bare:
        bare = cut
    return bare


def is_better(line: Line, title: str, body: str) -> bool:
    """Say whether a line above the text is its title rather than what the file says, which the text does not take up."""
    return share(title, body) < DOUBTFUL_SHARE and share(line.text, body) >= RELATED_SHARE


def stands_above(title: str, before: Sequence[Line]) -> bool:
    """Say whether the title that a file names is a line close above the text, too."""
    wanted = dense(title)
    return any(dense(line.text) == wanted for line in before[-NEAR:])


def dense(line: str) -> str:
    """Return a line without white space."""
    return re.sub(r"\s", "", line)


def _candidates(before: Sequence[Line]) -> list[Line]:
    """Return the lines that may be a title, the likeliest first: one said twice, then from the last long one up."""
    found = [line for line in reversed(before) if may_be(line.text)]
    twice = [line for line in found if _said_twice(line, before)]
    long = [line for line in found if len(re.findall(f"[{HAN}]", line.text)) >= LONG]
    return list(dict.fromkeys((*twice, *long, *found)))


def may_be(line: str) -> bool:
    """Say whether a line can be a title, by itself."""
    kind = furniture.kind(line)
    seen = kind.view
    low, high = SIZE
    return (
        low <= len(re.findall(f"[{HAN}0-9]", seen)) <= high
        and kind.mark is None
        and not kind.voice
        and len(re.findall(r"\s", text(line))) <= MOST_SPACES
        and not _ORGANISATION.search(seen)
        and not seen.endswith(("：", ":"))
        and not imprint.is_imprint(seen)
        and not re.search(
            r"[。；;]|欢迎|首页|您(?:可以|的|需要|好|是|现在)|[为给请]您|^——|[:：]\s*(?:\d{3,}(?:$|\s)|\d+[-/.:])|\d{1,2}:\d\d|\d{3}-\d{3}|[〔\[（(](?:19|20)\d\d[〕\]）)]\s*第?\d+号|年第\s*\d+\s*[号期]|^(?:记者|问|答)[:：]|@|www\.|[>»›]|[|｜].*[|｜]|…$|\.\.\.$",
            seen,
        )
        and not re.match(
            r"(?:本报|本刊|本台|见习|首席)*记者\s|(?:引题|肩题|副题|副标题)\s*[:：]|[-•·●○■□▪◆◇▶►★☆*]|\d{1,2}、",
            seen,
        )
        and not COMPANY.fullmatch(seen)
    )
