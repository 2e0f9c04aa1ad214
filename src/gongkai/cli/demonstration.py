"""``gongkai demo``: makes sample reports, reads and checks them, and shows the result as a page."""

from __future__ import annotations

import tempfile
import webbrowser
from pathlib import Path

from gongkai.cli import running, streams, writing


def run(folder: Path | None, lang: str) -> int:
    """Writes the samples into the folder, checks them and opens the page beside them; 0, for the faults are meant."""
    from gongkai.demo import write_samples

    where = folder or Path(tempfile.mkdtemp(prefix="gongkai-"))
    where.mkdir(parents=True, exist_ok=True)
    samples = write_samples(where)
    given = running.read_all([str(path) for path in samples], running.Limits(180, 4096), lang, quiet=False)
    page = where / f"{'核对结果' if lang == 'zh' else 'checked'}.html"
    writing.write(running.as_checked(given), writing.Target("html", page), lang, quiet=False)
    if streams.on_screen():
        webbrowser.open(page.resolve().as_uri())
    return 0
