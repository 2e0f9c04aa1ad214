"""Made-up places and agencies: a province, a city, districts, counties and towns that are on no map."""

from __future__ import annotations

from dataclasses import dataclass

PROVINCE = "云岭省"
CITY = "青禾市"
DISTRICT = "棠湾区"


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency: its full name, what it calls itself in running text, its place in the tree.

    ``level`` and ``kind`` are those of the vocabulary; ``volume`` says how busy it is, as the power of ten that its
    largest figures reach.
    """

    name: str
    short: str
    level: str
    kind: str
    volume: float = 2.0

    @property
    def kinds(self) -> tuple[str, ...]:
        """The words by which the forms' rules name agencies of this sort (``department``, ``county``, ``township``)."""
        return (self.kind, self.level) if self.kind == "department" else (self.level,)


DISTRICT_AGENCIES = (
    Agency(f"{CITY}{DISTRICT}人民政府", "区政府", "county", "government", 3.4),
    Agency(f"{CITY}{DISTRICT}人民政府办公室", "区政府办公室", "county", "department", 2.0),
    Agency(f"{CITY}{DISTRICT}人力资源和社会保障局", "区人力资源社会保障局", "county", "department", 1.8),
    Agency(f"{CITY}{DISTRICT}教育局", "区教育局", "county", "department", 1.4),
    Agency(f"{CITY}{DISTRICT}市场监督管理局", "区市场监管局", "county", "department", 2.4),
    Agency(f"{CITY}{DISTRICT}望鹤渡镇人民政府", "镇政府", "township", "government", 1.0),
)
"""The district that the demo shows: its government, four departments and a town."""

AGENCIES = (
    *DISTRICT_AGENCIES,
    Agency(f"{PROVINCE}人民政府", "省政府", "province", "government", 4.6),
    Agency(f"{CITY}人民政府", "市政府", "city", "government", 4.0),
    Agency(f"{CITY}发展和改革委员会", "市发展改革委", "city", "department", 2.0),
    Agency("鹭鸣县人民政府", "县政府", "county", "government", 3.0),
    Agency("鹭鸣县数据局", "县数据局", "county", "department", 1.2),
    Agency("砚秋县卫生健康局", "县卫生健康局", "county", "department", 1.6),
    Agency("砚秋县听松坪乡人民政府", "乡政府", "township", "government", 0.8),
)
"""Agencies of every level, for tests and benchmarks."""
