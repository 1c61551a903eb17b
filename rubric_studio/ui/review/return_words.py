"""The words of the e-mail with which an expert sends her answers back. It sends nothing."""

from rubric_studio.domain.packet import Packet
from rubric_studio.ui.rounds.round_words import tr


def returning_letter(packet: Packet, file: str, *, finished: bool) -> str:
    """Write them: whose answers to which round, whether it is all, and what to do with the file."""
    whole = tr("These are my answers to {title} of {project}.")
    partly = tr("This is what I have scored so far of {title} of {project}. The rest comes later.")
    how = tr('Open your project and choose "Bring answers in" on the page Score, or drop {file} there.')
    lines = (
        tr("Dear {lead},").format(lead=packet.lead_name),
        (whole if finished else partly).format(title=packet.title, project=packet.project_name),
        how.format(file=file),
        packet.expert.name,
    )
    return "\n\n".join(lines) + "\n"
