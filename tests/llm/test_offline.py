"""While offline nothing is opened at all, and what is under way when the switch is thrown is cut off."""

import socket
import threading
import time

import pytest

from rubric_studio.domain.model_call import FaultKind
from rubric_studio.domain.model_traffic import ModelFault
from rubric_studio.llm.keys import Keys
from rubric_studio.llm.network import Network
from rubric_studio.llm.servers import ModelServers
from tests.llm.conftest import PATIENCE, Ask, connection_to, question
from tests.model_server import Late, ModelServer, Say, Stall, always


@pytest.fixture
def no_socket(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every attempt to make a socket or to look up a name, which fails."""
    tried: list[str] = []

    def refuse(name: str):
        def refused(*arguments: object, **named: object):
            tried.append(name)
            raise AssertionError(f"{name} while offline")

        return refused

    for name in ("socket", "getaddrinfo", "gethostbyname", "create_connection", "socketpair"):
        monkeypatch.setattr(socket, name, refuse(name))
    return tried


def test_the_network_is_forbidden_until_somebody_allows_it():
    assert ModelServers(Keys({})).is_offline


def test_a_run_that_begins_offline_opens_no_socket_and_looks_up_no_name(no_socket: list[str]):
    servers = ModelServers(Keys({}), offline=True)
    before = threading.active_count()
    with servers.asking(connection_to("http://models.example.com/v1")) as asking:
        for ticket in range(50):
            asking.ask(ticket, question())
        found = asking.answered(0)
    assert no_socket == []
    assert threading.active_count() == before
    assert [answered.ticket for answered in found] == list(range(50))
    assert {answered.fault.kind for answered in found if answered.fault} == {FaultKind.OFFLINE}
    assert {answered.attempts for answered in found} == {0}


def test_a_test_of_a_connection_and_a_batch_open_no_socket_either(no_socket: list[str]):
    servers = ModelServers(Keys({}), offline=True)
    report = servers.test(connection_to("http://models.example.com/v1"), "small")
    with pytest.raises(ModelFault) as caught:
        Network(offline=True).run(pytest.fail)
    assert no_socket == []
    assert {each.works for each in report.capabilities} == {None}
    assert "offline" in report.capabilities[0].said
    assert caught.value.fault.kind == FaultKind.OFFLINE


def test_a_server_sees_no_connection_of_a_run_that_is_offline(keys: Keys):
    with ModelServer(always(Say())) as server:
        with ModelServers(keys, offline=True).asking(connection_to(server.url)) as asking:
            asking.ask(1, question())
            [answered] = asking.answered(PATIENCE)
        assert (server.connections, server.seen) == (0, [])
    assert answered.fault is not None


def test_calls_under_way_are_cut_off_and_no_other_begins(servers: ModelServers):
    with (
        ModelServer(always(Stall(60))) as server,
        servers.asking(connection_to(server.url, concurrency=4)) as asking,
    ):
        for ticket in range(10):
            asking.ask(ticket, question())
        _until(lambda: len(server.asked) == 4)
        servers.set_offline(True)
        found = _answers(asking, 10)
        seen, connections = len(server.asked), server.connections
        asking.ask(10, question())
        found += _answers(asking, 1)
        assert (len(server.asked), server.connections) == (seen, connections) == (4, 4)
    assert {answered.fault.kind for answered in found if answered.fault} == {FaultKind.OFFLINE}
    assert len(found) == 11


def test_the_switch_can_be_thrown_back_within_a_run(servers: ModelServers):
    with ModelServer(always(Say("Back."))) as server, servers.asking(connection_to(server.url)) as asking:
        asking.ask(1, question())
        _answers(asking, 1)
        servers.set_offline(True)
        asking.ask(2, question())
        [refused] = _answers(asking, 1)
        servers.set_offline(False)
        asking.ask(3, question())
        [answered] = _answers(asking, 1)
    assert refused.fault is not None
    assert answered.replies[0].text == "Back."


def test_leaving_a_run_cuts_off_what_is_under_way(servers: ModelServers):
    began = time.monotonic()
    with ModelServer(always(Stall(60))) as server:
        with servers.asking(connection_to(server.url)) as asking:
            for ticket in range(20):
                asking.ask(ticket, question())
            _until(lambda: len(server.asked) == 8)
            assert asking.in_flight == 8
        assert "network" not in {thread.name for thread in threading.enumerate()}
    assert time.monotonic() - began < 10


def test_no_more_calls_are_under_way_than_the_connection_allows(servers: ModelServers):
    most = 0
    with (
        ModelServer(always(Late(0.02, Say()))) as server,
        servers.asking(connection_to(server.url, concurrency=3)) as asking,
    ):
        for ticket in range(30):
            asking.ask(ticket, question())
        _until(lambda: asking.in_flight == 3)
        found = 0
        while found < 30:
            most = max(most, asking.in_flight)
            found += len(asking.answered(PATIENCE))
        assert server.connections <= 3
    assert most <= 3


def test_an_answer_that_is_not_kept_yet_counts_as_under_way(servers: ModelServers):
    """Whoever took answers says by asking for more that they are kept: a kill loses three of these, never four."""
    with (
        ModelServer(always(Say())) as server,
        servers.asking(connection_to(server.url, concurrency=3)) as asking,
    ):
        for ticket in range(9):
            asking.ask(ticket, question())
        _until(lambda: len(server.asked) == 3 and asking.in_flight == 0)
        first = asking.answered(PATIENCE)
        time.sleep(0.1)
        assert (len(first), len(server.asked)) == (3, 3)
        second = asking.answered(PATIENCE)
        assert second
        assert len(server.asked) <= 3 + len(first)


def test_a_held_run_finishes_what_is_under_way_and_begins_nothing(servers: ModelServers):
    with (
        ModelServer(always(Late(0.1, Say()))) as server,
        servers.asking(connection_to(server.url, concurrency=2)) as asking,
    ):
        for ticket in range(6):
            asking.ask(ticket, question())
        _until(lambda: len(server.asked) == 2)
        asking.hold(True)
        assert len(_answers(asking, 2)) == 2
        assert asking.answered(0.2) == []
        assert len(server.asked) == 2
        asking.hold(False)
        assert len(_answers(asking, 4)) == 4


def test_two_runs_share_one_thread_and_leave_none(ask: Ask, servers: ModelServers):
    with (
        ModelServer(always(Say())) as server,
        servers.asking(connection_to(server.url)) as one,
        servers.asking(connection_to(server.url)) as other,
    ):
        one.ask(1, question())
        other.ask(2, question())
        assert [_answers(one, 1)[0].ticket, _answers(other, 1)[0].ticket] == [1, 2]
        assert [thread.name for thread in threading.enumerate()].count("network") == 1
    assert [thread.name for thread in threading.enumerate()].count("network") == 0


def _answers(asking, count: int):
    found = []
    while len(found) < count:
        told = asking.answered(PATIENCE)
        assert told, "nothing was answered"
        found += told
    return found


def _until(holds) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.005)
