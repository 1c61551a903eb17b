"""Looking at somebody's bundle: one changed byte anywhere is found, and no code of it is run."""

import json
import shutil
from pathlib import Path

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.targets.bundle import write_bundle
from rubric_studio.targets.verify import verify_bundle
from tests.targets.contents import content, judged_rubric
from tests.targets.test_bundle import FILES, _rewrite_manifest, unheard


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verified") / "eu"
    write_bundle(content(judged_rubric(), "openai", judge_model="j"), folder, unheard)
    return folder


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "copy"))


def test_a_bundle_as_it_was_written_is_whole_and_scores_again(whole):
    found = verify_bundle(whole)
    assert (found.whole, found.rescored, found.note) == (True, 18, "")


@pytest.mark.parametrize("path", sorted(path for path in FILES if not path.startswith("trl/")))
@pytest.mark.parametrize("place", [0.0, 0.37, 1.0])
def test_one_changed_byte_in_any_file_is_found_and_named(path, place, copy):
    held = bytearray((copy / path).read_bytes())
    if not held:
        held = bytearray(b"\n")
    else:
        held[round((len(held) - 1) * place)] ^= 1
    (copy / path).write_bytes(held)
    found = verify_bundle(copy)
    assert not found.whole
    assert path in found.changed


def test_a_missing_and_an_extra_file_are_named(copy):
    (copy / "README.md").unlink()
    (copy / "rows" / "more.jsonl").write_text("{}")
    found = verify_bundle(copy)
    assert (found.whole, found.missing, found.extra) == (False, ("README.md",), ("rows/more.jsonl",))


def test_a_link_is_not_followed(copy, tmp_path):
    (tmp_path / "outside").mkdir()
    try:
        (copy / "link").symlink_to(tmp_path / "outside", target_is_directory=True)
    except OSError:
        pytest.skip("links cannot be made here")
    assert verify_bundle(copy).extra == ("link",)


def test_a_forged_score_is_found_where_the_hashes_fit(copy):
    lines = [json.loads(line) for line in (copy / "samples.jsonl").read_bytes().split(b"\n") if line]
    lines[0]["score"] = 0.123
    (copy / "samples.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    _rewrite_manifest(copy)
    found = verify_bundle(copy)
    assert (found.whole, found.differing) == (False, ("row t1, small, run 0",))


@pytest.mark.parametrize(
    "path", ["grader/measures.py", "grader/grader.py", "verify.py", "openai/grader.json"]
)
def test_code_of_the_bundle_is_never_run(path, copy, tmp_path):
    trace = tmp_path / "trace"
    line = f"\nopen({str(trace)!r}, 'w').close()\n".encode()
    (copy / path).write_bytes((copy / path).read_bytes() + line)
    _rewrite_manifest(copy)
    found = verify_bundle(copy)
    assert not trace.exists()
    if path.startswith("grader/"):
        assert (found.whole, found.rescored) == (True, None)
        assert found.note.startswith("scores were not computed")
    elif path == "verify.py":
        assert found.note.endswith("read before you run: verify.py")


@pytest.mark.parametrize("path", ["rubric.json", "samples.jsonl", "rows/train.jsonl"])
@pytest.mark.parametrize("text", ["", "{", "[]", '{"strata": 7}', "null\n"])
def test_files_in_another_form_are_no_crash(path, text, copy):
    (copy / path).write_text(text)
    _rewrite_manifest(copy)
    found = verify_bundle(copy)
    assert found.note or path == "samples.jsonl"  # no samples at all is a form, too


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "other", "files": {}}'])
def test_a_manifest_in_another_form_is_a_changed_file(text, copy):
    import hashlib

    (copy / "manifest.json").write_text(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    (copy / "manifest.sha256").write_bytes(f"{digest}  manifest.json\n".encode())
    assert verify_bundle(copy).changed == ("manifest.json",)


def test_a_folder_without_a_manifest_is_not_whole(tmp_path):
    assert verify_bundle(tmp_path).missing == ("manifest.json", "manifest.sha256")
    with pytest.raises(StudioError, match="no such folder"):
        verify_bundle(tmp_path / "nothing")
