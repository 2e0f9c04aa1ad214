"""The groups of the work list: each a condition on indexed columns of open requests, seen from a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.models import Role
from gongkai.agencies.refusals import Words
from gongkai.law.errors import NotCovered
from gongkai.law.workdays import Calendar
from gongkai.pages.templatetags.standing import OF_APPLICANT, SOON, WAITING
from gongkai.requests.models import Decision

CONFIRM_WITHIN = timedelta(days=1)
"""What arrived so long ago and was not confirmed is an alarm (《条例》第三十一条第（三）项)."""
SUNDAY = 6
OF_OTHERS = WAITING - OF_APPLICANT
"""Those are asked while the period stands still; it runs again once their last day is over."""

LABELS: Mapping[str, Words] = {
    "mine": _("等我审批、修改"),
    "unconfirmed": _("未确认"),
    "overdue": _("已逾期"),
    "lapsed": _("期满待处理"),
    "today": _("今天"),
    "soon": _("三天内"),
    "week": _("本周"),
    "later": _("以后"),
    "waiting": _("等待他人"),
}
"""The groups in the order of the page. All but ``mine`` part the open requests among them; ``mine`` repeats those that
wait for this person's review, signature or approval, or for his changes. ``lapsed``: the applicant's last day for a
correction or a fee is over, and the agency must act."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days between which the groups lie, by one calendar."""

    today: date
    soon: date
    sunday: date


def days_from(today: date, calendar: Calendar) -> Days:
    """The last days of 三天内 and 本周; plain days where no calendar covers them."""
    try:
        soon = calendar.add(today, SOON).day
    except NotCovered:
        soon = today + timedelta(SOON)
    return Days(today, soon, today + timedelta(SUNDAY - today.weekday()))


def conditions(days: Days, actor: Actor) -> dict[str, Q]:
    """The condition of each group on a request that is open."""
    today = days.today
    awaited = Q(waits_until__isnull=True) | Q(waits_until__gte=today)
    waiting = Q(state__in=WAITING) & awaited
    lapsed = Q(state__in=OF_APPLICANT, waits_until__lt=today)
    counted = Q(state__in=("running", "overdue")) | Q(state__in=OF_OTHERS, waits_until__lt=today)
    return {
        "mine": for_me(actor, today),
        "unconfirmed": Q(state="not_received"),
        "overdue": counted & Q(due__lt=today),
        "lapsed": lapsed,
        "today": counted & Q(due=today),
        "soon": counted & Q(due__gt=today, due__lte=days.soon),
        "week": counted & Q(due__gt=days.soon, due__lte=days.sunday),
        "later": counted & (Q(due__gt=max(days.soon, days.sunday)) | Q(due__isnull=True)),
        "waiting": waiting,
    }


def for_me(actor: Actor, today: date) -> Q:
    """What waits for this person: drafts to review and to sign that are not his own, extensions to approve while
    that can still be; and his own drafts, or drafts of what he handles, that were returned to be changed."""
    own = Exists(Decision.objects.filter(request=OuterRef("pk"), drafted_by=actor.staff_id, stage=OuterRef("stage")))
    review = Q(stage="drafted", agency_id__in=actor.agencies(Role.REVIEWER)) & ~own
    sign = Q(stage="reviewed", agency_id__in=actor.agencies(Role.SIGNATORY)) & ~own
    in_time = Q(due__isnull=True) | Q(due__gte=today)
    extend = Q(extension_proposed__isnull=False, agency_id__in=actor.agencies(Role.LEAD_HEAD)) & in_time
    mine = Q(own) | Q(handler_id=actor.staff_id)
    returned = Q(stage="returned", agency_id__in=actor.agencies(Role.OFFICER)) & mine
    return review | sign | extend | returned
