import pytest

from bot.ingest.formats import styles
from bot.ingest.formats.styles import SHOWN, Fate


@pytest.mark.parametrize(
    "declarations",
    [
        "display:none",
        "display : none !important",
        "visibility: hidden",
        "font-size:0",
        "font-size: 0px; color: red",
        "opacity:0",
        "position:absolute; left:-9999px",
        "text-indent:-999em",
        "height:0;overflow:hidden",
        "clip: rect(0,0,0,0)",
        "color:transparent",
    ],
)
def test_what_nobody_sees(declarations):
    assert styles.fate(declarations).hidden


@pytest.mark.parametrize(
    "declarations",
    [
        "",
        "display:block",
        "font-size:0.9em",
        "font-size:08px",
        "opacity:0.5",
        "left:-5px",
        "text-indent:2em",
        "line-height:0",
        "height:0",
        "color:#fff;background:#c00",
    ],
)
def test_what_is_seen(declarations):
    found = styles.fate(declarations)
    assert not (found.hidden or found.white or found.struck)


def test_white_without_a_ground_and_a_line_through():
    assert styles.fate("COLOR: #FFF") == Fate(white=True)
    assert styles.fate("text-decoration: line-through red") == Fate(struck=True)


def fate(sheet, name="span", **attributes):
    return styles.read(f"<head><style type=text/css>{sheet}</style></head>").fate(name, attributes)


def test_a_rule_counts_for_the_elements_that_its_last_part_fits():
    sheet = "/* .y{display:none} */ .a, p.x1 , #ad{display:none} .c .d{font-size:0}"
    hidden = Fate(hidden=True)
    for attributes in ({"class": "b A"}, {"id": "ad"}, {"class": "d"}):
        assert fate(sheet, **attributes) == hidden
    assert fate(sheet, "p", **{"class": "x1"}) == hidden
    for attributes in ({"class": "x1"}, {"class": "y"}, {"class": "c"}, {"id": "a"}):
        assert fate(sheet, **attributes) == SHOWN


def test_what_concerns_the_printer_does_not_count():
    sheet = "@media print{.a{display:none} .b{display:none}} .c{display:none}"
    assert fate(sheet, **{"class": "a"}) == SHOWN
    assert fate(sheet, **{"class": "c"}).hidden
    assert fate("@media screen{.a{display:none}}", **{"class": "a"}).hidden


@pytest.mark.parametrize(
    "sheet", ["<style", "<style>.a{display:none}", "<style>.a{display:none}</style"]
)
def test_a_sheet_that_was_cut_off(sheet):
    found = styles.read(sheet).fate("p", {"class": "a"})
    assert found.hidden == sheet.endswith("</style")


def test_what_is_no_selector_of_a_class_or_an_id_hides_nothing():
    assert fate("p, .a:hover, [hidden], .b{display:none}", "p") == SHOWN
    assert fate("p, .a:hover, .b{display:none}", **{"class": "b"}).hidden
    assert fate(".a{color:red} .b{display:none}", **{"class": "a"}) == SHOWN


def test_a_sheet_for_the_printer_that_was_cut_off_ends_the_sheet():
    assert fate("@media print{.a{display:none}", **{"class": "a"}) == SHOWN
