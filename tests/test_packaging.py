"""What is installed elsewhere: the wheel holds every module and every data file of the package."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def test_the_wheel_holds_every_module_and_data_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build = pytest.importorskip("flit_core.buildapi")
    monkeypatch.chdir(ROOT)
    wheel = zipfile.ZipFile(tmp_path / build.build_wheel(str(tmp_path)))
    held = {name for name in wheel.namelist() if name.startswith("gongkai/")}
    there = {
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src" / "gongkai").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert held == there
    assert {"gongkai/py.typed", "gongkai/annual/forms/2021.toml"} <= held
    named = next(name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "gongkai=gongkai.cli:app" in wheel.read(named).decode().replace(" ", "")
