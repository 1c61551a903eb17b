"""The part of a merge that concerns runs of model calls. Samples and verdicts that they brought are in `merge.py`.

Here too the greater of two values is taken, so order plays no part: a call that went further, a run that ended. Tokens
are not kept call by call: of a run that went on in both copies the greater sum stands, which may be too small.
"""

from rubric_studio.store.connection import Connection

# Calls have no name that holds in every copy, but each run's lie without gaps in the order planned.
_FIRST = "select run, min(number) as number from {0}.call group by run"
_CALLS_HERE = f"""
    join ({_FIRST.format("other")}) ofirst on ofirst.run = o.run
    join other.source os on os.number = o.run join main.source s on s.id = os.id
    join ({_FIRST.format("main")}) mfirst on mfirst.run = s.number
"""
_RUN_RANK = "case {0}state when 'done' then 2 when 'cancelled' then 1 else 0 end"
_CALL_RANK = "case {0}state when 1 then 3 when 2 then 2 when 3 then 1 else 0 end"
_TOKENS = "prompt_tokens, answer_tokens, reasoning_tokens, cached_tokens, reused, dropped_quotes"

_FOREIGN_RUN = f"""
    select s.number as source, o.plan, {_TOKENS},
        case when o.state in ('waiting', 'running') then 'paused' else o.state end as state,
        case when o.state in ('waiting', 'running') then 'It was under way in another copy.' else o.reason end
            as reason
    from other.run o join other.source os on os.number = o.source join main.source s on s.id = os.id
"""

_UNION = (
    """insert into main.answer (key, reply) select key, reply from other.answer where true order by number
    on conflict (key) do update set reply = excluded.reply where excluded.reply < reply""",
    f"""insert or ignore into main.run (source, plan, state, reason, {_TOKENS})
    select source, plan, state, reason, {_TOKENS} from ({_FOREIGN_RUN}) order by source""",
    """insert into main.call (number, run, key, source, subject, state, attempts, fault)
    select (select coalesce(max(number), 0) from main.call) + row_number() over (order by s.number, o.number),
        s.number, o.key, o.source, o.subject, o.state, o.attempts, o.fault
    from other.call o join other.source os on os.number = o.run join main.source s on s.id = os.id
    where s.number not in (select run from main.call)""",
    f"""update main.call set state = new.state, attempts = new.attempts, fault = new.fault
    from (select mfirst.number + o.number - ofirst.number as number, o.state, o.attempts, o.fault
        from other.call o {_CALLS_HERE}) new
    where call.number = new.number and ({_CALL_RANK.format("new.")}, new.attempts, coalesce(new.fault, ''))
        > ({_CALL_RANK.format("call.")}, call.attempts, coalesce(call.fault, ''))""",
    # One that is closed names no calls any more: it is not opened again.
    f"""insert into main.batch (token, run, id, state, first, last, at)
    select o.token, s.number, o.id, o.state, iif(o.last, mfirst.number + o.first - ofirst.number, 0),
        iif(o.last, mfirst.number + o.last - ofirst.number, 0), o.at
    from other.batch o {_CALLS_HERE} where true
    on conflict (token) do update set
        id = excluded.id, state = excluded.state, first = excluded.first, last = excluded.last, at = excluded.at
    where (excluded.last = 0, excluded.at, excluded.id, excluded.state) > (last = 0, at, id, state)""",
    f"""update main.run set
        {", ".join(f"{name} = max(run.{name}, new.{name})" for name in _TOKENS.split(", "))}
    from ({_FOREIGN_RUN}) new where run.source = new.source""",
    # One that is under way here goes on, whatever the other copy's has come to.
    f"""update main.run set state = new.state, reason = new.reason from ({_FOREIGN_RUN}) new
    where run.source = new.source and run.state not in ('waiting', 'running')
        and ({_RUN_RANK.format("new.")}, new.reason) > ({_RUN_RANK.format("run.")}, run.reason)""",
    """update main.run set calls = new.calls, done = new.done, failed = new.failed, sent = new.sent
    from (select run, count(*) as calls, sum(state = 1) as done, sum(state = 2) as failed, sum(state = 3) as sent
        from main.call group by run) new
    where run.source = new.run""",
    """update main.run set state = 'done', reason = ''
    where state in ('paused', 'cancelled') and calls > 0 and calls = done + failed""",
)


def merge_runs(db: Connection) -> None:
    """Take over what the attached other copy knows of runs; sources must have come over before."""
    for statement in _UNION:
        db.run(statement)
