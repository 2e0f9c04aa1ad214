"""``gongkai staff``: the first administrators of a new installation; everybody else is appointed at the desk."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from gongkai.cli import platform
from gongkai.cli.options import Lang
from gongkai.cli.usage import WRONG_USAGE, BilingualCommand, BilingualGroup, exits, one_of

if TYPE_CHECKING:
    from gongkai.agencies.models import Agency

LEVELS = ("nation", "province", "city", "county", "township")
ROLES = ("system_admin", "security_admin", "audit_admin")
HELP = """人员：新安装后的三位管理员
People: the three administrators of a new installation"""
EXIT_CODES = """退出码：0 已建立，1 不能这样建立（原因已说明），2 读不到数据库或用法不对
Exit codes: 0 made, 1 refused (it says why), 2 the database cannot be reached, or wrong usage"""
REFUSED = 1

staff = typer.Typer(
    cls=BilingualGroup,
    help=HELP,
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    add_completion=False,
)


@staff.callback()
def several() -> None:
    """人员：新安装后的三位管理员
    People: the three administrators of a new installation"""


@staff.command(cls=BilingualCommand)
@exits(EXIT_CODES)
def add(
    username: Annotated[str, typer.Argument(metavar="USERNAME", help="用户名\nUser name", show_default=False)],
    name: Annotated[str, typer.Option(metavar="NAME", help="姓名\nThe person's name", show_default=False)],
    role: Annotated[
        str,
        typer.Option(
            metavar="|".join(ROLES),
            help="哪一位管理员：系统、安全或审计；须是三个人\n"
            "Which administrator: of the system, of rights, of the audit; they are three people",
            callback=one_of(*ROLES),
            show_default=False,
        ),
    ],
    agency: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="机关名称；还没有机关时据此新设（政府信息公开工作主管部门）\n"
            "The agency; the first is set up by that name, as the supervising one",
        ),
    ] = "",
    code: Annotated[
        str,
        typer.Option(metavar="CODE", help="新设机关的编号代码，如 TWB\nCode of the agency that is set up, such as TWB"),
    ] = "",
    government: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="新设机关所属的人民政府的名称，一并设立\n"
            "The people's government to which the agency belongs, set up with it",
        ),
    ] = "",
    government_code: Annotated[
        str,
        typer.Option(metavar="CODE", help="这个人民政府的编号代码，如 TW\nCode of that government, such as TW"),
    ] = "",
    level: Annotated[
        str,
        typer.Option(
            metavar="|".join(LEVELS),
            help="新设机关的级别：国家、省、市、县或乡\nLevel of what is set up",
            callback=one_of(*LEVELS),
        ),
    ] = "county",
    lang: Lang = "zh",
) -> None:
    """建立管理员账号；密码由键盘输入两次，或从标准输入读一行，首次登录须修改
    Make an administrator's account; the password is typed twice, or read as a line, and changed at first sign-in"""
    from gongkai.cli.streams import complain, tell

    platform.begin(lang)
    from django.db import transaction
    from django.db.models import Q
    from django.utils import timezone

    from gongkai.agencies.actions.accounts import OpenAccount
    from gongkai.agencies.actions.rights import Appoint
    from gongkai.agencies.actors import SYSTEM_ACTOR
    from gongkai.agencies.models import Appointment
    from gongkai.agencies.refusals import Refused

    now = timezone.now()
    try:
        with platform.with_database(lang), transaction.atomic():
            if Appointment.objects.on(timezone.localdate(now)).filter(Q(role=role)).exists():
                raise _end("staff_held", lang)
            of = _agency(agency, lang) or _first_agencies((government, government_code), (agency, code), level, lang)
            password = _password(lang)
            made, _ = OpenAccount(actor=SYSTEM_ACTOR, agency=of, username=username, person=name, password=password).run(
                now
            )
            Appoint(actor=SYSTEM_ACTOR, staff=made, role=role, agency=of.get_root(), since=timezone.localdate(now)).run(
                now
            )
    except Refused as error:
        tell(str(error))
        raise typer.Exit(REFUSED) from error
    complain("staff_added", lang, username=username)


def _agency(name: str, lang: str) -> Agency | None:
    """The agency of that name or code; where none is named the only one, or the only one that supervises. None where
    there is no agency yet."""
    from django.db.models import Q

    from gongkai.agencies.models import Agency

    known = Agency.objects.all()
    if not known.exists():
        return None
    found = list(known.filter(Q(name=name) | Q(code=name)) if name else known)
    if not name and len(found) > 1:
        found = [one for one in found if one.supervises]
    if len(found) != 1:
        raise _end("staff_which_agency", lang)
    one: Agency = found[0]
    return one


def _first_agencies(government: tuple[str, str], agency: tuple[str, str], level: str, lang: str) -> Agency:
    """Sets up the supervising agency, under its government where one is named; each is a name and a code."""
    if not all(agency) or any(government) != all(government):
        raise _end("staff_first_agency", lang)
    above = _set_up(government, None, level, "government") if all(government) else None
    return _set_up(agency, above, level, "department")


def _set_up(named: tuple[str, str], parent: Agency | None, level: str, kind: str) -> Agency:
    from django.utils import timezone

    from gongkai.agencies.actions.agencies import AddAgency
    from gongkai.agencies.actors import SYSTEM_ACTOR

    now = timezone.now()
    name, code = named
    return AddAgency(
        actor=SYSTEM_ACTOR,
        parent=parent,
        title=name,
        short_name=name,
        code=code,
        since=timezone.localdate(now),
        particulars={"mark": name[:20], "level": level, "kind": kind, "supervises": kind != "government"},
    ).run(now)


def _password(lang: str) -> str:
    """Typed twice and not shown, or a line of standard input."""
    from gongkai.annual.showing.words import say

    if sys.stdin.isatty():
        given = getpass.getpass(say("staff_password", lang))
        if getpass.getpass(say("staff_password_again", lang)) != given:
            raise _end("staff_passwords_differ", lang)
    else:
        given = sys.stdin.readline().rstrip("\n")
    if not given:
        raise _end("staff_no_password", lang)
    return given


def _end(key: str, lang: str) -> typer.Exit:
    from gongkai.cli.streams import complain

    complain(key, lang)
    return typer.Exit(WRONG_USAGE if key in ("staff_which_agency", "staff_first_agency") else REFUSED)
