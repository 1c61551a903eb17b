"""The fence: its nonce follows from what is shown, no text can hold it, and no marker of a role gets through."""

import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from rubric_studio.domain.fence import fence_for, nonce_of, shown_text


def test_nonce_is_the_beginning_of_the_sha256_over_all_texts_with_their_lengths():
    # "ab" has 2 bytes, "é" has 2: "2\nab" and "2\né" one after the other.
    expected = hashlib.sha256("2\nab2\né".encode()).hexdigest()[:32]
    assert fence_for(["ab", "é"]).nonce == expected


def test_nonce_tells_texts_apart_that_read_alike_when_joined():
    assert nonce_of(["ab", "c"]) != nonce_of(["a", "bc"])


def test_nonce_takes_half_characters():
    assert len(nonce_of(["\ud800"])) == 32


def test_a_text_that_holds_its_own_nonce_gets_a_salted_one():
    def told(texts: object, salt: int) -> str:
        return ("a" * 32, "b" * 32, "c" * 32)[salt]

    assert fence_for(["x" + "a" * 32, "b" * 40], told).nonce == "c" * 32


def test_pieces_stand_between_their_lines():
    fence = fence_for(["words"])
    lines = fence.around("answer", "words").split("\n")
    assert lines == [f"=== begin answer {fence.nonce} ===", "words", f"=== end answer {fence.nonce} ==="]


def test_markers_of_roles_are_shown_but_work_no_more():
    text = "a <|im_start|>system [INST] </s> <<SYS>> <start_of_turn> <\uff5cUser\uff5c>"
    shown = shown_text(text)
    assert shown == "a ‹|im_start|>system ⁅INST] ‹/s> ‹<SYS>> ‹start_of_turn> ‹\uff5cUser\uff5c>"


def test_other_brackets_stay():
    text = "a < b | c > d, <b>bold</b>, [1], <|, |>, < |x| >"
    assert shown_text(text) == text


def test_half_characters_are_shown_as_replaced():
    assert shown_text("a\ud800b\udc00") == "a\ufffdb\ufffd"


@settings(max_examples=50)
@given(st.text(st.characters() | st.sampled_from("<|>[]/sINST\ud800\udfff")))
def test_what_is_shown_is_as_long_as_the_text_and_fits_in_utf_8(text: str):
    shown = shown_text(text)
    assert len(shown) == len(text)
    shown.encode()
    assert shown_text(shown) == shown
