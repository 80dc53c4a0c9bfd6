from __future__ import annotations

import pytest

from bot.analysis import lexicon
from bot.analysis.chars import fold
from bot.analysis.lexicon import Attribute, Lexicon, Place, english_key
from bot.errors import CorpusError
from tests.tiny import TINY


@pytest.fixture(scope="module")
def tiny() -> Lexicon:
    return lexicon.parse({n.partition("/")[2]: t for n, t in TINY.items() if n.startswith("lex")})


def test_nothing_is_a_lexicon_too() -> None:
    empty = lexicon.parse({})
    assert empty.places.find("上海") == []
    assert empty.stopwords == frozenset()


def test_a_synonym_leads_to_its_concept_and_so_does_the_concept() -> None:
    text = "无理由退货\t随便退\t0.9\tx\n投诉\t随便退\t0.5\tx\n"
    concepts = lexicon.parse({"synonyms.tsv": text}).concepts.entries
    assert concepts == {
        "无理由退货": ("无理由退货",),
        "随便退": ("投诉", "无理由退货"),
        "投诉": ("投诉",),
    }


def test_what_people_call_places_wins_over_the_official_names(tiny: Lexicon) -> None:
    assert tiny.places.entries["蓝桥"] == Place("蓝桥区", "district", "青岚市", known=False)
    assert tiny.places.entries["海口"] == Place("海口市", "city", "海南省", known=False)
    both = lexicon.parse(
        {"places.tsv": "甲\t甲区\tdistrict\t\tx\n", "divisions.tsv": "甲县\t甲\tdistrict\t\tx\n"}
    )
    assert both.places.entries["甲"].name == "甲区"
    assert both.places.entries["甲县"].name == "甲县"


def test_which_places_are_known_depends_on_the_articles(tiny: Lexicon) -> None:
    knowing = tiny.knowing({"海口": Place("海口市", "city", "海南省", known=True)})
    assert knowing.places.entries["海口"].known
    assert not knowing.places.entries["海口市"].known
    assert not knowing.knowing({}).places.entries["海口"].known


def test_a_place_of_the_articles_is_found_before_a_strange_one_that_it_overlaps() -> None:
    rows = {
        "places.tsv": "静安寺\t静安寺\tarea\t\tx\n",
        "divisions.tsv": "和静县\t和静\tdistrict\t\tx\n寺庙县\t寺庙\tdistrict\t\tx\n",
    }
    own = {"静安寺": Place("静安寺", "area", "", known=True)}
    places = lexicon.parse(rows).knowing(own).places
    assert [found[:2] for found in places.find("和静安寺庙比")] == [(1, 4)]
    assert [found[:2] for found in places.find("静安寺和和静")] == [(0, 3), (4, 6)]


def test_a_division_without_a_short_name_has_only_its_full_one() -> None:
    places = lexicon.parse({"divisions.tsv": "朝阳区\t\tdistrict\t北京市\tx\n"}).places.entries
    assert list(places) == ["朝阳区"]


def test_ancestors_go_from_narrow_to_wide(tiny: Lexicon) -> None:
    places = tiny.places.entries
    assert tiny.ancestors(places["银杏广场"]) == ("银杏广场", "蓝桥区", "青岚市")
    assert tiny.ancestors(places["海口"]) == ("海口市", "海南省")


def test_places_that_lie_in_each_other_do_not_hang_it() -> None:
    circle = lexicon.parse({"places.tsv": "甲\t甲\tcity\t乙\tx\n乙\t乙\tcity\t甲\tx\n"})
    assert circle.ancestors(circle.places.entries["甲"]) == ("甲", "乙")


def test_rewrites_come_longest_first() -> None:
    rewrites = lexicon.parse(
        {"rewrite.tsv": "点\t怎么\tx\n点解可以\t为什么可以\tx\n点解\t为什么\tx\n"}
    )
    assert list(rewrites.rewrites) == ["点解可以", "点解", "点"]


def test_phrases_are_folded_as_texts_are() -> None:
    rows = {"smalltalk.tsv": "thanks\t謝謝ＹＯＵ\tzh\tx\n", "words.txt": "無理由退貨\tx\n"}
    parsed = lexicon.parse(rows)
    assert parsed.smalltalk == {fold("謝謝ＹＯＵ"): "thanks"}
    assert parsed.words == ("无理由退货",)


def test_attributes(tiny: Lexicon) -> None:
    phone = Attribute("phone", "联系电话", "phone")
    assert tiny.attributes.entries == {"电话": phone, "phone": phone}


def test_comments_and_empty_lines_are_no_entries() -> None:
    assert lexicon.parse({"words.txt": "# 词\n\n  \n退货\tx\n"}).words == ("退货",)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("places.tsv", "# 地名\n上海\t上海市\n", "lexicon/places.tsv:2: needs 5 fields"),
        ("synonyms.tsv", "退货 退钱 0.7 x", "lexicon/synonyms.tsv:1: needs 4 fields"),
        ("words.txt", "\n\n退货\n", "lexicon/words.txt:3: needs 2 fields"),
        ("words.txt", "\tarticle\n", "lexicon/words.txt:1: "),
        ("synonyms.tsv", "退货\t\t0.7\tx\n", "lexicon/synonyms.tsv:1: "),
        ("smalltalk.tsv", "thanks\t \tzh\tx\n", "lexicon/smalltalk.tsv:1: "),
        ("attributes.toml", "[[attribute]\n", "lexicon/attributes.toml"),
        ("attributes.toml", '[[attribute]]\nname = "a"\n', "lexicon/attributes.toml: "),
        ("attributes.toml", '[attribute]\nname = "a"\n', "lexicon/attributes.toml: "),
        (
            "attributes.toml",
            '[[attribute]]\nname = "a"\nlabel = "b"\ndetector = "c"\nasked = 3\n',
            "lexicon/attributes.toml: ",
        ),
        (
            "attributes.toml",
            '[[attribute]]\nname = "a"\nlabel = "b"\ndetector = "c"\nasked = [3]\n',
            "lexicon/attributes.toml: ",
        ),
    ],
)
def test_a_broken_entry_names_its_file_and_line(name: str, text: str, message: str) -> None:
    with pytest.raises(CorpusError) as caught:
        lexicon.parse({name: text})
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("No-reason returns", "no reason return"),
        ("complaints, filed!", "complaint filed"),
        ("jing'an temple", "jingan temple"),
        ("the companies' branches", "the company branch"),
        ("this address", "this address"),
        ("how many shops in 2021.", "how many shop in 2021"),
        ("99.4%", "99.4%"),
        ("什么是 odr", "什么是 odr"),
    ],
)
def test_english_is_looked_up_in_the_singular_and_without_marks(text: str, key: str) -> None:
    assert english_key(text.lower()) == key


def test_words_that_exclude_each_other_are_found_with_their_group() -> None:
    text = "batch\tfirst\t首批\tx\nbatch\tsecond\t第二批\tx\n"
    contrasts = lexicon.parse({"contrasts.tsv": text}).contrasts
    assert [found.value for found in contrasts.find("首批和第二批")] == [
        ("batch", "first"),
        ("batch", "second"),
    ]
