"""The one sentence on top of a request: how it stands with its due day, with the sign of its state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongkai.law.clock import Clock
from gongkai.law.outcomes import outcomes
from gongkai.law.words import Said
from gongkai.pages.templatetags.standing import SIGNS, SOON
from gongkai.pages.templatetags.written import day as written
from gongkai.pages.templatetags.written import said
from gongkai.requests.timeline.stretches import Course


@dataclass(frozen=True, slots=True)
class Band:
    """``colour``: in_time, soon, late, waiting or closed, which has its sign; a sentence, and what else there is to
    know."""

    colour: str
    words: str
    more: str = ""

    @property
    def sign(self) -> str:
        """The sign that stands with the colour."""
        return SIGNS[self.colour]


def band(clock: Clock, course: Course, outcome: str = "", sent: date | None = None) -> Band:
    """The sentence for a request as its clock has it. ``outcome``: how it ended, where it has; ``sent``: the day on
    which a reply left that has not arrived yet."""
    if sent is not None:
        return _sent(clock, sent)
    tell = TOLD.get(clock.state, _running)
    return tell(clock, course, outcome)


def _days(count: int) -> str:
    return ngettext("%(count)d 个工作日", "%(count)d 个工作日", count) % {"count": count}


def _running(clock: Clock, course: Course, outcome: str) -> Band:
    if clock.left is None or clock.due is None:
        return Band("in_time", _("办理中"))
    told = {"days": _days(abs(clock.left)), "day": written(clock.due)}
    provisional = _("到期日暂定，理由见下。") if clock.provisional else ""
    if clock.today > clock.due:
        return Band("late", _("已超期 %(days)s，应当在%(day)s前答复") % told, provisional)
    if clock.today == clock.due:
        return Band("late", _("今天是答复的最后一天（%(day)s）") % told, provisional)
    colour = "soon" if clock.left <= SOON else "in_time"
    return Band(colour, _("还剩 %(days)s，%(day)s前答复") % told, provisional)


def _sent(clock: Clock, sent: date) -> Band:
    """By these ways the day of arrival is the day of the reply: until then the period still runs."""
    late = clock.due is not None and clock.today > clock.due
    more = _("送达之日是答复之日，应当不晚于%(day)s。") % {"day": written(clock.due)} if clock.due else ""
    return Band("late" if late else "waiting", _("%(day)s已发出答复，等待申请人收到") % {"day": written(sent)}, more)


def _not_received(clock: Clock, course: Course, outcome: str) -> Band:
    since = clock.steps[0].day if clock.steps else clock.today
    late = since < clock.today
    words = _("%(day)s到达，还没有与申请人确认") % {"day": written(since)}
    return Band("late" if late else "soon", words, _("确认以后才是收到，期限自确认次日起算。"))


def _consulting(clock: Clock, course: Course, outcome: str) -> Band:
    standing = course.standing
    left = standing.limit + standing.extension - clock.used
    words = _("等待意见，期限暂停：已用 %(used)s，还有 %(left)s") % {"used": _days(clock.used), "left": _days(left)}
    if clock.state == "awaiting_reasons":
        words = _("等待申请人说明理由，期限暂停：已用 %(used)s，还有 %(left)s") % {
            "used": _days(clock.used),
            "left": _days(left),
        }
    more = _("最迟%(day)s前答复；意见提前收到的，相应提前。") % {"day": written(clock.due)} if clock.due else ""
    return Band("waiting", words, more)


def _awaiting(clock: Clock, course: Course, outcome: str) -> Band:
    supplement = clock.state == "awaiting_supplement"
    if clock.passed:
        words = _("补正期限已于%(day)s届满，应当处理") if supplement else _("缴费期限已于%(day)s届满，应当处理")
        return Band("late", words % {"day": written(clock.passed)})
    until: date | None = course.standing.wait_until
    words = _("等待申请人补正") if supplement else _("等待申请人缴费")
    if until is not None:
        words = _("%(words)s，至%(day)s") % {"words": words, "day": written(until)}
    more = _("收到补正后，答复期限重新计算 %(days)s。") if supplement else _("缴清费用后，答复期限重新计算 %(days)s。")
    return Band("waiting", words, more % {"days": _days(course.standing.limit)})


def _answered(clock: Clock, course: Course, outcome: str) -> Band:
    told = {"day": written(clock.answered), "used": _days(clock.used)}
    if clock.state == "answered_late":
        late = {**told, "late": _days(abs(clock.left or 0))}
        return Band("closed", _("%(day)s答复，用了 %(used)s，迟了 %(late)s") % late, _label(outcome))
    return Band("closed", _("%(day)s答复，用了 %(used)s，按期") % told, _label(outcome))


def _closed(clock: Clock, course: Course, outcome: str) -> Band:
    return Band("closed", _("%(day)s办理终结") % {"day": written(course.standing.closed)}, _label(outcome))


def _label(outcome: str) -> str:
    found = outcomes().get(outcome)
    return said(Said(found.label, found.label_en)) if found else ""


TOLD = {
    "not_received": _not_received,
    "consulting": _consulting,
    "awaiting_reasons": _consulting,
    "awaiting_supplement": _awaiting,
    "awaiting_fee": _awaiting,
    "answered": _answered,
    "answered_late": _answered,
    "closed": _closed,
}
