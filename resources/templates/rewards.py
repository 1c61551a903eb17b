

# ---- what the trainer calls


def completion_text(completion):
    """The text of a completion: a string, or the last message of the model in a conversation."""
    if isinstance(completion, str):
        return completion
    said = [message for message in completion or () if message.get("role", "assistant") == "assistant"]
    content = said[-1].get("content") if said else ""
    if isinstance(content, list):  # blocks, as models that also see pictures write them
        content = "".join(block.get("text") or "" for block in content if isinstance(block, dict))
    return content or ""


def rubric_reward(prompts=None, completions=None, completion_ids=None, **columns):
    """Score completions for TRL: one float in [0, 1] each, or None where a completion has no score.

    Reads the dataset's column `item` (the reference fields as JSON text) and takes any other keyword. Means per
    stratum and criterion go to `log_metric`, scores per criterion to `log_extra`, where the trainer passes them.
    """
    completions = completions or []
    items = [json.loads(item) if isinstance(item, str) else dict(item or {}) for item in columns["item"]]
    graded = [
        score_plan(PLAN, completion_text(completion), item)
        for completion, item in zip(completions, items, strict=True)
    ]
    log_means(graded, columns.get("log_metric"))
    log_criteria(graded, columns.get("log_extra"))
    return [each.score for each in graded]


def log_means(graded, log_metric):
    """Report the mean of every stratum and criterion over the completions where it has a value."""
    if log_metric is None:
        return
    values = {}
    for each in graded:
        for key, value in each.strata.items():
            values.setdefault(f"strata/{key}", []).append(value)
        for key, state in each.criteria.items():
            values.setdefault(f"criteria/{key}", []).append(state[1])
    for name, found in sorted(values.items()):
        known = [value for value in found if value is not None]
        if known:
            log_metric(name, sum(known) / len(known))


def log_criteria(graded, log_extra):
    """Add one column per criterion to the trainer's table of completions; None where it has no value."""
    if log_extra is None:
        return
    for key in sorted({key for each in graded for key in each.criteria}):
        log_extra(key, [each.criteria[key][1] if key in each.criteria else None for each in graded])
