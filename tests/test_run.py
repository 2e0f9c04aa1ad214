"""``./run`` on a fresh machine: what it installs, when, and what it says where it cannot. Nothing is fetched here:
a stand-in for Python writes down what it is asked to do."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ("sh", "cat", "cksum", "dirname", "env", "flock", "grep", "mkdir", "mv", "readlink", "rm", "sort")

PYTHON = """#!/bin/sh
# Stands in for python3. OLD, NO_PIP, NO_ENSUREPIP and NO_NETWORK say what this machine lacks.
case "$*" in
-V) echo "Python ${VERSION:-3.11.2}" ;;
"-c import sys; sys.exit(sys.version_info < (3, 11))") [ -z "${OLD:-}" ] ;;
"-m pip --version") [ -e "${0%/*}/pip" ] ;;
"-m pip --python "*" --version") [ -x "$4" ] && [ -z "${NO_PIP:-}" ] ;;
"-m pip --python "*" install "*) echo "$*" >>"$LOG"; [ -z "${NO_NETWORK:-}" ] ;;
"-m venv "*)
    for venv; do :; done
    case "$*" in *--without-pip*) pip= ;; *) pip="with pip" ;; esac
    [ -z "$pip" ] || [ -z "${NO_ENSUREPIP:-}" ] || exit 1
    echo "venv ${pip:-without pip}" >>"$LOG"
    rm -rf "$venv"
    mkdir -p "$venv/bin"
    [ -z "$pip" ] || : >"$venv/bin/pip"
    cat "$0" >"$venv/bin/python"
    cat >"$venv/bin/gongkai" <<'END'
