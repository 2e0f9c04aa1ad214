"""登记: what came in person, by mail, fax or e-mail, or was told orally (《条例》第二十九条、第三十一条)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.models import Agency, Role
from gongkai.requests.actions.submit import Submit, Wish
from gongkai.requests.desk.forms.applicant import AGENT, PERSON, ApplicantForm
from gongkai.requests.desk.forms.kinds import DOCUMENT_NUMBER, TITLE, Day
from gongkai.requests.desk.forms.rows import Column, Rows
from gongkai.requests.desk.forms.uploads import Files
from gongkai.requests.models import Paper, Request

CHANNELS = [(value, label) for value, label in Request.Channel.choices if value != Request.Channel.ONLINE]
TO_CONFIRM = frozenset({Request.Channel.ORDINARY_MAIL, Request.Channel.FAX, Request.Channel.EMAIL})
"""Channels by which it counts as received once both sides have confirmed."""
WISH = (
    Column("title", _("信息名称"), longest=TITLE),
    Column("wanted", _("所需信息的内容描述（照申请书原文）"), 4),
    Column("document_number", _("文号（选填）"), longest=DOCUMENT_NUMBER),
    Column("purpose", _("用途（选填，不作为受理条件）")),
)
PAPERS: Mapping[str, Paper.Kind] = {
    "application": Paper.Kind.APPLICATION,
    "identity": Paper.Kind.IDENTITY,
    "authorisation": Paper.Kind.AUTHORISATION,
    "other": Paper.Kind.OTHER,
}
"""The kind of paper for each field of files."""


class RegisterForm(ApplicantForm):
    """The entry of a request by staff. ``papers`` names, signed, the files that were kept already; ``likely`` says that
    the requests which may be the same have been seen."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("受理机关"), empty_label=None)
    channel = forms.ChoiceField(label=_("提交渠道"), choices=CHANNELS, widget=forms.RadioSelect)
    written_down = forms.BooleanField(
        label=_("申请人书写有困难，口头提出，由我代填"),
        required=False,
        help_text=_("《条例》第二十九条第一款。代填人随申请记录。"),
    )
    day = Day(
        label=_("到达之日"),
        help_text=_("当面提交的为提交之日，需签收的邮件为签收之日，其他为到达本机关之日。"),
    )
    submitted = Day(
        label=_("申请人发出之日"), required=False, help_text=_("邮戳、发送时间；与到达之日相同或不清楚的不填。")
    )
    confirmed = Day(
        label=_("与申请人确认之日"),
        required=False,
        help_text=_("平信、传真、电子邮件以双方确认之日为收到之日；还没有确认的不填，登记后再办“确认收到”。"),
    )
    wishes = Rows(WISH, Wish, label=_("所需信息"), help_text=_("一份申请要几项不同信息的，每项一行，分别编号办理。"))
    form = forms.ChoiceField(label=_("提供形式"), choices=Request.Form.choices, initial=Request.Form.ELECTRONIC)
    way = forms.ChoiceField(label=_("获取途径"), choices=Request.Way.choices, initial=Request.Way.ONLINE)
    needs_help = forms.BooleanField(label=_("阅读有困难或者视听障碍，需要必要的帮助"), required=False)
    application = Files(label=_("申请书扫描件"), required=False)
    identity = Files(label=_("身份证明"), required=False)
    authorisation = Files(label=_("授权委托书"), required=False)
    other = Files(label=_("其他材料"), required=False)
    papers = forms.CharField(required=False, widget=forms.HiddenInput)
    likely = forms.BooleanField(required=False, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)

    SECTIONS = (
        (_("怎样提出的"), ("agency", "channel", "written_down", "day", "submitted", "confirmed")),
        (_("申请人"), PERSON),
        (_("代理人"), AGENT),
        (_("所需信息"), ("wishes", "form", "way", "needs_help")),
        (_("材料"), ("application", "identity", "authorisation", "other")),
    )

    def __init__(self, *args: Any, actor: Actor, today: date, **kwargs: Any) -> None:
        self.actor, self.today = actor, today
        kwargs["initial"] = {"day": today, "key": uuid4(), **(kwargs.get("initial") or {})}
        kwargs["label_suffix"] = ""
        super().__init__(*args, **kwargs)
        mine = Agency.objects.filter(pk__in=actor.agencies(Role.OFFICER), until=None).order_by("path")
        field = self.fields["agency"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = mine
        for name in ("day", "submitted", "confirmed"):
            self.fields[name].widget.attrs["max"] = today.isoformat()

    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The visible fields under their headings."""
        return [(heading, [self[name] for name in names]) for heading, names in self.SECTIONS]

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        channel = typed.get("channel")
        if typed.get("written_down") and channel and channel != Request.Channel.IN_PERSON:
            self.add_error("written_down", _("口头申请由申请人到场提出，渠道应为当面提交；电话只用于咨询。"))
        if typed.get("confirmed") and channel not in TO_CONFIRM:
            self.add_error("confirmed", _("这种渠道以提交或者签收之日为收到之日，不需要填确认之日。"))
        for wish in typed.get("wishes", ()):
            if not wish.title or not wish.wanted:
                self.add_error("wishes", _("每一项都要写明信息名称和内容描述。"))
                break
        return typed

    def made(self) -> Submit:
        """The submission, ready to be run."""
        typed = self.cleaned_data
        shared = {name: typed[name] for name in ("form", "way", "needs_help")}
        return Submit(
            agency=typed["agency"],
            applicant=self.applicant(),
            wishes=tuple(Wish(**row, **shared) for row in self._rows()),
            channel=typed["channel"],
            actor=self.actor,
            day=typed["day"],
            submitted=typed["submitted"],
            confirmed=typed["confirmed"],
            written_down=typed["written_down"],
            key=typed["key"],
        )

    def _rows(self) -> list[dict[str, Any]]:
        names = [column.name for column in WISH]
        return [{name: getattr(wish, name) for name in names} for wish in self.cleaned_data["wishes"]]
