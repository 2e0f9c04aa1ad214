"""What is stored: the database, its tables, the data folder; and what the log and the calendar say of the time."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from gongkai.config import preparing
from gongkai.config.checks.found import Found
from gongkai.config.environment import Environment
from gongkai.law.words import Said

WEB_ROOTS = ("/var/www", "/srv/www", "/srv/http", "/usr/share/nginx", "/usr/local/www")
"""Folders that web servers hand out on their own."""
CLOCK_ASIDE = timedelta(minutes=5)
"""How far the clock may lie behind the newest entry of a log."""
OTHERS = 0o007
"""What nobody but the owner and his group may do with the data folder."""


def database(env: Environment, now: datetime) -> Found:
    """It is reached, and can be written to."""
    found = Found(Said("数据库", "database"))
    remedy = (
        "检查 DATABASE_URL、数据库服务和账号权限；用 SQLite 时检查数据文件夹。",
        "Check DATABASE_URL, the server and the account's rights; for SQLite the data folder.",
    )
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.introspection.table_names(cursor):
                cursor.execute("UPDATE audit_chain SET length = length WHERE 1 = 0")
            else:
                cursor.execute("CREATE TABLE gongkai_writable (x integer)")
            transaction.set_rollback(True)
    except DatabaseError as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        return found.but(f"读写不了：{reason}", f"cannot be read and written: {reason}", *remedy)
    return found


def migrations(env: Environment, now: datetime) -> Found:
    """All are applied."""
    found = Found(Said("数据库各表", "tables of the database"))
    remedy = (
        "先备份数据库，再运行 gongkai serve --migrate。",
        "Back it up, then run gongkai serve --migrate.",
    )
    try:
        pending = preparing.pending_migrations()
    except DatabaseError:
        return found.but("读不到数据库", "the database cannot be read", *remedy)
    if pending:
        wrong = (f"有{len(pending)}步更新没有执行", f"{len(pending)} migrations are not applied")
        return found.but(*wrong, *remedy)
    return found


def data_folder(env: Environment, now: datetime) -> Found:
    """It is there, can be written to, and no web server hands it out."""
    found = Found(Said("数据文件夹 GONGKAI_DATA", "data folder GONGKAI_DATA"))
    folder = Path(settings.GONGKAI_DATA)
    remedy = (
        "换一个只有服务账号能读写、网页服务器不直接发布的文件夹。",
        "Choose a folder that the service's account alone may read and write, and that no web server hands out.",
    )
    if not folder.is_dir() or not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return found.but(f"{folder} 不存在或不能写入", f"{folder} is missing or cannot be written to", *remedy)
    if any(folder.is_relative_to(root) for root in (*WEB_ROOTS, settings.ROOT)):
        return found.but(f"{folder} 在网页目录或程序目录里", f"{folder} lies in a web root or the program", *remedy)
    if folder.stat().st_mode & OTHERS:
        return found.but(f"{folder} 其他账号也能读", f"{folder} can be read by others", *remedy)
    return found


def clock(env: Environment, now: datetime) -> Found:
    """The clock is not behind what was written already: the periods of the law depend on it."""
    from gongkai.requests.models import Event

    found = Found(Said("时钟", "clock"))
    try:
        newest = Event.objects.order_by("-pk").values_list("moment", flat=True).first()
    except DatabaseError:
        newest = None
    if newest is None or newest <= now + CLOCK_ASIDE:
        return found
    return found.but(
        f"现在是 {now:%Y-%m-%d %H:%M}，早于最后一条记录",
        f"it is {now:%Y-%m-%d %H:%M}, before the last entry of the log",
        "校准时间，开启网络时间同步。",
        "Set the clock and keep it by network time.",
    )


def holidays(env: Environment, now: datetime) -> Found:
    """This year's holidays are known: due days beyond them are provisional."""
    from gongkai.agencies.calendars import calendar_of

    found = Found(Said("放假安排", "holidays"), required=False)
    try:
        last = calendar_of().last_settled_year
    except DatabaseError:
        return found
    if last >= now.year:
        return found
    return found.but(
        f"只到{last}年，{now.year}年的到期日是暂定的",
        f"known up to {last}: due days of {now.year} are provisional",
        "由系统管理员在工作台载入国务院办公厅的通知。",
        "The system administrator loads the State Council's notice at the desk.",
    )


def administrators(env: Environment, now: datetime) -> Found:
    """The three administrators are appointed."""
    found = Found(Said("三员管理员", "the three administrators"), required=False)
    missing = missing_administrators(timezone.localdate(now))
    if not missing:
        return found
    remedy = ("用 gongkai staff add 建立。", "Make them with gongkai staff add.")
    return found.but(f"还缺{missing}位", f"{missing} are missing", *remedy)


def missing_administrators(day: date) -> int:
    """How many of the three nobody is on that day; all, where the database cannot be read."""
    from gongkai.agencies.models import Appointment
    from gongkai.agencies.models.staff import ADMINISTRATORS

    try:
        held = Appointment.objects.on(day).filter(Q(role__in=ADMINISTRATORS))
        return len(ADMINISTRATORS) - len(set(held.values_list("role", flat=True)))
    except DatabaseError:
        return len(ADMINISTRATORS)
