"""The system administrator in a browser: an agency set up and a notice of holidays loaded, by the forms as they are."""

import pytest

from gongkai.agencies.calendars import calendar_of, forget
from gongkai.agencies.models import Agency, HolidayNotice, Role
from tests.browser.test_desk_lists import enter

pytestmark = pytest.mark.slow
HERE = "/desk/administration/"


@pytest.fixture(autouse=True)
def fresh_calendars():
    """No notice of a test outlives it."""
    yield
    forget()


@pytest.fixture
def desk(world, page):
    """Signed in as the government's system administrator; gives the window."""
    enter(page, world, Role.SYSTEM_ADMIN, world.government, first=f"**{HERE}**")
    return page


def test_an_agency_is_set_up_under_the_government(world, desk, axe, picture):
    desk.goto(f"{HERE}agencies/{world.government.pk}/")
    desk.get_by_role("link", name="在其下新设机关").click()
    axe(desk)
    desk.get_by_label("名称", exact=True).fill("青禾市棠湾区数据局")
    desk.get_by_label("简称").fill("区数据局")
    desk.get_by_label("编号代码").fill("DATA")
    desk.get_by_label("设立日期").fill("2026-01-01")
    desk.get_by_label("机关代字").fill("棠数据")
    desk.get_by_label("性质").select_option("department")
    desk.get_by_role("button", name="登记", exact=True).click()
    desk.get_by_role("heading", name="青禾市棠湾区数据局").wait_for()
    axe(desk)
    picture(desk, "administrator-agency")
    made = Agency.objects.get(code="DATA")
    assert (made.get_parent(), made.name_on(made.since)) == (world.government, "青禾市棠湾区数据局")


def test_a_notice_is_previewed_and_loaded(world, desk, axe, picture):
    desk.goto(f"{HERE}notices/load/")
    axe(desk)
    desk.get_by_label("通知的名称").fill("关于2027年部分节假日安排的通知")
    desk.get_by_label("年度").fill("2027")
    desk.get_by_label("放假的日子").fill("元旦：2027年1月1日（周五）至3日（周日）放假\n春节 2027年2月5日至2月11日")
    desk.get_by_label("调休上班的周末").fill("2027年2月14日")
    desk.get_by_role("button", name="预览").click()
    desk.get_by_text("2027年2月14日 ‖ 改为上班").wait_for()
    axe(desk)
    picture(desk, "administrator-notice")
    assert not HolidayNotice.objects.exists()
    desk.get_by_role("button", name="载入", exact=True).click()
    desk.get_by_text("开始有效").wait_for()
    axe(desk)
    assert HolidayNotice.objects.get().name == "关于2027年部分节假日安排的通知"
    forget()
    assert calendar_of("").last_settled_year == 2027
