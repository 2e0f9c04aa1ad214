"""Sessions end: after idleness, after a day's work, in favour of newer ones, and with a changed password."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.agencies.models import Role, SignIn
from gongkai.agencies.signing_in import entering
from gongkai.agencies.signing_in.sessions import BEGAN, SEEN

PAGE = "/desk/account/"
PASSWORD = "Correct-horse-9"


def aged(client, **by):
    """The session as if so much time had gone by since what is named."""
    session = client.session
    for name, delta in by.items():
        session[name] -= delta.total_seconds()
    session.save()


def signed_in(username):
    client = Client(HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36")
    assert client.post("/desk/login/", {"username": username, "password": PASSWORD}).status_code == 302
    return client


@pytest.mark.parametrize(
    ("by", "why"),
    [
        ({SEEN: timedelta(minutes=17)}, "idle"),
        ({SEEN: timedelta(minutes=10), BEGAN: timedelta(hours=9)}, "expired"),
    ],
)
def test_a_session_ends_and_says_why(world, client, by, why):
    world.sign_in(client, Role.OFFICER)
    aged(client, **by)
    assert client.get(PAGE)["Location"].startswith(f"/desk/login/?ended={why}")
    assert "请重新登录" in client.get(f"/desk/login/?ended={why}").content.decode()
    assert SignIn.objects.get().ended == why
    assert client.get(PAGE).status_code == 302


def test_work_keeps_a_session_alive(world, client):
    world.sign_in(client, Role.OFFICER)
    for _quarter in range(4):
        aged(client, **{SEEN: timedelta(minutes=14)})
        assert client.get(PAGE).status_code == 200


def test_a_part_of_a_page_sends_the_whole_page_to_the_sign_in(world, client):
    world.sign_in(client, Role.OFFICER)
    aged(client, **{SEEN: timedelta(hours=1)})
    answer = client.get(PAGE, HTTP_HX_REQUEST="true")
    assert answer.status_code == 204 and answer["HX-Redirect"].startswith("/desk/login/?ended=idle")


def test_signing_in_gives_a_new_session(world, client):
    client.get("/desk/login/")
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    staff = world.person(Role.OFFICER)
    client.post("/desk/login/", {"username": staff.username, "password": PASSWORD})
    assert client.session.session_key != before and "planted" not in client.session


def test_of_too_many_sessions_the_oldest_ends_and_is_told(world):
    username = world.person(Role.OFFICER).username
    oldest, *others = [signed_in(username) for _place in range(4)]
    assert all(client.get(PAGE).status_code == 200 for client in others)
    answer = oldest.get(PAGE)
    assert answer["Location"].startswith("/desk/login/?ended=newer")
    assert "在别处登录" in oldest.get(answer["Location"]).content.decode()


def test_one_ends_ones_other_sessions_from_the_page_that_lists_them(world):
    username = world.person(Role.OFFICER).username
    here, there = signed_in(username), signed_in(username)
    assert here.get(PAGE).content.decode().count("Chrome，Linux") == 2
    here.post(f"{PAGE}end-others/")
    assert here.get(PAGE).status_code == 200
    assert there.get(PAGE)["Location"].startswith("/desk/login/?ended=ended_by_self")


def test_a_changed_password_ends_the_sessions_elsewhere_and_not_here(world):
    username = world.person(Role.OFFICER).username
    here, there = signed_in(username), signed_in(username)
    new = {"old": PASSWORD, "new_password1": "Battery-staple-7", "new_password2": "Battery-staple-7"}
    assert here.post("/desk/password/", new).status_code == 302
    assert here.get(PAGE).status_code == 200
    assert there.get(PAGE)["Location"].startswith("/desk/login/?ended=password_changed")
    assert SignIn.objects.get(ended="").key == here.session.session_key


def test_reading_does_not_write_the_session_each_time(world, client, django_assert_num_queries):
    world.sign_in(client, Role.OFFICER)
    client.get("/desk/login/enrol/")
    keys = client.session
    assert timezone.now().timestamp() - keys[SEEN] < 60
    with django_assert_num_queries(5):  # session, person, second factor; the page's own: factor, sessions
        client.get(PAGE)


def test_the_session_cookie_is_for_this_site_and_no_script(world, client):
    staff = world.person(Role.OFFICER)
    client.post("/desk/login/", {"username": staff.username, "password": PASSWORD})
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"


def test_pages_of_the_desk_are_kept_in_no_cache(world, client):
    world.sign_in(client, Role.OFFICER)
    for path in (PAGE, "/desk/login/enrol/", "/desk/password/"):
        assert "no-store" in client.get(path)["Cache-Control"]


def test_whose_session_is_ended_while_a_page_is_made_is_told_why(world, client, monkeypatch):
    staff = world.sign_in(client, Role.OFFICER)
    own = entering.factor_of

    def ended_meanwhile(who):
        entering.leave_everywhere(staff, SignIn.Ended.ENDED_BY_ADMINISTRATOR, timezone.now())
        return own(who)

    monkeypatch.setattr(entering, "factor_of", ended_meanwhile)
    aged(client, **{SEEN: timedelta(minutes=2)})
    assert client.get(PAGE)["Location"].startswith("/desk/login/?ended=ended_by_administrator")
