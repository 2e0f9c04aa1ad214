"""Entries of the log in words, in the language of the page."""

from __future__ import annotations

from typing import Any

from django import template

from gongkai.audit import actions
from gongkai.audit.details import Named, details_words
from gongkai.pages.templatetags.written import language

register = template.Library()


@register.filter
def action_words(action: str) -> str:
    """What was done."""
    return actions.action_words(action).words(language())


@register.filter
def result_words(result: str) -> str:
    """How it ended."""
    return actions.result_words(result).words(language())


@register.filter
def details(told: dict[str, Any], named: Named | None = None) -> str:
    """What else the entry says, in words where name and value are ours; numbers by the names in ``named``."""
    return details_words(told, language(), named)
