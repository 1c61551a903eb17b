"""Words of a Markdown text and of its rendering find each other."""

from rubric_studio.ui.text_alignment import Alignment

SOURCE = "See [the rule](https://the.rule/x) and **note** that `a` is\n\n- one\n- two"
RENDERED = "See the rule and note that a is\u2029one\u2029two"


def carried(quote: str) -> str:
    start = SOURCE.index(quote)
    there = Alignment(SOURCE, RENDERED).to_display(start, start + len(quote))
    assert there is not None
    return RENDERED[slice(*there)]


def test_a_passage_is_found_without_its_markup():
    assert carried("**note** that `a` is") == "note that a is"
    assert carried("one\n- two") == "one\u2029two"


def test_words_of_an_address_are_not_taken_for_the_text():
    assert carried("rule](https://the.rule/x) and") == "rule and"


def test_part_of_a_word_stays_part_of_a_word():
    assert carried("ot") == "ot"


def test_the_way_back_gives_the_source():
    start = RENDERED.index("rule and")
    back = Alignment(SOURCE, RENDERED).to_source(start, start + len("rule and"))
    assert back is not None
    assert SOURCE[slice(*back)] == "rule](https://the.rule/x) and"


def test_markup_alone_shows_nowhere():
    start = SOURCE.index("https://") + 5
    assert Alignment(SOURCE, RENDERED).to_display(start, start + 3) is None
