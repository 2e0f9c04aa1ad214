"""What of Wagtail's shell is ours: the menu 办理台, the stylesheets; what it brings for pages stays out of sight."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

HIDDEN = frozenset({"explorer", "images", "documents", "reports", "settings", "help"})
"""Wagtail's own menus, for pages that are not here yet."""
STYLESHEETS = ("pages/signs.css", "desk/desk.css")
ENTRIES = (
    ("work_list", _("工作清单"), "tasks"),
    ("register", _("登记申请"), "plus"),
    ("requests", _("全部申请"), "list-ul"),
    ("calendar", _("日历"), "calendar"),
    ("corrections", _("更正申请"), "edit"),
)
"""The menu, from the top: the name of the address, the words, Wagtail's icon."""


def _entry(name: str, label: Any, icon: str, order: int) -> Callable[[], MenuItem] | None:
    try:
        url = reverse(f"desk:{name}")
    except NoReverseMatch:
        return None
    return lambda: MenuItem(label, url, name=f"desk-{name}", icon_name=icon, order=order)


@hooks.register("construct_main_menu")
def only_what_is_used(request: HttpRequest, items: list[MenuItem]) -> None:
    """Hides Wagtail's menus and puts ours in."""
    items[:] = [item for item in items if item.name not in HIDDEN]
    for order, (name, label, icon) in enumerate(ENTRIES):
        entry = _entry(name, label, icon, order)
        if entry is not None:
            items.append(entry())


@hooks.register("insert_global_admin_css")
def our_look() -> SafeString:
    """Our stylesheets, after Wagtail's."""
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((static(path),) for path in STYLESHEETS))
