"""How results, letters, ways of delivery and hints on papers are written on a request's page."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils import timezone

from gongkai.law.errors import LawError
from gongkai.law.letters import letters
from gongkai.law.outcomes import outcomes
from gongkai.law.procedure import deliveries
from gongkai.law.words import Said
from gongkai.pages.templatetags.written import day, said
from gongkai.requests.actions.deciding import said_of_parts
from gongkai.requests.models import Decision, Paper
from gongkai.requests.papers import words_of

register = template.Library()


@register.filter
def outcome(name: str) -> str:
    """The words of an outcome."""
    found = outcomes().get(name)
    return said(Said(found.label, found.label_en)) if found else name


@register.filter
def basis(decision: Decision) -> str:
    """The article on which a draft rests, by the law of its day; empty where the law of that day had none."""
    found = outcomes().get(decision.outcome)
    try:
        rule = found.on(decision.signed or decision.drafted) if found else None
    except LawError:
        return ""
    return said(Said(rule.basis.words, rule.basis.words_en)) if rule else ""


@register.filter
def letter(name: str) -> str:
    """The words of a letter's name; a reply's letter is named by its outcome."""
    found = letters().get(name)
    return said(Said(found.label, found.label_en)) if found else outcome(name)


@register.filter
def way(name: str) -> str:
    """The words of a way of delivery."""
    found = deliveries().get(name)
    return said(Said(found.label, found.label_en)) if found else name


@register.filter
def contents(decision: Decision) -> list[tuple[str, str]]:
    """What the letter says beside what every letter says: the label and the words of each. What only repeats the parts,
    which are shown themselves, is left out."""
    found = outcomes().get(decision.outcome)
    if found is None:
        return []
    labels = {str(n): said(label) for n, label in enumerate(found.letter.contents)}
    repeated = said_of_parts(decision.parts.all())
    told = [(str(key), words) for key, words in decision.contents.items() if words]
    return [(labels.get(key, key), words) for key, words in told if words != repeated.get(key)]


@register.filter
def hints(paper: Paper) -> list[str]:
    """What hides in a paper, in words."""
    return words_of(paper)


@register.filter
def moment(value: datetime) -> str:
    """The day and the minute on the wall of the office."""
    local = timezone.localtime(value)
    return f"{day(local.date())} {local:%H:%M}"
