"""How one server wants to be spoken to: which words it takes. Learned from its complaints; not what is asked."""

from dataclasses import dataclass, replace

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.model_call import Fault, FaultKind

NEW_LIMIT = "max_completion_tokens"
OLD_LIMIT = "max_tokens"
NOT_TAKEN = ("support", "unrecogni", "unknown", "not permitted", "extra inputs")


@dataclass(frozen=True)
class Dialect:
    """The words for one server: the name of the limit of tokens, whether a summary of the reasoning is asked for."""

    limit: str
    asks_summary: bool = True
    is_limit_known: bool = False

    def corrected(self, fault: Fault) -> "Dialect | None":
        """Another way to say the same after that complaint; None where the words were not the trouble."""
        said = fault.message.lower()
        if fault.kind is not FaultKind.BAD_REQUEST:
            return None
        if self.asks_summary and "reasoning" in said and "summar" in said:
            return replace(self, asks_summary=False)
        if (
            not self.is_limit_known
            and self.limit in said
            and ("support" in said or "unrecogni" in said or "unknown" in said)
        ):
            return replace(
                self, limit=OLD_LIMIT if self.limit == NEW_LIMIT else NEW_LIMIT, is_limit_known=True
            )
        return None


def usual_dialect(connection: Connection) -> Dialect:
    """What a service of that kind is known to take."""
    return Dialect(NEW_LIMIT if connection.service in ("openai", "azure") else OLD_LIMIT)
