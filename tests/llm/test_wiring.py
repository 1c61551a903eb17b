"""The real parts for models: quick to make, forbidden to use the network, kept on this computer."""

import subprocess
import sys
from pathlib import Path

from rubric_studio import wiring
from tests.llm.conftest import connection_to

SLOW = ("openai", "httpx2", "aiohttp", "keyring", "asyncio")


def test_models_are_offline_until_somebody_allows_the_network_and_that_is_remembered():
    models = wiring.models()
    assert models.servers.is_offline
    models.connections.set_offline(False)
    assert not wiring.models().servers.is_offline


def test_connections_and_prices_are_kept_on_this_computer(home_of_its_own: Path):
    models = wiring.models()
    models.connections.put(connection_to("http://localhost:8000/v1"))
    assert [each.name for each in wiring.models().connections.all()] == ["Ours"]
    assert models.prices.all()
    assert [path.name for path in home_of_its_own.rglob("*.json")] == ["connections.json"]


def test_making_them_imports_nothing_slow():
    program = (
        "import sys; from rubric_studio import wiring; before = set(sys.modules); wiring.models();"
        f"print(sorted(set({SLOW}) & (set(sys.modules) - before)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
