"""The questions of a request in their order: one thing at a time, each with the reason why it is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.refusals import Words
from gongkai.requests.public.drafts import Draft
from gongkai.requests.public.fields import PlainForm
from gongkai.requests.public.forms import AgencyForm, DeliveryForm, KindForm, SendForm, WhoForm, WishForm
from gongkai.requests.selectors.accepting import accepting

AGENCY, KIND, WHO, WANTED, DELIVERY, PAPERS, CHECK = "agency", "kind", "who", "wanted", "delivery", "papers", "check"


@dataclass(frozen=True, slots=True)
class Step:
    """A question: its name in the address, its heading, and why it is asked."""

    name: str
    title: Words
    why: Words


STEPS: tuple[Step, ...] = (
    Step(
        AGENCY,
        _("向哪个机关申请？"),
        _(
            "谁制作的信息，向谁申请；从公民、企业获取的信息，向保存它的机关申请。拿不准的，选最可能的：不归它负责的，它会告诉您。"
        ),
    ),
    Step(KIND, _("以谁的名义申请？"), _("年度报告按申请人的类型统计，答复书写给申请人。")),
    Step(
        WHO,
        _("身份和联系方式"),
        _(
            "《政府信息公开条例》第二十九条要求写明姓名或者名称、身份证明、联系方式。这些内容加密保存，只有办理人员能看到。"
        ),
    ),
    Step(
        WANTED,
        _("需要什么信息？"),
        _("申请的是已经有的信息：机关不为申请制作、分析或者汇总。咨询、投诉、举报请走相应渠道，走这里不会更快。"),
    ),
    Step(DELIVERY, _("怎样提供？"), _("受理机关按您的要求和信息保存的实际情况确定形式。")),
    Step(
        PAPERS,
        _("上传材料"),
        _("身份证明让受理机关能确认是您本人在申请；没有上传的，可能会请您补充，耽误时间。"),
    ),
    Step(CHECK, _("核对并提交"), _("提交后不能修改；写错了可以撤回再提。")),
)
ORDER = tuple(step.name for step in STEPS)


def step_of(name: str) -> Step | None:
    """The step of that name."""
    return next((step for step in STEPS if step.name == name), None)


def first_open(draft: Draft) -> str:
    """The first step that is not answered yet: nobody gets beyond it."""
    return next((name for name in ORDER if name not in draft.done), CHECK)


def may_enter(draft: Draft, name: str) -> bool:
    """Whether all steps before are answered."""
    return ORDER.index(name) <= ORDER.index(first_open(draft))


def after(name: str, draft: Draft) -> str:
    """Where to go once the step is answered: to the next, or back to the check where all else is done."""
    if ORDER.index(first_open(draft)) > ORDER.index(name):
        return first_open(draft)
    return ORDER[ORDER.index(name) + 1]


def form_for(
    name: str, draft: Draft, today: date, data: Any = None, initial: dict[str, Any] | None = None
) -> PlainForm:
    """The form of a step, with what was typed in it before. The papers have none; wishes are given as ``initial``."""
    common: dict[str, Any] = {"data": data, "initial": initial or draft.answers.get(name)}
    if name == AGENCY:
        return AgencyForm(**common, agencies=accepting(today))
    if name == KIND:
        return KindForm(**common)
    if name == WHO:
        kind = draft.answers[KIND]
        return WhoForm(**common, kind=kind["kind"], by=kind["by"], today=today)
    if name == WANTED:
        return WishForm(**common)
    if name == DELIVERY:
        return DeliveryForm(**common, who=draft.answers[WHO])
    return SendForm(**common)
