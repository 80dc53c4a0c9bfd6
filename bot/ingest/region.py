"""Where an article's events happen: province, city, district, by which places it names, how, and where.

    近日，吴兴区市场监管局在爱山街道…       浙江省 湖州市 吴兴区: a bureau acts, and the table says what it lies in
    新华社北京5月7日电 全国已有…           none: the whole country weighs more than the town a report is sent from
    北京时间, 吉林路, 几大连锁             no places

Each mention weighs something for its division and for those that it lies in. From the whole country down, the next
narrower division counts while it carries most of what its wider one has.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache
from typing import NamedTuple

from bot.analysis.lexicon import NO_PLACE
from bot.analysis.phrases import PhraseTable
from bot.article import Region
from bot.ingest import fluency
from bot.settings import shipped_corpus

Path = tuple[str, ...]
"""A division and those that it lies in, widest first: ("浙江省", "湖州市", "吴兴区"); () is the whole country."""

OPENING = 150
"""Characters of the text in which a report says where and when it happened."""
FULL, SHORT, WEAK = 2.0, 1.0, 0.3
"""What a mention weighs: by its official name, by its everyday one, as where somebody comes from or by a district's
everyday name that nothing else named holds: 荷塘 may be a pond."""
FIRST = 1.5
"""How many times more the first official name of the text weighs."""
BODY = 3.0
"""What it weighs more where its bureau, council, court or hotline acts."""
TITLE, EARLY = 4.0, 2.0
"""How many times more it weighs in the title, and in how the text opens."""
SIGNED, PAPER = 10.0, 1.5
"""What the place of the publisher weighs: of a bureau or council, of a paper."""
STAYS = 0.6
"""Share of the weight below a division that one narrower needs to stand for it."""
NARROWS = 0.3
"""Share of a division's whole weight that those below it need."""
LEAST = 2.5
"""Weight of all places, none of them named by title, opening or publisher, below which none is what an article is about:
somebody's home, an association that is asked."""
SEVERAL = 3
"""Divisions of one that are named, from which the one that stands for it is also named more often than all others. Both were
set by hand on pages that people wrote for trying the cleaning; `tests/benchmarks/region.py` shows what they do elsewhere."""

_BODY = re.compile(
    "(?:市场监[管督]|消保|消委|消协|消费者(?:权益保护)?(?:委员会|协会)|工商|人民|法院|检察|政府|司法局|商务局|公安|知识产权|个私协|12345|12315)"
)
_PEOPLE = re.compile("(?:籍|人|市民|消费者(?!权益|协会|委员会)|游客|客人|客商|网友|读者|顾客)")
_OTHER = re.compile(
    rf"{NO_PLACE.pattern}|街道|[镇乡山湖]|社区|广场|大厦|商[场城]|集团|公司|酒店|宾馆|饭店|日报|晚报"
)
"""What makes an everyday name another thing's: 青阳街道 is in another town than 青阳县."""
_NATION = re.compile(
    "(?P<body>国家市场监督?管理?总局|(?<!国家)市场监管总局|中国消费者协会|中消协|国务院|全国消协|国家邮政局|商务部|公安部|最高人民法院)|全国|31个省|各省"
)
_AUTONOMOUS = re.compile(r"^(?P<name>.+?)(?:(?:\w{1,4}族)+|.族)自治(?P<kind>州|县|旗)$")
_TITLES = tuple("省市区县州旗盟")
_JOINS = "和与及同"
"""Characters that join what stands before them to what follows, rather than begin a name: 市局和县消保委."""
_HAN = re.compile(f"[{fluency.HAN}]")
_AROUND = 6
_PAPER = re.compile(
    "(?:日报|晚报|晨报|早报|都市报|商报|时报|快报|周刊|融媒体?中心|新闻网|发布|电视台|广播电视台)$"
)


class Mention(NamedTuple):
    """A place that a text names: `text[start:end]`, which divisions it may be, what it weighs, and how many times more."""

    start: int
    end: int
    paths: tuple[Path, ...]
    weight: float
    factor: float = 1.0


