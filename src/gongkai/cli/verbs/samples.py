"""``gongkai samples``: makes sample reports, reads and checks them, and shows the result as a page."""

from __future__ import annotations

import tempfile
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from gongkai.cli.options import Lang


def samples(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="FOLDER",
            help="样例存放处；不写则用临时文件夹\nWhere to put the samples; left out: a temporary folder",
            show_default=False,
        ),
    ] = None,
    lang: Lang = "zh",
) -> None:
    """自造样例年报，读取、核对，结果显示为网页
    Make sample reports, read and check them, show the result as a page"""
    raise typer.Exit(_run(folder, lang))


def _run(folder: Path | None, lang: str) -> int:
    """Writes the samples into the folder, checks them and opens the page beside them; 0, for the faults are meant."""
    from gongkai.annual.showing.reasons import reason_of
    from gongkai.cli import results, running, streams
    from gongkai.cli.target import Target, refuse
    from gongkai.demo import write_samples

    where = folder or Path(tempfile.mkdtemp(prefix="gongkai-"))
    if where.exists() and not where.is_dir():
        refuse("not_a_folder", lang, file=where)
    try:
        where.mkdir(parents=True, exist_ok=True)
        written = write_samples(where)
    except OSError as error:
        refuse("cannot_write", lang, file=where, reason=reason_of(error, lang))
    given = running.read_all([str(path) for path in written], running.Limits(180, 4096), lang, quiet=False)
    page = where / f"{'核对结果' if lang == 'zh' else 'checked'}.html"
    results.write(running.as_checked(given), Target("html", page), lang, quiet=False)
    if streams.on_screen():
        webbrowser.open(page.resolve().as_uri())
    return 0
