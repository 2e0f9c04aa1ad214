"""Agencies' names."""

from __future__ import annotations

import pytest

from gongkai.annual.checking import agency


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("棠湾区人社局", "棠湾区人力资源和社会保障局"),
        (" 棠湾区 人力资源社会保障局", "棠湾区人力资源和社会保障局"),
        ("望鹤综合实验区管委会", "望鹤综合实验区管理委员会"),
        ("棠湾区政府办", "棠湾区人民政府办公室"),
        ("鹭鸣县政府", "鹭鸣县人民政府"),
        ("青禾市发改委", "青禾市发展和改革委员会"),
        ("青禾市发展和改革委员会", "青禾市发展和改革委员会"),
    ],
)
def test_one_spelling(name: str, full: str) -> None:
    assert agency.full_name(name) == full
    assert agency.full_name(full) == full


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("青禾市棠湾区教育局", "department"),
        ("云岭省财政厅", "department"),
        ("青禾市发改委", "department"),
        ("鹭鸣县市场监督管理局", "department"),
        ("云岭省乡村振兴局", "department"),
        ("鹭鸣县人民政府", "county"),
        ("青禾市棠湾区人民政府办公室", "county"),
        ("砚秋县听松坪乡人民政府", "township"),
        ("棠湾区桥西街道办事处", "township"),
        ("青禾市人民政府", "area"),
        ("云岭省人民政府办公厅", "area"),
        ("云岭自治区人民政府", "area"),
        ("望鹤综合实验区管委会", "area"),
        ("国家税务总局青禾市税务局", "central"),
        ("国务院办公厅", "central"),
        ("听松小学", None),
        ("", None),
        (None, None),
    ],
)
def test_kind(name: str | None, kind: str | None) -> None:
    assert agency.kind(name) == kind


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("云岭省青禾市棠湾区数据局", ("云岭省", "青禾市", "棠湾区")),
        ("鹭鸣县市场监督管理局", ("鹭鸣县",)),
        ("云岭自治区乡村振兴局", ("云岭自治区",)),
        ("青镇市财政局", ("青镇市",)),
        ("禾州市市政管理局", ("禾州市",)),
        ("青禾市民政局", ("青禾市",)),
        ("砚秋县望鹤渡镇人民政府", ("砚秋县", "望鹤渡镇")),
        ("教育局", ()),
    ],
)
def test_places(name: str, places: tuple[str, ...]) -> None:
    assert agency.places(name) == places


def test_a_name_without_its_city_is_that_of_the_only_one_that_it_can_be() -> None:
    names = agency.same_agency(["棠湾区人社局", "青禾市棠湾区人力资源和社会保障局", "云岭省青禾市棠湾区人社局"])
    assert len(set(names.values())) == 1


def test_a_name_that_two_agencies_may_have_stays_by_itself() -> None:
    names = agency.same_agency(["棠湾区教育局", "青禾市棠湾区教育局", "南溪市棠湾区教育局"])
    assert len(set(names.values())) == 3


def test_a_name_without_any_place_is_nobody_elses() -> None:
    names = agency.same_agency(["教育局", "青禾市棠湾区教育局"])
    assert len(set(names.values())) == 2


@pytest.mark.parametrize(
    ("mine", "theirs", "elsewhere"),
    [
        ("青禾市棠湾区教育局", "青禾市砚池区教育局", True),
        ("青禾市棠湾区教育局", "砚池区教育局", True),
        ("青禾市棠湾区教育局", "南溪市棠湾区教育局", True),
        ("鹭鸣县人民政府", "砚秋县人民政府办公室", True),
        ("青禾市棠湾区教育局", "棠湾区人民政府办公室", False),
        ("青禾市棠湾区教育局", "青禾市教育局", False),
        ("青禾市人民政府", "青禾市棠湾区人民政府", False),
        ("青禾市财政局", "南溪市财政局", False),
        ("青禾市南溪市望鹤渡镇人民政府", "南溪市望鹤渡镇人民政府", False),
        ("青禾经济技术开发区管委会", "青禾经开区管委会", False),
        ("棠湾区教育局", "棠湾县教育局", False),
        ("砚秋县听松坪乡人民政府", "砚秋县望鹤渡乡人民政府", True),
        ("青禾市棠湾区教育局", "政务公开领导小组办公室", False),
    ],
)
def test_elsewhere_is_said_only_where_two_places_of_one_rank_differ(mine: str, theirs: str, elsewhere: bool) -> None:
    assert agency.elsewhere(mine, theirs) is elsewhere
