"""Turn a `RowQuery` into SQL: which rows to list, in which order. Reads nothing itself."""

from typing import Any

from rubric_studio.domain.listing import RowQuery
from rubric_studio.store.connection import json_text
from rubric_studio.store.row_state import PRESENT_BODY, folded

_STANDS = "body is not null and not exists (select 1 from replacement p where p.replaced = record.id)"

DECIDED = f"""
    select subject as row, case when min(said) = max(said) then min(said) else 'conflict' end as decision
    from (select subject, body ->> 'decision' as said from record where kind = 'decision' and {_STANDS})
    group by subject
"""
"""row id -> keep, fix, drop, or conflict where heads differ; rows without a decision are not in it."""

FLAGGED = (
    f"select scope as row, count(*) as flags from record where kind = 'flag' and {_STANDS} group by scope"
)
"""row id -> how many flags are on it; rows without one are not in it."""

ANSWERED = "select row, count(*) as answers from sample where present group by row"
"""row id -> how many samples it has; rows without one are not in it."""

_JOINS = {
    "decided": f"left join ({DECIDED}) decided on decided.row = row.id",
    "flagged": f"left join ({FLAGGED}) flagged on flagged.row = row.id",
    "answered": f"left join ({ANSWERED}) answered on answered.row = row.id",
    "search": "join row_search on row_search.row = row.number",
    "body": PRESENT_BODY.replace("from row", "", 1),
}

_ORDER = {
    "imported": ("", "row.number"),
    "id": ("", "row.id"),
    "prompt": ("", "row.prompt_key"),
    "answers": ("answered", "coalesce(answered.answers, 0)"),
    "flags": ("flagged", "coalesce(flagged.flags, 0)"),
    "decision": ("decided", "coalesce(decided.decision, '')"),
}

# A list holds the value when one of its members is it; every value is compared as it is written.
_FIELD_IS = """exists (
    select 1 from json_each(coalesce(r.body, b.body), '$.reference') field,
        json_each(case field.type when 'array' then field.value
            when 'true' then '[true]' when 'false' then '[false]' when 'null' then '[null]'
            else json_array(field.value) end) member
    where field.key = ? and ? = case member.type
        when 'true' then 'true' when 'false' then 'false' when 'null' then '' else member.value || '' end)"""


def select_row_ids(query: RowQuery) -> tuple[str, list[Any]]:
    """The statement that gives the ids as one JSON list (half the time of a line for each), and its values."""
    joins: list[str] = []
    where = ["row.base is not null"]
    values: list[Any] = []
    for join, condition, given in _conditions(query):
        joins.append(join)
        where.append(condition)
        values += given
    join, order = _ORDER[query.sort]
    joins.append(join)
    direction = "desc" if query.descending else "asc"
    tables = " ".join(_JOINS[join] for join in dict.fromkeys(joins) if join)
    listed = f"select row.id from row {tables} where {' and '.join(where)} order by {order} {direction}, row.number"
    return f"select json_group_array(id) from ({listed})", values


def _conditions(query: RowQuery) -> list[tuple[str, str, list[Any]]]:
    """(join it needs, condition, its values) of each restriction."""
    found: list[tuple[str, str, list[Any]]] = []
    if query.search.strip():
        found.append(("search", "instr(row_search.text, ?) > 0", [folded(query.search.strip())]))
    if query.decision == "open":  # two people who differ have not decided either
        found.append(("decided", "(decided.decision is null or decided.decision = 'conflict')", []))
    elif query.decision != "any":
        found.append(("decided", "decided.decision = ?", [query.decision]))
    for join, wanted in (("flagged", query.flagged), ("answered", query.answered)):
        if wanted is not None:
            found.append((join, f"{join}.row is {'not ' if wanted else ''}null", []))
    found += [("body", _FIELD_IS, [field, value]) for field, value in query.reference]
    return found


def select_summaries(ids: list[str]) -> tuple[str, list[Any]]:
    """(id, present body, answers, flags, decision, edited) of those rows, in the order of the ids.

    Counted row by row: a page of the table needs a few of them, not those of the whole project.
    """
    sql = f"""
        select row.id, coalesce(r.body, b.body),
            (select count(*) from sample where sample.row = row.id and present),
            (select count(*) from record
                where scope = row.id and kind = 'flag' and {_STANDS}),
            (select case when min(body ->> 'decision') = max(body ->> 'decision')
                then min(body ->> 'decision') else 'conflict' end
                from record where subject = row.id and kind = 'decision' and {_STANDS} having count(*) > 0),
            row.edited is not null
        from json_each(?) wanted join row on row.id = wanted.value {_JOINS["body"]}
        where row.base is not null order by wanted.key
    """
    return sql, [json_text(ids)]
