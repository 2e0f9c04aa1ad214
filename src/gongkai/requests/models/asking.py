"""What is asked of the applicant: to correct the request (《条例》第三十条), to give reasons (第三十五条)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.privacy.fields import EncryptedText
from gongkai.requests.models.request import Request


class Supplement(models.Model):
    """补正: what was to be corrected and why, told once and whole, and what came of it. ``points`` is a list of
    ``{"what": …, "why": …}``."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="supplements", verbose_name=_("申请"))
    points = models.JSONField(_("补正事项"))
    guidance = models.TextField(_("补正指导"), blank=True)
    asked = models.DateField(_("告知日"))
    until = models.DateField(_("补正期限至"))
    delivered = models.DateField(_("收到告知书之日"), null=True, blank=True)
    received = models.DateField(_("收到补正之日"), null=True, blank=True)
    by_applicant = models.BooleanField(_("申请人网上补正"), default=False)
    words = EncryptedText(_("补正内容"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("补正")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.request_id} {self.asked}"


class Inquiry(models.Model):
    """要求说明理由: how many requests there were, what the applicant said, and how the agency judged it."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="inquiries", verbose_name=_("申请"))
    counts = models.TextField(_("申请的数量、频次"))
    asked = models.DateField(_("要求说明理由之日"))
    until = models.DateField(_("说明理由期限至"))
    delivered = models.DateField(_("收到通知书之日"), null=True, blank=True)
    given = models.DateField(_("说明理由之日"), null=True, blank=True)
    words = EncryptedText(_("说明的理由"), blank=True)
    judged = models.DateField(_("认定日"), null=True, blank=True)
    reasonable = models.BooleanField(_("理由合理"), null=True, blank=True)
    judgement = models.TextField(_("认定意见"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("要求说明理由")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.request_id} {self.asked}"
