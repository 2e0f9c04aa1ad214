"""The list taken away as a file: what the screen shows, masked, harmless to a spreadsheet, logged."""

import csv
import io

import pytest
from openpyxl import load_workbook

from gongkai.agencies.models import Role
from gongkai.audit.models import Entry
from gongkai.requests.desk.exporting import guarded
from tests.requests.test_lists import FAR


@pytest.fixture
def officer(world, client):
    world.received(FAR, title="=HYPERLINK(1)")
    client.force_login(world.person(Role.OFFICER))
    return client


def taken(client, kind, query=""):
    """The rows of the file."""
    response = client.post(f"/desk/requests/export/{query}", {"format": kind})
    assert "attachment" in response.headers["Content-Disposition"]
    content = b"".join(response.streaming_content)
    if kind == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    [sheet] = load_workbook(io.BytesIO(content)).worksheets
    return [list(row) for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_file_holds_what_the_list_shows_with_names_masked(officer, kind):
    heading, row = taken(officer, kind)
    assert heading[:2] == ["申请编号", "受理机关"]
    shown = dict(zip(heading, row, strict=True))
    assert shown["申请编号"] == "HRSS-2026-0001"
    assert shown["申请人"] == "赵＊＊"
    assert str(shown["到期日"]).startswith("2026-03-30")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_nothing_in_the_file_is_a_formula(officer, kind):
    assert "'=HYPERLINK(1)" in taken(officer, kind)[1]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", "\x00=1"])
def test_what_looks_like_a_formula_is_kept_as_text(text):
    assert guarded(text).startswith("'")


def test_plain_text_stays_as_it_is():
    assert guarded("关于A-1地块＝的公告") == "关于A-1地块＝的公告"


def test_the_file_holds_what_was_filtered_and_nobody_elses(world, officer, client):
    assert len(taken(officer, "csv", "?state=ended")) == 1
    client.force_login(world.person(Role.OFFICER, world.office))
    assert len(taken(client, "csv")) == 1


def test_it_is_logged_without_what_was_typed(officer):
    taken(officer, "csv", "?search=11010119900307109X&state=open")
    entry = Entry.objects.get(action="requests.exported")
    assert entry.details == {"format": "csv", "filtered": ["search", "state"]}


@pytest.mark.parametrize("kind", ["", "pdf", "../x"])
def test_another_format_is_refused_in_words(officer, kind):
    response = officer.post("/desk/requests/export/", {"format": kind})
    assert response.status_code == 400
    assert "XLSX" in response.content.decode()


def test_a_link_alone_takes_nothing_away(officer):
    assert officer.get("/desk/requests/export/?format=csv").status_code == 405
    assert not Entry.objects.filter(action="requests.exported").exists()
