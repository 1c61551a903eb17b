"""How much a project holds, in one look."""

from rubric_studio.domain.listing import Counts
from rubric_studio.store.connection import Connection
from rubric_studio.store.row_query import DECIDED

_HEADS_BY_KIND = """
    select kind, count(*) from record
    where kind in ('version', 'verdict', 'flag') and body is not null
        and not exists (select 1 from replacement p where p.replaced = record.id)
    group by kind
"""

_JUDGES = """
    select rater, count(*) from (
        select distinct sample, question, rater, repeat from judge_verdict v
        join source on source.number = v.source and not source.retired)
    group by rater order by rater
"""


def count(db: Connection) -> Counts:
    """Count rows, samples, verdicts and what people said; withdrawn and retired things do not count."""
    # Sorted here: asked to sort or to group, SQLite sorts all samples, which takes three times as long.
    models = sorted(model for (model,) in db.all("select distinct model from sample where present"))
    judges = db.all(_JUDGES)
    heads = dict(db.all(_HEADS_BY_KIND))
    return Counts(
        rows=db.one("select count(*) from row where base is not null"),
        samples=db.one("select count(*) from sample where present"),
        models=tuple(models),
        versions=heads.get("version", 0),
        judges=tuple(name for name, _ in judges),
        judge_verdicts=sum(number for _, number in judges),
        expert_verdicts=heads.get("verdict", 0),
        flags=heads.get("flag", 0),
        decisions=dict(
            db.all(f"select decision, count(*) from ({DECIDED}) group by decision order by decision")
        ),
    )
