"""Names as every system allows them in the name of a file. Chooses no folder and writes nothing."""

import re

FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
"""What some system does not allow in a name."""


def plain_name(name: str) -> str:
    """Return a name without what some system forbids in one; "" where nothing is left."""
    return " ".join(FORBIDDEN.sub(" ", name).split()).strip(". ")
