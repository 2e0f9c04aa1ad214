"""Runs the benchmarks, prints a table and writes ``build/benchmarks.json``: ``python -m benchmarks [NAME…]``."""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import platform
import sys
import traceback
from dataclasses import asdict
from importlib import metadata
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

import benchmarks
import gongkai
from benchmarks import Row

RESULTS = Path("build") / "benchmarks.json"
LIBRARIES = ("lxml", "numpy", "onnxruntime", "openpyxl", "pdfplumber", "pypdfium2", "python-calamine", "rapidocr")


def names() -> list[str]:
    """The benchmarks by name: every module of this package whose name does not begin with ``_``."""
    return sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name[0] != "_")


def machine() -> dict[str, Any]:
    """What the figures depend on: cores, processor, system, versions; not the machine's name."""
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "processor": platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
        "gongkai": gongkai.__version__,
        "libraries": {name: version for name in LIBRARIES if (version := _version(name))},
    }


def _version(library: str) -> str | None:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return None


def measure(chosen: list[str], console: Console) -> tuple[dict[str, list[Row]], list[str]]:
    """The rows of each benchmark, and the names of those that failed; one failure does not stop the others."""
    measured: dict[str, list[Row]] = {}
    failed = []
    for name in chosen:
        console.print(f"[dim]{name} …[/dim]")
        try:
            measured[name] = importlib.import_module(f"benchmarks.{name}").run()
        except Exception:
            traceback.print_exc()
            failed.append(name)
    return measured, failed


def table(measured: dict[str, list[Row]]) -> Table:
    """The rows for people to read."""
    shown = Table(title="量得 Measured")
    for heading in ("指标 figure", "实测 measured", "对照 yardstick", "比 ratio", "目标 aim", "达到 met"):
        shown.add_column(heading)
    for name, rows in measured.items():
        shown.add_section()
        for row in rows:
            against = "" if row.against is None else f"{row.yardstick}: {_figure(row.against, row.unit)}"
            ratio = "" if row.ratio is None else f"{row.ratio:.2f}×"
            met = {None: "", True: "[green]✓[/green]", False: "[red]✗[/red]"}[row.met]
            figure = f"{name}: {row.figure}" + (f"\n[dim]{row.note}[/dim]" if row.note else "")
            shown.add_row(figure, _figure(row.value, row.unit), against, ratio, row.aim, met)
    return shown


def _figure(value: float, unit: str) -> str:
    return f"{value:,.4g} {unit}".rstrip() if abs(value) < 10_000 else f"{value:,.0f} {unit}".rstrip()


def write(measured: dict[str, list[Row]], path: Path) -> None:
    """The same rows and the machine facts as JSON."""
    rows = [
        {"benchmark": name, **asdict(row), "ratio": row.ratio, "aim": row.aim, "met": row.met}
        for name, rows in measured.items()
        for row in rows
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"machine": machine(), "rows": rows}, ensure_ascii=False, indent=2) + "\n", "utf-8")


def main(chosen: list[str]) -> int:
    """Runs the benchmarks of these names, or all. Gives 0, or 1 if one failed to run or is not known."""
    console = Console()
    known = names()
    unknown = [name for name in chosen if name not in known]
    if unknown:
        console.print(f"没有这项 No such benchmark: {', '.join(unknown)}（有 known: {', '.join(known)}）")
        return 1
    measured, failed = measure(chosen or known, console)
    console.print(table(measured))
    write(measured, RESULTS)
    console.print(f"[dim]{RESULTS}[/dim]")
    if failed:
        console.print(f"[red]未能测完 Failed: {', '.join(failed)}[/red]")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
