"""What holds for every test: no screen, no network, folders of its own, and nothing left alive afterwards."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["PYQTGRAPH_QT_LIB"] = "PySide6"

import pytest
from hypothesis import settings

from tests.leftovers import Alive

HOME_VARIABLES = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
XDG_VARIABLES = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"

settings.register_profile("desk", deadline=None, max_examples=50)
settings.register_profile("ci", deadline=None, max_examples=100, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    """Note a failed test: its traceback rightly keeps alive what a passed test must let go."""
    report = yield
    if report.failed:
        item.user_properties.append(("failed", report.when))
    return report


@pytest.fixture(autouse=True)
def nothing_left_alive(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a thread, a child process or a top-level widget behind."""
    before = Alive.now()
    yield
    if not any(name == "failed" for name, _ in request.node.user_properties):
        leftovers = before.leftovers()
        if leftovers:
            pytest.fail("left alive: " + ", ".join(leftovers), pytrace=False)


@pytest.fixture(autouse=True)
def home_of_its_own(
    nothing_left_alive: None, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Point every folder a program may write to by itself into a new, empty one."""
    home = tmp_path_factory.mktemp("home")
    for variable in HOME_VARIABLES:
        monkeypatch.setenv(variable, str(home))
    for variable in XDG_VARIABLES:
        monkeypatch.setenv(variable, str(home / variable.lower()))
    return home


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Refuse every connection that would leave this machine."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _loopback_only(getattr(socket.socket, name)))
        yield


def _loopback_only(connect):
    def guarded(self: socket.socket, address):
        family_is_local = self.family == getattr(socket, "AF_UNIX", None)
        if not (family_is_local or _is_loopback(str(address[0]))):
            raise RuntimeError(f"a test tried to reach {address!r}; tests have no network")
        return connect(self, address)

    return guarded


def _is_loopback(host: str) -> bool:
    return host in {"localhost", "::1"} or host.startswith("127.")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the checkout; a test that needs it is skipped where it is missing."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the real data is not here: ../shared/data, beside the checkout")
    return SHARED_DATA
