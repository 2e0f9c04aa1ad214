"""The desk's lists in a browser: by keyboard, on a phone, without a script or style that the policy forbids."""

import pytest
from django.utils import timezone

from gongkai.agencies.models import Role

pytestmark = pytest.mark.slow

PAGES = (
    "/desk/",
    "/desk/?group=later",
    "/desk/requests/",
    "/desk/requests/?state=overdue&due_from=x",
    "/desk/calendar/",
)


def enter(window, world, role=Role.OFFICER, agency=None, first="**/desk/"):
    """Signs in as that person, whose ``first`` page is the desk's or another."""
    staff = world.person(role, agency)
    window.goto("/desk/login/")
    window.get_by_label("用户名").fill(staff.username)
    window.get_by_label("密码").fill("Correct-horse-9")
    window.get_by_role("button", name="登录", exact=True).click()
    window.wait_for_url(first)


def test_the_lists_are_sound_on_a_laptop_and_on_a_phone(world, page, phone, axe, picture):
    for _ in range(3):
        world.received(timezone.localdate())
    for name, window in (("laptop", page), ("phone", phone)):
        enter(window, world)
        for place, address in enumerate(PAGES):
            assert window.goto(address).status == 200
            axe(window)
            picture(window, f"lists-{name}-{place}")


def test_arrow_keys_move_from_row_to_row_and_enter_opens_the_request(world, page):
    first, second = (world.received(timezone.localdate()) for _ in range(2))
    enter(page, world)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == second.number
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.textContent") == first.number
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/desk/requests/{first.pk}/")


def test_several_requests_are_assigned_with_a_few_clicks(world, page):
    world.person(Role.OFFICER, username="colleague")
    for _ in range(2):
        world.received(timezone.localdate())
    enter(page, world)
    page.goto("/desk/requests/")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_label("把勾选的申请分派给").select_option(index=1)
    page.get_by_role("button", name="分派", exact=True).click()
    page.get_by_text("已将2件申请分派给").wait_for()


def test_a_supervisor_sees_his_area_and_has_nothing_to_tick(world, page, axe):
    world.received(timezone.localdate())
    enter(page, world, Role.SUPERVISOR, world.office)
    page.goto("/desk/requests/")
    page.get_by_role("listitem").get_by_text(world.bureau.short_name).wait_for()
    assert page.get_by_role("checkbox").count() == 0
    axe(page)
    page.get_by_role("link", name="各机关", exact=True).click()
    page.get_by_role("table").wait_for()
    axe(page)
    page.set_viewport_size({"width": 390, "height": 844})
    axe(page)
    page.get_by_role("link", name=f"{world.bureau.short_name} 在办 1").click()
    page.get_by_role("listitem").get_by_text(world.bureau.short_name).wait_for()
    axe(page)
