"""Whether a run would go where its plan says. A project may come from anybody; connections are this computer's own."""

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.run import RunPlan


def check_goes_there(plan: RunPlan, connection: Connection) -> None:
    """Let a run use a connection only if that is the server, and the model, which the plan names.

    Raises:
        StudioError: it is another server, or another model than the plan shows.
    """
    if plan.endpoint != connection.endpoint:
        raise StudioError(
            "The run was planned for another server",
            f'It was planned for {plan.endpoint}; the connection "{connection.name}" now leads to '
            f"{connection.endpoint}. Nothing was sent.",
            "Set the connection's address back, or start the run anew: what was answered is kept.",
        )
    if plan.judge is not None and (plan.judge.model, plan.judge.api) != (plan.model, plan.api):
        raise StudioError(
            "The plan of the run contradicts itself",
            f'It names the model "{plan.model}", and its judge would ask "{plan.judge.model}". Nothing was sent.',
            "Start the run anew from Models, Judges.",
        )
