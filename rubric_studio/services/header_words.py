"""The words by which people call their columns, in English, German and French. Knows no file."""

import re
import unicodedata

HEADER_WORDS: dict[str, tuple[str, ...]] = {
    "id": (
        *("id", "row id", "question id", "case id", "task id", "item id", "prompt id", "no", "nr", "number"),
        *("nummer", "lfd nr", "fall nr", "fallnummer", "aktenzeichen", "frage id", "key", "task"),
        *("numero", "identifiant", "cas no"),
    ),
    "row": (
        *("row id", "row", "question id", "case id", "task id", "item id", "prompt id", "id", "no", "nr"),
        *("number", "nummer", "lfd nr", "fall nr", "fallnummer", "aktenzeichen", "frage id"),
        *("numero", "identifiant"),
    ),
    "prompt": (
        *(
            "prompt",
            "question",
            "messages",
            "input",
            "query",
            "instruction",
            "task",
            "case",
            "facts",
            "problem",
        ),
        *("frage", "fragestellung", "aufgabe", "sachverhalt", "fall", "eingabe"),
        *("enonce", "cas", "faits", "consigne", "probleme"),
    ),
    "reference": (
        *("reference", "ideal answer", "gold", "gold answer", "gold standard", "expected answer", "expected"),
        *("reference answer", "correct answer", "ground truth", "target", "solution", "model solution"),
        *("musterlosung", "musterantwort", "losung", "sollantwort", "richtige antwort", "referenz"),
        *("reponse ideale", "reponse attendue", "reponse correcte", "corrige"),
    ),
    "criteria": (
        "criteria",
        "rubric",
        "rubrics",
        "row criteria",
        "kriterien",
        "bewertungskriterien",
        "criteres",
        "bareme",
    ),
    "model": ("model", "model name", "model id", "system", "llm", "modell", "ki", "modele", "ia"),
    "run": (
        *("run", "run index", "sample", "sample index", "attempt", "trial", "repeat"),
        *("lauf", "durchlauf", "versuch", "essai", "passage"),
    ),
    "text": (
        *(
            "output text",
            "output",
            "answer",
            "response",
            "completion",
            "generation",
            "prediction",
            "sample text",
        ),
        *("model answer", "model output", "answer text", "text"),
        *("antwort", "ausgabe", "reponse", "sortie"),
    ),
    "criterion": (
        *("criterion id", "criterion", "criterion key", "rubric item", "point", "kriterium", "kriterium id"),
        *("critere", "critere id"),
    ),
    "value": (
        *("grade", "value", "mark", "score", "verdict", "rating", "points", "assessment"),
        *("note", "bewertung", "punkte", "punktzahl", "wert", "urteil", "valeur", "appreciation"),
    ),
    "reason": (
        *(
            "reasoning",
            "reason",
            "rationale",
            "explanation",
            "comment",
            "comments",
            "notes",
            "justification",
            "remark",
        ),
        *("begrundung", "kommentar", "anmerkung", "bemerkung", "raison", "motif", "commentaire", "remarque"),
    ),
    "rater": (
        *("rater", "judge", "expert", "reviewer", "annotator", "grader", "marked by", "evaluator"),
        *("prufer", "bewerter", "gutachter", "evaluateur", "correcteur", "juge"),
    ),
}
"""Names as `plain_name` writes them, the likelier first."""

MODEL_FAMILIES = (
    *("gpt", "chatgpt", "claude", "gemini", "llama", "mistral", "mixtral", "deepseek", "qwen", "copilot"),
    *("grok", "gemma", "phi", "o1", "o3", "o4", "bard", "perplexity", "command r", "nova", "kimi"),
)


def plain_name(header: str) -> str:
    """Write a header without case, accents, camel humps and punctuation: "Row_ID:" gives "row id"."""
    if header.strip() == "#":
        return "no"
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", spaced) if not unicodedata.combining(mark))
    return " ".join(re.findall(r"[^\W_]+", bare.casefold()))


def rank(field: str, header: str) -> int | None:
    """How well a header fits a field, 0 the best; None if it does not."""
    name = plain_name(header)
    words = HEADER_WORDS[field]
    return words.index(name) if name in words else None


def holds_word(field: str, header: str) -> bool:
    """Whether a header contains one of a field's words: "GPT answer" holds one of `text`."""
    return without_words(field, header) != plain_name(header)


def without_words(field: str, header: str) -> str:
    """What is left of a header without a field's words: "GPT answer" leaves "gpt"."""
    name = f" {plain_name(header)} "
    for word in sorted(HEADER_WORDS[field], key=len, reverse=True):
        name = name.replace(f" {word} ", " ")
    return " ".join(name.split())


def names_a_model(header: str) -> bool:
    """Whether a header begins with the name of a known family of models: "GPT-4.1", "Claude"."""
    return f"{plain_name(header)} ".startswith(tuple(f"{family} " for family in MODEL_FAMILIES)) or bool(
        re.match(rf"({'|'.join(MODEL_FAMILIES)})\d", plain_name(header))
    )
