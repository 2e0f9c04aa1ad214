"""Old office files (DOC, WPS, RTF, ODT …) turned into DOCX or XLSX by LibreOffice, where it is installed."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from gongkai.annual.reading.document import Unreadable
from gongkai.annual.reading.files.archive import broken
from gongkai.annual.reading.files.guard import in_child
from gongkai.annual.reading.files.limits import CONVERSION_SECONDS, FILE_BYTES, too_large

_PROGRAMS = ("soffice", "libreoffice")
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""
"""A profile of its own: no macros, nothing fetched from elsewhere, links never updated, no other session disturbed."""


def converted(data: bytes, extension: str, target: str = "docx") -> bytes:
    """The document as DOCX (or XLSX). ``extension`` tells LibreOffice what it is (``doc``, ``rtf``, ``odt``).

    Raises Unreadable if LibreOffice is not installed, takes too long, or cannot make anything of the file.
    """
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise Unreadable(
            "读取这种旧格式需要 LibreOffice；请安装 LibreOffice，或用 WPS、Word 另存为 DOCX",
            "reading this old format needs LibreOffice; install it, or save the file as DOCX in an office program",
        )
    with tempfile.TemporaryDirectory(prefix="gongkai-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        source = folder / f"report.{extension}"
        source.write_bytes(data)
        _run(
            [
                program,
                "--headless",
                "--norestore",
                "--nolockcheck",
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                "--convert-to",
                target,
                "--outdir",
                str(folder / "out"),
                str(source),
            ],
            folder,
        )
        made = folder / "out" / f"report.{target}"
        if not made.is_file():
            raise broken()
        if made.stat().st_size > FILE_BYTES:
            raise too_large("转换后的文件", "converted file", FILE_BYTES)
        return made.read_bytes()


def _run(command: list[str], folder: Path) -> None:
    # Under a guard everything stays in the guarded group, which the guard ends; else it gets a group of its own.
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        process_group=None if in_child() else 0,
        preexec_fn=_lift_limits if in_child() else None,
    )
    try:
        process.wait(timeout=CONVERSION_SECONDS)
    except BaseException as error:
        if not in_child():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()
        if not isinstance(error, subprocess.TimeoutExpired):
            raise
        raise Unreadable(
            f"LibreOffice 转换超过 {CONVERSION_SECONDS} 秒，已停止；请用 WPS、Word 另存为 DOCX",
            f"LibreOffice took more than {CONVERSION_SECONDS} seconds and was stopped; save the file as DOCX",
        ) from error


def _lift_limits() -> None:
    """LibreOffice maps far more memory than it uses; the limit of the guarded reader does not fit it."""
    import resource

    for kind in (resource.RLIMIT_AS, resource.RLIMIT_DATA):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (hard, hard))
