"""What leads to the reply: the search, the draft in its versions, and the parts of a separated answer."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.requests.models.request import Request


class SearchRecord(models.Model):
    """检索记录: the proof behind 信息不存在 (《条例》第三十六条第（四）项)."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="searches", verbose_name=_("申请"))
    day = models.DateField(_("检索日期"))
    places = models.TextField(_("检索范围"), help_text=_("例如：文书档案库、业务系统、某科室纸质案卷"))
    keywords = models.TextField(_("检索词和方法"))
    found = models.BooleanField(_("检索到相关信息"))
    result = models.TextField(_("检索结果"))
    searcher = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("检索人")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("检索记录")
        ordering = ("day", "pk")

    def __str__(self) -> str:
        return f"{self.day} {self.places[:20]}"


class Decision(models.Model):
    """A draft of the reply and what became of it. A draft that was returned stands; the next one is a new version."""

    class Stage(models.TextChoices):
        DRAFTED = "drafted", _("待审核")
        REVIEWED = "reviewed", _("待签发")
        RETURNED = "returned", _("已退回")
        SIGNED = "signed", _("已签发")
        REPLACED = "replaced", _("已被新稿代替")

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("申请"))
    version = models.PositiveSmallIntegerField(_("稿次"))
    outcome = models.CharField(_("处理结果"), max_length=40)
    path = models.JSONField(_("判断过程"), default=list, blank=True)
    facts = models.TextField(_("查明的情况"), blank=True)
    reasons = models.TextField(_("理由"), blank=True)
    basis = models.CharField(_("其他法律依据"), max_length=300, blank=True)
    contents = models.JSONField(_("文书应载明的内容"), default=dict, blank=True)
    third_party_reasons = models.TextField(
        _("涉及第三方的理由"),
        blank=True,
        help_text=_("未征求第三方意见而不予公开的理由；第三方不同意而予以公开的，不公开会对公共利益造成重大影响的理由"),
    )
    form = models.CharField(_("实际提供形式"), max_length=20, choices=Request.Form.choices, blank=True)
    form_reason = models.TextField(_("改变提供形式的理由"), blank=True)
    number = models.CharField(_("文书编号"), max_length=60, blank=True)
    stage = models.CharField(_("环节"), max_length=10, choices=Stage.choices, default=Stage.DRAFTED)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("拟稿人")
    )
    drafted = models.DateField(_("拟稿日"))
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("审核人")
    )
    reviewed = models.DateField(_("审核日"), null=True, blank=True)
    review = models.TextField(_("审核意见"), blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("签发人")
    )
    signed = models.DateField(_("签发日"), null=True, blank=True)
    signature = models.TextField(_("签发意见"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("答复稿")
        ordering = ("request", "version")
        constraints = (models.UniqueConstraint(fields=["request", "version"], name="decision_version_once"),)

    def __str__(self) -> str:
        return f"{self.request_id} v{self.version} {self.outcome}"


class DecisionPart(models.Model):
    """One part of a separated answer (区分处理，《条例》第三十七条): what it is, how it ends, why."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="parts", verbose_name=_("答复稿"))
    what = models.TextField(_("信息内容"))
    outcome = models.CharField(_("处理结果"), max_length=40)
    reasons = models.TextField(_("理由"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("区分处理")

    def __str__(self) -> str:
        return self.what[:30]
