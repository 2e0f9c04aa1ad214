"""What is committed: no registry's address, no path of one machine, every requirement pinned by hash."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# In brackets, so that this file does not name what it looks for.
REGISTRY = re.compile("pypi[.]org|python[h]osted|registry[.]npmjs|crates[.]io|proxy[.]golang|pypi[.]tuna|/[s]imple/")
MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(root|home|tmp|work|opt|Users)[/]\w|\b[A-Z]:[\\]Users")
PIN = re.compile(r"^[a-z0-9][a-z0-9.-]*==[^ ]+( ; .+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def committed() -> list[Path]:
    """The files of the repository as git lists them, with those that are new and not ignored."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def lines_with(wanted: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in committed()
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").splitlines(), start=1)
        if wanted.search(line)
    ]


def test_no_committed_file_names_a_package_registry() -> None:
    assert lines_with(REGISTRY) == []


def test_no_committed_file_names_a_path_of_one_machine() -> None:
    assert lines_with(MACHINE_PATH) == []


@pytest.mark.parametrize(
    ("line", "pattern"),
    [
        ("--index-url https://" + "pypi" + ".org/" + "simple", REGISTRY),
        ("--find-links /" + "opt/wheels", MACHINE_PATH),
        ('open("/' + 'tmp/x.pdf")', MACHINE_PATH),
    ],
)
def test_such_lines_would_be_found(line: str, pattern: re.Pattern[str]) -> None:
    assert pattern.search(line)


@pytest.mark.parametrize("name", ["core", "ocr", "demo", "dev"])
def test_every_requirement_is_pinned_by_version_and_hash(name: str) -> None:
    lines = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8").splitlines()
    lines = [line for line in lines if not line.startswith("#")]
    pins = [number for number, line in enumerate(lines) if PIN.match(line)]
    assert pins[0] == 0
    assert [line for line in lines if not PIN.match(line) and not HASH.match(line)] == []
    assert [lines[number] for number in pins if not HASH.match(lines[number + 1])] == []


def test_every_dependency_of_the_project_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["dependency-groups"]["build"] == project["build-system"]["requires"]
    core = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    extras = project["project"]["optional-dependencies"]
    for name, wanted in {
        "core": core,
        "ocr": core + extras["ocr"],
        "dev": core + extras["ocr"] + extras["dev"],
    }.items():
        text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
        pinned = set(re.findall(r"^([a-z0-9.-]+)==", text, re.MULTILINE))
        names = {re.split(r"[ <>=\[]", entry)[0].lower().replace("_", "-") for entry in wanted}
        assert names - pinned == set(), f"run ./run lock: {name}.txt lacks these"


def test_the_sets_agree_on_every_version() -> None:
    versions: dict[tuple[str, str], set[str]] = {}
    for name in ("core", "ocr", "demo", "dev"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
        for package, version, marker in re.findall(r"^([a-z0-9.-]+)==(\S+)( ;.+)? \\$", text, re.MULTILINE):
            versions.setdefault((package, marker), set()).add(version)
    assert {package: found for package, found in versions.items() if len(found) > 1} == {}


def test_the_version_is_the_same_in_the_package_and_the_changelog() -> None:
    from gongkai import __version__

    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^## \[({re.escape(__version__)}|Unreleased)\]", changelog, re.MULTILINE)
