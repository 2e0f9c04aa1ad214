"""Receipt: confirming with the applicant."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.requests.actions.confirm import Confirm
from gongkai.requests.desk.forms.base import StepForm


class ConfirmForm(StepForm):
    """确认收到."""

    action = Confirm
    label = _("确认收到")
    event = "confirmed"
    day_label = _("与申请人确认之日")
    how = forms.CharField(label=_("确认方式"), max_length=100, help_text=_("例如：电话确认、短信确认、邮件回复。"))
