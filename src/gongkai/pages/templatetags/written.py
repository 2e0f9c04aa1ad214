"""How days, states and law sentences are written on pages."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from gongkai.law.words import Said

register = template.Library()


def language() -> str:
    """The language of the page as our data names it: zh or en."""
    return "en" if (get_language() or "").startswith("en") else "zh"


@register.filter(expects_localtime=True)
def day(value: date | None) -> str:
    """2026年12月3日, in English 3 December 2026; empty where there is none."""
    if value is None:
        return ""
    if language() == "en":
        return f"{value.day} {value:%B} {value.year}"
    return f"{value.year}年{value.month}月{value.day}日"


@register.filter
def month(value: date) -> str:
    """2026年12月, in English December 2026."""
    return f"{value:%B} {value.year}" if language() == "en" else f"{value.year}年{value.month}月"


@register.filter
def localday(value: datetime | None) -> str:
    """The day of a moment, where the office is."""
    return day(timezone.localdate(value)) if value is not None else ""


@register.filter
def said(value: Said | None) -> str:
    """A sentence of the law room in the language of the page."""
    return value.words(language()) if value is not None else ""
