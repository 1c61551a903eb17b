"""What experts sent before a round is closed, and places."""

from pathlib import Path

from rubric_studio.domain.sealed import Sealed
from rubric_studio.store.merge import merge
from rubric_studio.store.project_file import ProjectFile, create_project

ANNA = Sealed("round 1", "anna", "ab" * 32, "2026-01-01T00:00:00.000Z", 3, 40, True)


def test_the_same_answers_are_kept_once(store: ProjectFile):
    assert store.keep_sealed(ANNA, b"her marks")
    assert not store.keep_sealed(ANNA, b"her marks")
    assert store.sealed() == [ANNA]
    assert store.sealed_contents("round 1") == [b"her marks"]
    assert store.sealed("round 2") == []


def test_a_person_can_be_asked_to_go_on(store: ProjectFile):
    store.keep_sealed(ANNA, b"her marks")
    assert store.reopen_sealed("round 1", "anna") == 1
    assert store.sealed() == [ANNA._replace(finished=False)]
    assert store.drop_sealed("round 1") == 1
    assert store.sealed() == []


def test_copies_that_are_joined_hold_what_either_held(store: ProjectFile, tmp_path: Path):
    bruno = ANNA._replace(person="bruno", hash="cd" * 32)
    store.keep_sealed(ANNA, b"her marks")
    with create_project(tmp_path / "other.rubric") as other:
        other.keep_sealed(bruno, b"his marks")
        other.keep_sealed(ANNA, b"her marks")
        other.reopen_sealed("round 1", "anna")
    merge(store, tmp_path / "other.rubric")
    assert store.sealed() == [ANNA._replace(finished=False), bruno]


def test_a_place_is_kept_and_forgotten(store: ProjectFile):
    store.keep_place("task", [3, "clear"])
    store.keep_place("task", [4, "clear"])
    assert store.kept_place("task") == [4, "clear"]
    store.keep_place("task", None)
    assert store.kept_place("task") is None


def test_one_file_can_be_let_go_of_alone(store: ProjectFile):
    later = ANNA._replace(hash="cd" * 32, at="2026-01-02T00:00:00.000Z")
    store.keep_sealed(ANNA, b"her marks")
    store.keep_sealed(later, b"more of her marks")
    assert store.drop_sealed("round 1", [ANNA.hash, "ef" * 32]) == 1
    assert store.sealed() == [later]
