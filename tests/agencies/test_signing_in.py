"""Signing in: only who should, told plainly why not, and every try on the log."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.models import Appointment, PastPassword, Role, Staff
from gongkai.audit.models import Entry
from gongkai.audit.verifying import verify

LOGIN = "/desk/login/"
PASSWORD = "Correct-horse-9"
NEW = "Battery-staple-7"


def sign_in(client, username, password=PASSWORD, **more):
    return client.post(LOGIN, {"username": username, "password": password, **more})


def test_a_person_with_a_role_comes_to_the_desk_and_to_the_page_he_wanted(world, client):
    staff = world.person(Role.OFFICER)
    asked = client.get("/desk/account/")
    assert asked.status_code == 302 and asked["Location"] == f"{LOGIN}?next=/desk/account/"
    assert sign_in(client, staff.username, next="/desk/account/")["Location"] == "/desk/account/"
    assert client.get("/desk/account/").status_code == 200
    [entry] = Entry.objects.filter(action="sign_in")
    assert (entry.staff_id, entry.result, entry.address) == (staff.pk, "done", "127.0.0.1")


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com/desk/", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(world, client, elsewhere):
    assert sign_in(client, world.person(Role.OFFICER).username, next=elsewhere)["Location"] == "/desk/"


@pytest.mark.parametrize(("username", "password"), [("officer-HRSS", "wrong"), ("nobody", PASSWORD), ("", "")])
def test_a_failure_does_not_say_which_of_both_was_wrong(world, client, username, password):
    world.person(Role.OFFICER)
    answer = sign_in(client, username, password)
    assert answer.status_code == 200
    assert "用户名或密码不正确" in answer.content.decode() or not username
    assert "_auth_user_id" not in client.session


def test_a_name_that_nobody_bears_is_not_kept_for_it_may_be_a_password(world, client):
    sign_in(client, "My-secret-password-1", "x")
    [entry] = Entry.objects.filter(action="sign_in", result="failed")
    assert "secret" not in str(entry.content())


def test_after_five_failures_the_account_is_locked_for_that_address_and_says_so(world, client):
    staff = world.person(Role.OFFICER)
    for _try in range(4):
        assert sign_in(client, staff.username, "wrong").status_code == 200
    locked = sign_in(client, staff.username, "wrong")
    assert locked.status_code == 429 and "锁定30分钟" in locked.content.decode()
    assert sign_in(client, staff.username).status_code == 429
    assert Entry.objects.filter(action="sign_in.locked").exists()
    elsewhere = client.post(LOGIN, {"username": staff.username, "password": PASSWORD}, REMOTE_ADDR="10.0.0.9")
    assert elsewhere.status_code == 302


def test_who_holds_no_role_today_does_not_come_in_and_learns_whom_to_ask(world, client):
    staff = world.person(Role.OFFICER)
    Appointment.objects.filter(staff=staff).update(until=timezone.localdate() - timedelta(1))
    answer = sign_in(client, staff.username)
    assert "安全管理员" in answer.content.decode() and "_auth_user_id" not in client.session


def test_an_account_that_is_closed_does_not_come_in(world, client):
    staff = world.person(Role.OFFICER)
    world.sign_in(client, Role.OFFICER)
    Staff.objects.filter(pk=staff.pk).update(is_active=False)
    assert client.get("/desk/account/").status_code == 302
    assert sign_in(client, staff.username).status_code == 200


def test_no_flag_gives_a_right(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        Staff.objects.create_superuser("root", password=PASSWORD)


def test_signing_out_ends_the_session_and_is_logged(world, client):
    world.sign_in(client, Role.OFFICER)
    assert client.get("/desk/logout/").status_code == 405
    assert client.post("/desk/logout/")["Location"] == f"{LOGIN}?ended=signed_out"
    assert client.get("/desk/account/").status_code == 302
    assert Entry.objects.filter(action="sign_out").count() == 1


def test_the_password_that_an_administrator_set_is_changed_before_anything_else(world, client):
    staff = world.person(Role.OFFICER)
    Staff.objects.filter(pk=staff.pk).update(must_change_password=True)
    world.sign_in(client, Role.OFFICER)
    assert client.get("/desk/")["Location"] == "/desk/password/"
    form = {"old": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert client.post("/desk/password/", form)["Location"] == "/desk/account/"
    assert client.get("/desk/account/").status_code == 200
    staff.refresh_from_db()
    assert staff.check_password(NEW) and not staff.must_change_password
    assert Entry.objects.filter(action="password.changed", staff=staff).count() == 1


def test_a_password_is_due_after_ninety_days(world, client):
    staff = world.person(Role.OFFICER)
    Staff.objects.filter(pk=staff.pk).update(password_changed_at=timezone.now() - timedelta(91))
    world.sign_in(client, Role.OFFICER)
    assert client.get("/desk/")["Location"] == "/desk/password/"


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("Short-1", "10"),
        ("onlysmallletters", "3种"),
        ("Officer-hrss1", "用户名"),
        (PASSWORD, "最近5次"),
        ("Used-before-1", "最近5次"),
    ],
)
def test_a_weak_or_used_password_is_refused_with_the_rule(world, client, password, told):
    staff = world.person(Role.OFFICER)
    once = Staff(username="x")
    once.set_password("Used-before-1")
    PastPassword.objects.create(staff=staff, digest=once.password, set_at=timezone.now())
    world.sign_in(client, Role.OFFICER)
    form = {"old": PASSWORD, "new_password1": password, "new_password2": password}
    answer = client.post("/desk/password/", form)
    assert answer.status_code == 200
    assert any(told in error for error in re.findall(r"<li>(.*?)</li>", answer.content.decode()))
    staff.refresh_from_db()
    assert staff.check_password(PASSWORD)


def test_a_wrong_old_password_changes_nothing(world, client):
    staff = world.sign_in(client, Role.OFFICER)
    client.post("/desk/password/", {"old": "wrong", "new_password1": NEW, "new_password2": NEW})
    staff.refresh_from_db()
    assert staff.check_password(PASSWORD)


def test_all_that_was_logged_proves_itself(world, client):
    sign_in(client, "nobody")
    world.sign_in(client, Role.OFFICER)
    client.post("/desk/logout/")
    assert [verdict.broken for verdict in verify()] == [None]


def test_guesses_from_everywhere_come_to_an_end_but_not_where_the_person_works(world, client, settings):
    settings.GONGKAI_TRIES_OF_NAME = 6
    staff = world.person(Role.OFFICER)
    assert sign_in(client, staff.username).status_code == 302
    client.post("/desk/logout/")
    tries = [
        client.post(LOGIN, {"username": staff.username, "password": "wrong"}, REMOTE_ADDR=f"10.1.{network}.1")
        for network in range(7)
    ]
    assert [answer.status_code for answer in tries] == [200] * 6 + [429]
    assert "从多个网络地址" in tries[-1].content.decode()
    typed = {"username": staff.username, "password": PASSWORD}
    assert client.post(LOGIN, typed, REMOTE_ADDR="10.1.99.1").status_code == 429, "not even the right one"
    assert sign_in(client, staff.username).status_code == 302


def test_what_is_kept_of_tries_names_nobody_who_has_no_account(world, client):
    sign_in(client, "My-secret-password-1", "x")
    [attempt] = AccessAttempt.objects.all()
    kept = " ".join(str(getattr(attempt, field.attname)) for field in AccessAttempt._meta.fields)
    assert "secret" not in kept and attempt.failures_since_start == 1


def test_the_old_password_is_not_guessed_in_a_browser_left_open(world, client):
    staff = world.sign_in(client, Role.OFFICER)
    form = {"new_password1": NEW, "new_password2": NEW}
    answers = [client.post("/desk/password/", {**form, "old": f"wrong{number}"}).status_code for number in range(5)]
    assert answers == [200] * 4 + [429]
    assert client.post("/desk/password/", {**form, "old": PASSWORD}).status_code == 429
    staff.refresh_from_db()
    assert staff.check_password(PASSWORD)
