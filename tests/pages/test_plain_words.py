"""What goes wrong is said in plain words, on pages of the same look, with headers that keep browsers safe."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation


@pytest.fixture(autouse=True)
def in_chinese():
    with translation.override("zh-hans"):
        yield


def words(response) -> str:
    return str(response.content, "utf-8")


def test_what_is_not_there_is_said_so(client, db):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "没有这个页面" in words(response)


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "500.html"])
def test_each_fault_has_a_page_that_needs_nothing_to_be_shown(name):
    page = render_to_string(name)
    assert "<h1>" in page
    assert 'href="/"' in page


def test_an_expired_page_is_explained(db):
    response = Client(enforce_csrf_checks=True).post("/track/", {"number": "x"})
    assert response.status_code == 403
    assert "页面已经过期" in words(response)


def test_every_answer_carries_headers_that_shut_what_is_not_needed(client, db):
    response = client.get("/")
    assert "camera=()" in response["Permissions-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    assert "default-src 'self'" in response["Content-Security-Policy"]


def test_no_page_has_script_or_style_of_its_own(client, db):
    for address in ("/", "/track/", "/correct/", "/apply/"):
        page = words(client.get(address))
        assert "<script>" not in page
        assert " style=" not in page
        assert " onclick=" not in page
        assert "http://" not in page.replace("http://www.w3.org", "")


def test_large_print_stays_until_it_is_switched_off_and_leads_back_here_only(client, db):
    response = client.post("/large-print/", {"on": "1", "next": "/track/"})
    assert response.url == "/track/"
    assert 'class="large-print"' in words(client.get("/track/"))
    assert client.post("/large-print/", {"on": "0", "next": "https://example.com/"}).url == "/"
    assert 'class="large-print"' not in words(client.get("/track/"))
    assert client.get("/large-print/").status_code == 405
