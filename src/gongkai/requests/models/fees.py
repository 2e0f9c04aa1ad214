"""信息处理费: what was asked, by item or by page and never both (国办函〔2020〕109号)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.requests.models.request import Request


class FeeNotice(models.Model):
    """A fee that was notified. One standard only: that is why it is one row with one ``standard``."""

    class Standard(models.TextChoices):
        ITEMS = "items", _("按件")
        PAGES = "pages", _("按量")

    request = models.OneToOneField(Request, on_delete=models.PROTECT, related_name="fee", verbose_name=_("申请"))
    standard = models.CharField(_("计费方式"), max_length=10, choices=Standard.choices)
    before = models.PositiveIntegerField(_("此前件数"), default=0)
    count = models.PositiveIntegerField(_("件数或页数"))
    amount = models.PositiveIntegerField(_("金额（元）"))
    how = models.TextField(_("缴纳方式"), blank=True)
    notified = models.DateField(_("通知日"))
    delivered = models.DateField(_("收到通知之日"), null=True, blank=True)
    paid = models.DateField(_("缴清日"), null=True, blank=True)
    receipt = models.CharField(_("财政票据号"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("信息处理费")

    def __str__(self) -> str:
        return gettext("%(amount)s元") % {"amount": self.amount}
