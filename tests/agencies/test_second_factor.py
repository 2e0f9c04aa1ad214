"""The second factor: enrolled once, asked each time, its secret readable to nobody who reads the database."""

import re

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from gongkai.agencies.models import RecoveryCode, Role, SecondFactor
from gongkai.agencies.models.signing_in import DIGITS, STEP_SECONDS
from gongkai.audit.models import Entry
from tests.platform_world import World

LOGIN, CODE, ENROL = "/desk/login/", "/desk/login/code/", "/desk/login/enrol/"
PASSWORD = "Correct-horse-9"


def code_of(factor: SecondFactor, steps: int = 0) -> str:
    """The code that the app shows now, or so many steps later."""
    totp = factor.totp()
    totp.time += steps * STEP_SECONDS
    return f"{totp.token():0{DIGITS}}"


@pytest.fixture
def factor(world: World) -> SecondFactor:
    staff = world.person(Role.OFFICER)
    made: SecondFactor = SecondFactor.objects.create(user=staff, confirmed=True, enrolled_at=timezone.now())
    return made


def password(client, factor):
    return client.post(LOGIN, {"username": factor.user.username, "password": PASSWORD, "next": "/desk/account/"})


def test_the_password_alone_does_not_open_the_desk(client, factor):
    assert password(client, factor)["Location"] == CODE
    assert client.get("/desk/account/").status_code == 302
    assert client.post(CODE, {"code": code_of(factor)})["Location"] == "/desk/account/"
    assert client.get("/desk/account/").status_code == 200


def test_nobody_comes_to_the_code_without_the_password(client, factor):
    assert client.get(CODE)["Location"].startswith(f"{LOGIN}?ended=waited")
    assert client.post(CODE, {"code": code_of(factor)}).status_code == 302
    assert "_auth_user_id" not in client.session


def test_a_code_counts_once(client, factor):
    code = code_of(factor)
    password(client, factor)
    assert client.post(CODE, {"code": code}).status_code == 302
    client.post("/desk/logout/")
    password(client, factor)
    assert "不正确" in client.post(CODE, {"code": code}).content.decode()


def test_wrong_codes_lock_the_account_as_wrong_passwords_do(client, factor):
    for _try in range(4):
        password(client, factor)
        assert client.post(CODE, {"code": "000000"}).status_code == 200
    assert client.post(CODE, {"code": "000000"}).status_code == 429
    assert client.post(LOGIN, {"username": factor.user.username, "password": PASSWORD}).status_code == 429
    assert Entry.objects.filter(action="sign_in", result="failed").count() == 4
    assert Entry.objects.filter(action="sign_in.locked", result="refused").count() == 2


def test_where_it_is_required_everything_else_waits_for_enrolling(world, client, settings):
    settings.GONGKAI_SECOND_FACTOR = "required"
    staff = world.person(Role.OFFICER)
    client.post(LOGIN, {"username": staff.username, "password": PASSWORD})
    assert client.get("/desk/")["Location"] == ENROL
    assert client.get("/desk/account/")["Location"] == ENROL
    page = client.get(ENROL).content.decode()
    assert "data:image/svg+xml" in page and "以后才能进入工作台" in page
    waiting = SecondFactor.objects.get(user=staff)
    assert not waiting.confirmed
    done = client.post(ENROL, {"code": code_of(waiting)}).content.decode()
    assert len(set(re.findall(r"<li>(\w{5}-\w{5})</li>", done))) == 10
    assert client.get("/desk/account/").status_code == 200
    assert Entry.objects.filter(action="second_factor.enrolled", staff=staff).count() == 1


def test_a_wrong_first_code_enrols_nothing(world, client):
    staff = world.person(Role.OFFICER)
    client.post(LOGIN, {"username": staff.username, "password": PASSWORD})
    client.get(ENROL)
    assert "不正确" in client.post(ENROL, {"code": "12345"}).content.decode()
    assert not SecondFactor.objects.filter(confirmed=True).exists()


def test_a_new_telephone_takes_the_place_of_the_old_only_when_it_has_proved_itself(client, factor):
    password(client, factor)
    client.post(CODE, {"code": code_of(factor)})
    client.get(ENROL)
    assert SecondFactor.objects.get(confirmed=True) == factor
    new = SecondFactor.objects.get(confirmed=False)
    client.post(ENROL, {"code": code_of(new)})
    assert SecondFactor.objects.get() == new
    assert client.get("/desk/account/").status_code == 200


def test_a_recovery_code_stands_in_once(client, factor):
    codes = factor.renew_recovery_codes()
    for expected in (302, 200):
        password(client, factor)
        assert client.post(CODE, {"code": f" {codes[0].upper()} "}).status_code == expected
        client.post("/desk/logout/")
    assert RecoveryCode.objects.filter(used_at__isnull=False).count() == 1
    factor.renew_recovery_codes()
    assert not factor._uses_recovery_code(codes[1])


def test_the_database_holds_neither_secret_nor_recovery_code(factor):
    codes = factor.renew_recovery_codes()
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM agencies_secondfactor")
        [[secret]] = cursor.fetchall()
        cursor.execute("SELECT digest FROM agencies_recoverycode")
        digests = {digest for (digest,) in cursor.fetchall()}
    assert secret.startswith("fernet:") and factor.secret not in secret
    assert not digests & {code.replace("-", "") for code in codes} and len(digests) == 10


@given(st.text(max_size=30))
def test_no_text_makes_the_check_of_a_code_fail(text):
    assert not SecondFactor(secret="00" * 20, last_step=2**40)._is_present_code("".join(text.split()).lower())
