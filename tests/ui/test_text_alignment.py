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


def test_a_word_before_a_lists_number_is_not_taken_for_the_same_word_further_down():
    # Rendered, "ARD" stands before "the"; in the source the number 2 stands between, and "ARD the" comes later.
    source = "1. it is 42,000 ARD\n2. the 840 ARD count for nothing here\n3. of 9,000 ARD the law speaks"
    rendered = "it is 42,000 ARD\u2029the 840 ARD count for nothing here\u2029of 9,000 ARD the law speaks"
    start = source.index("the 840 ARD")
    there = Alignment(source, rendered).to_display(start, start + len("the 840 ARD"))
    assert there is not None
    assert rendered[slice(*there)] == "the 840 ARD"


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


def test_the_full_stop_at_a_passages_end_goes_with_it_wherever_the_markup_ends():
    for source in ("It is **due now.** And so on", "It is **due now**. And so on"):
        rendered = "It is due now. And so on"
        alignment = Alignment(source, rendered)
        back = alignment.to_source(0, rendered.index(" And"))
        assert back is not None
        assert source[slice(*back)].replace("*", "") == "It is due now."
        there = alignment.to_display(*back)
        assert there is not None
        assert rendered[slice(*there)] == "It is due now."


def test_a_passage_without_its_full_stop_stays_without_it():
    assert Alignment("It is **due**.", "It is due.").to_source(0, 9) == (0, 11)  # up to the e of "due"
