"""A few demands to correct an agency's record of a person (《条例》第四十一条)."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random

from gongkai.agencies.calendars import calendar_of
from gongkai.demo.district.agencies import House
from gongkai.demo.district.applicants import made_up
from gongkai.demo.district.staff import Desk
from gongkai.demo.district.storing import code_of, store_serials
from gongkai.requests.models import Applicant, RecordCorrection
from gongkai.requests.numbering import code_digest, correction_number_as

AGENCIES = ("HRSS", "CIV", "LAND")
WRONG = (
    ("本人参加工作时间登记", "登记为1990年3月，实际为1989年3月", "原单位的录用登记表"),
    ("本人姓名登记", "姓名中的一个字写成了同音字", "身份证、户口簿"),
    ("不动产登记簿中的面积", "登记面积与测绘成果不一致", "测绘报告"),
)
STATES = (
    RecordCorrection.State.CORRECTED,
    RecordCorrection.State.REFUSED,
    RecordCorrection.State.FORWARDED,
    RecordCorrection.State.REFERRED,
    RecordCorrection.State.CORRECTED,
    RecordCorrection.State.OPEN,
)
ANSWERS = {
    RecordCorrection.State.OPEN: "",
    RecordCorrection.State.CORRECTED: "经核实，已更正并告知。",
    RecordCorrection.State.REFUSED: "经核实，记录与原始档案一致，不予更正。",
    RecordCorrection.State.FORWARDED: "本机关无权更正，已转送有权更正的机关。",
    RecordCorrection.State.REFERRED: "请向有权更正的机关提出。",
}
NUMBER = 18
DAYS_APART = 50
ENDS_AFTER = 12


def store_corrections(houses: dict[str, House], desks: dict[str, Desk], today: date, dice: Random) -> None:
    """Stores them: most ended, the newest open."""
    calendar = calendar_of()
    made = []
    applicants = [made_up(Applicant.Kind.NATURAL_PERSON, dice) for _ in range(NUMBER)]
    Applicant.objects.bulk_create(applicants)
    serials: Counter[tuple[int, str, int]] = Counter()
    for place, applicant in enumerate(applicants):
        code = AGENCIES[place % len(AGENCIES)]
        agency = houses[code].agency
        received = calendar.next_working(today - timedelta(days=DAYS_APART * (NUMBER - place) + 3)).day
        newest = place >= NUMBER - len(AGENCIES)
        state = RecordCorrection.State.OPEN if newest else STATES[place % (len(STATES) - 1)]
        serials[agency.pk, "correction", received.year] += 1
        number = correction_number_as(agency, received.year, serials[agency.pk, "correction", received.year])
        record, wrong, evidence = WRONG[place % len(WRONG)]
        made.append(
            RecordCorrection(
                agency=agency,
                number=number,
                applicant=applicant,
                record=record,
                wrong=wrong,
                evidence=evidence,
                tracking=code_digest(number, code_of(number)),
                received=received,
                state=state,
                forwarded_to=houses["PSB"].agency if state == RecordCorrection.State.FORWARDED else None,
                answer=ANSWERS[state],
                ended=None if state == RecordCorrection.State.OPEN else calendar.add(received, ENDS_AFTER).day,
                handler=desks[code].officers[0].staff,
            )
        )
    RecordCorrection.objects.bulk_create(made)
    RecordCorrection.objects.bulk_create([_passed_on(one, serials, desks) for one in made if one.forwarded_to])
    store_serials(serials)


def _passed_on(
    one: RecordCorrection, serials: Counter[tuple[int, str, int]], desks: dict[str, Desk]
) -> RecordCorrection:
    """The same at the agency in charge, which has corrected it."""
    assert one.forwarded_to is not None
    assert one.ended is not None
    agency, year = one.forwarded_to, one.ended.year
    serials[agency.pk, "correction", year] += 1
    return RecordCorrection(
        agency=agency,
        number=correction_number_as(agency, year, serials[agency.pk, "correction", year]),
        applicant=one.applicant,
        record=one.record,
        wrong=one.wrong,
        evidence=one.evidence,
        received=one.ended,
        origin=one,
        state=RecordCorrection.State.CORRECTED,
        answer=ANSWERS[RecordCorrection.State.CORRECTED],
        ended=one.ended,
        handler=desks[agency.code].officers[0].staff,
    )
