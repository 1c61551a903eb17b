"""Why calls have no answer, and what to do about it, in words. The server's own message stands beside it."""

from rubric_studio.domain.model_call import FaultKind
from rubric_studio.ui.models.run_words import tr


def fault_text(kind: FaultKind) -> str:
    """Return what happened, as one short sentence without a stop."""
    return {
        FaultKind.BAD_REQUEST: tr("The server did not understand the question"),
        FaultKind.KEY: tr("The key was not accepted"),
        FaultKind.FORBIDDEN: tr("The key may not use this model"),
        FaultKind.NOT_FOUND: tr("The server knows no such model or address"),
        FaultKind.TIMEOUT: tr("No answer came in time"),
        FaultKind.CONFLICT: tr("The server was busy with the same question"),
        FaultKind.RATE_LIMIT: tr("The server asked for patience, again and again"),
        FaultKind.QUOTA: tr("The account has no money left, or its limit is reached"),
        FaultKind.SERVER: tr("Something broke at the server"),
        FaultKind.CONNECTION: tr("The connection broke off"),
        FaultKind.NONSENSE: tr("What came back was no answer"),
        FaultKind.FILTERED: tr("The provider's filter took the answer away"),
        FaultKind.OFFLINE: tr("The network was switched off"),
        FaultKind.CHANGED: tr("The question has changed since the run was planned"),
        FaultKind.UNFIT: tr("The answer did not fit what was asked, twice"),
    }[kind]


def remedy_text(kind: FaultKind) -> str:
    """Return what a person can do."""
    again = tr("Retry them: it is often gone a little later.")
    return {
        FaultKind.BAD_REQUEST: tr(
            "Look at the settings: a temperature, a form or a length that the model refuses?"
        ),
        FaultKind.KEY: tr("Open Connections, give the key again and test it. Then go on."),
        FaultKind.FORBIDDEN: tr("Ask whoever looks after the account, or choose another model."),
        FaultKind.NOT_FOUND: tr("Open Connections and test it: the list shows the models that are there."),
        FaultKind.TIMEOUT: tr("Retry them, or allow more time in the connection."),
        FaultKind.CONFLICT: again,
        FaultKind.RATE_LIMIT: tr("Retry them later, or let the connection make fewer calls at a time."),
        FaultKind.QUOTA: tr("See to the account, then go on: what is answered already is not asked again."),
        FaultKind.SERVER: again,
        FaultKind.CONNECTION: tr("Is this computer connected? Then retry them."),
        FaultKind.NONSENSE: again,
        FaultKind.FILTERED: tr("Another model may answer; asking again rarely helps."),
        FaultKind.OFFLINE: tr("Go online at the bottom right, then go on."),
        FaultKind.CHANGED: tr("Nothing was asked. Begin a new run for the questions as they are now."),
        FaultKind.UNFIT: tr("Retry them, or ask for less in one call. Their marks stay open."),
    }[kind]
