"""Days as the timeline writes them where the year is plain from what stands beside them."""

from __future__ import annotations

from datetime import date, timedelta

from django import template
from django.utils.safestring import SafeString, mark_safe

from gongkai.pages.templatetags.written import language
from gongkai.requests.timeline.stretches import Stretch

register = template.Library()
ONE = timedelta(days=1)
JANUARY = 1


@register.filter
def short_day(value: date) -> str:
    """12月3日, in English 3 Dec."""
    return f"{value.day} {value:%b}" if language() == "en" else f"{value.month}月{value.day}日"


@register.filter
def month(value: date) -> str:
    """12月, and 2027年1月 where a year begins; in English Dec, Jan 2027."""
    if language() == "en":
        return f"{value:%b %Y}" if value.month == JANUARY else f"{value:%b}"
    return f"{value.year}年{value.month}月" if value.month == JANUARY else f"{value.month}月"


@register.filter
def first_day(value: Stretch) -> date:
    """The first day of a stretch."""
    return value.after + ONE


@register.filter
def next_day(value: date) -> date:
    """The day after."""
    return value + ONE


@register.filter
def figure(value: float) -> SafeString:
    """A figure of the drawing: plain, in every language."""
    return mark_safe(f"{value:g}")
