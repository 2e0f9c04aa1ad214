"""The commands of the platform: what they prove, refuse and say; each ends with the exit code that it promises."""

from __future__ import annotations

import json
import stat
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation
from typer.testing import CliRunner

from gongkai.agencies.models import Agency, Appointment, Staff
from gongkai.audit.models import Chain
from gongkai.cli import app
from gongkai.config import preparing, serving
from gongkai.demo.district import making, place
from gongkai.requests.models import Request
from tests.platform_world import make_world

DAY = date(2026, 3, 2)
PASSWORD = "Kingfisher-4417"


@pytest.fixture
def run(db, tmp_path, monkeypatch):
    """Runs a command in an empty folder, with the tests' database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GONGKAI_LANG", raising=False)
    with translation.override("zh-hans"):
        yield lambda *words, stdin=None: CliRunner().invoke(app, list(words), input=stdin)


@pytest.fixture
def world(db):
    made = make_world()
    for _ in range(3):
        made.received(DAY)
    return made


def tamper(statement: str) -> None:
    """Changes the log behind the platform's back, as one could who has the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE requests_event DISABLE TRIGGER requests_event_append_only")
        else:
            cursor.execute("DROP TRIGGER requests_event_no_update")
            cursor.execute("DROP TRIGGER requests_event_no_delete")
        cursor.execute(statement)


class TestAudit:
    def test_an_untouched_log_is_proven(self, run, world):
        done = run("audit", "verify", "--lang", "en")
        assert done.exit_code == 0
        assert done.stdout.splitlines()[-1] == "● All proven: 3 entries in 1 chains"
        assert json.loads(run("audit", "verify", "--format", "json").stdout)["verdict"] == "proven"

    def test_a_changed_entry_is_named_with_its_request(self, run, world):
        tamper("UPDATE requests_event SET day = '2026-03-05' WHERE number = 2")
        done = run("audit", "verify", "--format", "json")
        assert done.exit_code == 1
        [broken] = json.loads(done.stdout)["broken"]
        assert (broken["number"], broken["why"], broken["request"]) == (2, "changed", "HRSS-2026-0002")
        assert "HRSS-2026-0002" in run("audit", "verify").stdout

    def test_a_cut_log_whose_chain_was_shortened_too_shows_against_what_was_kept(self, run, world):
        assert run("audit", "verify", "--heads", "kept.json").exit_code == 0
        assert run("audit", "verify", "--against", "kept.json").exit_code == 0
        tamper("DELETE FROM requests_event WHERE number = 3")
        assert run("audit", "verify").exit_code == 1
        with connection.cursor() as cursor:
            second = "SELECT digest FROM requests_event WHERE number = 2"
            cursor.execute(f"UPDATE audit_chain SET length = 2, digest = ({second})")
        assert run("audit", "verify").exit_code == 0
        done = run("audit", "verify", "--against", "kept.json", "--format", "json")
        assert done.exit_code == 1
        assert [one["why"] for one in json.loads(done.stdout)["broken"]] == ["cut"]

    def test_a_log_written_anew_and_a_chain_that_is_gone_show_too(self, run, world):
        run("audit", "verify", "--heads", "kept.json")
        kept = json.loads(Path("kept.json").read_text())
        kept["chains"][0]["digest"] = "sha256:" + "0" * 64
        kept["chains"].append({"chain": "requests/agency/99", "length": 5, "digest": "sha256:1"})
        Path("kept.json").write_text(json.dumps(kept))
        told = json.loads(run("audit", "verify", "--against", "kept.json", "--format", "json").stdout)
        assert [one["why"] for one in told["broken"]] == ["rewritten", "gone"]

    @pytest.mark.parametrize("text", ["", "[]", '{"chains": [{}]}', '{"chains": [{"chain": 1}]}', "{", "公开"])
    def test_a_file_that_is_none_of_ours_is_refused(self, run, text):
        Path("kept.json").write_text(text)
        done = run("audit", "verify", "--against", "kept.json")
        assert (done.exit_code, done.stdout) == (2, "")
        assert len(done.stderr.splitlines()) == 1
        assert run("audit", "verify", "--against", "missing.json").exit_code == 2

    def test_no_district_there_is_said(self, run):
        done = run("audit", "verify", "--demo", "nowhere")
        assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1)


class TestRebuild:
    def test_what_is_stored_is_what_the_logs_come_to(self, run, world):
        assert run("requests", "rebuild").exit_code == 0

    def test_a_difference_is_listed_and_with_write_put_right(self, run, world):
        Request.objects.filter(number="HRSS-2026-0002").update(due=date(2026, 12, 1))
        done = run("requests", "rebuild", "--format", "json")
        assert done.exit_code == 1
        [found] = json.loads(done.stdout)["differences"]
        assert found == {"number": "HRSS-2026-0002", "column": "due", "stored": "2026-12-01", "derived": "2026-03-30"}
        assert "HRSS-2026-0002" in run("requests", "rebuild", "--write", "--lang", "en").stdout
        assert run("requests", "rebuild").exit_code == 0


