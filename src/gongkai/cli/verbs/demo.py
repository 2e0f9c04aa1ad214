"""``gongkai demo``: makes the made-up district where it is not there yet, serves it, and opens it."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gongkai.cli.options import Lang
from gongkai.cli.usage import exits

if TYPE_CHECKING:
    from rich.table import Table

WORKERS = 2
PORT = 8000
HIGHEST_PORT = 65535

EXIT_CODES = """退出码：0 已结束，2 建不成、端口被占用或用法不对
Exit codes: 0 ended, 2 cannot be made, port taken, or wrong usage"""


@exits(EXIT_CODES)
def demo(
    data: Annotated[
        Path,
        typer.Option(
            metavar="FOLDER", help="示范区存放处；再次打开时保留\nWhere it is kept, and kept from start to start"
        ),
    ] = Path("gongkai-demo"),
    port: Annotated[int, typer.Option(metavar="N", min=1, max=HIGHEST_PORT, help="端口\nPort")] = PORT,
    no_open: Annotated[bool, typer.Option("--no-open", help="不打开浏览器\nDo not open the browser")] = False,
    lang: Lang = "zh",
) -> None:
    """建立并打开自造的示范区：依申请公开平台，约二十个机关、五年的申请
    Make and open a made-up district: the platform with some twenty agencies and five years of requests"""
    from gongkai.annual.showing.reasons import reason_of
    from gongkai.cli import platform, streams
    from gongkai.cli.target import refuse
    from gongkai.demo.district import place

    if data.exists() and not data.is_dir():
        refuse("not_a_folder", lang, file=data)
    try:
        variables = place.environment(data, port)
    except OSError as error:
        refuse("cannot_write", lang, file=data, reason=reason_of(error, lang))
    from gongkai.config.serving import Server, is_free

    if not is_free("127.0.0.1", port):
        refuse("port_taken", lang, port=port)
    platform.begin(lang, variables)
    _prepare(lang)
    _tell(f"http://localhost:{port}", lang)

    def ready() -> None:
        streams.complain("serving", lang)
        if not no_open and streams.on_screen():
            webbrowser.open(f"http://localhost:{port}")

    Server(f"127.0.0.1:{port}", WORKERS, ready).run()


def _prepare(lang: str) -> None:
    """Database, static files and district, each only where it is missing, with a bar that shows how far it has come."""
    import sys

    from django.utils import timezone
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    from gongkai.annual.showing.words import say
    from gongkai.config import preparing
    from gongkai.demo.district import making

    columns = (TextColumn("{task.description}", markup=False), BarColumn())
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task(say("making_database", lang), total=None)
        if preparing.pending_migrations():
            preparing.migrate()
        if not preparing.static_is_current():
            bar.update(task, description=say("collecting_static", lang))
            preparing.collect_static()
        if not making.is_made():
            bar.update(task, description=say("making_district", lang))
            making.make(timezone.localdate(), lambda done, whole: bar.update(task, completed=done, total=whole))


def _tell(address: str, lang: str) -> None:
    """The addresses, the sign-ins of each role, and some requests to be followed, as tables."""
    from rich.console import Console

    console = Console()
    console.print(_addresses(address, lang))
    console.print(_sign_ins(lang))
    console.print(_requests(lang))


def _table(lang: str, title: str, *columns: str) -> Table:
    from rich.box import SIMPLE
    from rich.table import Table

    from gongkai.annual.showing.words import say

    table = Table(title=say(title, lang), box=SIMPLE, title_justify="left", title_style="bold")
    for column in columns:
        table.add_column(say(column, lang) if column else "", overflow="fold")
    return table


def _addresses(address: str, lang: str) -> Table:
    from gongkai.annual.showing.words import say

    table = _table(lang, "demo_addresses", "", "")
    table.show_header = False
    table.add_row(say("demo_public", lang), f"{address}/")
    table.add_row(say("demo_desk", lang), f"{address}/desk/")
    return table


def _sign_ins(lang: str) -> Table:
    from gongkai.demo.district.staff import PASSWORD, shown

    table = _table(lang, "demo_sign_ins", "demo_role", "demo_username", "demo_password", "demo_name", "demo_agency")
    for appointment in shown():
        staff = appointment.staff
        role = str(appointment.get_role_display())
        table.add_row(role, staff.username, PASSWORD, staff.name, appointment.agency.short_name)
    return table


def _requests(lang: str) -> Table:
    from gongkai.demo.district.shown import to_follow

    table = _table(lang, "demo_requests", "demo_number", "demo_code", "demo_state")
    for number, code, state in to_follow(lang):
        table.add_row(number, code, state)
    return table
