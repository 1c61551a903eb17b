"""Reads the body of an answer, and no more of it than an answer can have: a server may send without end."""

from typing import TYPE_CHECKING

from rubric_studio.llm.replies import Nonsense

if TYPE_CHECKING:
    from httpx2 import Response

MEGABYTE = 2**20
MOST = 32 * MEGABYTE
"""Of an answer, unpacked: sixteen answers of a hundred thousand tokens each have a quarter of it."""
MOST_OF_A_FILE = 1024 * MEGABYTE
"""Of the results of a batch: ten thousand lines."""
FILE = "/content"


class TooLong(Nonsense):
    """The answer is longer than any can be."""


async def read_bounded(response: "Response") -> None:
    """Read a response's body before anybody else does; what is packed is counted as it is unpacked, bit by bit.

    Raises:
        TooLong: there is more than an answer can have; the connection is closed then.
    """
    most = MOST_OF_A_FILE if response.request.url.path.endswith(FILE) else MOST
    parts: list[bytes] = []
    length = 0
    async for part in response.aiter_bytes():
        length += len(part)
        if length > most:
            raise TooLong(
                f"The server's answer is longer than {most // MEGABYTE} MB, and was not read to its end."
            )
        parts.append(part)
    # Where httpx keeps what was read; whoever reads the response finds it there.
    response._content = b"".join(parts)
