"""Connections as a person makes, tries and deletes them; no key is shown or written anywhere."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMessageBox

from rubric_studio.domain.connection import Connection, ConnectionReport
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.connection_desk import learned_from
from rubric_studio.ui.models.connections_view import ConnectionsView
from rubric_studio.ui.session import Session
from tests.ui.guide.new_session import new_session
from tests.ui.models.fake_models import FakeKeys, FakeServers, models, report


@pytest.fixture
def session(tmp_path: Path, qapp: Any) -> Iterator[Session]:
    with new_session(tmp_path / "P.rubric", models=models()) as made:
        yield made


@pytest.fixture
def view(session: Session, look: Look, qtbot: Any) -> ConnectionsView:
    view = ConnectionsView(session, look)
    qtbot.addWidget(view)
    view.resize(1100, 700)
    view.show()
    return view


def settle(qtbot: Any, session: Session) -> None:
    qtbot.waitUntil(lambda: not session.jobs.running)


def kept(session: Session) -> tuple[Connection, ...]:
    assert session.models is not None
    return session.models.connections.all()


def keys(session: Session) -> FakeKeys:
    assert session.models is not None
    return cast(FakeKeys, session.models.keys)


def servers(session: Session) -> FakeServers:
    assert session.models is not None
    return cast(FakeServers, session.models.servers)


def click(qtbot: Any, button: Any) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def write(qtbot: Any, field: QLineEdit, words: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, words)


def make(qtbot: Any, view: ConnectionsView, session: Session, service: str) -> None:
    click(qtbot, view.empty.buttons[service])
    click(qtbot, view.save_button)
    settle(qtbot, session)


def test_a_model_on_this_computer_is_connected_by_two_clicks(view, session, qtbot):
    make(qtbot, view, session, "ollama")
    only = kept(session)[0]
    assert (only.name, only.base_url, only.key_place) == ("Ollama", "http://localhost:11434/v1", "none")
    assert not view.save_button.isEnabled()
    assert view.form.key.key.isHidden() or not view.form.key.key.isVisible()


def test_choosing_another_service_brings_its_usual_address_and_keeps_one_that_was_typed(view, qtbot):
    view.add("openai")
    form = view.form
    form.service.setCurrentIndex(form.service.findData("fireworks"))
    form.service.activated.emit(form.service.currentIndex())
    assert form.address.text() == "https://api.fireworks.ai/inference/v1"
    assert form.name.text() == "Fireworks"
    write(qtbot, form.address, "https://models.example.org/v1")
    form.service.setCurrentIndex(form.service.findData("other"))
    form.service.activated.emit(form.service.currentIndex())
    assert form.address.text() == "https://models.example.org/v1"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("api.openai.com/v1", "begins with https://"),
        ("https://sk-abc@api.openai.com", "holds no key"),
        ("https://host/v1?api-key=abc", "holds no key"),
        ("https://host/v1#sk-abc", "holds no key"),
        ("https://RESOURCE.openai.azure.com/openai/v1", "in the place of RESOURCE"),
        ("https://[bad", "begins with https://"),
    ],
)
def test_an_address_that_is_wrong_is_said_in_its_place_and_cannot_be_saved(view, qtbot, address, said):
    view.add("openai")
    write(qtbot, view.form.address, address)
    assert said in view.form.address.accessibleDescription()
    assert not view.save_button.isEnabled()
    assert not view.check.isEnabled()


@pytest.mark.parametrize("key", ["sk-proj-4711", "fw_4711abcdef", "0123abc", "a" * 61, "KEY=4711"])
def test_a_key_in_the_place_of_a_variable_is_not_kept(view, qtbot, key):
    view.add("openai")
    form = view.form
    write(qtbot, form.key.variable, key)
    kept = form.connection()
    assert kept is not None
    assert kept.variable == ""
    form.key.place.setCurrentIndex(form.key.place.findData("environment"))
    assert form.key.problem()
    assert form.connection() is None


def test_what_is_to_know_of_the_way_is_said(view, qtbot):
    view.add("ollama")
    assert "does not leave it" in view.form.address.accessibleDescription()
    write(qtbot, view.form.address, "http://models.example.org/v1")
    assert "not encrypted" in view.form.address.accessibleDescription()
    write(qtbot, view.form.address, "https://models.example.org/v1")
    assert view.form.address.accessibleDescription() == ""
    assert view.save_button.isEnabled()


def test_a_key_goes_into_the_keyring_and_is_never_shown_again(view, session, qtbot):
    view.add("openai")
    assert view.form.key.key.echoMode() == QLineEdit.EchoMode.Password
    write(qtbot, view.form.key.key, "sk-marked")
    click(qtbot, view.save_button)
    settle(qtbot, session)
    assert list(keys(session).kept.values()) == ["sk-marked"]
    assert view.form.key.kept.text() == "A key is kept in this computer's keyring."
    assert view.form.key.key.text() == ""
    assert not view.form.key.key.isVisible()
    assert "sk-marked" not in str(kept(session))
    click(qtbot, view.form.key.replace_button)
    assert view.form.key.key.isVisible()
    write(qtbot, view.form.key.key, "sk-other")
    click(qtbot, view.save_button)
    settle(qtbot, session)
    assert list(keys(session).kept.values()) == ["sk-other"]
    click(qtbot, view.form.key.forget_button)
    settle(qtbot, session)
    assert keys(session).kept == {}
    assert view.form.key.key.isVisible()


def test_without_a_keyring_it_is_said_and_the_key_is_held_for_the_session(view, session, qtbot):
    keys(session).trouble = "No keyring is set up here."
    view.add("openai")
    settle(qtbot, session)
    assert view.form.key.trouble.text() == "No keyring is set up here."
    assert view.form.key.trouble.isVisible()
    write(qtbot, view.form.key.key, "sk-1")
    click(qtbot, view.save_button)
    settle(qtbot, session)
    assert view.form.key.kept.text() == "A key is kept until you close the program."


def test_a_variable_needs_a_name_and_entra_is_offered_for_azure_alone(view, qtbot):
    view.add("openai")
    place = view.form.key.place
    assert place.findData("entra") == -1
    place.setCurrentIndex(place.findData("environment"))
    assert view.form.key.variable.text() == "OPENAI_API_KEY"
    write(qtbot, view.form.key.variable, "MY KEY")
    assert not view.save_button.isEnabled()
    form = view.form
    form.service.setCurrentIndex(form.service.findData("azure"))
    form.service.activated.emit(form.service.currentIndex())
    assert place.findData("entra") != -1


def test_older_azure_addresses_take_an_api_version(view, qtbot):
    view.add("azure")
    assert not view.form.version.isVisible()
    write(qtbot, view.form.address, "https://contoso.openai.azure.com")
    assert view.form.version.isVisible()
    write(qtbot, view.form.version, "2025-04-01-preview")
    connection = view.form.connection()
    assert connection is not None
    assert connection.api_version == "2025-04-01-preview"


def test_a_test_goes_online_saves_first_and_shows_what_works(view, session, qtbot):
    click(qtbot, view.empty.buttons["lm_studio"])
    settle(qtbot, session)
    servers(session).report = report(
        models=True, chat=False, responses=True, structured=True, n=False, seed=None, logprobs=True
    )
    assert view.check.test_button.text() == "Go online and test"
    assert "offline" in view.check.hint.text()
    click(qtbot, view.check.test_button)
    settle(qtbot, session)
    assert not session.network.is_offline
    assert view.check.test_button.text() == "Test it"
    assert view.check.lines()[:3] == [
        ("Names its models", "works", ""),
        ("Answers by Chat Completions", "does not work", "no chat"),
        ("Answers by Responses", "works", ""),
    ]
    assert view.check.lines()[5] == ("Takes a seed", "not tried", "no seed")
    only = kept(session)[0]
    assert (only.models, only.takes_n, only.api) == (("model-a", "model-b"), False, "responses")
    assert view.form.models.toPlainText() == "model-a\nmodel-b"
    assert view.form.api.value() == "responses"
    assert not view.save_button.isEnabled()


def test_a_test_can_be_stopped(view, session, qtbot):
    make(qtbot, view, session, "ollama")

    def wait(progress: Any) -> None:
        while True:
            progress(1, 7, "structured")

    servers(session).while_testing = wait
    click(qtbot, view.check.test_button)
    qtbot.waitUntil(lambda: view.check.now.text() == "Trying: Keeps to a given form…")
    assert view.check.progress.maximum() == 7
    click(qtbot, view.check.stop_button)
    settle(qtbot, session)
    assert view.check.lines() == []
    assert view.check.test_button.isEnabled()


def test_what_a_test_learns_adds_models_and_changes_nothing_that_was_not_tried():
    connection = Connection(id="a", name="A", base_url="http://localhost/v1", models=("own",), takes_n=False)
    found = learned_from(connection, report(chat=True, responses=False))
    assert found == connection.model_copy(update={"models": ("own", "model-a", "model-b")})
    assert learned_from(connection, ConnectionReport()) == connection


def test_a_copy_is_begun_and_a_connection_deleted_with_its_key_after_asking(view, session, qtbot):
    view.add("openai")
    write(qtbot, view.form.key.key, "sk-1")
    click(qtbot, view.save_button)
    settle(qtbot, session)
    click(qtbot, view.copy_button)
    assert view.form.name.text() == "OpenAI (copy)"
    click(qtbot, view.save_button)
    settle(qtbot, session)
    assert [each.name for each in kept(session)] == ["OpenAI", "OpenAI (copy)"]
    view.list.setCurrentRow(0)
    click(qtbot, view.delete_button)
    box = next(each for each in view.findChildren(QMessageBox))
    click(qtbot, next(button for button in box.buttons() if button.text() == "Delete"))
    settle(qtbot, session)
    assert [each.name for each in kept(session)] == ["OpenAI (copy)"]
    assert keys(session).kept == {}


def test_what_was_typed_stays_when_the_view_is_left_and_shown_again(view, session, qtbot):
    make(qtbot, view, session, "ollama")
    write(qtbot, view.form.name, "Ours")
    view.hide()
    view.show()
    assert view.form.name.text() == "Ours"
    assert view.save_button.isEnabled()


def test_without_models_it_says_so(tmp_path: Path, look: Look, qtbot: Any):
    with new_session(tmp_path / "P.rubric") as session:
        view = ConnectionsView(session, look)
        qtbot.addWidget(view)
        view.show()
        view.show_first()
