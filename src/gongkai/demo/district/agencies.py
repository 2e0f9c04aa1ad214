"""The agencies of the district: their tree, names, guides, remedy bodies, and one reform."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gongkai.agencies.models import Agency, AgencyName, Guide, RemedyBody, Reorganisation
from gongkai.demo.district.data import read

SINCE = date(2008, 5, 1)
"""From when on the agencies are there: the day on which the first Regulation came into force."""
NEW_LAW = date(2024, 1, 1)
"""From this day on the district government reconsiders its departments' decisions (《行政复议法》第二十四条)."""


@dataclass(frozen=True, slots=True)
class House:
    """An agency of the district, and what its requests are about."""

    agency: Agency
    share: int
    topics: str

    def takes(self, day: date) -> bool:
        """Whether requests are made to it on that day."""
        return self.share > 0 and self.agency.exists_on(day)


def reform_day(today: date) -> date:
    """When the reform took effect."""
    reform = read("agencies.toml")["reform"]
    return date.fromisoformat(f"{today.year - reform['years_before']}-{reform['day']}")


def store_agencies(today: date) -> dict[str, House]:
    """Stores the agencies with all that belongs to them; gives them by code."""
    houses: dict[str, House] = {}
    for entry in read("agencies.toml")["agency"]:
        agency = _store(entry, houses, today)
        houses[agency.code] = House(agency, entry["share"], entry.get("topics", "general"))
        _tell(agency)
    _reform(houses, today)
    return houses


def _store(entry: dict[str, Any], houses: dict[str, House], today: date) -> Agency:
    values = {
        "code": entry["code"],
        "name": entry["name"],
        "short_name": entry["short"],
        "mark": entry["mark"],
        "level": entry.get("level", "county"),
        "kind": entry["kind"],
        "supervises": entry.get("supervises", False),
        "since": SINCE,
        "until": reform_day(today) if entry.get("before_reform") else None,
    }
    under = entry.get("under")
    if under is None:
        made: Agency = Agency.add_root(**values)
    else:
        made = Agency.objects.get(pk=houses[under].agency.pk).add_child(**values)
    return made


def _tell(agency: Agency) -> None:
    """Its guide, and who reconsiders its decisions."""
    number = agency.pk
    Guide.objects.create(
        agency=agency,
        lead_office="办公室" if agency.kind == "department" else "政府信息公开办公室",
        head="主任",
        address=f"青禾市棠湾区政务路{number}号",
        postcode="000000",
        hours="工作日9:00—12:00，13:30—17:00",
        phone=f"0500-8800{number:04}",
        fax=f"0500-8801{number:04}",
        email=f"{agency.code.lower()}@tangwan.example.com",
        online="区政府门户网站“依申请公开”栏目",
        classification="机构信息、法规文件、规划计划、财政信息、执法信息、重点领域信息",
        arrangement="每条信息有索引号、名称、内容概述、生成日期",
        ways="主动公开的信息在区政府门户网站公布，也可到区档案馆、图书馆查阅；其他信息可以提出申请",
        since=SINCE,
    )
    courts = read("agencies.toml")["courts"]
    if agency.level == "city" or (agency.kind == "government" and agency.level == "county"):
        above = "省人民政府" if agency.level == "city" else "青禾市人民政府"
        bodies: list[tuple[str, date, date | None]] = [(above, SINCE, None)]
        court = courts["government"]
    else:
        before = "青禾市棠湾区人民政府或者上一级主管部门" if agency.kind == "department" else "青禾市棠湾区人民政府"
        bodies = [(before, SINCE, NEW_LAW - timedelta(days=1)), ("青禾市棠湾区人民政府", NEW_LAW, None)]
        court = courts["department"]
    for body, since, until in bodies:
        RemedyBody.objects.create(
            agency=agency,
            body=body,
            body_address="青禾市棠湾区政务路1号行政复议接待室",
            online="“掌上复议”平台",
            court=court,
            since=since,
            until=until,
        )


def _reform(houses: dict[str, House], today: date) -> None:
    """Two became one, and the one that stayed was renamed."""
    reform, day = read("agencies.toml")["reform"], reform_day(today)
    document = reform["document"].format(year=day.year)
    before = [houses[code].agency for code in reform["before"]]
    after = [houses[code].agency for code in reform["after"]]
    for agency in after:
        names = [(reform["former_name"], reform["former_short"], SINCE), (agency.name, agency.short_name, day)]
        for name, short_name, since in names:
            AgencyName.objects.create(agency=agency, name=name, short_name=short_name, since=since)
    [heir] = after
    merged = Reorganisation.objects.create(kind=Reorganisation.Kind.MERGED, day=day, document=document, heir=heir)
    for agency in before:
        agency.heir = heir
        agency.save(update_fields=["heir"])
    merged.before.set([*before, *after])
    merged.after.set(after)
