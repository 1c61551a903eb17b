"""Chooses the maker of a run's calls by its purpose. What each does is in a file of its own."""

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.run import RunPlan
from rubric_studio.services.call_work import CallWork, RunOrder


def work_of(order: RunOrder | RunPlan, run: str = "") -> CallWork:
    """What a run is about: from an order to plan its calls, from a plan and the run's id to work them off.

    Raises:
        StudioError: the plan names no prompt, no judge or no rubric that could be asked.
    """
    whole = RunOrder(order) if isinstance(order, RunPlan) else order
    try:
        return _maker(whole, run)
    except ValueError as error:
        raise StudioError(
            "The plan of the run cannot be read",
            "It does not say what to ask, or says it in a form that this program does not know. Nothing was sent.",
            "Start the run anew.",
        ) from error


def _maker(whole: RunOrder, run: str) -> CallWork:
    # Imported when needed: sampling and judging have little in common, and one window seldom does both at once.
    if whole.plan.purpose == "sampling":
        from rubric_studio.services.sampling import SamplingWork

        return SamplingWork(whole, run)
    if whole.plan.purpose == "drift":
        from rubric_studio.services.drift import DriftWork

        return DriftWork(whole)
    if whole.plan.purpose == "wording":
        from rubric_studio.services.wording_proposals import WordingWork

        return WordingWork(whole)
    from rubric_studio.services.judging import JudgingWork

    return JudgingWork(whole)
