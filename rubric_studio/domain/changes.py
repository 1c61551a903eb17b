"""What a write changed, so that every view can ask whether it must look again."""

from enum import StrEnum

from rubric_studio.domain.values import Value


class Topic(StrEnum):
    """The parts of a project that views depend on."""

    ROWS = "rows"
    SAMPLES = "samples"
    DRAFT = "draft"
    VERSIONS = "versions"
    VERDICTS = "verdicts"
    CHECKS = "checks"
    FLAGS = "flags"
    DECISIONS = "decisions"
    NOTES = "notes"
    ORDERS = "orders"
    COMMENTS = "comments"
    WAIVERS = "waivers"
    PROBES = "probes"
    PROMPTS = "prompts"
    JUDGES = "judges"
    RUNS = "runs"
    ROUNDS = "rounds"
    DISPUTES = "disputes"
    SETTINGS = "settings"
    PEOPLE = "people"


class Changes(Value):
    """Topics that changed, and the rows concerned; no rows named means any of them."""

    topics: frozenset[Topic] = frozenset()
    rows: frozenset[str] = frozenset()

    def touches(self, *topics: Topic) -> bool:
        """Whether any of the topics changed."""
        return not self.topics.isdisjoint(topics)

    def __or__(self, other: "Changes") -> "Changes":
        rows = self.rows | other.rows if self.rows and other.rows else frozenset[str]()
        return Changes(topics=self.topics | other.topics, rows=rows)


EVERYTHING = Changes(topics=frozenset(Topic))