#!/bin/sh
pwd
for word; do echo "<$word>"; done
exit "${VERDICT:-0}"
END
    for tool in ruff mypy lint-imports; do
        printf '%s\n' '#!/bin/sh' 'echo "${0##*/} $*" >>"$LOG"' '[ "${FAULTY:-}" != "${0##*/}" ]' >"$venv/bin/$tool"
    done
    chmod +x "$venv/bin"/* ;;
"-m pytest "*) echo "$*" >>"$LOG"; echo "=== 3 passed in 0.1s ==="; exit "${PYTEST:-0}" ;;
*) echo "unexpected: $*" >&2; exit 99 ;;
esac
"""

SYSTEM = {
    "id": 'echo "${USER_ID:-0}"',
    "dpkg-query": '[ -n "${MISSING:-}" ] || echo installed',
    "apt-get": 'echo "apt-get $*" >>"$LOG"',
}
"""Stand-ins for the tools that bring system packages: everything is installed unless MISSING, and one is root."""


@dataclass
class Machine:
    """A machine with a clone in a folder whose name has a space, and with next to nothing else."""

    home: Path

    @property
    def clone(self) -> Path:
        return self.home / "my clone"

    def run(self, *words: str, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
        given = {"PATH": str(self.home / "bin"), "LOG": str(self.home / "log"), "LC_ALL": "C.UTF-8", **env}
        command = [str(self.clone / "run"), *words]
        return subprocess.run(command, cwd=cwd or self.home, env=given, capture_output=True, text=True, check=False)

    def asked(self) -> list[str]:
        """What Python was asked to make and install since the last call of this."""
        log = self.home / "log"
        text = log.read_text("utf-8") if log.exists() else ""
        log.unlink(missing_ok=True)
        return [line.removeprefix(f"-m pip --python {self.clone}/.venv/bin/python ") for line in text.splitlines()]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path)
    (tmp_path / "bin").mkdir()
    for tool in (*TOOLS, "chmod"):
        found = shutil.which(tool)
        if found:
            (tmp_path / "bin" / tool).symlink_to(found)
    (tmp_path / "bin" / "python3").write_text(PYTHON, "utf-8")
    (tmp_path / "bin" / "python3").chmod(0o755)
    shutil.copytree(ROOT / "requirements", made.clone / "requirements")
    for name in ("run", "pyproject.toml"):
        shutil.copy(ROOT / name, made.clone / name)
    for name, body in SYSTEM.items():
        (tmp_path / "bin" / name).write_text(f"#!/bin/sh\n{body}\n", "utf-8")
        (tmp_path / "bin" / name).chmod(0o755)
    return made


CORE = "install --quiet --require-hashes -r requirements/core.txt"
ITSELF = "install --quiet --no-deps --no-build-isolation --editable ."


def test_the_first_call_prepares_and_hands_on_its_words(machine: Machine, tmp_path: Path) -> None:
    elsewhere = tmp_path / "reports"
    elsewhere.mkdir()
    done = machine.run("check", "my report.pdf", "*.html", cwd=elsewhere, VERDICT="1")
    assert machine.asked() == ["venv without pip", CORE, ITSELF]
    assert done.stdout.splitlines() == [str(elsewhere), "<check>", "<my report.pdf>", "<*.html>"]
    assert done.returncode == 1
    assert "正在准备运行环境" in done.stderr


def test_the_second_call_installs_nothing_and_says_nothing(machine: Machine) -> None:
    machine.run("check", "a.pdf")
    machine.asked()
    done = machine.run("check", "a.pdf", VERDICT="2")
    assert (machine.asked(), done.stderr, done.returncode) == ([], "", 2)


def test_changed_requirements_are_installed_again(machine: Machine) -> None:
    machine.run("check")
    machine.asked()
    with (machine.clone / "requirements" / "core.txt").open("a") as file:
        file.write("# newer\n")
    machine.run("check")
    assert machine.asked() == [CORE, ITSELF]


def test_a_set_once_installed_is_kept_up_to_date(machine: Machine) -> None:
    assert machine.run("install", "ocr").returncode == 0
    assert machine.asked() == ["venv without pip", f"{CORE} -r requirements/ocr.txt", ITSELF]
    assert machine.run("check").returncode == 0
    assert machine.asked() == []
    with (machine.clone / "requirements" / "ocr.txt").open("a") as file:
        file.write("# newer\n")
    machine.run("check")
    assert machine.asked() == [f"{CORE} -r requirements/ocr.txt", ITSELF]


def test_an_unknown_set_is_named(machine: Machine) -> None:
    done = machine.run("install", "orc")
    assert (done.returncode, machine.asked()) == (3, [])
    assert "orc" in done.stderr


def test_after_an_upgrade_of_python_the_environment_is_made_anew(machine: Machine) -> None:
    machine.run("check")
    machine.asked()
    assert machine.run("check", VERSION="3.13.1").returncode == 0
    assert machine.asked() == ["venv without pip", CORE, ITSELF]


def test_a_clone_that_was_moved_makes_its_environment_anew(machine: Machine, tmp_path: Path) -> None:
    machine.run("check")
    machine.asked()
    machine.clone.rename(tmp_path / "before")
    (tmp_path / "before").rename(machine.clone)
    assert machine.run("check").returncode == 0
    assert machine.asked() == []
    shutil.copytree(machine.clone, tmp_path / "moved", symlinks=True)
    env = {"PATH": str(tmp_path / "bin"), "LOG": str(tmp_path / "log")}
    subprocess.run([str(tmp_path / "moved" / "run"), "check"], env=env, check=True, capture_output=True)
    assert machine.asked()[0] == "venv without pip"


def test_it_may_be_called_through_a_link(machine: Machine, tmp_path: Path) -> None:
    (tmp_path / "gongkai").symlink_to(machine.clone / "run")
    env = {"PATH": str(tmp_path / "bin"), "LOG": str(tmp_path / "log")}
    done = subprocess.run([str(tmp_path / "gongkai"), "read"], env=env, cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.splitlines() == [str(tmp_path), "<read>"]


def test_without_pip_of_the_system_the_environment_brings_its_own(machine: Machine) -> None:
    assert machine.run("check", NO_PIP="1").returncode == 0
    assert machine.asked() == ["venv with pip", CORE, ITSELF]


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ({"OLD": "1"}, ["需要 Python 3.11", "Needs Python 3.11"]),
        ({"NO_PIP": "1", "NO_ENSUREPIP": "1"}, ["没有可用的 pip", "no usable pip"]),
    ],
)
def test_what_the_machine_lacks_is_said_in_one_line_of_each_language(
    machine: Machine, lacking: dict[str, str], said: list[str]
) -> None:
    done = machine.run("check", "a.pdf", cwd=None, **lacking)
    lines = [line for line in done.stderr.splitlines() if "Preparing" not in line]
    assert len(lines) == 2
    assert [words in line and "apt install" in line for words, line in zip(said, lines, strict=True)] == [True, True]
    assert (done.returncode, done.stdout) == (3, "")
    assert not (machine.clone / ".venv").exists()


def test_an_installation_that_failed_is_tried_again(machine: Machine) -> None:
    done = machine.run("check", NO_NETWORK="1")
    assert (done.returncode, done.stdout) == (3, "")
    assert "安装未完成" in done.stderr
    machine.asked()
    assert machine.run("check").returncode == 0
    assert machine.asked() == [CORE, ITSELF]


CHECKS = ["ruff check", "ruff format --check", "mypy ", "lint-imports --no-logo"]


def test_the_tests_end_with_the_closing_line_of_pytest(machine: Machine) -> None:
    done = machine.run("test", "--all", "tests/a b.py")
    assert machine.asked()[3:] == [*CHECKS, "-m pytest -n 2 --all tests/a b.py"]
    assert done.stdout.splitlines()[-1] == "=== 3 passed in 0.1s ==="
    assert done.returncode == 0


@pytest.mark.parametrize("faulty", ["ruff", "mypy", "lint-imports"])
def test_a_check_that_fails_fails_the_whole_and_the_rest_still_runs(machine: Machine, faulty: str) -> None:
    done = machine.run("test", FAULTY=faulty)
    assert machine.asked()[3:] == [*CHECKS, "-m pytest -n 2"]
    assert done.stdout.splitlines()[-1] == "=== 3 passed in 0.1s ==="
    assert done.returncode == 1


def test_tests_that_fail_fail_the_whole(machine: Machine) -> None:
    assert machine.run("test", PYTEST="1").returncode == 1


def test_system_packages_are_installed_where_they_may_be(machine: Machine) -> None:
    assert machine.run("test", MISSING="1").returncode == 0
    update, install = machine.asked()[3:5]
    assert update == "apt-get -qq update"
    assert install.startswith("apt-get -qq install -y --no-install-recommends chromium fonts-noto-cjk poppler-utils")


def test_system_packages_that_may_not_be_installed_are_named(machine: Machine) -> None:
    done = machine.run("test", MISSING="1", USER_ID="1000")
    assert machine.asked()[3:] == [*CHECKS, "-m pytest -n 2"]
    assert "apt install chromium fonts-noto-cjk poppler-utils" in done.stderr
    assert done.returncode == 0


def test_the_demo_brings_what_it_draws_with(machine: Machine) -> None:
    done = machine.run("samples", "--lang", "en")
    assert machine.asked() == ["venv without pip", f"{CORE} -r requirements/demo.txt", ITSELF]
    assert done.stdout.splitlines()[1:] == ["<samples>", "<--lang>", "<en>"]
