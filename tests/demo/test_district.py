"""The made-up district is lawful, whole, and counts to the figures of two real reports."""

import json
from collections import Counter
from datetime import date

import pytest
from django.db import transaction

from gongkai.agencies.calendars import calendar_of
from gongkai.agencies.models import Agency, Appointment, Role, Staff
from gongkai.audit.verifying import verify
from gongkai.demo.district.figures import Figures, all_figures
from gongkai.demo.district.making import is_made, make
from gongkai.demo.district.staff import PASSWORD, SHOWN
from gongkai.law.outcomes import outcomes
from gongkai.requests import deriving
from gongkai.requests.models import Applicant, Event, FeeNotice, FindingText, RecordCorrection, Request
from gongkai.requests.numbering import next_number
from gongkai.requests.rebuilding import rebuild

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
SAME_FIGURES = {("TWB", 2020): "huadu_office_2020.txt", ("HRSS", 2023): "panyu_hrss_2023.txt"}


@pytest.fixture(scope="module")
def district(django_db_setup, django_db_blocker):
    """The district, made once for all tests here and undone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make(TODAY)
        transaction.set_rollback(True)


def ledger(code: str, year: int) -> dict[str, int]:
    """Table three as the requests of an agency come to: each cell that is not zero."""
    cells: Counter[str] = Counter()
    for request in Request.objects.filter(agency__code=code, received__isnull=False).select_related("applicant"):
        kind, ended, received = request.applicant.kind, request.answered or request.closed, request.received
        assert received is not None
        if received.year == year:
            cells[f"received:{kind}"] += 1
        if received.year < year and (ended is None or ended.year >= year):
            cells[f"carried_in:{kind}"] += 1
        if ended is not None and ended.year == year:
            cells[f"{request.cell}:{kind}"] += 1
            cells[f"total:{kind}"] += 1
        if received.year <= year and (ended is None or ended.year > year):
            cells[f"carried_out:{kind}"] += 1
    for cell, count in list(cells.items()):
        cells[f"{cell.split(':')[0]}:total"] += count
    return dict(cells)


def as_ledger(figures: Figures) -> dict[str, int]:
    """Our own file of figures as a ledger, without the total row."""
    rows = {"received": figures.received, "carried_in": figures.carried_in, "carried_out": figures.carried_out}
    cells = {
        f"{row}:{kind}": count for row, counts in (rows | dict(figures.ended)).items() for kind, count in counts.items()
    }
    for cell, count in list(cells.items()):
        total = f"{cell.split(':')[0]}:total"
        cells[total] = cells.get(total, 0) + count
    return cells


@pytest.mark.parametrize("key", SAME_FIGURES)
def test_an_agency_s_requests_count_to_the_figures_of_its_file(district, key):
    counted = {cell: count for cell, count in ledger(*key).items() if not cell.startswith("total:")}
    assert counted == as_ledger(all_figures()[key])


@pytest.mark.parametrize("key", SAME_FIGURES)
def test_an_agency_s_requests_count_to_a_real_report_cell_by_cell(district, key, shared_reports):
    expected = json.loads((shared_reports / "expected.json").read_text())[SAME_FIGURES[key]]["requests"]
    assert ledger(*key) == {cell: count for cell, count in expected.items() if count}


def test_every_state_outcome_channel_kind_and_form_occurs(district):
    assert district == Request.objects.count() > 4000
    asked = Request.objects.values_list
    assert {*asked("state", flat=True)} >= {*deriving.ENDED, "not_received", "running", "consulting"}
    assert {*asked("state", flat=True)} >= {"awaiting_reasons", "awaiting_supplement", "awaiting_fee"}
    assert {*asked("stage", flat=True)} == {"", *deriving.STAGES}
    assert {*asked("outcome", flat=True)} == {"", *outcomes()}
    assert {*asked("channel", flat=True)} == {*Request.Channel.values}
    assert {*asked("form", flat=True)} == {*Request.Form.values}
    assert {*asked("applicant__kind", flat=True)} == {*Applicant.Kind.values}
    assert {*RecordCorrection.objects.values_list("state", flat=True)} == {*RecordCorrection.State.values}
    for correction in RecordCorrection.objects.select_related("agency"):
        assert next_number(correction.agency, "correction", correction.received) > int(correction.number[-4:])
    assert FeeNotice.objects.filter(paid__isnull=False).exists()
    assert Event.objects.filter(name="corrected").exists()


def test_the_desk_that_is_shown_has_work_of_every_urgency(district):
    calendar = calendar_of()
    open_ones = Request.objects.filter(agency__code=SHOWN, is_open=True)
    dues = {request.due for request in open_ones.filter(state="running") if request.due is not None}
    assert any(due < TODAY for due in dues)
    assert any(0 <= calendar.count(TODAY, due) <= 3 for due in dues if due >= TODAY)
    assert open_ones.filter(state="not_received").exists()
    assert open_ones.filter(extension_proposed__isnull=False).exists()
    assert {"consulting", "awaiting_supplement"} <= {*open_ones.values_list("state", flat=True)}


def test_every_role_is_held_and_the_three_administrators_are_three_people(district):
    assert {*Appointment.objects.values_list("role", flat=True)} == {*Role.values}
    administrators = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
    assert Appointment.objects.filter(role__in=administrators).values("staff").distinct().count() == 3
    assert Staff.objects.get(username="officer").check_password(PASSWORD)


def test_the_logs_prove_themselves_and_derive_to_what_is_stored(district):
    verdicts = list(verify())
    assert len(verdicts) == Agency.objects.filter(requests__isnull=False).distinct().count()
    assert [verdict.broken for verdict in verdicts if verdict.broken] == []
    assert list(rebuild(TODAY, write=False)) == []
    assert FindingText.objects.count() == district


def test_nothing_lies_in_the_future_and_numbers_have_no_gap(district):
    assert Event.objects.order_by("-day").values_list("day", flat=True)[0] <= TODAY
    for year in range(2022, 2027):
        of_year = Request.objects.filter(agency__code="LAND", number__startswith=f"LAND-{year}-")
        serials = sorted(int(number.rsplit("-", 1)[1]) for number in of_year.values_list("number", flat=True))
        assert serials == list(range(1, len(serials) + 1))


def test_a_district_that_is_there_is_known(district):
    assert is_made()
