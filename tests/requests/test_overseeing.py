"""各机关: what a supervisor sees of each agency, and that every count opens exactly the requests that it counts."""

from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.agencies.models import Role
from tests.requests.doing import Doing

TODAY = timezone.localdate()


class Table(HTMLParser):
    """The links of a page with the count that each shows."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.href = ""
        self.links: list[tuple[str, int]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.href = dict(attrs).get("href", "") if tag == "a" and "aria-label" in dict(attrs) else ""

    def handle_data(self, data):
        if self.href.startswith("/desk/requests/?"):
            self.links.append((self.href, int(data)))
        self.href = ""


@pytest.fixture
def supervisor(world) -> Client:
    client = Client()
    client.force_login(world.person(Role.SUPERVISOR, world.office))
    return client


def test_every_count_opens_the_requests_that_it_counts(world, supervisor, does: Doing):
    late = world.received(TODAY - timedelta(days=60))
    world.received(TODAY)
    does.signed(world.received(TODAY), TODAY)
    page = supervisor.get("/desk/by-agency/")
    links = Table(page.content.decode()).links
    assert len(links) >= 2 * 4, "open, overdue, later, of the year: for the agency and in all"
    for address, count in links:
        assert supervisor.get(address).context["page"].total == count, address
    rows = {agency.pk: cells for agency, cells in page.context["rows"]}
    assert next(iter(rows)) == late.agency_id, "who is in trouble stands first"


def test_who_oversees_nothing_has_no_such_menu(world):
    client = Client()
    client.force_login(world.person(Role.OFFICER))
    assert "/desk/by-agency/" not in client.get("/desk/").content.decode()


def test_it_costs_the_same_for_one_agency_as_for_many(world, supervisor, django_assert_max_num_queries):
    world.received(date(TODAY.year, 1, 5))
    supervisor.get("/desk/by-agency/")
    with django_assert_max_num_queries(15):
        supervisor.get("/desk/by-agency/")
