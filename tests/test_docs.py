"""The examples of the documentation run as they stand."""

from __future__ import annotations

import inspect
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from gongkai.annual.finding import Severity
from gongkai.annual.reading import read
from gongkai.cli import app
from gongkai.demo import write_samples

DOCS = Path(__file__).resolve().parent.parent / "docs"


@pytest.fixture
def samples(tmp_path) -> list[Path]:
    """Made-up reports of two years, the last one's government among them as PDF."""
    return sorted(write_samples(tmp_path))


def test_the_examples_in_python_run(samples, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before, now = [path for path in samples if path.suffix == ".pdf"][:2]
    shutil.copy(now, "年报.pdf")
    (tmp_path / "年报").mkdir()
    for path in samples[:4]:
        shutil.copy(path, tmp_path / "年报")
    last_year = read(before)
    known: dict[str, Any] = {"last_year": last_year, "parts": [last_year], "whole": last_year}
    blocks = re.findall(
        r"^```python\n(.*?)^```", (DOCS / "python.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    assert blocks
    for block in blocks:
        exec(compile(block, "docs/python.md", "exec"), known)
    assert known["report"].year == 2023
    assert known["checked"].verdict == "invalid"
    assert any(finding.severity is Severity.ERROR for finding in known["checked"].findings)
    assert known["account"].counts == {"read": 4} and known["found"].reports == 4


def test_every_command_option_and_format_is_documented():
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    for half in text.split("\n# Commands\n"):
        for command in app.registered_commands:
            assert command.callback is not None
            for name in getattr(sys.modules[command.callback.__module__], "FORMATS", ()):
                assert f"`{name}`" in half
            for option in inspect.signature(command.callback).parameters:
                assert option in ("files", "folder", "file", "day") or f"--{option.replace('_', '-')}" in half
            assert f"`gongkai {command.callback.__name__.replace('_', '-')}" in half
        for group in app.registered_groups:
            assert group.typer_instance is not None
            for command in group.typer_instance.registered_commands:
                assert command.callback is not None
                for option in inspect.signature(command.callback).parameters:
                    assert option in ("folders", "reports", "username") or f"--{option.replace('_', '-')}" in half
                assert f"`gongkai {group.name} {command.callback.__name__}" in half


def test_the_manual_shows_the_first_line_that_check_prints(tmp_path, samples):
    manual = (DOCS / "officers.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| (.+?) \| .* \| ([012]) \|$", manual, re.MULTILINE)
    promised = {int(code): re.sub(r"\d+|表.+", "…", shown) for shown, code in table}
    broken = tmp_path / "broken.txt"
    broken.write_text("x\n", encoding="utf-8")
    seen: dict[int, set[str]] = {}
    for file in (*(sample for sample in samples if sample.suffix in (".txt", ".html", ".md")), broken):
        done = CliRunner().invoke(app, ["check", str(file)])
        first = re.sub(r"\d+|表.+", "…", done.stdout.splitlines()[0])
        seen.setdefault(done.exit_code, set()).add(first)
    assert promised.keys() == seen.keys() == {0, 1, 2}
    for code, shown in promised.items():
        assert shown in seen[code]
