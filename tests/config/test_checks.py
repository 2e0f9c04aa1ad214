"""Before it serves, the platform says what is missing, and what to do about each."""

import os
import shutil
import socket
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.checks import Error
from django.db import OperationalError, connection

from gongkai.config import preparing
from gongkai.config.checks import CHECKS, around, as_message, examine, for_django, keys, stored
from gongkai.config.checks.found import Found
from gongkai.config.environment import Environment
from gongkai.privacy.keys import new_key
from tests.platform_world import make_world

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
GOOD = Environment({"GONGKAI_SECRET": "s" * 48, "GONGKAI_HOSTS": "open.example"})
BAD = Environment({})


def wrong(found: Found) -> str:
    """What is said to be wrong, in English."""
    assert found.wrong is not None
    return found.wrong.en


@pytest.fixture
def good(db, settings, tmp_path, monkeypatch):
    """An installation to which nothing is missing."""
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    settings.GONGKAI_DATA, settings.STATIC_ROOT = data, data / "static"
    settings.GONGKAI_KEYS, settings.GONGKAI_SECOND_FACTOR = [new_key()], "required"
    settings.BASE_URL = "https://open.example"
    settings.GONGKAI_CLAMD = "tcp://127.0.0.1:1"
    monkeypatch.setattr(preparing, "static_is_current", lambda: True)
    monkeypatch.setattr(around, "asked", lambda where, data: "OK")
    monkeypatch.setattr(stored, "missing_administrators", lambda day: 0)
    return settings


def test_where_nothing_is_missing_nothing_is_said(good):
    assert [found for found in examine(GOOD, NOW) if not found.holds and found.required] == []
    assert len(list(examine(GOOD, NOW))) == len(CHECKS)


@pytest.mark.parametrize(
    ("check", "env"),
    [
        (keys.secret, BAD),
        (keys.secret, Environment({"GONGKAI_SECRET": "short"})),
        (keys.hosts, BAD),
        (keys.hosts, Environment({"GONGKAI_HOSTS": "open.example,*"})),
    ],
)
def test_secrets_and_names_are_wanted(check, env):
    found = check(env, NOW)
    assert found.required and not found.holds
    assert found.wrong.zh and found.wrong.en and found.remedy.zh and found.remedy.en


@pytest.mark.parametrize("given", [[], ["short"], ["!!!"], [new_key(), "x"]])
def test_every_key_must_be_one(settings, given):
    settings.GONGKAI_KEYS = given
    assert not keys.keys(GOOD, NOW).holds


def test_a_database_out_of_reach_is_told_once_as_such_and_stops_no_other_check(good, monkeypatch):
    def fails(*args, **kwargs):
        raise OperationalError("no route to host")

    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", fails)
        found = {one.name.en: one for one in examine(GOOD, NOW)}
    assert "no route to host" in wrong(found["database"])
    assert not found["tables of the database"].holds
    assert found["host names GONGKAI_HOSTS"].holds


def test_migrations_not_applied_are_counted(good, monkeypatch):
    monkeypatch.setattr(preparing, "pending_migrations", lambda: ["a", "b"])
    assert "2" in wrong(stored.migrations(GOOD, NOW))


@pytest.mark.parametrize("folder", ["/var/www/gongkai", str(Path(around.__file__).parent), "/no/such/folder"])
def test_data_may_not_lie_where_it_is_handed_out_or_missing(good, folder, monkeypatch):
    good.GONGKAI_DATA = Path(folder)
    if folder.startswith("/var"):
        monkeypatch.setattr(Path, "is_dir", lambda path: True)
        monkeypatch.setattr(os, "access", lambda *args: True)
    assert not stored.data_folder(GOOD, NOW).holds


def test_data_that_others_may_read_is_refused(good):
    good.GONGKAI_DATA.chmod(0o755)
    assert not stored.data_folder(GOOD, NOW).holds


def test_static_files_of_another_version_are_told(settings, tmp_path, monkeypatch):
    settings.STATIC_ROOT = tmp_path
    monkeypatch.setattr(preparing, "call_command", lambda *args, **kwargs: None)
    assert not around.static_files(GOOD, NOW).holds
    preparing.collect_static()
    assert around.static_files(GOOD, NOW).holds
    (tmp_path / preparing.COLLECTED).write_text("another")
    assert not around.static_files(GOOD, NOW).holds


def test_a_machine_without_chinese_fonts_is_told_which_package(monkeypatch):
    listed = subprocess.CompletedProcess([], 0, stdout="DejaVu Sans\n")
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/fc-list")
    monkeypatch.setattr(subprocess, "run", lambda *args, **kwargs: listed)
    found = around.fonts(GOOD, NOW)
    assert found.remedy is not None and "fonts-noto-cjk" in found.remedy.en
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert not around.fonts(GOOD, NOW).holds


def test_a_scanner_that_is_set_must_answer_and_none_is_only_advised(settings):
    settings.GONGKAI_CLAMD = ""
    assert not around.clamd(GOOD, NOW).required
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.GONGKAI_CLAMD = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        found = around.clamd(GOOD, NOW)
    assert found.required and not found.holds


def test_a_clock_behind_the_log_is_told(db):
    make_world().received(datetime(2026, 3, 2).date())
    assert stored.clock(GOOD, NOW).holds
    assert not stored.clock(GOOD, datetime(2026, 3, 1, tzinfo=UTC)).holds
    assert not stored.holidays(GOOD, NOW + timedelta(days=730)).holds


def test_administrators_that_are_missing_are_counted(db):
    assert "3" in wrong(stored.administrators(GOOD, NOW))


def test_django_s_own_check_says_the_same(db, settings):
    settings.GONGKAI_KEYS = []
    messages = for_django(None)
    assert any("GONGKAI_KEYS" in message.msg and isinstance(message, Error) for message in messages)
    assert as_message(keys.keys(GOOD, NOW), 2).id == "gongkai.002"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite alone plans by statistics that it gathers on demand")
def test_an_update_leaves_no_old_statistics_beside_a_new_index(db):
    make_world().received(NOW.date())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("DELETE FROM sqlite_stat1 WHERE idx = 'request_answered'")
        preparing.migrate()
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE idx = 'request_answered'")
        assert cursor.fetchone() == (1,)