class About(NamedTuple):
    """Where an article's events happen, and of what name it stays open which of several places is meant."""

    region: Region
    open: str | None = None
    choices: tuple[Path, ...] = ()


def read(title: str, paragraphs: Sequence[str], publisher: str, station: str) -> About:
    """Return what an article is about; nothing of what the text leaves open.

    Args:
        title: Its title, or "".
        paragraphs: Its paragraphs.
        publisher: Who published it, or "".
        station: Where its dateline says that it was sent from, or "".
    """
    opening, rest = _split("\n".join(paragraphs))
    zones = (
        (_mentions(title), TITLE),
        (_first_weighed(_mentions(opening)), EARLY),
        (_mentions(rest), 1.0),
    )
    found = [each._replace(factor=each.factor * more) for zone, more in zones for each in zone]
    signed = SIGNED if _BODY.search(publisher) else PAPER
    home: list[Mention] = []
    for text, weight in ((_PAPER.sub("", publisher), signed), (station, SHORT)):
        home += [mention._replace(weight=weight) for mention in _mentions(text)]
    found += home
    weights: defaultdict[Path, float] = defaultdict(float)
    counts: Counter[Path] = Counter()
    for mention in found:
        path = _meant(mention.paths, found, home)
        if path is not None:
            counts.update(path[:size] for size in range(1, len(path) + 1))
            alone = mention.weight == SHORT and len(path) == 3 and not _is_held(path, found)
            weights[path] += (WEAK if alone else mention.weight) * mention.factor
    if not weights or (
        sum(weights.values()) < LEAST and not home and all(each.factor == 1 for each in found)
    ):
        several = [each for each in found if len(each.paths) > 1 and each.weight >= FULL]
        heaviest = max(several, key=lambda each: each.weight * each.factor, default=None)
        name = heaviest.paths[0][-1] if heaviest else None
        return About(Region(), name, heaviest.paths if heaviest else ())
    titled = {path for mention in zones[0][0] for path in mention.paths}
    province, city, district = (*_narrowed(weights, counts, titled), None, None, None)[:3]
    return About(Region(province, city, district))


def _is_held(path: Path, found: Sequence[Mention]) -> bool:
    """Say whether something else that is named holds a division."""
    others = {other for mention in found if len(mention.paths) == 1 for other in mention.paths}
    return any(other and other != path and path[: len(other)] == other for other in others)


def _split(text: str) -> tuple[str, str]:
    """Return how a text opens, up to the end of a clause, and the rest."""
    stop = next((m.end() for m in re.finditer("[，。；\n]", text) if m.end() >= OPENING), len(text))
    return text[:stop], text[stop:]


def _narrowed(weights: Mapping[Path, float], counts: Mapping[Path, int], titled: Set[Path]) -> Path:
    """Return the narrowest division that carries most of what its wider ones have.

    Args:
        weights: What is named by itself, with its weight.
        counts: How often each division is named, by itself or by what lies in it.
        titled: What the title names.
    """
    totals: defaultdict[Path, float] = defaultdict(float)
    for path, weight in weights.items():
        for size in range(len(path) + 1):
            totals[path[:size]] += weight
    at: Path = ()
    while True:
        below = {path: weight for path, weight in totals.items() if path[:-1] == at and path}
        whole = sum(below.values())
        best = max(below, key=lambda path: below[path], default=at)
        if not below or below[best] < STAYS * whole or whole < NARROWS * totals[at]:
            return at
        rare = 2 * counts[best] <= sum(counts[path] for path in below)
        if at and best not in titled and len(below) >= SEVERAL and rare:
            return at
        at = best


def _meant(
    paths: tuple[Path, ...], found: Sequence[Mention], home: Sequence[Mention]
) -> Path | None:
    """Return which of several divisions of one name is meant: the publisher's, or what something else named lies in or holds."""
    if len(paths) == 1:
        return paths[0]
    near = {path[:2] for each in home if len(each.paths) == 1 for path in each.paths}
    own = [path for path in paths if path[:2] in near]
    if len(own) == 1:
        return own[0]
    widest = min(paths, key=len)
    if all(path[: len(widest)] == widest for path in paths):
        return widest  # 吉林 is the province; 吉林市 says so
    others = {path for mention in found if len(mention.paths) == 1 for path in mention.paths}
    if len(others & set(paths)) == 1:
        return (others & set(paths)).pop()
    for size in (2, 1):
        fitting = [
            path
            for path in paths
            if any(other and other[:size] == path[:size] and other != path for other in others)
        ]
        if len(fitting) == 1:
            return fitting[0]
    return None


