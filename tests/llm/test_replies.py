"""Reading answers: whatever a server sends, it is a reply or told as nonsense; nothing else ever comes out."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.model_call import Reply
from rubric_studio.llm.faults import LONGEST, fault_of_status
from rubric_studio.llm.replies import Filtered, Nonsense, TroubleInside, replies

WORDS = [
    *(
        "choices",
        "message",
        "content",
        "refusal",
        "finish_reason",
        "content_filter",
        "usage",
        "prompt_tokens",
    ),
    *(
        "output",
        "type",
        "message",
        "output_text",
        "text",
        "summary",
        "reasoning",
        "status",
        "incomplete",
        "error",
    ),
    *("completed", "incomplete_details", "reason", "model", "id", "code", "completion_tokens_details"),
]
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(WORDS) | st.text(max_size=4)
)
NEARLY = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=5),
    max_leaves=25,
)
CHOICES = st.fixed_dictionaries(
    {"choices": st.lists(NEARLY, max_size=3)}, optional={"usage": NEARLY, "id": NEARLY}
)
OUTPUT = st.fixed_dictionaries(
    {"output": st.lists(NEARLY, max_size=3)}, optional={"status": NEARLY, "usage": NEARLY}
)


@settings(max_examples=150)
@given(told=NEARLY | CHOICES | OUTPUT, api=st.sampled_from(["chat", "responses"]))
def test_anything_is_a_reply_or_told_as_nonsense(told: Any, api: Any):
    try:
        found = replies(api, json.dumps(told).encode(), choices=2)
    except (Nonsense, Filtered, TroubleInside):
        return
    assert 1 <= len(found) <= 2
    assert all(isinstance(each, Reply) for each in found)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"choices": [{"mess', b"null", b"7"]
)
def test_what_is_no_object_is_nonsense(body: bytes):
    with pytest.raises(Nonsense):
        replies("chat", body)


@pytest.mark.parametrize("name", ["reasoning_content", "reasoning"])
def test_thinking_is_found_under_both_of_its_names(name: str):
    told = {"choices": [{"message": {"content": "Yes.", name: "Because."}, "finish_reason": "stop"}]}
    [reply] = replies("chat", json.dumps(told).encode())
    assert (reply.text, reply.reasoning) == ("Yes.", "Because.")


def test_text_that_comes_in_parts_is_joined():
    told = {
        "choices": [
            {"message": {"content": [{"type": "text", "text": "Ye"}, {"type": "text", "text": "s."}]}}
        ]
    }
    assert replies("chat", json.dumps(told).encode())[0].text == "Yes."


def test_one_filtered_choice_leaves_the_others():
    told = {
        "choices": [
            {"message": {"content": ""}, "finish_reason": "content_filter"},
            {"message": {"content": "Yes."}, "finish_reason": "stop"},
        ]
    }
    [reply] = replies("chat", json.dumps(told).encode(), choices=2)
    assert (reply.text, reply.of) == ("Yes.", 2)  # the usage is that of both


@settings(max_examples=100)
@given(status=st.integers(300, 599), told=NEARLY, raw=st.binary(max_size=20))
def test_any_error_becomes_a_sentence(status: int, told: Any, raw: bytes):
    for body in (json.dumps(told).encode(), raw):
        fault = fault_of_status(status, {}, body, None)
        assert fault.status == status
        assert fault.message
        assert len(fault.message) < LONGEST + 200


def test_the_address_that_answers_is_known_by_its_connection():
    connection = Connection(id="a", name="A", base_url="HTTP://LocalHost:8000/v1/")
    assert (connection.endpoint, connection.is_local) == ("http://localhost:8000/v1", True)
