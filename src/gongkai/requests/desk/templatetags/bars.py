"""The bar of a period's working days, drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from gongkai.requests.desk.rows import Bar

register = template.Library()


@register.filter
def bar(value: Bar | None) -> SafeString | str:
    """The bar as SVG; nothing where no period has begun. Drawn here, for a list has fifty of them."""
    if value is None:
        return ""
    words = _("工作日：已用%(used)s，不计%(paused)s，剩余%(left)s，逾期%(late)s") % {
        "used": value.used,
        "paused": value.paused,
        "left": value.left,
        "late": value.late,
    }
    rects = format_html_join("", '<rect class="bar-{}" x="{}" y="0" width="{}" height="6"/>', value.parts)
    return format_html(
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>',
        words,
        rects,
    )
