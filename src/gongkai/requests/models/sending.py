"""How the reply reached the applicant, and what he thought of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.privacy.fields import EncryptedText
from gongkai.requests.models.request import Request


class Delivery(models.Model):
    """送达: of the reply or of another letter; the ways are those of law/data/delivery.toml."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="deliveries", verbose_name=_("申请"))
    letter = models.CharField(_("文书"), max_length=40)
    way = models.CharField(_("送达方式"), max_length=20)
    mail_number = models.CharField(_("邮件号码"), max_length=40, blank=True)
    dispatched = models.DateField(_("发出日"), null=True, blank=True)
    delivered = models.DateField(_("送达日"), null=True, blank=True)
    signed_by_relation = models.CharField(_("签收人与申请人关系"), max_length=30, blank=True)
    opened_at = models.DateTimeField(_("网上查收时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("送达")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.letter} {self.way}"


class Rating(models.Model):
    """评价: how the applicant found the handling, from 1 to 5."""

    request = models.OneToOneField(Request, on_delete=models.PROTECT, related_name="rating", verbose_name=_("申请"))
    stars = models.PositiveSmallIntegerField(_("评分"))
    words = EncryptedText(_("意见"), blank=True)
    moment = models.DateTimeField(_("评价时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("评价")

    def __str__(self) -> str:
        return str(self.stars)
