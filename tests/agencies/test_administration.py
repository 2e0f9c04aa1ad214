"""The pages of administration: each administrator finds what is his, everybody else finds nothing, and it is logged."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongkai.agencies.actions.load_notice import read
from gongkai.agencies.administration.noticing import stretches, written
from gongkai.agencies.calendars import calendar_of, forget
from gongkai.agencies.models import Agency, Appointment, Guide, Role, Staff
from gongkai.audit.models import Entry

HERE = "/desk/administration/"
GUIDE = {
    "since": "2026-01-01", "lead_office": "某局办公室", "head": "", "address": "听松路1号", "postcode": "",
    "hours": "工作日9:00—17:00", "phone": "000-0000000", "fax": "", "email": "", "online": "", "classification": "",
    "arrangement": "", "ways": "",
}  # fmt: skip


@pytest.fixture
def system(world, client):
    world.sign_in(client, Role.SYSTEM_ADMIN, world.government)
    return client


@pytest.fixture
def security(world, client):
    world.sign_in(client, Role.SECURITY_ADMIN, world.government)
    return client


def test_every_page_opens_for_whom_it_is(world, client):
    officer = world.person(Role.OFFICER)
    bureau, person = f"agencies/{world.bureau.pk}/", f"people/{officer.pk}/"
    reforms = [f"{bureau}reform/{way}/" for way in ("rename", "merge", "split", "move", "dissolve")]
    both = ["agencies/", bureau, "people/", person]
    own = [f"{bureau}{act}/" for act in ("add", "edit", "guide", "remedy")] + reforms
    ending = f"{person}roles/{officer.appointments.get().pk}/end/"
    pages = {
        Role.SYSTEM_ADMIN: [*both, *own, f"{person}edit/", "people/open/", "notices/", "notices/load/"],
        Role.SECURITY_ADMIN: [*both, f"{person}appoint/", ending],
        Role.AUDIT_ADMIN: ["log/", "log/proof/"],
    }
    every = {page for mine in pages.values() for page in mine}
    for role, mine in pages.items():
        world.sign_in(client, role, world.government)
        found = {page for page in every if client.get(HERE + page).status_code == 200}
        assert found == set(mine)
    world.sign_in(client, Role.OFFICER)
    assert not {page for page in every if client.get(HERE + page).status_code != 404}
    assert Entry.objects.filter(action="access.refused", staff=officer).count() == len(every)


def test_an_agency_of_another_area_is_not_there(world, client):
    world.sign_in(client, Role.SYSTEM_ADMIN, world.bureau)
    assert client.get(f"{HERE}agencies/{world.bureau.pk}/").status_code == 200
    assert client.get(f"{HERE}agencies/{world.office.pk}/").status_code == 404
    assert world.office.name not in client.get(f"{HERE}agencies/").content.decode()
    assert Entry.objects.get(action="access.refused").subject == f"{HERE}agencies/{world.office.pk}/"


def test_an_agency_is_set_up_renamed_and_its_guide_revised(world, system):
    told = {
        "title": "青禾市棠湾区民政局", "short_name": "区民政局", "code": "CA", "since": "2020-01-01", "mark": "棠民",
        "level": "county", "kind": "department", "region": "",
    }  # fmt: skip
    answer = system.post(f"{HERE}agencies/{world.government.pk}/add/", told)
    made = Agency.objects.get(code="CA")
    assert answer["Location"] == f"{HERE}agencies/{made.pk}/"
    assert system.post(f"{HERE}agencies/{made.pk}/guide/", GUIDE).status_code == 302
    page = system.get(f"{HERE}agencies/{made.pk}/").content.decode()
    assert "传真号码" in page and "编排体系" in page and Guide.objects.get(agency=made).phone == "000-0000000"
    renamed = {"title": "新名", "short_name": "新", "day": "2024-01-01", "document": "某文件"}
    assert system.post(f"{HERE}agencies/{made.pk}/reform/rename/", renamed).status_code == 302
    assert Agency.objects.get(pk=made.pk).name == "新名"


def test_what_is_refused_is_said_at_its_field_and_what_was_typed_stays(world, system):
    told = {"title": "重复", "short_name": "重", "code": "hrss", "since": "2020-01-01", "mark": "x", "level": "county",
            "kind": "department"}  # fmt: skip
    page = system.post(f"{HERE}agencies/{world.government.pk}/add/", told)
    assert page.status_code == 200 and page.context["form"].errors["code"]
    assert 'value="重复"' in page.content.decode()


def test_an_account_is_opened_and_its_password_shown_once(world, system):
    told = {"person": "周某", "username": "zhou.m", "agency": world.bureau.pk, "email": "", "phone": "13800000000"}
    page = system.post(f"{HERE}people/open/", told).content.decode()
    staff = Staff.objects.get(username="zhou.m")
    assert "只在这里显示这一次" in page and staff.phone == "13800000000"
    assert "初始密码" not in system.get(f"{HERE}people/{staff.pk}/").content.decode()


def test_a_role_is_given_and_ended_on_a_page(world, security):
    staff = world.person(Role.OFFICER)
    today = timezone.localdate()
    told = {"role": "reviewer", "agency": world.bureau.pk, "since": today.isoformat(), "until": ""}
    assert security.post(f"{HERE}people/{staff.pk}/appoint/", told).status_code == 302
    held = Appointment.objects.get(staff=staff, role="reviewer")
    told = {"until": (today + timedelta(1)).isoformat()}
    assert security.post(f"{HERE}people/{staff.pk}/roles/{held.pk}/end/", told).status_code == 302
    held.refresh_from_db()
    assert held.until == today + timedelta(1)
    page = security.post(f"{HERE}people/{staff.pk}/appoint/", {**told, "role": "audit_admin", "agency": world.bureau.pk,
                                                              "since": today.isoformat()})  # fmt: skip
    assert "管理员不能同时办理业务" in page.content.decode()


def test_a_locked_account_is_unlocked_by_the_security_administrator(world, security):
    staff = world.person(Role.OFFICER)
    for _try in range(5):
        other = type(security)()
        other.post("/desk/login/", {"username": staff.username, "password": "wrong"})
    assert "暂时锁定" in security.get(f"{HERE}people/{staff.pk}/").content.decode()
    assert security.post(f"{HERE}people/{staff.pk}/press/unlock/").status_code == 302
    told = {"username": staff.username, "password": "Correct-horse-9"}
    assert type(security)().post("/desk/login/", told).status_code == 302


@pytest.mark.parametrize("what", ["close", "unlock", "reset-second-factor", "end-sessions"])
def test_a_change_is_never_made_by_opening_an_address(world, security, what):
    staff = world.person(Role.OFFICER)
    assert security.get(f"{HERE}people/{staff.pk}/press/{what}/").status_code == 405
    assert security.get(f"{HERE}people/{staff.pk}/password/").status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "users/",
        "groups/",
        "bulk/agencies/staff/delete/",
        "password_reset/",
        "reports/site-history/",
        "images/chooser/",
        "documents/multiple/add/",
        "pages/1/",
        "choose-page/",
        "choose-external-link/",
        "tag-autocomplete/",
    ],
)
def test_what_is_wagtails_own_is_out_of_reach(world, system, path):
    assert system.get(f"/desk/{path}").status_code == 404


def test_a_word_with_script_in_it_is_shown_as_written(world, system):
    told = {"title": "<script>alert(1)</script>", "short_name": "x", "day": "2024-01-01", "document": "<b>"}
    system.post(f"{HERE}agencies/{world.bureau.pk}/reform/rename/", told)
    page = system.get(f"{HERE}agencies/{world.bureau.pk}/").content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page


def test_lists_take_as_many_queries_for_many_as_for_few(world, system, django_assert_max_num_queries):
    for number in range(30):
        staff = Staff.objects.create(username=f"p{number}", name="某", agency=world.bureau)
        Appointment.objects.create(staff=staff, role="officer", agency=world.bureau, since="2020-01-01")
    system.get(f"{HERE}people/")
    with django_assert_max_num_queries(14):
        system.get(f"{HERE}people/")
    with django_assert_max_num_queries(14):
        system.get(f"{HERE}agencies/")


def test_a_notice_is_tried_out_before_it_is_loaded(world, system):
    load = f"{HERE}notices/load/"
    typed = {"title": "某节放假", "region": "某区", "rest": "某节 2026年3月12日（周四）至13日", "work": "2026-3-14"}
    for name, wrong in (("rest", "某节放假一天"), ("rest", "某节 2026年3月12日至2月1日"), ("work", "2026年3月16日")):
        page = system.post(load, {**typed, name: wrong, "load": "1"})
        assert page.context["form"].errors[name]
    tried = system.post(load, typed).content.decode()
    assert all(day in tried for day in ("2026年3月12日", "2026年3月13日", "2026年3月14日"))
    assert (
        "改为放假" in tried and "改为上班" in tried and "某节放假" not in system.get(f"{HERE}notices/").content.decode()
    )
    assert "开始有效" in system.post(load, {**typed, "load": "1"}).content.decode()
    assert "某节放假" in system.get(f"{HERE}notices/").content.decode()
    assert not calendar_of("某区").is_working(date(2026, 3, 13))
    forget()


@pytest.mark.parametrize(
    ("line", "first", "last"),
    [
        ("元旦：2027年1月1日（周五）至3日（周日）放假，共3天。", date(2027, 1, 1), date(2027, 1, 3)),
        ("春节 2027-2-5 - 2027-2-11", date(2027, 2, 5), date(2027, 2, 11)),
        ("国庆节、中秋节：2027年9月30日至10月7日", date(2027, 9, 30), date(2027, 10, 7)),
        ("2027/4/5", date(2027, 4, 5), date(2027, 4, 5)),
        ("元旦 2026年12月31日至2027年1月2日", date(2026, 12, 31), date(2027, 1, 2)),
    ],
)
def test_days_off_are_read_as_notices_write_them(line, first, last):
    [found] = stretches(line)
    assert (found.first, found.last) == (first, last)
    text = written({"title": '某"通知"', "document": "", "region": "", "year": 2027, "rest": [found], "work": []})
    assert read(text, "某通知").rest[0] == first


@pytest.mark.parametrize("query", ["q=%00", "q=%EF%B7%BA", "agency=%00", "agency=" + "9" * 3000, "from=-1"])
def test_no_made_up_filter_breaks_the_list_of_people(world, system, query):
    assert system.get(f"{HERE}people/?{query}").status_code == 200
