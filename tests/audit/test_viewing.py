"""The log is read, sought through, exported and proved by the audit administrator, and that too is on the log."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from gongkai.agencies.models import Role
from gongkai.audit.actions import ACTIONS, action_words, subject_words
from gongkai.audit.details import ROLES, details_words
from gongkai.audit.models import Entry
from gongkai.audit.reading import Sought, entries, safe
from gongkai.audit.writing import record
from gongkai.requests.policies import TABLE
from tests.platform_world import at

LOG = "/desk/administration/log/"
DAY = date(2026, 3, 2)


@pytest.fixture
def audit(world, client):
    world.sign_in(client, Role.AUDIT_ADMIN)
    return client


@pytest.fixture
def officer(world):
    return world.person(Role.OFFICER)


def test_the_log_tells_who_did_what_in_words(audit, officer):
    record("admin.appoint", now=at(DAY), staff=officer.pk, subject=f"staff:{officer.pk}", role="reviewer")
    record("something.new", now=at(DAY), subject="thing:7", result="refused")
    page = audit.get(LOG).content.decode()
    assert "任命角色" in page and "某经办人" in page and "角色：审核人" in page
    assert "something.new" in page and "thing:7" in page and "▲ 拒绝" in page


def test_details_are_told_in_words_and_what_is_not_ours_as_it_is_stored():
    told = {"way": "password", "since": "2026-03-02", "until": None, "known": False, "colour": "red"}
    assert details_words(told, "zh") == "方式：用户名和密码；自：2026年3月2日；用户名存在：否；colour=red"
    assert details_words({"role": "reviewer", "status": 404}, "en") == "role: reviewer; status: 404"
    assert (
        details_words({"sought": {"action": "sign_in", "result": "failed"}}, "zh") == "查找条件：事项：登录；结果：失败"
    )


def test_every_role_has_its_words_in_the_log():
    assert [role for role in Role.values if role not in ROLES] == []


def test_each_step_of_a_request_has_its_words():
    assert [name for name in TABLE if f"request.{name}" not in ACTIONS] == []


def test_english_readers_read_english():
    assert action_words("admin.appoint").words("en") == "role given"
    assert subject_words("request:12").words("en") == "request 12"
    assert subject_words("/desk/x/").words("en") == "/desk/x/"


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        (Sought(action="a"), [1, 4]),
        (Sought(subject="request:1"), [2]),
        (Sought(result="refused"), [4]),
        (Sought(since=date(2026, 3, 3)), [3, 4]),
        (Sought(until=date(2026, 3, 2)), [1, 2]),
        (Sought(since=date(2026, 3, 3), until=date(2026, 3, 3)), [3]),
        (Sought(staff=0), []),
        (Sought(), [1, 2, 3, 4]),
    ],
)
def test_entries_are_found_by_action_subject_result_and_day_of_this_country(db, sought, found):
    record("a", now=at(DAY))
    record("b", now=datetime(2026, 3, 2, 15, 59, tzinfo=UTC), subject="request:1")  # 23:59 in Beijing
    record("b", now=datetime(2026, 3, 2, 16, 0, tzinfo=UTC))  # the next day there
    record("a", now=at(date(2026, 3, 4)), result="refused")
    assert sorted(entry.number for entry in entries(sought)) == found


def test_entries_are_found_by_person(audit, officer):
    record("x.by_officer", now=at(DAY), staff=officer.pk)
    page = audit.get(LOG, {"username": officer.username}).content.decode()
    assert "x.by_officer" in page and "审计管理员</td>" not in page
    assert "没有符合条件的记录" in audit.get(LOG, {"username": "nobody"}).content.decode()


@pytest.mark.parametrize(
    "given", [{"since": "yesterday"}, {"older": "1' OR 1=1"}, {"action": "<script>"}, {"older": "9" * 30}]
)
def test_what_makes_no_sense_finds_nothing_and_breaks_nothing(audit, given):
    assert audit.get(LOG, given).status_code == 200


def test_pages_go_back_in_time_with_few_queries(audit, officer, django_assert_max_num_queries):
    for number in range(120):
        record("many", now=at(DAY), staff=officer.pk, subject=f"staff:{officer.pk}", number_of=number)
    with django_assert_max_num_queries(12):
        first = audit.get(LOG, {"username": officer.username})
    numbers = [entry.details["number_of"] for entry, _subject in first.context["entries"]]
    assert numbers == list(range(119, 69, -1))
    second = audit.get(LOG, {"username": officer.username, "older": first.context["older"]})
    assert [entry.details["number_of"] for entry, _subject in second.context["entries"]] == list(range(69, 19, -1))


def test_the_export_is_what_was_sought_and_stands_in_the_log_itself(world, audit, officer):
    record("admin.appoint", now=at(DAY), staff=officer.pk, role="reviewer")
    record("sign_out", now=at(DAY), staff=officer.pk)
    assert audit.get(f"{LOG}export/").status_code == 405
    answer = audit.post(f"{LOG}export/?action=admin.appoint")
    text = b"".join(answer.streaming_content).decode()
    header, row = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert header[:3] == ["序号", "时间", "人员"] and row[3] == "任命角色" and row[1] == "2026-03-02T10:00:00+08:00"
    exported = Entry.objects.get(action="log.exported")
    assert exported.details == {"sought": {"action": "admin.appoint"}}
    assert exported.staff == world.person(Role.AUDIT_ADMIN)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_no_cell_of_an_export_is_a_formula(cell):
    assert safe(cell) == f"'{cell}" and safe("普通") == "普通"


def test_the_proof_names_the_chain_and_the_first_broken_entry(audit, world):
    world.received(DAY)
    record("a", now=at(DAY))
    page = audit.post(f"{LOG}proof/").content.decode()
    assert "全部对得上" in page
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only")
        else:
            cursor.execute("DROP TRIGGER audit_entry_no_update")
        cursor.execute("UPDATE audit_entry SET action = 'b' WHERE number = 2")
    page = audit.post(f"{LOG}proof/").content.decode()
    assert "1条日志链对不上" in page and "第2条" in page and "被改动" in page
    assert [entry.details for entry in Entry.objects.filter(action="log.proved")] == [{"broken": 0}, {"broken": 1}]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.AUDIT_ADMIN])
def test_nobody_else_reads_the_log(world, client, role):
    world.sign_in(client, role)
    assert client.get(LOG).status_code == 404
    assert client.post(f"{LOG}export/").status_code == 404
    assert client.get(f"{LOG}proof/").status_code == 404


def test_agencies_and_people_are_told_by_name(world, audit, officer):
    told = {"role": "reviewer", "agency": world.bureau.pk}
    record("admin.appoint", now=at(DAY), staff=officer.pk, subject=f"staff:{officer.pk}", **told)
    before, after, about = [world.bureau.pk], [world.office.pk], f"agency:{world.government.pk}"
    record("admin.merge", now=at(DAY), staff=officer.pk, subject=about, before=before, after=after)
    page = audit.get(LOG).content.decode()
    assert f"机关：{world.bureau.name}" in page
    assert f"变更前的机关：{world.bureau.name}" in page
    assert f"变更后的机关：{world.office.name}" in page
    assert f">{world.government.name}</a>" in page
    assert "平台的审计日志" in audit.post(f"{LOG}proof/").content.decode()


def test_a_request_is_told_by_its_number(world, audit, officer):
    request = world.received(DAY)
    record("person.viewed", now=at(DAY), staff=officer.pk, subject=f"request:{request.pk}")
    record("person.viewed", now=at(DAY), staff=officer.pk, subject="request:0")
    page = audit.get(LOG).content.decode()
    assert f">申请 {request.number}</a>" in page and ">申请 0</a>" in page
