"""The forms of a request, one for each thing that is asked."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.privacy.identity import wrong_credit_code, wrong_identity_number
from gongkai.requests.models import Applicant, Request
from gongkai.requests.public.fields import (
    NAME,
    NUMBER,
    SHORT,
    PlainForm,
    Shown,
    choice,
    complain,
    line,
    telephone,
    text,
    tick,
)

SELF, AGENT = "self", "agent"
LACKS = "lacks"
"""The code of an error that is mended at an earlier question."""
Document = Applicant.Document
Way, Form = Request.Way, Request.Form
PERSONS_DOCUMENTS = [(d.value, d.label) for d in Document if d is not Document.CREDIT_CODE]
BODYS_DOCUMENTS = [(d.value, d.label) for d in (Document.CREDIT_CODE, Document.OTHER)]

KINDS: tuple[tuple[str, Shown], ...] = (
    ("natural_person", _("个人（自然人）")),
    ("enterprise", _("商业企业")),
    ("research", _("科研机构")),
    ("public_welfare", _("社会公益组织")),
    ("legal_service", _("法律服务机构")),
    ("other", _("其他组织")),
)
NEEDS: dict[str, tuple[str, Shown]] = {
    Way.EMAIL: ("email", _("选择用电子邮件获取的，请回到“身份和联系方式”一步填写电子邮箱。")),
    Way.MAIL: ("address", _("选择邮寄的，请回到“身份和联系方式”一步填写通信地址。")),
    Way.FAX: ("fax", _("选择传真的，请回到“身份和联系方式”一步填写传真号码。")),
}
"""What must be known of an applicant for a way of delivery, and what is said where it is not."""
FITS: dict[str, tuple[frozenset[str], Shown]] = {
    Form.PAPER: (
        frozenset({Way.MAIL, Way.IN_PERSON, Way.FAX}),
        _("纸质的请选邮寄、当面领取或者传真；想从网上或者用电子邮件获取的，请把提供形式改为“电子文件”。"),
    ),
    Form.ELECTRONIC: (
        frozenset({Way.ONLINE, Way.EMAIL, Way.IN_PERSON}),
        _("电子文件请选网上获取、电子邮件或者当面领取；想邮寄或者传真的，请把提供形式改为“纸质”。"),
    ),
    Form.DISC: (frozenset({Way.MAIL, Way.IN_PERSON}), _("光盘等载体请选邮寄或者当面领取。")),
    Form.INSPECTION: (frozenset({Way.IN_PERSON}), _("查阅、抄录要到受理机关来，请选“当面领取”。")),
}
"""By which ways each form can reach an applicant, and what is said where it cannot."""


class AgencyForm(PlainForm):
    """Of whom it is asked."""

    agency = forms.ModelChoiceField(
        queryset=Agency.objects.none(),
        label=_("受理机关"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择一个受理机关。"), "invalid_choice": _("这个机关不受理申请，请另选。")},
    )

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]


class KindForm(PlainForm):
    """Who asks, and whether for himself."""

    kind = choice(_("以谁的名义申请"), KINDS, required=_("请选择以谁的名义申请。"))
    by = choice(
        _("由谁提交"),
        ((SELF, _("申请人自己提交")), (AGENT, _("代理人代为提交，有授权委托书"))),
        required=_("请选择由谁提交。"),
    )


class WhoForm(PlainForm):
    """Name, proof of identity and how to reach him (《条例》第二十九条第二款第（一）项)."""

    name = line("", required=_("请填写姓名或名称。"), length=NAME, autocomplete="name")
    document = choice(_("证件类型"), (), required=_("请选择证件类型。"))
    document_number = line(
        _("证件号码"), required=_("请填写证件号码。"), length=NUMBER, autocomplete="off", spellcheck="false", **SHORT
    )
    representative = line(_("法定代表人或者负责人"), required=_("请填写法定代表人或者负责人。"), length=NAME)
    contact = line(_("联系人"), length=NAME, autocomplete="name")
    phone = telephone(_("联系电话"), _("受理机关用它与您确认申请。"), required=_("请填写联系电话。"))
    email = forms.EmailField(
        label=_("电子邮箱"),
        required=False,
        max_length=NAME,
        error_messages={"invalid": _("电子邮箱的格式不对，例如：name@example.com。")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    address = line(_("通信地址"), _("邮寄文书时使用。"), autocomplete="street-address")
    postcode = forms.RegexField(
        r"^\d{6}$",
        label=_("邮政编码"),
        required=False,
        error_messages={"invalid": _("邮政编码是6位数字。")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code", **SHORT}),
    )
    fax = telephone(_("传真"))
    agent_name = line(_("代理人姓名"), required=_("请填写代理人姓名。"), length=NAME)
    agent_document_number = line(
        _("代理人身份证号码"), required=_("请填写代理人身份证号码。"), length=NUMBER, autocomplete="off", **SHORT
    )
    agent_phone = telephone(_("代理人联系电话"), required=_("请填写代理人联系电话。"))

    def __init__(self, *args: Any, kind: str, by: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        person = kind == Applicant.Kind.NATURAL_PERSON
        self.fields["name"].label = _("姓名") if person else _("组织名称")
        self.fields["name"].error_messages["required"] = _("请填写姓名。") if person else _("请填写组织名称。")
        self.fields["document"].choices = PERSONS_DOCUMENTS if person else BODYS_DOCUMENTS  # type: ignore[attr-defined]
        if person:
            del self.fields["representative"], self.fields["contact"]
        if by != AGENT:
            for name in [name for name in self.fields if name.startswith("agent_")]:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        number = cleaned.get("document_number", "").replace(" ", "").upper()
        check = {
            Document.IDENTITY_CARD: lambda: wrong_identity_number(number, self.today),
            Document.CREDIT_CODE: lambda: wrong_credit_code(number),
        }.get(cleaned.get("document", ""))
        if number and check is not None:
            self._checked("document_number", check())
            cleaned["document_number"] = number
        agents = cleaned.get("agent_document_number", "").replace(" ", "").upper()
        if agents:
            self._checked("agent_document_number", wrong_identity_number(agents, self.today))
            cleaned["agent_document_number"] = agents
        return cleaned

    def _checked(self, name: str, said: Any) -> None:
        try:
            complain(said)
        except forms.ValidationError as error:
            self.add_error(name, error)


class WishForm(PlainForm):
    """What is wanted (《条例》第二十九条第二款第（二）项)."""

    title = line(
        _("信息名称"),
        _("文件的标题，或者一句话说明，例如：2025年城乡居民养老保险补贴标准。"),
        required=_("请写明信息的名称。不知道准确名称的，用一句话说明。"),
    )
    document_number = line(_("文号"), _("知道的话填写，例如：棠人社〔2025〕8号。"), length=NAME)
    wanted = text(
        _("内容描述"),
        _("写明制作机关、大致时间、涉及的地点或事项等，越具体越容易找到。这里请不要写身份证号码等个人信息。"),
        required=_("请描述所需的信息，使受理机关能够找到它。"),
    )
    purpose = text(_("用途"), _("不影响能否获得信息，只帮助工作人员理解您要什么。"), length=1000, rows=2)


class DeliveryForm(PlainForm):
    """In which form and by which way (《条例》第二十九条第二款第（三）项、第四十三条)."""

    form = choice(_("提供形式"), Request.Form.choices, required=_("请选择提供形式。"))
    way = choice(_("获取方式"), Way.choices, required=_("请选择获取方式。"))
    needs_help = tick(_("需要无障碍帮助"), _("阅读有困难，或者有视听障碍的，受理机关应当提供必要的帮助。"))

    def __init__(self, *args: Any, who: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.who = who

    def clean_way(self) -> str:
        way: str = self.cleaned_data["way"]
        fitting, said = FITS.get(self.cleaned_data.get("form", ""), (frozenset(Way.values), ""))
        if way not in fitting:
            raise forms.ValidationError(said)
        if way in NEEDS and not self.who.get(NEEDS[way][0]):
            raise forms.ValidationError(NEEDS[way][1], code=LACKS)
        return way

    @property
    def lacks(self) -> bool:
        """Whether an earlier answer has to be added to first."""
        return self.has_error("way", LACKS)


class SendForm(PlainForm):
    """The last word before it is sent. ``website`` is for machines: people do not see it and leave it empty."""

    true = tick(
        _("以上内容是真实的，我同意受理机关为办理这件申请使用我的个人信息。"), required=_("请在核对后勾选确认。")
    )
    website = forms.CharField(required=False, label=_("请不要填写这一栏"))

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("请不要填写隐藏的一栏。清空后重新提交。"))
        return ""
