"""A request's page tells its whole story at a glance, to those who may see it and to nobody else."""

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Role
from gongkai.audit.models import Entry


@pytest.fixture
def officer(world, client):
    """Signed in as an officer of the bureau; gives the client."""
    client.force_login(world.person(Role.OFFICER), backend="gongkai.agencies.backends.RoleBackend")
    return client


def page(request):
    return reverse("desk:request", args=[request.pk])


def today():
    return timezone.localdate()


def test_the_page_says_in_one_sentence_how_it_stands(world, officer):
    shown = officer.get(page(world.received(today()))).content.decode()
    assert "还剩" in shown
    assert "某地块的征收土地公告及其附图" in shown


def test_the_applicant_is_masked_until_his_data_is_opened_on_purpose(world, officer):
    request = world.received(today())
    assert "赵某某" not in officer.get(page(request)).content.decode()
    opened = officer.post(reverse("desk:person", args=[request.pk])).content.decode()
    assert "赵某某" in opened
    assert "11010119900307109X" in opened
    assert Entry.objects.get(action="person.viewed").subject == f"request:{request.pk}"


def test_a_request_of_another_agency_is_as_if_it_did_not_exist_and_the_attempt_is_logged(world, client):
    request = world.received(today())
    client.force_login(world.person(Role.OFFICER, world.office), backend="gongkai.agencies.backends.RoleBackend")
    assert client.get(page(request)).status_code == 404
    assert client.post(reverse("desk:person", args=[request.pk])).status_code == 404
    refused = Entry.objects.filter(result="refused").values_list("action", "subject")
    assert list(refused) == [("request.viewed", f"request:{request.pk}")] * 2
