"""A citizen at the public pages, for tests: types what is asked and goes on."""

from __future__ import annotations

from typing import Any

from django.test import Client

from gongkai.requests.models import Request
from tests.platform_world import World

PERSON = {
    "name": "钱某某",
    "document": "identity_card",
    "document_number": "11010119900307109x",
    "phone": "13800000001",
    "email": "",
    "address": "青禾市棠湾区听松路2号",
    "postcode": "",
    "fax": "",
}
COMPANY = {
    **PERSON,
    "name": "青禾市某某有限公司",
    "document": "credit_code",
    "document_number": "91350100M000100Y43",
    "representative": "孙某",
    "contact": "李某",
}
WISH = {
    "title": "养老保险补贴标准",
    "document_number": "",
    "wanted": "2025年城乡居民养老保险补贴标准的文件",
    "purpose": "",
}
DELIVERY = {"form": "electronic", "way": "online"}


class Citizen:
    """Somebody without an account."""

    def __init__(self, client: Client, world: World) -> None:
        self.client, self.world = client, world

    def answer(self, step: str, **typed: Any) -> Any:
        """Answers one question."""
        return self.client.post(f"/apply/{step}/", typed)

    def answer_all(self, who: dict[str, str] = PERSON, wish: dict[str, str] = WISH, **kind: str) -> None:
        """Answers every question up to the check."""
        self.answer("agency", agency=self.world.bureau.pk)
        self.answer("kind", **{"kind": "natural_person", "by": "self", **kind})
        self.answer("who", **who)
        self.answer("wanted", **wish)
        self.answer("wanted", go="1")
        self.answer("delivery", **DELIVERY)
        self.answer("papers", go="1")

    def send(self, **typed: str) -> Any:
        """Sends it."""
        return self.client.post("/apply/check/", {"true": "on", "website": "", **typed})

    def filed(self) -> tuple[Request, str]:
        """Files a request; gives it with its code."""
        self.answer_all()
        self.send()
        page = self.client.get("/apply/sent/")
        return page.context["requests"][0], page.context["code"]

    def track(self, number: str, code: str) -> Any:
        """Gives number and code."""
        return self.client.post("/track/", {"number": number, "code": code})
