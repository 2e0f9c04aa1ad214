"""Where a request stands, in one sentence for its applicant, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongkai.law.clock import Clock
from gongkai.pages.templatetags.standing import SOON
from gongkai.pages.templatetags.written import day as written


@dataclass(frozen=True, slots=True)
class Asked:
    """What is waited for from the applicant: what he is to do, and what follows; what is said once his last day is
    over, and what then."""

    words: str
    then: str
    passed: str
    if_passed: str


def _asked(state: str) -> Asked | None:
    """By the state of the request; None where nothing is asked of him."""
    if state == "awaiting_supplement":
        return Asked(
            _("请补正申请"),
            _("收到补正的申请以后，重新计算答复期限。逾期不补正又没有正当理由的，视为放弃申请。"),
            _("补正期限已于%(day)s届满"),
            _("还没有收到您的补正。没有正当理由的，视为放弃申请；有正当理由的，请尽快向受理机关说明。"),
        )
    if state == "awaiting_fee":
        return Asked(
            _("请缴纳信息处理费"),
            _("缴费以后，重新计算答复期限。逾期不缴费的，视为放弃申请。"),
            _("缴费期限已于%(day)s届满"),
            _("受理机关还没有登记您的缴费。逾期不缴费的，视为放弃申请；已经缴费的，请尽快与受理机关核对。"),
        )
    if state == "awaiting_reasons":
        return Asked(
            _("请说明申请的理由"),
            _("等您说明理由的时间不计入答复期限。"),
            _("说明理由的期限已于%(day)s届满"),
            _("还没有收到您说明的理由，请尽快说明，或者与受理机关联系。"),
        )
    return None


def _days(count: int) -> str:
    return ngettext("%(count)d个工作日", "%(count)d个工作日", count) % {"count": count}


def standing_words(clock: Clock, until: date | None, confirmed_himself: bool) -> tuple[str, str, str]:
    """Colour, sentence and what follows from it, in words for the applicant."""
    if clock.state == "not_received":
        said = _("您已经确认，等受理机关确认") if confirmed_himself else _("等双方确认")
        return "waiting", said, _("双方确认之日是收到申请之日，答复期限从次日起算。")
    asked = _asked(clock.state)
    if asked is not None:
        return _yours(clock, asked, until)
    if clock.state == "consulting":
        more = _("征求意见的时间不计入答复期限。")
        if clock.due:
            more = _("征求意见的时间不计入答复期限。按现在的情况，最迟%(day)s前答复。") % {"day": written(clock.due)}
        return "waiting", _("正在征求有关方面的意见"), more
    if clock.state in ("answered", "answered_late"):
        late = "" if clock.state == "answered" else _("这份答复超过了法定期限。")
        return "closed", _("%(day)s已经答复") % {"day": written(clock.answered)}, late
    if clock.state == "closed":
        return "closed", _("办理已经结束"), ""
    return _running(clock)


def _yours(clock: Clock, asked: Asked, until: date | None) -> tuple[str, str, str]:
    over = clock.passed or (until if until is not None and until < clock.today else None)
    if over is not None:
        return "late", asked.passed % {"day": written(over)}, asked.if_passed
    words = asked.words
    if until is not None:
        words = _("%(words)s，最迟%(day)s") % {"words": words, "day": written(until)}
    return "soon", words, asked.then


def _running(clock: Clock) -> tuple[str, str, str]:
    if clock.due is None or clock.left is None:
        return "in_time", _("正在办理"), ""
    told = {"days": _days(abs(clock.left)), "day": written(clock.due)}
    if clock.today > clock.due:
        more = _("您可以向受理机关询问，或者向政府信息公开工作主管部门投诉；也可以依法申请行政复议。")
        return "late", _("已经超过答复期限%(days)s，应当在%(day)s前答复") % told, more
    if clock.today == clock.due:
        return "late", _("今天是答复的最后一天"), ""
    more = _("到期日是暂定的：下一年的节假日安排公布，或者征求的意见收到以后，可能变动。") if clock.provisional else ""
    return ("soon" if clock.left <= SOON else "in_time"), _("正在办理，%(day)s前答复，还剩%(days)s") % told, more
