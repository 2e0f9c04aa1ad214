"""The long way of a citizen, in a browser: from the public form to the reply, at a desk and on a phone."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from gongkai.agencies.models import Guide, Role
from gongkai.requests.actions.ask_supplement import Point
from gongkai.requests.actions.registry import ACTIONS
from gongkai.requests.models import Paper, Request
from gongkai.requests.papers import keep
from tests.requests import files

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def papers(settings, tmp_path):
    settings.GONGKAI_PAPERS = tmp_path


@pytest.fixture
def staff(world):
    """Does an action as the one whose verb it is, now."""

    def does(name: str, request: Request, role: str = Role.OFFICER, **values: Any) -> None:
        today = timezone.localdate()
        actor = world.actor(role, day=today)
        ACTIONS[name](request=request, actor=actor, day=today, **values).run(timezone.now())

    return does


def test_from_the_form_to_the_rating(page, phone, axe, picture, world, staff, live_server):
    Guide.objects.create(
        agency=world.bureau,
        since=world.bureau.since,
        lead_office="办公室",
        address="青禾市棠湾区听松路9号",
        hours="工作日9时至12时、13时至17时",
        phone="0571-00000000",
    )

    def seen(name: str) -> None:
        """Looked at by axe, on a laptop and at the size of a phone."""
        axe(page)
        picture(page, name)
        page.set_viewport_size({"width": 390, "height": 844})
        axe(page)
        picture(page, f"{name}-phone")
        page.set_viewport_size({"width": 1280, "height": 800})

    def go(button: str = "保存并继续") -> None:
        page.get_by_role("button", name=button, exact=True).click()

    page.goto("/")
    seen("home")
    page.get_by_role("link", name="青禾市棠湾区人力资源和社会保障局").click()
    seen("guide")
    page.get_by_role("link", name="向这个机关申请").click()
    seen("agency")
    go()
    page.get_by_label("个人（自然人）").check()
    page.get_by_label("申请人自己提交").check()
    seen("kind")
    go()
    page.get_by_label("居民身份证").check()
    page.get_by_label("证件号码").fill("110101199003071091")
    go()
    seen("who-wrong")
    assert page.get_by_role("alert").is_visible()
    page.get_by_role("alert").get_by_role("link").first.click()
    page.keyboard.type("郑某某")
    page.get_by_label("证件号码").fill("11010119900307109X")
    page.get_by_label("联系电话").fill("13800000003")
    go()
    page.get_by_label("信息名称").fill("养老保险补贴标准")
    page.get_by_label("内容描述").fill("城乡居民养老保险的补贴标准")
    seen("wanted")
    go("保存")
    seen("wanted-list")
    go("继续")
    page.get_by_label("电子文件").check()
    page.get_by_label("网上获取").check()
    seen("delivery")
    go()
    page.get_by_label("身份证明").set_input_files(
        {"name": "身份证.jpg", "mimeType": "image/jpeg", "buffer": files.photo()}
    )
    go("上传，再选文件")
    seen("papers")
    go()
    page.get_by_label("以上内容是真实的").check()
    seen("check")
    go("提交申请")
    seen("filed")
    code = page.locator(".code").inner_text()
    request = Request.objects.get()

    page.get_by_role("link", name="查询进度并确认").click()
    page.get_by_label("查询码").fill(code)
    seen("track")
    go("查询")
    seen("case-new")
    page.get_by_role("link", name="确认这是我的申请").click()
    seen("confirm")
    go("确认")
    assert page.get_by_role("status").is_visible()

    staff("confirm", request)
    until = timezone.localdate() + timedelta(days=20)
    points = (Point("请写明是哪一年的标准", "标准每年调整"),)
    staff("ask_supplement", request, points=points, guidance="写明年份即可", until=until)
    page.reload()
    page.get_by_role("link", name="补正申请").click()
    page.get_by_label("补正的内容").fill("2025年的标准")
    seen("supplement")
    go("提交补正")

    staff("draft", request, outcome="granted.provided", contents={"0": "附件：补贴标准"})
    staff("review", request, Role.REVIEWER)
    staff("sign", request, Role.SIGNATORY)
    staff("dispatch", request, way="electronic")
    officer = world.actor(Role.OFFICER, day=timezone.localdate())
    given = {"request": request, "kind": Paper.Kind.PROVIDED, "actor": officer, "now": timezone.now()}
    keep(files.pdf(), "补贴标准.pdf", "application/pdf", for_applicant=True, **given)
    page.reload()
    seen("case-answered")
    with page.expect_download() as download:
        page.get_by_role("link", name="补贴标准.pdf").click()
    assert download.value.suggested_filename == "补贴标准.pdf"
    page.get_by_role("link", name="确认收到答复").click()
    page.get_by_label("我已经收到").check()
    seen("receipt")
    go("确认收到")
    page.get_by_role("link", name="评价这次办理").click()
    page.get_by_label("很满意").first.check()
    seen("rating")
    go("提交评价")
    assert "谢谢您的评价" in page.get_by_role("status").inner_text()
    request.refresh_from_db()
    assert request.rating.stars == 5
    assert request.deliveries.get().opened_at is not None
    go("结束查询")
    assert page.url == f"{live_server.url}/track/"


def test_the_other_pages_on_a_laptop_on_a_phone_and_in_large_print(page, phone, axe, picture, world):
    for window, size in ((page, "laptop"), (phone, "phone")):
        for address in ("/", "/apply/", "/track/", "/correct/", "/nowhere"):
            window.goto(address)
            axe(window)
            picture(window, f"other-{address.strip('/') or 'home'}-{size}")
        window.get_by_role("button", name="长辈版").click()
        for address in ("/", "/apply/", "/correct/"):
            window.goto(address)
            axe(window)
            picture(window, f"large-{address.strip('/') or 'home'}-{size}")


def test_the_form_works_by_keyboard_alone(page, world):
    page.goto("/apply/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/apply/kind/*")
