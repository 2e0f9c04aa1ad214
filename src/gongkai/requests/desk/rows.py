"""A request as one line of a list: where it stands, the bar of its working days, whose it is, the next step."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.calendars import calendar_of
from gongkai.agencies.models import Role
from gongkai.agencies.refusals import Words
from gongkai.law.errors import LawError
from gongkai.pages.templatetags.standing import Sign, sign_of
from gongkai.requests.deriving import counted
from gongkai.requests.models import Request

WIDTH = 100
"""The bar's width, in units of its own drawing."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The working days of a period: counted within it, not counted, left, counted beyond it."""

    used: int
    paused: int
    left: int
    late: int

    @property
    def parts(self) -> list[tuple[str, float, float]]:
        """Each part: its class, where it begins, how wide it is."""
        days = {"used": self.used, "paused": self.paused, "left": self.left, "late": self.late}
        whole = sum(days.values()) or 1
        parts, at = [], 0.0
        for name, count in days.items():
            width = round(WIDTH * count / whole, 2)
            if width:
                parts.append((name, at, width))
            at = round(at + width, 2)
        return parts


@dataclass(frozen=True, slots=True)
class Step:
    """The step that is next: the words of its button and the address. ``acts``: it is something to do, not to read."""

    words: Words
    address: str
    acts: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line. ``bar`` is None where no period has begun."""

    request: Request
    sign: Sign
    bar: Bar | None
    stands: Words
    step: Step

    @property
    def address(self) -> str:
        return address_of(self.request)


STAGES: dict[str, Words] = {
    "drafted": _("待审核"),
    "reviewed": _("待签发"),
    "returned": _("已退回修改"),
    "signed": _("已签发，待发出"),
    "dispatched": _("已发出，待送达"),
}
STATES: dict[str, Words] = {
    "not_received": _("待与申请人确认"),
    "running": _("办理中"),
    "overdue": _("办理中"),
    "consulting": _("征求意见"),
    "awaiting_reasons": _("等申请人说明理由"),
    "awaiting_supplement": _("等申请人补正"),
    "awaiting_fee": _("等申请人缴费"),
    "answered": _("已答复"),
    "answered_late": _("逾期答复"),
    "closed": _("已办结"),
}


def rows_of(requests: Iterable[Request], actor: Actor, today: date) -> list[Row]:
    """The lines of these requests, whose events, agency, applicant and handler have been fetched with them."""
    return [row_of(request, actor, today) for request in requests]


def row_of(request: Request, actor: Actor, today: date) -> Row:
    """One line. Where the log cannot be read by the law of a day the columns alone are shown."""
    left, bar = None, None
    try:
        period = counted(request, list(request.events.all()), today, calendar_of(request.agency.region))
    except LawError:
        period = None
    if period is not None:
        clock, paused = period
        left = clock.left
        if clock.received is not None and (request.due is not None or clock.used):
            late = max(-(left or 0), 0)
            bar = Bar(clock.used - late, paused, max(left or 0, 0), late)
    return Row(request, sign_on(request, today, left), bar, stands(request), step_of(request, actor, today))


def sign_on(request: Request, today: date, left: int | None = None) -> Sign:
    """Its sign on that day; ``left``: the working days left, where they were counted."""
    sent = request.stage == "dispatched"
    return sign_of(request.state, request.due, today, left, request.waits_until, sent=sent)


def stands(request: Request) -> Words:
    """Where it stands: the stage of its draft, else a proposal to extend, else its state."""
    if request.stage in STAGES:
        return STAGES[request.stage]
    if request.extension_proposed is not None:
        return _("待批准延期")
    return STATES[request.state]


def _over(request: Request, today: date) -> bool:
    return request.waits_until is not None and request.waits_until < today


def _awaits(state: str) -> Test:
    """Somebody is awaited, and still has time."""
    return lambda request, today: request.state == state and not _over(request, today)


def _gave_up(state: str) -> Test:
    """The applicant's last day is over."""
    return lambda request, today: request.state == state and _over(request, today)


def _may_be_extended(request: Request, today: date) -> bool:
    """An extension is proposed, and the applicant can still be told of it in time (《条例》第三十三条第二款)."""
    return request.extension_proposed is not None and (request.due is None or today <= request.due)


Test = Callable[[Request, date], bool]
NEXT: tuple[tuple[str, Words, str, Test], ...] = (
    ("confirm", _("确认收到"), Role.OFFICER, lambda r, day: r.state == "not_received"),
    ("end_without_supplement", _("处理逾期未补正"), Role.OFFICER, _gave_up("awaiting_supplement")),
    ("end_without_fee", _("处理逾期未缴费"), Role.OFFICER, _gave_up("awaiting_fee")),
    ("receive_supplement", _("登记补正"), Role.OFFICER, _awaits("awaiting_supplement")),
    ("record_payment", _("登记缴费"), Role.OFFICER, _awaits("awaiting_fee")),
    ("extend", _("审批延期"), Role.LEAD_HEAD, _may_be_extended),
    ("review", _("审核"), Role.REVIEWER, lambda r, day: r.stage == "drafted"),
    ("sign", _("签发"), Role.SIGNATORY, lambda r, day: r.stage == "reviewed"),
    ("dispatch", _("发出答复"), Role.OFFICER, lambda r, day: r.stage == "signed"),
    ("deliver", _("记录送达"), Role.OFFICER, lambda r, day: r.stage == "dispatched"),
    ("record_opinion", _("登记意见"), Role.OFFICER, _awaits("consulting")),
    ("receive_reasons", _("登记理由"), Role.OFFICER, _awaits("awaiting_reasons")),
    ("draft", _("拟写答复"), Role.OFFICER, lambda r, day: r.is_open and r.stage in ("", "returned")),
)
"""The likely next step, by the columns alone: the first that is open and this person's. The request's page, to which
each leads, asks the policies and the law."""


def step_of(request: Request, actor: Actor, today: date) -> Step:
    """The next step for this person; to read, where there is none for him."""
    for name, words, role, is_next in NEXT:
        if actor.has(role, request.agency_id) and is_next(request, today):
            return Step(words, address_of(request, name), True)
    return Step(_("查看"), address_of(request), False)


def address_of(request: Request, action: str = "") -> str:
    """The address of the request's page, or of the form of one of its steps."""
    return reverse("desk:step", args=[request.pk, action]) if action else reverse("desk:request", args=[request.pk])
