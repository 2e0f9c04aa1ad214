"""Who asks: the applicant's data as a form takes it, with numbers checked by their own rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.law.words import Said
from gongkai.pages.templatetags.written import said
from gongkai.privacy.fields import normalised
from gongkai.privacy.identity import wrong_credit_code, wrong_identity_number, wrong_phone
from gongkai.requests.models import Applicant

NAME, NUMBER, ADDRESS = 100, 40, 300
PERSON = (
    "kind",
    "name",
    "document",
    "document_number",
    "representative",
    "contact",
    "phone",
    "email",
    "fax",
    "address",
    "postcode",
)
AGENT = ("agent_name", "agent_document_number", "agent_phone")
DATA = (*PERSON, *AGENT)
"""The columns of an applicant, in the order of the form."""
KINDS = [("", _("请选择")), *Applicant.Kind.choices]
DOCUMENTS = [("", _("请选择")), *Applicant.Document.choices]


def line(label: Any, length: int = NAME, required: bool = False, help_text: Any = "", **attrs: str) -> forms.CharField:
    """A field of one line; the browser keeps no copy of what others typed."""
    widget = forms.TextInput(attrs={"autocomplete": "off", **attrs})
    return forms.CharField(label=label, max_length=length, required=required, help_text=help_text, widget=widget)


class ApplicantForm(forms.Form):
    """申请人. What is missing in a request is asked for by 补正, so little is required; what is given must be right."""

    today: date

    kind = forms.ChoiceField(label=_("申请人类型"), choices=KINDS)
    name = line(_("姓名或名称"), required=True)
    document = forms.ChoiceField(label=_("证件类型"), choices=DOCUMENTS)
    document_number = line(
        _("证件号码"), NUMBER, help_text=_("申请书没有写，或者写的号码本身有误的，先留空，在补正时一并告知。")
    )
    representative = line(_("法定代表人"))
    contact = line(_("联系人"))
    phone = line(_("联系电话"), NUMBER, inputmode="tel")
    email = forms.EmailField(
        label=_("电子邮箱"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    fax = line(_("传真"), NUMBER)
    address = line(_("通信地址"), ADDRESS)
    postcode = line(_("邮政编码"), 10, inputmode="numeric")
    agent_name = line(_("代理人姓名"))
    agent_document_number = line(_("代理人证件号码"), NUMBER)
    agent_phone = line(_("代理人联系电话"), NUMBER, inputmode="tel")

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        for name in ("document_number", "phone", "agent_document_number", "agent_phone"):
            typed[name] = normalised(typed.get(name, ""))
        self._checked("document_number", self._document_rule())
        self._checked("phone", wrong_phone)
        self._checked("agent_phone", wrong_phone)
        self._checked("agent_document_number", lambda number: wrong_identity_number(number, self.today))
        if typed.get("agent_document_number") and not typed.get("agent_name"):
            self.add_error("agent_name", _("请填写代理人姓名。"))
        if not any(typed.get(name) for name in ("phone", "email", "address", "fax")):
            self.add_error("phone", _("联系电话、电子邮箱、传真、通信地址至少填写一项，否则无法答复。"))
        return typed

    def _document_rule(self) -> Callable[[str], Said | None]:
        rules: dict[str, Callable[[str], Said | None]] = {
            Applicant.Document.IDENTITY_CARD: lambda number: wrong_identity_number(number, self.today),
            Applicant.Document.CREDIT_CODE: wrong_credit_code,
        }
        return rules.get(self.cleaned_data.get("document", ""), lambda number: None)

    def _checked(self, name: str, rule: Callable[[str], Said | None]) -> None:
        value = self.cleaned_data.get(name, "")
        wrong = rule(value) if value else None
        if wrong is not None:
            self.add_error(name, said(wrong))

    def applicant(self) -> Applicant:
        """The applicant as typed, not stored yet."""
        return Applicant(**{name: self.cleaned_data.get(name, "") for name in DATA})
