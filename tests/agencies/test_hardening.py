"""What every page of the desk keeps to: safe headers, no change by opening an address, refusals on the log."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver

from gongkai.agencies.administration import urls as administration
from gongkai.agencies.models import Role
from gongkai.agencies.signing_in import urls as signing_in
from gongkai.audit.models import Entry
from gongkai.pages.address import client_address, network_of

PAGES = ["/desk/login/", "/desk/account/", "/desk/password/", "/desk/login/enrol/", "/desk/administration/people/"]
TEMPLATES = Path(administration.__file__).parent.parent / "templates"


@pytest.mark.parametrize("path", PAGES)
def test_every_page_forbids_foreign_and_inline_code_and_framing(world, client, path):
    if path != "/desk/login/":
        world.sign_in(client, Role.SYSTEM_ADMIN)
    answer = client.get(path)
    assert answer.status_code == 200
    policy = answer["Content-Security-Policy"]
    assert "unsafe-inline" not in policy and "default-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert (answer["X-Frame-Options"], answer["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert answer["Referrer-Policy"] == "same-origin" and "camera=()" in answer["Permissions-Policy"]


def test_no_template_holds_a_script_or_a_style_or_a_foreign_address():
    for template in TEMPLATES.rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)|\bstyle=|\bon[a-z]+=|https?://", text), template.name
    for sheet in ("signing_in/signing_in.css", "administration/administration.css"):
        assert "url(" not in Path(str(finders.find(sheet))).read_text(encoding="utf-8")


def test_a_form_of_another_site_changes_nothing(world):
    staff = world.person(Role.SECURITY_ADMIN)
    strict = Client(enforce_csrf_checks=True)
    told = {"username": staff.username, "password": "Correct-horse-9"}
    assert strict.post("/desk/login/", told).status_code == 403
    world.sign_in(strict, Role.SECURITY_ADMIN)
    assert strict.post("/desk/logout/").status_code == 403
    other = world.person(Role.OFFICER)
    assert strict.post(f"/desk/administration/people/{other.pk}/press/close/").status_code == 403


def test_opening_any_address_of_ours_changes_nothing(world, client):
    officer = world.person(Role.OFFICER)
    numbers = {"pk": officer.pk, "appointment": 1, "what": "close", "way": "dissolve"}
    for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN):
        world.sign_in(client, role)
        before = {entry.pk for entry in Entry.objects.filter(result="done")}
        for base, module in (("administration", administration), ("", signing_in)):
            for pattern in module.urlpatterns:
                assert isinstance(pattern, URLPattern)
                path = re.sub(r"<\w+:(\w+)>", lambda found: str(numbers[found[1]]), str(pattern.pattern))
                client.get("/".join(part for part in ("/desk", base, path) if part))
        assert {entry.pk for entry in Entry.objects.filter(result="done")} == before
    officer.refresh_from_db()
    assert officer.is_active and officer.appointments.get().until is None


def test_an_address_that_there_is_not_is_no_refusal_and_one_that_is_not_his_is(world, client):
    world.sign_in(client, Role.OFFICER)
    assert client.get("/desk/no-such-page/").status_code == 404
    assert not Entry.objects.filter(action="access.refused").exists()
    assert client.get("/desk/administration/log/").status_code == 404
    assert Entry.objects.get(action="access.refused").details == {"status": 404}


def test_nobody_who_is_not_signed_in_sees_any_page_of_the_desk(client, db):
    told = {"pk": 1, "appointment": 1, "what": "close", "way": "rename"}
    for pattern in administration.urlpatterns:
        path = re.sub(r"<\w+:(\w+)>", lambda found: str(told[found[1]]), str(pattern.pattern))
        answer = client.get(f"/desk/administration/{path}")
        assert answer.status_code == 302 and answer["Location"].startswith("/desk/login/")
    assert get_resolver().resolve("/desk/login/").func.__module__ == "gongkai.agencies.signing_in.views"


@pytest.mark.parametrize(
    ("behind", "forwarded", "seen"),
    [
        (False, "6.6.6.6", "10.0.0.1"),
        (True, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (True, "", "10.0.0.1"),
        (True, "6.6.6.6, <script>", None),
        (True, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_nobody_chooses_the_address_that_the_log_has_of_him(settings, behind, forwarded, seen):
    settings.GONGKAI_BEHIND_PROXY = behind
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == seen


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::1", "2001:db8:1:2::"),
        (None, ""),
    ],
)
def test_tries_are_counted_by_what_a_subscriber_has_as_his_own(address, network):
    assert network_of(address) == network
