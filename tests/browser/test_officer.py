"""The officer's long way in a browser: a letter comes in, is searched for, decided by the guide, approved by two other
people, sent and archived; every page sound, on the laptop by its forms and on the phone by a look."""

import pytest
from playwright.sync_api import Page

from gongkai.agencies.models import Role
from gongkai.audit.verifying import verify
from gongkai.requests.models import Request
from tests.browser.test_desk_lists import enter

pytestmark = pytest.mark.slow

TO_GRANTED = (
    "都写明了，内容明确",
    *["不是"] * 3,
    *["没有"] * 2,
    "是政府信息",
    "不是",
    "由本机关负责",
    "检索到了",
    "没有",
    "不是",
    "没有禁止",
    *["不会"] * 2,
    "不是，或者可以公开",
    *["不是，或者应当公开"] * 2,
    "按要求的形式",
    "能，拟予以公开的答复",
)
"""The answers that lead from the first question to giving what was asked for."""


class Walk:
    """Somebody at the desk, who looks at each page that he comes to."""

    def __init__(self, window: Page, axe, picture, name: str) -> None:
        self.window, self.axe, self.picture, self.name, self.pages = window, axe, picture, name, 0

    def look(self) -> None:
        self.axe(self.window)
        self.pages += 1
        self.picture(self.window, f"officer-{self.name}-{self.pages:02}")

    def go(self, address: str) -> None:
        answer = self.window.goto(address)
        assert answer is not None
        assert answer.status == 200
        self.look()

    def fill(self, **typed: str) -> None:
        for name, value in typed.items():
            field = self.window.locator(f"[name='{name.replace('__', '-').replace('_of_', '.')}']").first
            if field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(value)
            elif field.get_attribute("type") in ("radio", "checkbox"):
                self.window.locator(f"[name='{name}'][value='{value}']").check()
            else:
                field.fill(value)

    def send(self, words: str) -> None:
        self.window.get_by_role("button", name=words, exact=True).click()
        self.window.wait_for_load_state()
        self.look()


@pytest.fixture
def people(world, browser, live_server, axe, picture):
    """Opens a desk of his own for each person."""
    opened = []

    def desk(role: Role) -> Walk:
        context = browser.new_context(base_url=live_server.url, locale="zh-CN", viewport={"width": 1280, "height": 800})
        opened.append(context)
        window = context.new_page()
        window.set_default_timeout(10_000)
        enter(window, world, role)
        return Walk(window, axe, picture, role.value)

    yield desk
    for context in opened:
        context.close()


def test_a_letter_goes_from_the_post_to_the_archive(world, people, phone, axe, picture):
    officer = people(Role.OFFICER)
    officer.go("/desk/requests/register/")
    officer.fill(channel="registered_mail", kind="natural_person", name="钱某某", document="identity_card")
    officer.fill(document_number="11010119900307109X", phone="13800000000", address="青禾市棠湾区听松路2号")
    officer.fill(
        wishes__0__title="某学校招标文件", wishes__0__wanted="某学校新建教学楼的招标公告", way="mail", form="paper"
    )
    officer.send("登记")
    request = Request.objects.get()
    assert request.number in officer.window.content()

    here = f"/desk/requests/{request.pk}/"
    officer.go(here)
    officer.go(f"{here}search/")
    officer.fill(places="基建档案", keywords="招标、教学楼", result="找到招标公告")
    officer.window.locator("[name='found']").first.check()
    officer.send("记录检索")

    officer.go(f"{here}draft/")
    for answer in TO_GRANTED:
        officer.window.get_by_role("link", name=answer).first.click()
        officer.window.wait_for_load_state()
    officer.look()
    officer.window.locator("[name='contents.0']").fill("附件：招标公告")
    officer.send("拟答复稿")

    reviewer, signatory = people(Role.REVIEWER), people(Role.SIGNATORY)
    reviewer.go(f"{here}review/")
    assert "附件：招标公告" in reviewer.window.content()
    reviewer.send("审核通过")
    signatory.go(f"{here}sign/")
    signatory.send("签发")

    officer.go(f"{here}dispatch/")
    officer.fill(way="mail", mail_number="XA12345678900")
    officer.send("发出答复")
    officer.go(f"{here}deliver/")
    officer.send("记录送达")
    officer.go(f"{here}archive/")
    officer.send("归档")

    request.refresh_from_db()
    assert (request.state, request.outcome, request.cell) == ("answered", "granted.provided", "granted")
    assert [found.broken for found in verify()] == [None] * len(list(verify()))
    enter(phone, world)
    phone.goto(here)
    axe(phone)
    picture(phone, "officer-phone")
