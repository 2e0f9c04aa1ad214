"""What an agency must tell of itself (《条例》第十二条), who reviews its decisions, and its area's own holidays."""

from __future__ import annotations

from datetime import date
from typing import Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models.agency import Agency

D = TypeVar("D", bound="Dated")


class DatedQuerySet(models.QuerySet[D]):
    """Rows that hold for a time."""

    def on(self, day: date) -> Self:
        """Those that hold on that day, the newest first."""
        return self.filter(since__lte=day).filter(Q(until__isnull=True) | Q(until__gte=day)).order_by("-since")


class Dated(models.Model):
    """Something that holds from a day on, until another day (included) or until further notice."""

    since = models.DateField(_("自"))
    until = models.DateField(_("至"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True


class Guide(Dated):
    """政府信息公开指南: the 工作机构 and how it is reached."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="guides", verbose_name=_("机关"))
    lead_office = models.CharField(_("政府信息公开工作机构"), max_length=100)
    head = models.CharField(_("负责人职务"), max_length=50, blank=True)
    address = models.CharField(_("办公地址"), max_length=200)
    postcode = models.CharField(_("邮政编码"), max_length=6, blank=True)
    hours = models.CharField(_("办公时间"), max_length=200)
    phone = models.CharField(_("联系电话"), max_length=50)
    fax = models.CharField(_("传真号码"), max_length=50, blank=True)
    email = models.EmailField(_("电子邮箱"), blank=True)
    online = models.CharField(_("互联网联系方式"), max_length=200, blank=True)
    classification = models.TextField(_("政府信息的分类"), blank=True)
    arrangement = models.TextField(_("编排体系"), blank=True)
    ways = models.TextField(_("获取方式"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("政府信息公开指南")

    def __str__(self) -> str:
        return f"{self.agency} {self.since}"


class RemedyBody(Dated):
    """Who reconsiders an agency's decisions of a time, and which court (《行政复议法》第二十四条至第二十八条)."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="remedy_bodies", verbose_name=_("机关"))
    body = models.CharField(_("行政复议机关"), max_length=100)
    body_address = models.CharField(_("行政复议机构地址"), max_length=200, blank=True)
    online = models.CharField(_("互联网申请行政复议的途径"), max_length=200, blank=True)
    court = models.CharField(_("有管辖权的人民法院"), max_length=100)

    class Meta:
        verbose_name = verbose_name_plural = _("复议机关和管辖法院")

    def __str__(self) -> str:
        return f"{self.body}、{self.court}"


class HolidayNotice(models.Model):
    """A notice of holidays that came after the release: next year's, or a region's. ``text`` is a file of
    law/data/notices, checked when it is loaded."""

    name = models.CharField(_("名称"), max_length=200, unique=True)
    region = models.CharField(_("行政区划"), max_length=50, blank=True)
    text = models.TextField(_("内容"))
    loaded_at = models.DateTimeField(_("载入时间"))
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("载入人")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("放假安排通知")
        ordering = ("loaded_at", "pk")

    def __str__(self) -> str:
        return self.name
