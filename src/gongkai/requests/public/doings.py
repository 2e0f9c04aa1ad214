"""What an applicant can do with his own request online: the name of the action, and the words for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.refusals import Words
from gongkai.requests.public.fields import PlainForm, choice, line, text, tick

STARS = (("5", _("很满意")), ("4", _("满意")), ("3", _("一般")), ("2", _("不满意")), ("1", _("很不满意")))


class ConfirmForm(PlainForm):
    """Nothing more to say."""


class SupplementForm(PlainForm):
    """The correction: the request as it is to read now, or what is added."""

    words = text(
        _("补正的内容"),
        _("请按要求逐项写清楚，一次写全：补正只有一次机会。"),
        required=_("请写明补正的内容。"),
        rows=8,
    )
    wanted = text(
        _("补正后的完整描述"),
        _("愿意的话，把所需的信息重新完整写一遍，以后以它为准；原来写的仍然存档。"),
        rows=4,
    )


class ReasonsForm(PlainForm):
    """Why he asks for so much, or so often (art. 35)."""

    words = text(_("申请的理由"), _("写明为什么需要这些信息、为什么多次申请。"), required=_("请写明理由。"), rows=8)


class WithdrawForm(PlainForm):
    """Taking it back is final."""

    why = line(_("撤回的原因"))
    sure = tick(_("我确认撤回。撤回后不再办理，需要时可以重新申请。"), required=_("请勾选确认，然后再撤回。"))


class ReceiptForm(PlainForm):
    """The reply has arrived."""

    sure = tick(_("我已经收到答复和提供的信息。"), required=_("请勾选确认。"))


class RatingForm(PlainForm):
    """How he found the handling."""

    stars = choice(_("您对这次办理满意吗？"), STARS, required=_("请选择一项。"))
    words = text(_("意见和建议"), length=1000, rows=4)

    def clean_stars(self) -> int:
        return int(self.cleaned_data["stars"])


class PublicationForm(PlainForm):
    """Others may want it too (art. 44)."""

    why = text(_("为什么值得主动公开"), required=_("请写明理由。"), length=1000, rows=4)


@dataclass(frozen=True, slots=True)
class Doing:
    """Something to do. ``asked``: the agency waits for it. ``files``: papers may be added. ``typed``: which fields of
    the form are parameters of the action."""

    name: str
    title: Words
    why: Words
    button: Words
    done: Words
    form: Callable[..., forms.Form]
    typed: tuple[str, ...] = ()
    asked: bool = False
    files: bool = False


DOINGS: tuple[Doing, ...] = (
    Doing(
        "receive_supplement",
        _("补正申请"),
        _("受理机关认为申请内容不够明确，请您补正。收到补正的申请以后，从次日起重新计算答复期限。"),
        _("提交补正"),
        _("补正已经提交，答复期限从明天起重新计算。"),
        SupplementForm,
        typed=("words", "wanted"),
        asked=True,
        files=True,
    ),
    Doing(
        "receive_reasons",
        _("说明理由"),
        _("受理机关认为申请的数量、频次明显超过合理范围，要求您说明理由（《政府信息公开条例》第三十五条）。"),
        _("提交理由"),
        _("理由已经提交。"),
        ReasonsForm,
        typed=("words",),
        asked=True,
    ),
    Doing(
        "confirm_own",
        _("确认这是我的申请"),
        _("网上提交的申请，以双方确认之日为收到之日。请核对上面的编号和内容，确认是您本人提交的。"),
        _("确认"),
        _("您已经确认。受理机关确认以后，从次日起计算答复期限。"),
        ConfirmForm,
        asked=True,
    ),
    Doing(
        "confirm_receipt",
        _("确认收到答复"),
        _("请先下载、查看答复和提供的信息，再确认收到。"),
        _("确认收到"),
        _("谢谢，已经记录您收到答复的日期。"),
        ReceiptForm,
        asked=True,
    ),
    Doing(
        "rate",
        _("评价这次办理"),
        _("评价不影响您的任何权利，只用来改进工作。"),
        _("提交评价"),
        _("谢谢您的评价。"),
        RatingForm,
        typed=("stars", "words"),
    ),
    Doing(
        "suggest_publication",
        _("建议主动公开"),
        _("认为这项信息应当让所有人都能看到的，可以建议行政机关主动公开（《政府信息公开条例》第四十四条）。"),
        _("提交建议"),
        _("建议已经提交，受理机关将按规定审核。"),
        PublicationForm,
        typed=("why",),
    ),
    Doing(
        "withdraw",
        _("撤回申请"),
        _("撤回以后不再办理，也不作答复。"),
        _("撤回申请"),
        _("申请已经撤回。"),
        WithdrawForm,
        typed=("why",),
    ),
)
"""In the order in which they are offered."""


def doing_of(name: str) -> Doing | None:
    """The one of that name."""
    return next((doing for doing in DOINGS if doing.name == name), None)
