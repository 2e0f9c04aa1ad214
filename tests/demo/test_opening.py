"""``gongkai demo`` as somebody starts it: it opens, ends on Ctrl+C, and is found again as it was left."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import pytest
from lxml import html

PATIENCE = 300
"""Seconds after which it is given up: a busy machine is slow, and no test judges speed."""


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


@contextmanager
def opened(folder: Path) -> Iterator[tuple[str, OpenerDirector]]:
    """The site of the district in that folder, and a browser; it has ended by itself and without complaint after it."""
    port = free_port()
    command = [sys.executable, "-m", "gongkai", "demo", "--data", str(folder), "--port", str(port), "--no-open"]
    given = {**os.environ, "DJANGO_SETTINGS_MODULE": "gongkai.config.settings", "LC_ALL": "C.UTF-8"}
    said = folder.with_suffix(".said")
    with said.open("w") as out, subprocess.Popen(command, env=given, stdout=out, stderr=out) as server:
        site, browser = f"http://localhost:{port}", build_opener(HTTPCookieProcessor(CookieJar()))
        try:
            until = time.monotonic() + PATIENCE
            while not answers(browser, site):
                assert server.poll() is None and time.monotonic() < until, said.read_text()
                time.sleep(0.2)
            yield site, browser
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(PATIENCE)
    assert server.returncode == 0
    assert "officer" in said.read_text()


def answers(browser: OpenerDirector, site: str) -> bool:
    try:
        return bool(browser.open(site).status == 200)
    except URLError:
        return False


def typed(browser: OpenerDirector, address: str, **fields: str) -> str:
    """The page to which the form leads that stands at that address and asks for these fields."""
    page: Any = html.document_fromstring(browser.open(address).read())
    form = next(form for form in page.forms if set(fields) <= set(form.fields))
    body = urlencode(dict(form.form_values()) | fields).encode()
    led_to: str = browser.open(Request(address, body)).read().decode()
    return led_to


@pytest.mark.slow
def test_a_district_is_made_opened_and_kept(tmp_path):
    folder = tmp_path / "district"
    with opened(folder) as (site, browser):
        desk = typed(browser, f"{site}/desk/login/", username="officer", password="Tangwan-2026")
        assert "工作清单" in desk
        request = re.search(r'href="(/desk/requests/\d+/)', desk)
        assert request
        noted = typed(browser, f"{site}{request[1]}note/", words="电话中说明了查找范围")
        assert "电话中说明了查找范围" in noted
    with opened(folder) as (site, browser):
        typed(browser, f"{site}/desk/login/", username="officer", password="Tangwan-2026")
        assert "电话中说明了查找范围" in browser.open(f"{site}{request[1]}").read().decode()