def _mentions(text: str) -> list[Mention]:
    """Return the places that a text names; those of one address, 浙江省湖州市吴兴区, are one."""
    found: list[Mention] = []
    for each in table().find(text):
        start, end, paths = each
        if not _is_word(text, start, end):
            shorter = table().entries.get(text[start : end - 1])
            if shorter is None or not _is_word(text, start, end - 1):
                continue
            end, paths = end - 1, shorter
        if (NO_PLACE if text[end - 1] in _TITLES else _OTHER).match(text, end):
            continue
        if end - start == 2 and text[start] in _JOINS and start and _HAN.match(text, start - 1):
            continue
        named = text[start:end]
        official = (named[-1] in _TITLES and len(named) > 2) or any(named == p[-1] for p in paths)
        weight = FULL if official else WEAK if _PEOPLE.match(text, end) else SHORT
        if any(_BODY.match(text, at) for at in (end, end + (text[end : end + 1] in _TITLES))):
            weight += BODY
        if found and found[-1].end == start:
            inside = tuple(p for p in paths if any(p[: len(a)] == a for a in found[-1].paths))
            if inside:
                before = found.pop()
                start, paths = before.start, inside
        found.append(Mention(start, end, paths, weight))
    for nation in _NATION.finditer(text):
        found.append(Mention(*nation.span(), ((),), BODY + FULL if nation["body"] else SHORT))
    return found


def _first_weighed(found: list[Mention]) -> list[Mention]:
    """Return a text's mentions, the first official name weighing more: a report begins with where it is."""
    first = next((n for n, each in enumerate(found) if each.weight >= FULL and each.paths[0]), None)
    return [each._replace(factor=FIRST) if n == first else each for n, each in enumerate(found)]


def _is_word(text: str, start: int, end: int) -> bool:
    """Say whether a name is a word of its own: 大连 is none in 几大连锁, 嘉兴市 none in 嘉兴市场."""
    low, high = max(0, start - _AROUND), end + _AROUND
    before, name, behind = text[low:start], text[start:end], text[end:high]
    apart = fluency.cost(before) + fluency.cost(name) + fluency.cost(behind)
    return apart <= fluency.cost(before + name + behind) + 1e-6


@cache
def table() -> PhraseTable[tuple[Path, ...]]:
    """Return the divisions by each of their names."""
    forms: defaultdict[str, set[Path]] = defaultdict(set)
    for name, short, path in _rows():
        for form in _forms(name, short):
            forms[form].add(path)
    return PhraseTable({form: tuple(sorted(paths)) for form, paths in forms.items()})


def _forms(name: str, short: str) -> set[str]:
    """Return what a division is called: 红河哈尼族彝族自治州, 红河, 红河州."""
    found = {name, short} - {""}
    people = _AUTONOMOUS.match(name)
    if people:
        found.add(f"{short or people['name']}{people['kind']}")
    return found


def _rows() -> Iterator[tuple[str, str, Path]]:
    """Yield name, everyday name and path of each division of `corpus/lexicon/divisions.tsv` that ships."""
    text = (shipped_corpus() / "lexicon" / "divisions.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    wider: dict[str, Path] = {}
    for name, short, level, parent, _ in rows:
        if level == "municipality":
            wider[name] = (name, name)
        elif level == "province" and name.endswith(("省", "区")):
            wider[name] = (name,)
        elif level == "city":
            wider[name] = (*wider.get(parent, ()), name)
        elif level == "district" and parent in wider:
            above = wider[parent] if len(wider[parent]) == 2 else (*wider[parent], "")
            # 兰州市城关区 stands there so because 城关区 alone says little.
            yield name, short, (*above, name.removeprefix(parent))
            continue
        else:
            continue
        yield name, short, wider[name]
