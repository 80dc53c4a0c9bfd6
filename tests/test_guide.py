import datetime
import re
import shutil

import pytest

from bot import collection, indexing
from bot.answer.answer import Excerpt
from bot.answer.basis import Basis, excerpts, parse
from bot.article import Kind
from bot.errors import CorpusError
from bot.ingest import basis
from bot.settings import shipped_corpus

GUIDE = """---
id: guide_a
title: 退卡
kind: guide
checked: '2026-11-29'
---

## 多久能退

预付卡要在5天内退。
依据：《青岚国预付卡条例》第二条第二款（2019-03-01）
"""
LAW = """青岚国预付卡条例
2019年3月1日 青岚市第三届人民代表大会常务委员会第五次会议通过

第一条 为了保护消费者的合法权益，制定本条例。
第二条 经营者发行预付卡，应当与消费者订立书面合同。
余额应当在五日内退还。
第三条 本条例自2019年5月1日起施行。
"""


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    (folder / "guide").mkdir(parents=True)
    (folder / "guide" / "guide_a.md").write_text(GUIDE, encoding="utf-8")
    return folder


@pytest.fixture
def laws(tmp_path):
    folder = tmp_path / "laws"
    folder.mkdir()
    (folder / "law.txt").write_text(LAW, encoding="utf-8")
    return folder


def problems(corpus, laws):
    return [str(fault) for fault in basis.faults(corpus, basis.read_statutes(laws))]


def test_a_guide_s_paragraph_has_its_basis_and_does_not_say_it(corpus):
    (article,) = collection.read_guide(corpus)
    heading, paragraph = article.paragraphs
    assert (article.kind, article.checked) == (Kind.GUIDE, "2026-11-29")
    assert (heading.heading, paragraph.text) == (True, "预付卡要在5天内退。")
    assert paragraph.basis == "《青岚国预付卡条例》第二条第二款（2019-03-01）"
    assert collection.render_article(article).rstrip("\n").endswith(paragraph.basis)


def test_a_paragraph_without_a_basis_is_a_fault(corpus):
    path = corpus / "guide" / "guide_a.md"
    path.write_text(GUIDE.replace("依据：", "见："), encoding="utf-8")
    with pytest.raises(CorpusError, match="依据"):
        collection.read_guide(corpus)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("《青岚法》第二条（2019-03-01）", [Basis("青岚法", "第二条", None, "2019-03-01")]),
        ("《青岚法》第二条第一款、第三款（2019-03-01）", [Basis("青岚法", "第二条", 1, "2019-03-01"), Basis("青岚法", "第二条", 3, "2019-03-01")]),
        ("《青岚省实施〈青岚法〉办法》第九条第（四）项（2019-03-01施行）", [Basis("青岚省实施《青岚法》办法", "第九条", None, "2019-03-01")]),
    ],
)  # fmt: skip
def test_a_basis_is_read(line, found):
    assert parse(line) == found


@pytest.mark.parametrize(
    "line", ["", "青岚法第二条", "《青岚法》（2019-03-01）", "《青岚法》第二条"]
)
def test_what_names_no_provision_is_no_basis(line):
    with pytest.raises(ValueError, match=re.escape(line) or "^$"):
        parse(line)


def test_a_basis_that_stands_in_the_law_is_proven(corpus, laws):
    assert problems(corpus, laws) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("第二条第二款", "第九条", "has no 第九条"),
        ("第二条第二款", "第二条第三款", "has no 第二条 with 3 款"),
        (
            "（2019-03-01）",
            "（2018-01-01）",
            "is said to be of 2018-01-01; its text is of 2019-03-01",
        ),
    ],
)
def test_a_basis_that_the_law_has_not_is_a_fault(corpus, laws, old, new, problem):
    path = corpus / "guide" / "guide_a.md"
    path.write_text(GUIDE.replace(old, new), encoding="utf-8")
    (fault,) = problems(corpus, laws)
    assert problem in fault


def test_a_law_without_a_text_and_a_guide_that_is_a_year_old_are_noted(corpus):
    day = datetime.date(2026, 12, 1)
    assert list(basis.notes(corpus, None, day)) == []
    assert list(basis.notes(corpus, [], day)) == [
        "no text of 《青岚国预付卡条例》 to hold the guide against"
    ]
    (old,) = basis.notes(corpus, None, day.replace(year=2028))
    assert old == "guide_a was last held against the law on 2026-11-29"


def test_the_guide_that_ships_names_a_basis_for_all_that_it_says():
    assert list(basis.faults(shipped_corpus(), None)) == []
    assert len(collection.read_guide(shipped_corpus())) == 15


def test_the_known_questions_of_the_guide_that_ships_quote_it():
    guide = {article.id: article for article in collection.read_guide(shipped_corpus())}
    own = [a for a in indexing.read_asks(shipped_corpus(), guide=True) if a.article_id in guide]
    assert len(own) > 3000
    for ask in own:
        assert ask.says is None or ask.says in guide[ask.article_id].paragraphs[ask.paragraph].text


def test_without_the_guide_nothing_of_it_is_read(tmp_path):
    assert not any(a.kind is Kind.GUIDE for a in collection.read_articles(shipped_corpus()))
    copied = tmp_path / "corpus"
    shutil.copytree(shipped_corpus(), copied)
    off, on = (collection.fingerprint(copied, guide=guide) for guide in (False, True))
    path = copied / "guide" / "guide_01_online_return.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert collection.fingerprint(copied) == off
    assert collection.fingerprint(copied, guide=True) != on


def test_the_provisions_that_a_guide_tells_of_are_shown_beside_it(corpus, laws):
    (guide,) = collection.read_guide(corpus)
    quoted = Excerpt(guide, guide.paragraphs[1], 0, len(guide.paragraphs[1].text))
    (law,) = excerpts(quoted, basis.read_statutes(laws))
    assert (law.number, law.quote) == ("第二条第二款", "余额应当在五日内退还。")
    assert list(excerpts(quoted, [])) == []
