"""The desk in tests: signed in, and forms filled in as a browser would: with what the page had in them."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.test import Client

from gongkai.agencies.models import Staff


def signed_in(client: Client, staff: Staff) -> Client:
    """The client with that person signed in."""
    client.force_login(staff, backend="gongkai.agencies.backends.RoleBackend")
    return client


class Fields(HTMLParser):
    """The fields of the page's forms that post, with what is in them."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._text: str | None = None
        self._select: str | None = None
        self._posts = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {key: value or "" for key, value in attrs}
        name = told.get("name", "")
        if tag == "form":
            self._posts = told.get("method") == "post" and "data-once" in told
        if not self._posts:
            return
        if tag == "input" and name and told.get("type") not in ("file", "submit"):
            ticked = told.get("type") in ("checkbox", "radio")
            if not ticked or "checked" in told:
                self.values[name] = told.get("value", "on" if ticked else "")
        elif tag == "textarea":
            self._text = name
            self.values[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in told or self._select not in self.values):
            self.values[self._select] = told.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self.values[self._text] += data


def filled(page: Any) -> dict[str, str]:
    """What a browser would send of the page's form as it stands."""
    fields = Fields()
    fields.feed(page.content.decode())
    fields.values.pop("csrfmiddlewaretoken", None)
    return fields.values


def press(client: Client, address: str, typed: dict[str, Any]) -> Any:
    """Opens the form, fills it in, sends it."""
    page = client.get(address)
    return client.post(address, {**filled(page), **typed})
