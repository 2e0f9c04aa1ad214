"""How a state is shown, the same on lists, pages, calendars and in print: one colour, one sign, a few words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

SOON = 3
"""So many working days before the last one a request is shown as due soon."""
ENDED = frozenset({"answered", "answered_late", "closed"})
WAITING = frozenset({"consulting", "awaiting_reasons", "awaiting_supplement", "awaiting_fee"})
OF_APPLICANT = frozenset({"awaiting_supplement", "awaiting_fee"})
"""States in which the period does not run at all until the applicant acts."""
SIGNS = {"in_time": "●", "soon": "◐", "late": "▲", "waiting": "‖", "closed": "✓"}
"""The sign of each colour, so that no state is told by colour alone."""


@dataclass(frozen=True, slots=True)
class Sign:
    """How a state is shown: ``colour`` is a class of pages/signs.css."""

    colour: str
    words: str

    @property
    def sign(self) -> str:
        """● in time, ◐ soon, ▲ today or overdue, ‖ waiting for somebody else, ✓ closed."""
        return SIGNS[self.colour]


def sign_of(
    state: str,
    due: date | None,
    today: date,
    left: int | None = None,
    waits_until: date | None = None,
    *,
    sent: bool = False,
) -> Sign:
    """How a request is shown on that day.

    ``left``: the working days left, below zero where it is late; None where nobody counted them. ``waits_until``: up
    to when others are waited for; once that is over the request runs again, or waits for the agency to act. ``sent``: a
    reply is under way whose arrival counts; the period runs until then.
    """
    if state in ENDED:
        return Sign("closed", _state_words(state))
    if state == "not_received":
        return Sign("soon", _("未确认收到"))
    if state in WAITING:
        over = waits_until is not None and waits_until < today
        if not over:
            return Sign("waiting", _state_words(state))
        if state in OF_APPLICANT:
            return Sign("late", _("期限已过，待处理"))
    if sent and (due is None or due > today):
        return Sign("waiting", _("待送达"))
    if due is None:
        return Sign("in_time", _state_words("running"))
    return _by_days(due, today, left)


def _by_days(due: date, today: date, left: int | None) -> Sign:
    if due < today:
        if not left:
            return Sign("late", _("已逾期"))
        return Sign("late", ngettext("逾期%(days)s个工作日", "逾期%(days)s个工作日", -left) % {"days": -left})
    if due == today:
        return Sign("late", _("今天到期"))
    if left is None:
        return Sign("in_time", _("办理中"))
    if left <= 0:
        return Sign("late", _("今天到期"))
    words = ngettext("还剩%(days)s个工作日", "还剩%(days)s个工作日", left) % {"days": left}
    return Sign("soon" if left <= SOON else "in_time", words)


def _state_words(state: str) -> str:
    return {
        "not_received": _("未确认收到"),
        "running": _("办理中"),
        "overdue": _("已逾期"),
        "consulting": _("征求意见中"),
        "awaiting_reasons": _("等申请人说明理由"),
        "awaiting_supplement": _("等申请人补正"),
        "awaiting_fee": _("等申请人缴费"),
        "answered": _("已答复"),
        "answered_late": _("逾期答复"),
        "closed": _("已办结"),
    }[state]


@register.filter
def state_words(state: str) -> str:
    """The words of a state."""
    return _state_words(state)


@register.simple_tag
def state_sign(
    state: str, due: date | None, today: date, left: int | None = None, waits_until: date | None = None
) -> SafeString:
    """The state as HTML: the sign, hidden from screen readers, and its words."""
    return shown(sign_of(state, due, today, left, waits_until))


def shown(sign: Sign) -> SafeString:
    """A sign as HTML."""
    return format_html(
        '<span class="state state-{}"><span class="state-sign" aria-hidden="true">{}</span>{}</span>',
        sign.colour,
        sign.sign,
        sign.words,
    )


@register.filter
def as_sign(sign: Sign) -> SafeString:
    """A sign that a view has made already, as HTML."""
    return shown(sign)
