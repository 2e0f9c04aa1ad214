"""The list of all requests: found, filtered, assigned; one's own agencies alone; wrong filters say so."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.utils import timezone, translation

from gongkai.agencies.models import Role
from gongkai.requests.models import Event, Request
from gongkai.requests.selectors.listing import page_of

FAR = date(2026, 3, 2)


@pytest.fixture
def officer(world, client):
    client.force_login(world.person(Role.OFFICER))
    return client


def numbers(client, query=""):
    """The numbers that the list shows, in its order."""
    response = client.get(f"/desk/requests/{query}")
    assert response.status_code == 200
    return [row.request.number for row in response.context["rows"]]


@pytest.fixture
def two(world):
    """A request for a notice of land, and one for a plan of a road."""
    return [
        world.received(FAR, title="某地块征收公告", wanted="征收土地公告及附图"),
        world.received(
            FAR, title="听松路改造工程", wanted="棠规〔2024〕18号规划许可证", document_number="棠规〔2024〕18号"
        ),
    ]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("征收公告", [1]),
        ("收土地公", [1]),
        ("改造", [2]),
        ("规", [2]),
        ("2024", [2]),
        ("〔2024〕18号", [2]),
        ("规划 许可证", [2]),
        ("公告 规划", []),
        ("告公", []),
        ("HRSS-2026-0001", [1]),
        ("hrss-2026", [2, 1]),
        ("赵某某", [2, 1]),
        ("赵某", []),
        ("138 0000 0000", [2, 1]),
        ("11010119900307109x", [2, 1]),
        ("1101011990030710", []),
        ('"征收" OR NEAR(*)', []),
        ("'; DROP TABLE", []),
        ("！？", []),
    ],
)
def test_a_request_is_found_by_number_person_and_any_words_of_it(two, officer, search, found):
    shown = numbers(officer, "?" + urlencode({"search": search}))
    assert shown == [f"HRSS-2026-000{number}" for number in found]


def test_a_request_whose_words_changed_is_found_by_the_new_ones(two, officer):
    two[0].title, two[0].wanted = "某项目环评批复", "环评批复全文"
    two[0].save()
    assert numbers(officer, "?" + urlencode({"search": "征收"})) == []
    assert numbers(officer, "?" + urlencode({"search": "环评批复"})) == ["HRSS-2026-0001"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=open", 2),
        ("state=overdue", 2),
        ("state=running", 0),
        ("state=ended", 0),
        ("channel=in_person&kind=natural_person", 2),
        ("channel=online", 0),
        ("group=overdue", 2),
        ("result=granted", 0),
        ("received_from=2026-03-02&received_to=2026-03-02", 2),
        ("received_from=2026-03-03", 0),
        ("due_to=2026-03-30&sort=due", 2),
        ("answered_from=2026-01-01", 0),
    ],
)
def test_filters_leave_what_was_asked_for(two, officer, query, found):
    assert len(numbers(officer, f"?{query}")) == found


@pytest.mark.parametrize(
    "query",
    [
        "state=nonsense",
        "handler=x",
        "agency=99999999999999999999",
        "received_from=yesterday",
        "received_from=2026-03-03&received_to=2026-03-02",
        "due_from=0000-00-00",
        "sort=name",
        "group=', '",
        "kind=%00",
        "search=" + "征" * 101,
    ],
)
def test_a_wrong_filter_gives_a_message_beside_it_and_not_an_error(two, officer, query):
    response = officer.get(f"/desk/requests/?{query}")
    assert response.status_code == 200
    assert response.context["form"].errors


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 40, "99999"])
def test_a_page_that_there_is_not_is_the_nearest_one(two, officer, page):
    assert len(numbers(officer, f"?page={page}")) == 2


def test_beyond_a_thousand_nothing_is_counted(two, monkeypatch):
    monkeypatch.setattr("gongkai.requests.selectors.listing.CAP", 1)
    page = page_of(Request.objects.order_by("-id"), 1)
    assert (page.total, page.is_capped, page.after) == (1, True, None)


def test_nobody_finds_another_agencys_requests_by_any_filter(world, two, client):
    client.force_login(world.person(Role.OFFICER, world.office))
    agency = world.bureau.pk
    for query in ("", f"?agency={agency}", "?search=HRSS-2026-0001", "?search=赵某某", "?search=征收公告"):
        assert numbers(client, query) == []


def test_a_supervisor_reads_his_area_masked_and_cannot_search_for_persons(world, two, client):
    client.force_login(world.person(Role.SUPERVISOR, world.office))
    assert len(numbers(client)) == 2
    assert numbers(client, "?search=赵某某") == []
    page = client.get("/desk/requests/").content.decode()
    assert world.bureau.short_name in page
    assert "赵某某" not in page
    assert 'name="chosen"' not in page


def test_the_list_asks_as_many_questions_for_one_request_as_for_forty(world, officer, django_assert_max_num_queries):
    world.received(timezone.localdate())
    officer.get("/desk/requests/")
    for _ in range(39):
        world.received(timezone.localdate())
    with django_assert_max_num_queries(18):
        officer.get("/desk/requests/?search=征收&state=open")


class TestAssigning:
    @pytest.fixture
    def colleague(self, world):
        return world.person(Role.OFFICER, username="colleague")

    def give(self, client, to, *chosen):
        return client.post("/desk/requests/assign/", {"chosen": list(chosen), "to": to.pk}, follow=True)

    def test_several_requests_are_given_to_a_colleague_at_once(self, two, officer, colleague):
        response = self.give(officer, colleague, *(f"{each.pk}:{each.version}" for each in two))
        assert "已将2件申请分派给某经办人" in response.content.decode()
        assert {each.handler_id for each in Request.objects.all()} == {colleague.pk}
        assert Event.objects.filter(name="assigned").count() == 2

    def test_what_somebody_else_changed_meanwhile_is_not_overridden_and_named(self, two, officer, colleague):
        Request.objects.filter(pk=two[0].pk).update(version=7)
        response = self.give(officer, colleague, *(f"{each.pk}:0" for each in two))
        assert two[0].number in "".join(str(message) for message in response.context["messages"])
        assert Request.objects.filter(handler=colleague).get() == two[1]

    def test_another_agencys_request_is_not_found(self, world, two, client):
        stranger = world.person(Role.OFFICER, world.office)
        client.force_login(stranger)
        assert self.give(client, stranger, f"{two[0].pk}:0").status_code == 404
        assert not Event.objects.filter(name="assigned").exists()

    def test_nobody_of_another_agency_is_given_a_request(self, world, two, officer):
        stranger = world.person(Role.OFFICER, world.office)
        response = self.give(officer, stranger, f"{two[0].pk}:0")
        assert "请选择本机关现任的经办人" in response.content.decode()
        assert not Request.objects.filter(handler=stranger).exists()

    @pytest.mark.parametrize("chosen", ["", "x:0", "1", "1:x", "9" * 30 + ":0"])
    def test_a_choice_that_is_none_gives_a_message(self, two, officer, colleague, chosen):
        assert "没有选择申请" in self.give(officer, colleague, chosen).content.decode()


def test_the_language_is_kept_with_the_person(officer):
    with translation.override("zh-hans"):
        response = officer.post("/desk/language/", {"language": "en", "next": "https://elsewhere.example/"})
        assert response.headers["Location"] == "/desk/"
        assert 'lang="en"' in officer.get("/desk/").content.decode()
        assert 'lang="en"' in officer.get("/desk/account/").content.decode()
        officer.post("/desk/language/", {"language": "xx"})
        assert 'lang="en"' in officer.get("/desk/").content.decode()
