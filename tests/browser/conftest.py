"""Chromium at work on a running server: ``page`` (a laptop's window), ``phone``, ``axe`` for accessibility, ``visit``.

Nothing is skipped: where there is no Chromium, these tests fail and say so. GONGKAI_CHROMIUM names another one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from gongkai.audit.triggers import append_only
from tests.platform_world import World, make_world

# Playwright's loop runs in this thread, though nothing here is asynchronous: Django's own check would refuse to work.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

CHROMIUM = os.environ.get("GONGKAI_CHROMIUM", "/usr/bin/chromium")
LAPTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
LOGS = ("requests_event", "audit_entry")
"""The tables that the database guards; they must be let go for the moment in which the test's data is cleared."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def guarded(transactional_db) -> Iterator[None]:
    """The logs are guarded during each test, and let go at its end: only so can the test's data be cleared."""
    for table in LOGS:
        if not has_guard(table):
            with connection.schema_editor() as editor:
                run(append_only(table).code, editor)
    yield
    for table in LOGS:
        with connection.schema_editor() as editor:
            run(append_only(table).reverse_code, editor)


def run(code: Any, editor: Any) -> None:
    """Does what a migration does, outside one."""
    code(None, editor)


def has_guard(table: str) -> bool:
    """Whether the database guards the table now."""
    postgresql = connection.vendor == "postgresql"
    catalogue = "pg_trigger WHERE tgname" if postgresql else "sqlite_master WHERE type = 'trigger' AND name"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {catalogue} LIKE %s", [f"{table}_%"])
        return bool(cursor.fetchone()[0])


@pytest.fixture
def world(transactional_db) -> World:
    return make_world()


def opened(browser: Browser, live_server, size: ViewportSize) -> Iterator[Page]:
    """A window of its own, which fails the test where the page's scripts or its security policy complain."""
    context = browser.new_context(viewport=size, base_url=live_server.url, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def page(browser: Browser, live_server) -> Iterator[Page]:
    """A laptop's window on the running site."""
    yield from opened(browser, live_server, LAPTOP)


@pytest.fixture
def phone(browser: Browser, live_server) -> Iterator[Page]:
    """A phone's window on the running site."""
    yield from opened(browser, live_server, PHONE)


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Demands that axe-core finds nothing on the page, and that nothing runs out of it sideways."""

    def demand(page: Page) -> None:
        page.wait_for_load_state()  # a click returns before all of the next page is there
        found = Axe().run(page)
        told = [
            f"{v['id']}: {v['help']}: {[n['html'][:200] for n in v['nodes']]}" for v in found.response["violations"]
        ]
        assert told == [], f"{page.url}: {told}"
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} is {wide} px too wide"

    return demand


@pytest.fixture
def picture(tmp_path: Path) -> Callable[[Page, str], None]:
    """Takes a picture of the whole page into GONGKAI_PICTURES, where that is set: to be looked at by people."""

    def take(page: Page, name: str) -> None:
        folder = os.environ.get("GONGKAI_PICTURES")
        if folder:
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return take
