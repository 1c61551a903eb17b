"""When a call that failed is made again: later and later, at random, and not for ever."""

from random import Random

from rubric_studio.domain.model_call import Fault, FaultKind

ATTEMPTS = 8
"""Times that a call is made before a passing fault counts: at one fault in five, 10,000 calls leave none behind."""
RATE_LIMITED_ATTEMPTS = 20
"""As many where the server only says "later": with many calls under way the same one may be turned away often."""
FIRST_SECONDS = 0.5
LONGEST_SECONDS = 30.0
LONGEST_PATIENCE = 3600.0
"""A server that asks for more than an hour is not waited for: the call fails and can be made again by hand."""


def again_in(fault: Fault, attempts: int, chance: Random) -> float | None:
    """Seconds until the call is made again after that many attempts; None where it has failed for good.

    Exponential with full jitter: between 0 and the limit, which doubles each time, so that calls that failed
    together do not come back together. What the server asks for is the least.
    """
    most = RATE_LIMITED_ATTEMPTS if fault.kind is FaultKind.RATE_LIMIT else ATTEMPTS
    asked = fault.after or 0.0
    if not fault.is_passing or attempts >= most or asked > LONGEST_PATIENCE:
        return None
    limit = min(LONGEST_SECONDS, FIRST_SECONDS * 2.0 ** (attempts - 1))
    return asked + chance.uniform(0.0, limit if fault.after is None else min(limit, FIRST_SECONDS))
