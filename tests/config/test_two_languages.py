"""Each page in each language whole: no Chinese word is left in English, no English word stands in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone, translation
from lxml import html

from gongkai.agencies.models import Agency, Role, Staff
from gongkai.requests.actions.registry import ACTIONS
from gongkai.requests.models import Applicant, Request
from gongkai.requests.public.doings import DOINGS
from gongkai.requests.public.steps import ORDER
from tests.platform_world import World, make_world
from tests.requests.doing import Doing
from tools.messages import CHINESE

NAMESPACES = ("administration", "desk", "public", "signing_in", "pages")
ON_PURPOSE = "/person/"
"""Opens by a button only, for the log has it."""
UNSEEN = (
    "//script|//style|//template|//pre|//textarea|//*[starts-with(@lang,'zh')][not(self::html)]"
    "|//*[@lang='en'][not(self::html)]"
)
SHOWN = ("alt", "title", "aria-label", "aria-description", "placeholder")
DOCUMENT_NUMBER = re.compile(r"\w*〔\d+〕\d+号")
"""Of letters and of what the law rests on: the same in every language."""
NOTICE = re.compile(r"《国务院[^》]*通知》(（\w*〔\d+〕\d+号）)?")
"""Titles of notices, which have no English."""
GIVEN = re.compile(r"[a-z_]+-(HRSS|TWB)|/desk/\S*|\w+=\w+")
"""User names of the world's people; addresses and details as the log has them."""
LATIN = re.compile(r"[A-Za-z]{2,}")
NAMES = {
    *("Xx", "xx", "rest", "work", "region"),
    *("PDF", "OFD", "Word", "Excel", "JPG", "PNG", "TIFF", "HEIC", "XLSX", "CSV", "iCal", "DOC", "DOCX", "ZIP"),
    *("MB", "KB", "GPS", "TOTP", "Cookie", "EMS", "SHA", "SM", "ID", "JavaScript", "English", "Ctrl", "Enter", "Esc"),
    *("HRSS", "TWB", "TW", "Chrome", "Firefox", "Safari", "Edge", "Linux"),
}
"""What is written in Latin letters in Chinese too: formats, names, keys, codes of agencies."""
ROLES = (Role.OFFICER, Role.SUPERVISOR, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)


@pytest.fixture
def world(db) -> Iterator[World]:
    with translation.override("zh-hans"):  # the last page's language would name the people
        yield make_world()


@pytest.fixture
def requests(world) -> list[Request]:
    """Requests in several states; what people wrote is in Latin letters, so that every Chinese word is ours."""
    does, today = Doing(world), timezone.localdate()
    latin = {"title": "Xx", "wanted": "Xx xx"}
    fresh = world.received(today, **latin)
    arrived = world.filed(today, Request.Channel.ONLINE, **latin).requests[0]
    drafted = world.received(today, **latin)
    does.drafted(drafted, today, contents={"0": "Xx"})
    answered = world.received(today, **latin)
    does.answered(answered, today, contents={"0": "Xx"})
    return [fresh, arrived, drafted, answered]


def written_in_latin() -> None:
    """What people wrote, in Latin letters."""
    Agency.objects.update(name="Xx", short_name="Xx", mark="Xx")
    Staff.objects.update(name="Xx")
    for applicant in Applicant.objects.all():
        applicant.name, applicant.address = "Xx", "Xx"
        applicant.save()


def routes(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of ours, with its full name."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = pattern.namespace or namespace
            if not inner or inner in NAMESPACES:
                yield from routes(pattern, inner)
        elif namespace in NAMESPACES and pattern.name:
            yield f"{namespace}:{pattern.name}", pattern


def addresses(requests: list[Request]) -> list[str]:
    """The addresses, filled in with each request and each action."""
    found = set()
    steps = [*ACTIONS, *ORDER, *(doing.name for doing in DOINGS)]
    for name, pattern in routes(get_resolver()):
        wanted = set(pattern.pattern.converters)
        for request in requests:
            for step in steps if {"action", "name"} & wanted else [""]:
                known = {"pk": request.pk, "code": request.agency.code, "action": step, "name": step}
                try:
                    found.add(reverse(name, kwargs={key: known[key] for key in wanted if key in known}))
                except NoReverseMatch:
                    continue
    return sorted(
        found, key=lambda address: ("login" in address or "logout" in address, address)
    )  # signing in and out last


def texts_of(page: bytes) -> Iterator[str]:
    """What a person sees or hears of a page; names of languages left out."""
    tree = html.document_fromstring(page.decode())
    unseen: Any = tree.xpath(UNSEEN)
    for hidden in unseen:
        hidden.drop_tree()
    for node in tree.iter():
        yield from (node.get(name) or "" for name in SHOWN)
        if node.tag == "input" and node.get("type") in ("submit", "button"):
            yield node.get("value") or ""
        if isinstance(node.tag, str):
            yield node.text or ""
        yield node.tail or ""


def pages(client: Client, requests: list[Request], language: str) -> Iterator[tuple[str, list[str]]]:
    """Each page that opens, or says why it does not, with its texts."""
    for address in addresses(requests):
        ask = client.post if address.endswith(ON_PURPOSE) else client.get
        answer = ask(address, headers={"Accept-Language": language})
        if answer.content and answer["Content-Type"].startswith("text/html"):
            yield address, [" ".join(text.split()) for text in texts_of(answer.content) if text.strip()]


def left_over(client: Client, requests: list[Request], language: str) -> list[str]:
    """The texts of all pages that are not in the language."""
    found = []
    for address, texts in pages(client, requests, language):
        for text in texts:
            if language == "en" and CHINESE.search(DOCUMENT_NUMBER.sub("", NOTICE.sub("", text))):
                found.append(f"{address}: {text}")
            if language != "en" and set(LATIN.findall(GIVEN.sub("", text))) - NAMES:
                found.append(f"{address}: {text}")
    return found


@pytest.mark.parametrize(
    "role", [Role.OFFICER, Role.SUPERVISOR, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN]
)
def test_the_pages_of_the_desk_are_whole_in_both_languages(world, requests, client, role):
    seen = requests if role == Role.OFFICER else requests[:1]
    world.sign_in(client, role)
    assert left_over(client, seen, "zh-hans") == []
    world.sign_in(client, role)
    written_in_latin()
    assert left_over(client, seen, "en") == []


def test_the_pages_of_a_visitor_are_whole_in_both_languages(requests, client):
    assert left_over(client, requests, "zh-hans") == []
    written_in_latin()
    assert left_over(client, requests, "en") == []


@pytest.mark.parametrize("channel", [Request.Channel.ONLINE, Request.Channel.IN_PERSON])
def test_the_pages_of_an_applicant_are_whole_in_both_languages(world, client, channel):
    filed = world.filed(timezone.localdate(), channel, title="Xx", wanted="Xx xx")
    given = {"number": filed.requests[0].number, "code": filed.code}
    assert client.post(reverse("public:track"), given).status_code == 302
    assert client.get(reverse("public:case")).status_code == 200
    assert left_over(client, list(filed.requests), "zh-hans") == []
    written_in_latin()
    assert left_over(client, list(filed.requests), "en") == []
