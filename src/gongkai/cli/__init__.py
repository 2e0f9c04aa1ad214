"""The command line: one thin command per verb. Exit codes: 0 valid, 1 invalid, 2 unreadable or wrongly used."""

from __future__ import annotations

from typing import Annotated

import typer

import gongkai
from gongkai.cli.usage import Bilingual, BilingualCommand
from gongkai.cli.verbs.audit import audit
from gongkai.cli.verbs.chart import chart
from gongkai.cli.verbs.check import check
from gongkai.cli.verbs.clock import clock
from gongkai.cli.verbs.compare import compare
from gongkai.cli.verbs.corpus import corpus
from gongkai.cli.verbs.deadline import deadline
from gongkai.cli.verbs.demo import demo
from gongkai.cli.verbs.fee import fee
from gongkai.cli.verbs.form import form
from gongkai.cli.verbs.merge import merge
from gongkai.cli.verbs.new_key import new_key
from gongkai.cli.verbs.read import read
from gongkai.cli.verbs.requests import requests
from gongkai.cli.verbs.samples import samples
from gongkai.cli.verbs.serve import serve
from gongkai.cli.verbs.staff import staff
from gongkai.cli.verbs.write import write

app = typer.Typer(
    cls=Bilingual,
    help="公开：政府信息公开工作年度报告的读取、核对、编写、汇总，依申请公开的期限\n"
    "Gongkai: annual reports on government information disclosure, and the periods of requests",
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

for verb in (read, check, write, form, merge, compare, chart, clock, deadline, fee, samples, demo, serve, new_key):
    app.command(cls=BilingualCommand)(verb)
app.add_typer(corpus, name="corpus")
app.add_typer(requests, name="requests")
app.add_typer(audit, name="audit")
app.add_typer(staff, name="staff")


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"gongkai {gongkai.__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option("--version", help="显示版本\nShow the version", is_eager=True, callback=_show_version),
    ] = False,
) -> None:
    """公开：政府信息公开工作年度报告的读取、核对、编写、汇总，依申请公开的期限
    Gongkai: annual reports on government information disclosure, and the periods of requests"""
