"""Reorganisations: who became what on which day, on which document. History stays true."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models.agency import Agency


class Reorganisation(models.Model):
    """机构改革: from these agencies to those. A renamed agency is the same before and after."""

    class Kind(models.TextChoices):
        RENAMED = "renamed", _("更名")
        MERGED = "merged", _("合并")
        SPLIT = "split", _("分立")
        MOVED = "moved", _("改变隶属关系")
        DISSOLVED = "dissolved", _("撤销")

    kind = models.CharField(_("方式"), max_length=10, choices=Kind.choices)
    day = models.DateField(_("生效日期"))
    document = models.CharField(_("依据文件"), max_length=200)
    before = models.ManyToManyField(Agency, related_name="reorganised_into", verbose_name=_("原机关"))
    heir = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("承办未结事项的机关")
    )
    after = models.ManyToManyField(Agency, related_name="reorganised_from", verbose_name=_("承继机关"))

    class Meta:
        verbose_name = verbose_name_plural = _("机构改革")
        ordering = ("day", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.day}"
