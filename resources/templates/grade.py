

# ---- what a trainer calls


def output_text_of(sample):
    """The text of a sample: its "output_text"; no text at all is an empty answer."""
    text = sample.get("output_text") if isinstance(sample, dict) else sample
    return text if isinstance(text, str) else ""


def item_of(flat):
    """The reference fields alone and under their own names, where a trainer's format adds some or renames one."""
    item = {key: value for key, value in flat.items() if key not in RENAMED and key not in ADDED}
    item.update({original: flat[written] for written, original in RENAMED.items() if written in flat})
    return item


def grade(sample, item):
    """Score one output: a float in [0, 1]. `sample["output_text"]` is the output, `item` the reference fields.

    The contract has no word for "no score": where a sample has none (nothing applies, a reference is missing)
    this returns 0.0. Rows of which that is known were not exported. It never raises, because a grader's
    exception counts as 0 there and many of them end the job.
    """
    try:
        score = score_plan(PLAN, output_text_of(sample), item_of(item)).score
    except Exception:
        return 0.0
    return 0.0 if score is None else float(score)
