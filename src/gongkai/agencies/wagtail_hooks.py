"""The menu of administration in Wagtail's shell: to each administrator what is his."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.agencies.actors import Actor
from gongkai.agencies.models import Role
from gongkai.agencies.policies import TABLE
from gongkai.agencies.signing_in.acting import acting

ENTRIES = (
    ("agencies", "see_agencies", _("行政机关"), "site"),
    ("people", "see_staff", _("人员和角色"), "group"),
    ("notices", "see_notices", _("放假安排"), "calendar-alt"),
    ("log", "read_log", _("审计日志"), "history"),
    ("proof", "prove_log", _("核验日志"), "check"),
)
"""The menu: the name of the address, who sees it by the table of policies, the words, Wagtail's icon."""
FIRST_PLACE = 500


def own_page(actor: Actor) -> str | None:
    """The first page that this person has here as an administrator: rights for who gives them, else the menu's first;
    None for who is none."""
    opened = [name for name, action, _words, _icon in ENTRIES if TABLE[action](actor, None)]
    gives_rights = actor.agencies(Role.SECURITY_ADMIN)
    first = "people" if gives_rights else opened[0] if opened else ""
    return reverse(f"administration:{first}") if first else None


class Entry(MenuItem):
    """An entry that only those see who may open it."""

    def __init__(self, action: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.action = action

    def is_shown(self, request: HttpRequest) -> bool:
        return TABLE[self.action](acting(request), None)


def _register(place: int, name: str, action: str, label: Any, icon: str) -> None:
    @hooks.register("register_admin_menu_item")
    def entry() -> MenuItem:
        url = reverse(f"administration:{name}")
        return Entry(action, label, url, name=f"administration-{name}", icon_name=icon, order=FIRST_PLACE + place)


for _place, _entry in enumerate(ENTRIES):
    _register(_place, *_entry)


@hooks.register("insert_global_admin_css")
def look() -> SafeString:
    """The stylesheet of these pages."""
    return format_html('<link rel="stylesheet" href="{}">', static("administration/administration.css"))
