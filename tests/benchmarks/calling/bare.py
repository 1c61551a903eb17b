"""Bare AsyncOpenAI over its aiohttp transport: asks, looks at the words, keeps nothing. URL COUNT CONCURRENCY."""

import asyncio
import json
import sys
import time

from openai import AsyncOpenAI, DefaultAioHttpClient
from questions import question

WARM = 20


async def ask_all(url: str, count: int, concurrency: int) -> float:
    """Ask that many questions, so many at once; return the seconds."""
    async with DefaultAioHttpClient() as http:
        client = AsyncOpenAI(base_url=url, api_key="none", http_client=http, max_retries=0)
        gate = asyncio.Semaphore(concurrency)
        words: list[str] = []

        async def ask(number: int) -> None:
            async with gate:
                answer = await client.chat.completions.create(
                    model="small", messages=[{"role": "user", "content": question(number)}]
                )
                words.append(answer.choices[0].message.content or "")

        await asyncio.gather(*(ask(-1 - number) for number in range(WARM)))
        words.clear()
        begun = time.perf_counter()
        await asyncio.gather(*(ask(number) for number in range(count)))
        seconds = time.perf_counter() - begun
    assert len(words) == count
    assert all(words)
    return seconds


if __name__ == "__main__":
    seconds = asyncio.run(ask_all(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
    print(json.dumps({"seconds": seconds}))
