"""Measures the running site on the database that the environment names; prints the rows as JSON. Run by ``visiting``.

``gongkai serve`` runs with its own two processes. Citizens, each a thread, go the whole way of the public form with a
session of their own, again and again; officers sign in and go through their lists and requests.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from http.client import HTTPException
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import django

from benchmarks import Row
from benchmarks._proving import broken, lost

CITIZENS, OFFICERS = 16, 4
PORT = 8765
SITE = f"http://localhost:{PORT}"
PATIENCE = 60
"""Seconds after which an answer counts as missing, and in which the server must have begun."""
LATE = 0.95
SMALLEST = 200
"""Calls of the server's smallest answer, one after another."""
WHO = {
    "name": "钱某某",
    "document": "identity_card",
    "document_number": "11010119900307109x",
    "phone": "13800000001",
    "email": "",
    "address": "青禾市棠湾区听松路2号",
    "postcode": "",
    "fax": "",
}
WISH = {"document_number": "", "wanted": "2025年城乡居民养老保险补贴标准的文件", "purpose": ""}


@dataclass
class Book:
    """What was seen: seconds by kind of page, what went wrong, the numbers that citizens were told."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    filed: list[str] = field(default_factory=list)


class Visitor:
    """Somebody at a browser: keeps his cookies, sends forms with their token."""

    def __init__(self, book: Book) -> None:
        self.book, self.cookies = book, CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.cookies))

    def get(self, path: str, kind: str) -> str:
        """The page at that address."""
        return self._answer(Request(SITE + path), kind)

    def post(self, path: str, kind: str, /, **typed: str) -> str:
        """The page to which the form leads."""
        token = next((cookie.value for cookie in self.cookies if cookie.name == "csrftoken"), "") or ""
        body = urlencode(typed | {"csrfmiddlewaretoken": token}).encode()
        return self._answer(Request(SITE + path, body), kind)

    def _answer(self, request: Request, kind: str) -> str:
        began = time.perf_counter()
        try:
            with self.opener.open(request, timeout=PATIENCE) as answer:
                page: str = answer.read().decode()
        except HTTPError as error:
            self.book.errors.append(f"{kind}: {error.code}")
            return ""
        except (OSError, HTTPException) as error:
            self.book.errors.append(f"{kind}: {type(error).__name__}")
            return ""
        self.book.seconds[kind].append(time.perf_counter() - began)
        return page


def main(name: str, seconds: int) -> list[Row]:
    """The rows for that database."""
    from django.utils import timezone

    from gongkai.config.preparing import collect_static
    from gongkai.demo.district.making import make

    collect_static()
    make(timezone.localdate())
    with served():
        smallest = Visitor(Book())
        for _ in range(SMALLEST):
            smallest.get("/favicon.ico", "smallest")
        bare = statistics.median(smallest.book.seconds["smallest"]) * 1000
        books = together(seconds)
    return rows(f"{name}, {CITIZENS} citizens and {OFFICERS} officers at once", seconds, bare, books)


@contextmanager
def served() -> Iterator[None]:
    """The site, running until the end. Raises RuntimeError where it does not begin."""
    given = {**os.environ, "GONGKAI_HOSTS": "localhost", "GONGKAI_FILINGS_PER_HOUR": "1000000"}
    command = [sys.executable, "-m", "gongkai", "serve", "--port", str(PORT)]
    server = subprocess.Popen(command, env=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        until = time.monotonic() + PATIENCE
        while not (book := Visitor(Book())).get("/", "begin"):
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the site did not begin: {book.book.errors} {server.communicate()[0]}")
            time.sleep(0.2)
        yield
    finally:
        server.terminate()
        server.wait()


def together(seconds: int) -> list[Book]:
    """What each visitor's book says, all at work for so long at the same time."""
    until = time.monotonic() + seconds
    ways = [citizen] * CITIZENS + [officer] * OFFICERS
    books = [Book() for _ in ways]
    threads = [
        threading.Thread(target=way, args=(place, until, book))
        for place, (way, book) in enumerate(zip(ways, books, strict=True))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return books


def citizen(place: int, until: float, book: Book) -> None:
    """Asks, each time as somebody else, for something else."""
    turn = 0
    while time.monotonic() < until:
        turn += 1
        visitor = Visitor(book)
        agencies = re.findall(r'name="agency" value="(\d+)"', visitor.get("/apply/agency/", "citizen"))
        if not agencies:
            book.errors.append("no agency to ask")
            return
        wish = WISH | {"title": f"养老保险补贴标准（{place}之{turn}）"}
        visitor.post("/apply/agency/", "citizen", agency=agencies[place % len(agencies)])
        visitor.post("/apply/kind/", "citizen", kind="natural_person", by="self")
        visitor.post("/apply/who/", "citizen", **WHO)
        visitor.post("/apply/wanted/", "citizen", **wish)
        visitor.post("/apply/wanted/", "citizen", go="1")
        visitor.post("/apply/delivery/", "citizen", form="electronic", way="online")
        visitor.post("/apply/papers/", "citizen", go="1")
        told = visitor.post("/apply/check/", "filing", true="on", website="")
        found = re.search(r"[A-Z]+-\d{4}-\d{4,}", told)
        if found:
            book.filed.append(found[0])
        else:
            book.errors.append("filed, and no number told")


def officer(place: int, until: float, book: Book) -> None:
    """Signs in and goes through his work list, the list of all and a request of it."""
    from gongkai.demo.district.staff import PASSWORD

    visitor = Visitor(book)
    visitor.get("/desk/login/", "signing in")
    visitor.post("/desk/login/", "signing in", username="officer" if place % 2 else "officer2", password=PASSWORD)
    turn = place
    while time.monotonic() < until:
        turn += 1
        visitor.get("/desk/", "work list")
        listed = re.findall(r'href="(/desk/requests/\d+/)"', visitor.get("/desk/requests/", "all requests"))
        if not listed:
            book.errors.append("an officer sees no request")
            return
        visitor.get(listed[turn % len(listed)], "request page")


def rows(told: str, seconds: int, bare: float, books: list[Book]) -> list[Row]:
    """What all saw together, and whether the site's records are what they were told."""
    errors = [error for book in books for error in book.errors]
    filed = [number for book in books for number in book.filed]
    found = [
        Row(f"{told}, {seconds} s: requests filed", len(filed) / seconds, "/s", note="eight pages and one filing each"),
        Row(f"{told}: errors", len(errors), at_most=0, note=", ".join(sorted(set(errors))[:3])),
        Row(f"{told}: told to a citizen and not there", lost(filed), at_most=0),
        Row(f"{told}: chains broken, columns not as derived", broken(), at_most=0),
    ]
    for kind in ("citizen", "filing", "work list", "all requests", "request page"):
        times = sorted(1000 * time for book in books for time in book.seconds[kind])
        if times:
            late = times[int(len(times) * LATE)]
            note = f"95th percentile {late:.0f} ms, {len(times)} answers"
            median = statistics.median(times)
            found.append(Row(f"{told}: {kind}, median", median, "ms", "smallest answer, alone", bare, note=note))
    return found


if __name__ == "__main__":
    django.setup()
    print(json.dumps([asdict(row) for row in main(sys.argv[1], int(sys.argv[2]))]))