class TestNewInstallation:
    def add(self, run, username, role, *words, password=PASSWORD):
        named = ("staff", "add", username, "--name", "林听雨", "--role", role)
        return run(*named, *words, stdin=f"{password}\n")

    def test_the_three_administrators_are_made_and_then_no_fourth(self, run):
        first = ("--agency", "青禾市棠湾区人民政府办公室", "--code", "TWB")
        assert self.add(run, "sys", "system_admin", *first).exit_code == 0
        assert self.add(run, "sec", "security_admin").exit_code == 0
        assert self.add(run, "aud", "audit_admin", "--agency", "TWB").exit_code == 0
        assert Appointment.objects.count() == 3
        assert Agency.objects.get().supervises
        staff = Staff.objects.get(username="sys")
        assert staff.must_change_password and staff.check_password(PASSWORD)
        assert Chain.objects.get(name="platform").length >= 6
        assert self.add(run, "other", "system_admin").exit_code == 1
        assert Staff.objects.count() == 3

    def test_the_government_is_set_up_with_its_office(self, run):
        office = ("--agency", "青禾市棠湾区人民政府办公室", "--code", "TWB")
        government = ("--government", "青禾市棠湾区人民政府", "--government-code", "TW")
        assert self.add(run, "sys", "system_admin", *office, *government).exit_code == 0
        assert self.add(run, "sec", "security_admin").exit_code == 0
        [above, below] = Agency.objects.order_by("path")
        assert (above.kind, above.supervises, below.kind, below.supervises) == ("government", False, "department", True)
        assert below.get_parent() == above
        assert {staff.agency for staff in Staff.objects.all()} == {below}

    @pytest.mark.parametrize(
        ("words", "password", "code"),
        [
            ((), PASSWORD, 2),
            (("--agency", "区政府办公室", "--code", "TWB", "--government", "区政府"), PASSWORD, 2),
            (("--agency", "区政府办公室"), PASSWORD, 2),
            (("--agency", "区政府办公室", "--code", "TWB"), "short", 1),
            (("--agency", "区政府办公室", "--code", "TWB"), "", 1),
        ],
    )
    def test_what_is_missing_or_weak_is_said_and_leaves_nothing(self, run, words, password, code):
        done = self.add(run, "sys", "system_admin", *words, password=password)
        assert done.exit_code == code
        assert done.stderr.strip()
        assert not Agency.objects.exists()
        assert not Staff.objects.exists()

    def test_each_key_is_another(self, run):
        made = {run("new-key").stdout for _ in range(3)}
        assert len(made) == 3 and all(len(key.strip()) == 44 for key in made)


class TestDemo:
    @pytest.fixture
    def steps(self, monkeypatch, settings, tmp_path):
        """What a start does, written down instead of done: the real district has tests of its own."""
        taken: list[str] = []

        def make(day, progress):
            taken.append("district")
            make_world()

        settings.STATIC_ROOT = tmp_path / "static"
        settings.STATIC_ROOT.mkdir()
        monkeypatch.setattr(preparing, "collect_static", lambda: taken.append("static"))
        monkeypatch.setattr(making, "make", make)
        monkeypatch.setattr(serving.Server, "run", lambda server: taken.append(f"serve {server.bind}"))
        monkeypatch.setattr(serving, "is_free", lambda host, port: True)
        for name, value in place.environment(tmp_path / "kept").items():
            monkeypatch.setenv(name, value)
        return taken

    def test_the_first_start_makes_the_second_keeps(self, run, steps):
        first = run("demo", "--data", "kept", "--port", "8456", "--no-open")
        assert first.exit_code == 0
        assert "http://localhost:8456/desk/" in first.stdout
        secrets = Path("kept/secrets.json").read_text()
        run("demo", "--data", "kept", "--port", "8456", "--no-open")
        assert steps == ["static", "district", "serve 127.0.0.1:8456", "static", "serve 127.0.0.1:8456"]
        assert Path("kept/secrets.json").read_text() == secrets

    def test_its_secrets_are_its_owner_s_alone(self, run, steps):
        run("demo", "--data", "kept", "--no-open")
        assert stat.S_IMODE(Path("kept/secrets.json").stat().st_mode) == 0o600
        assert stat.S_IMODE(Path("kept").stat().st_mode) == 0o700

    def test_a_port_that_is_taken_or_a_file_in_the_way_is_said(self, run, steps, monkeypatch):
        Path("file").write_text("x")
        assert run("demo", "--data", "file").exit_code == 2
        monkeypatch.setattr(serving, "is_free", lambda host, port: False)
        done = run("demo", "--data", "kept")
        assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1)
        assert steps == []


def test_serve_says_all_that_is_missing_and_does_not_start(run, monkeypatch):
    monkeypatch.setattr(serving.Server, "run", lambda server: pytest.fail("it served"))
    done = run("serve", "--lang", "en")
    assert done.exit_code == 2
    assert "▲ signing secret GONGKAI_SECRET: shorter than 40 characters" in done.stdout
    assert "Run gongkai serve --migrate." in done.stdout
