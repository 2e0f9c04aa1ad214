"""What of Wagtail's shell is ours: the menu 办理台, the stylesheets; what it brings for pages stays out of sight."""

from __future__ import annotations

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.agencies.models import Role
from gongkai.requests.desk.acting import actor_from
from gongkai.requests.selectors.seeing import HANDLING

HIDDEN = frozenset({"explorer", "images", "documents", "reports", "settings", "help"})
"""Wagtail's own menus, for pages that are not here yet."""
STYLESHEETS = ("pages/signs.css", "desk/desk.css")
SEEING = (*HANDLING, Role.SUPERVISOR)
"""Who sees requests at all."""
ENTRIES = (
    ("work_list", _("工作清单"), "tasks", SEEING),
    ("by_agency", _("各机关"), "group", (Role.SUPERVISOR,)),
    ("register", _("登记申请"), "plus", (Role.OFFICER,)),
    ("requests", _("全部申请"), "list-ul", SEEING),
    ("corrections", _("更正申请"), "edit", HANDLING),
    ("calendar", _("日历"), "calendar", SEEING),
)
"""The menu, from the top: the name of the address, the words, Wagtail's icon, and the roles that see it."""


@hooks.register("construct_main_menu")
def only_what_is_used(request: HttpRequest, items: list[MenuItem]) -> None:
    """Hides Wagtail's menus and puts ours in, each for whom it is."""
    items[:] = [item for item in items if item.name not in HIDDEN]
    actor = actor_from(request)
    for order, (name, label, icon, roles) in enumerate(ENTRIES):
        if actor.agencies(*roles):
            items.append(MenuItem(label, reverse(f"desk:{name}"), name=f"desk-{name}", icon_name=icon, order=order))


@hooks.register("insert_global_admin_css")
def our_look() -> SafeString:
    """Our stylesheets, after Wagtail's."""
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((static(path),) for path in STYLESHEETS))
