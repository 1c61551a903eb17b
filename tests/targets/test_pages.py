"""rubric.html and README.md: everything is said, and nothing of what people typed can act as HTML."""

from html.parser import HTMLParser

import pytest

from rubric_studio.domain.rubric import Rubric
from rubric_studio.targets.kind_words import kind_words
from rubric_studio.targets.pages import readme, rubric_page
from tests.targets.contents import checks_rubric, content, judged_rubric

HOSTILE = "</style><script>alert(1)</script><img src=http://x.test/y onerror=alert(2)> {{ 7 * 7 }} & \" '"


class Seen(HTMLParser):
    """The tags and attributes of a page, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def seen(rubric: Rubric) -> Seen:
    page = Seen()
    page.feed(rubric_page(content(rubric, "openai", judge_model="j", leave_out=("extra",))).decode())
    return page


def test_the_page_tells_parts_points_grades_weights_gates_and_who_marks():
    text = seen(judged_rubric()).text
    for told in (
        "Topics & <tax>",
        "version 3",
        "saved 2026-11-22",
        "must be met first: later parts count from 1 on",
        "weight 4",
        "F1 of precision and recall: labels in the answer's JSON against labels.",
        "fault, −0.25",
        "only where task is tax",
        "Says why, {{ item.secret }} or not",
        "some steps",
        "marked by a model or an expert",
        "marked by a program",
        "Left out of this hand-over: extra.",
    ):
        assert told in text


def test_nothing_that_was_typed_becomes_html_or_a_template():
    hostile = {
        "title": HOSTILE,
        "wording": HOSTILE,
        "levels": [{"key": HOSTILE, "value": 1, "text": HOSTILE}],
    }
    criterion = {"key": "c", "when": {"field": HOSTILE, "in": [HOSTILE]}} | hostile
    page = seen(
        Rubric.model_validate(
            {"name": HOSTILE, "strata": [{"key": "s", "title": HOSTILE, "criteria": [criterion]}]}
        )
    )
    harmless = seen(judged_rubric())
    assert page.tags <= harmless.tags
    assert page.attributes <= harmless.attributes
    assert page.tags.isdisjoint({"script", "img", "iframe", "link", "a"})
    assert page.text.count(HOSTILE) >= 6
    assert "49" not in page.text


def test_the_readme_says_how_to_prove_it_and_who_marks_what():
    made = content(judged_rubric(), "openai", judge_model="j")
    text = readme(made, ("rapidfuzz",), {"openai": "OpenAI"}).decode()
    assert "pip install rapidfuzz && python verify.py" in text
    assert "A model marks in training: reasoning." in text
    assert "1 row was dropped." in text
    plain = readme(content(checks_rubric()), (), {}).decode()
    assert "    python verify.py\n" in plain
    assert "A program marks everything, exactly as it did here." in plain


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (
            {"type": "choice", "reference": "right", "exact": True},
            "1 if the answer's text is right, letter by letter, else 0.",
        ),
        (
            {"type": "number", "reference": "tax", "absolute": 5, "relative": 0.01, "band": 20},
            "1 if the answer's text is within 5 or 1 percent of tax, falling to 0 over a further 20.",
        ),
        ({"type": "date", "reference": "due"}, "1 if the answer's text is the same day as due, else 0."),
        (
            {"type": "forbids", "terms": ["a"], "reference": "bad"},
            "1 if the answer has none of these, else 0: “a”, those in bad.",
        ),
        ({"type": "mentions", "terms": ["a"]}, "The share of these that the answer mentions: “a”."),
        ({"type": "format", "max_chars": 9}, "1 if the answer has at most 9 characters, else 0."),
        (
            {"type": "similar", "reference": "ideal", "predicted": {"pattern": "x(.)"}, "floor": 0.2},
            "How alike what the pattern x(.) finds in the answer and ideal are (ratio; 0 up to 0.2, 1 from 1 on).",
        ),
        ({"type": "judged", "reads": ["law"]}, "Somebody reads the answer and picks a grade. Read with law."),
        ({"type": "python", "source": "a\nb"}, "Code of its own (2 lines)."),
    ],
)
def test_each_kind_has_words(kind, words):
    rubric = Rubric.model_validate({"strata": [{"key": "s", "criteria": [{"key": "c", "kind": kind}]}]})
    assert kind_words(next(rubric.criteria()).kind) == words


def test_examples_of_grades_are_told_and_stay_text():
    anchor = {"row": "r", "sample": "s", "text": HOSTILE, "note": "the clearest"}
    criterion = {"key": "c", "levels": [{"key": "fully", "value": 1, "anchors": [anchor]}]}
    page = seen(Rubric.model_validate({"strata": [{"key": "s", "criteria": [criterion]}]}))
    assert f"“{HOSTILE}” (the clearest)" in page.text
    assert "script" not in page.tags
