"""Grader files for the tests of import, scoring and export."""

from typing import Any

LENGTH = '''def grade(sample, item):
    """The share of the words that were asked for."""
    return min(1.0, len(sample["output_text"].split()) / item["words"])
'''
AMOUNT = """def grade(sample, item):
    return 1.0 if float(sample["output_text"].split()[0]) == item["amount"] else 0.0
"""

TWO_PYTHONS: dict[str, Any] = {
    "type": "multi",
    "name": "Amount and length",
    "graders": {
        "amount": {"type": "python", "name": "Right amount", "source": AMOUNT, "image_tag": "2025-05-08"},
        "length": {"type": "python", "name": "Long enough", "source": LENGTH},
    },
    "calculate_output": "0.75 * amount + 0.25 * length",
}
EXACT: dict[str, Any] = {
    "type": "string_check",
    "name": "Exact match",
    "input": "{{ sample.output_text }}",
    "reference": "{{ item.answer }}",
    "operation": "eq",
}
ALIKE: dict[str, Any] = {
    "type": "text_similarity",
    "name": "Alike",
    "input": "{{ sample.output_text }}",
    "reference": "{{ item.answer }}",
    "evaluation_metric": "fuzzy_match",
}
STYLE: dict[str, Any] = {
    "type": "score_model",
    "name": "Style",
    "model": "o4-mini",
    "input": [
        {"role": "user", "content": "Rate from 0 to 10: {{ sample.output_text }} on {{ item.answer }}"}
    ],
    "range": [0, 10],
}
MIXED: dict[str, Any] = {
    "type": "multi",
    "name": "Mixed",
    "graders": {"Exact": EXACT, "alike": ALIKE, "style": STYLE},
    "calculate_output": "0.5 * max(Exact, alike ^ 2) + style / 20",
}
