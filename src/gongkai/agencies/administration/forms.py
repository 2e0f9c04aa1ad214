"""The forms of administration. They take what is typed; what is right is asked of the acts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.administration.noticing import Stretch, days, stretches, written
from gongkai.agencies.models import Agency, Guide, RemedyBody, Role
from gongkai.agencies.models.agency import Kind, Level
from gongkai.agencies.refusals import Refused

R = TypeVar("R")
INDENT = "　"
EARLIEST, LATEST = 2004, 2199
"""The years for which there may be a notice: from the first that the calendar knows."""
Choices = list[tuple[str, str]]


class Day(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AgencyChoice(forms.ModelChoiceField):
    """An agency, shown as it stands in the tree."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, empty_label=_("请选择"), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return f"{INDENT * (obj.depth - 1)}{obj.name}"


class AgenciesChoice(forms.ModelMultipleChoiceField):
    """Several agencies."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class ParticularsForm(forms.Form):
    """What an agency is, beside its name."""

    mark = forms.CharField(label=_("机关代字"), max_length=20, help_text=_("发文字号所用，如“棠人社”。"))
    level = forms.ChoiceField(label=_("层级"), choices=Level.choices)
    kind = forms.ChoiceField(label=_("性质"), choices=Kind.choices)
    region = forms.CharField(
        label=_("行政区划"),
        max_length=50,
        required=False,
        help_text=_("有本地放假安排的，填写放假安排所用的名称或者代码。"),
    )
    supervises = forms.BooleanField(label=_("是本级政府信息公开工作主管部门"), required=False)


class AddAgencyForm(ParticularsForm):
    """A new agency."""

    title = forms.CharField(label=_("名称"), max_length=100)
    short_name = forms.CharField(label=_("简称"), max_length=50)
    code = forms.SlugField(
        label=_("编号代码"), max_length=20, help_text=_("申请编号以此开头，只用字母、数字，设定后不能修改。")
    )
    since = Day(label=_("设立日期"))
    field_order = ("title", "short_name", "code", "since", "mark", "level", "kind", "region", "supervises")


class ReformForm(forms.Form):
    """What every reorganisation asks: the day and the document."""

    day = Day(label=_("生效日期"), help_text=_("新的状态从这一天起。"))
    document = forms.CharField(label=_("依据文件"), max_length=200, help_text=_("文件名称和文号。"))

    may_be_itself: tuple[str, ...] = ()

    def __init__(self, agency: Agency, agencies: QuerySet[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, (AgencyChoice, AgenciesChoice)):
                field.queryset = agencies if name in self.may_be_itself else agencies.exclude(pk=agency.pk)


class RenameForm(ReformForm):
    title = forms.CharField(label=_("新名称"), max_length=100)
    short_name = forms.CharField(label=_("新简称"), max_length=50)
    field_order = ("title", "short_name", "day", "document")


class MergeForm(ReformForm):
    others = AgenciesChoice(label=_("与哪些机关合并"), queryset=Agency.objects.none())
    into = AgencyChoice(
        label=_("合并成"), queryset=Agency.objects.none(), help_text=_("可以是其中之一；另设新机关的，请先登记新机关。")
    )
    field_order = ("others", "into", "day", "document")
    may_be_itself = ("into",)


class SplitForm(ReformForm):
    parts = AgenciesChoice(
        label=_("分立后的机关"),
        queryset=Agency.objects.none(),
        help_text=_("原机关仍然存在的也要选上；另设新机关的，请先登记。"),
    )
    carries_on = AgencyChoice(label=_("由谁承办未结事项"), queryset=Agency.objects.none())
    field_order = ("parts", "carries_on", "day", "document")
    may_be_itself = ("parts", "carries_on")


class MoveForm(ReformForm):
    under = AgencyChoice(label=_("新的上级机关"), queryset=Agency.objects.none())
    field_order = ("under", "day", "document")


class DissolveForm(ReformForm):
    carries_on = AgencyChoice(label=_("继续行使其职权的机关"), queryset=Agency.objects.none())
    field_order = ("carries_on", "day", "document")


class GuideForm(forms.ModelForm):
    """The guide from a day on."""

    since = Day(label=_("自何日起"))

    class Meta:
        model = Guide
        fields = (
            "since", "lead_office", "head", "address", "postcode", "hours", "phone", "fax", "email", "online",
            "classification", "arrangement", "ways",
        )  # fmt: skip


class RemedyBodyForm(forms.ModelForm):
    """Reconsideration body and court from a day on."""

    since = Day(label=_("自何日起"))

    class Meta:
        model = RemedyBody
        fields = ("since", "body", "body_address", "online", "court")


class AccountForm(forms.Form):
    """A person."""

    person = forms.CharField(label=_("姓名"), max_length=50)
    agency = AgencyChoice(label=_("所在机关"), queryset=Agency.objects.none())
    email = forms.EmailField(label=_("电子邮箱"), required=False)
    phone = forms.CharField(label=_("联系电话"), max_length=50, required=False)

    def __init__(self, agencies: QuerySet[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["agency"]
        assert isinstance(choice, AgencyChoice)
        choice.queryset = agencies


class OpenAccountForm(AccountForm):
    """A new account."""

    username = forms.CharField(
        label=_("用户名"), max_length=30, help_text=_("3至30位字母、数字或 . _ -，以字母开头；一人一号，不共用。")
    )
    field_order = ("person", "username", "agency", "email", "phone")


class AppointForm(forms.Form):
    """A role for a person."""

    role = forms.ChoiceField(label=_("角色"), choices=Role.choices)
    agency = AgencyChoice(label=_("在哪个机关"), queryset=Agency.objects.none())
    since = Day(label=_("自何日起"))
    until = Day(label=_("至何日止"), required=False, help_text=_("不填即长期有效。"))

    def __init__(self, agencies: QuerySet[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["agency"]
        assert isinstance(choice, AgencyChoice)
        choice.queryset = agencies


class EndForm(forms.Form):
    """The last day of a role."""

    until = Day(label=_("最后一天"), help_text=_("当天仍然有效，次日起不再担任。"))


class NoticeForm(forms.Form):
    """A notice of holidays, typed as the notice itself has it; ``text`` is it as a file of ours."""

    title = forms.CharField(
        label=_("通知的名称"),
        max_length=200,
        help_text=_("如“国务院办公厅关于2027年部分节假日安排的通知”；不能与已经载入的相同。"),
    )
    document = forms.CharField(label=_("文号"), max_length=100, required=False)
    year = forms.IntegerField(
        label=_("年度"),
        required=False,
        min_value=EARLIEST,
        max_value=LATEST,
        help_text=_("国务院办公厅安排全年放假的通知，填写年度：这一年的到期日从此不再“暂定”。其他通知不填。"),
    )
    region = forms.CharField(
        label=_("适用地区"),
        max_length=50,
        required=False,
        help_text=_("全国适用的不填。只在本地适用的，与机关信息里的“行政区划”写得一样。"),
    )
    rest = forms.CharField(
        label=_("放假的日子"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("一行一段，照通知写，如“元旦 2027年1月1日至1月3日”。"),
    )
    work = forms.CharField(
        label=_("调休上班的周末"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("一行一天，如“2027年2月14日”。"),
    )

    def clean_rest(self) -> list[Stretch]:
        return self._read(stretches, "rest")

    def clean_work(self) -> list[date]:
        return self._read(days, "work")

    def _read(self, reader: Callable[[str], list[R]], name: str) -> list[R]:
        try:
            return reader(self.cleaned_data[name])
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused

    @property
    def text(self) -> str:
        """The notice as a file of ours, once the form is valid."""
        return written(self.cleaned_data)


class LogForm(forms.Form):
    """What is looked for in the log."""

    username = forms.CharField(label=_("人员（用户名）"), max_length=150, required=False)
    action = forms.ChoiceField(label=_("事项"), required=False)
    subject = forms.CharField(label=_("对象"), max_length=100, required=False, help_text=_("如 request:12"))
    result = forms.ChoiceField(label=_("结果"), required=False)
    since = Day(label=_("自"), required=False)
    until = Day(label=_("至"), required=False)

    def __init__(self, actions: Choices, results: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("action", actions), ("result", results)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("不限")), *choices]
