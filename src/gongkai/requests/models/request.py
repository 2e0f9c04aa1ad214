"""A request: what was asked of which agency, and, derived from its events, where it stands."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.privacy.fields import EncryptedText
from gongkai.requests.models.applicant import Applicant
from gongkai.requests.models.finding import FindingText

SAID = frozenset({"title", "document_number", "wanted", "agency"})
"""Columns by which a request is found."""


class Submission(models.Model):
    """What came in at one time from one applicant: one request, or several where it holds several wishes."""

    key = models.UUIDField(_("提交标识"), unique=True, default=uuid.uuid4, editable=False)
    moment = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("提交")

    def __str__(self) -> str:
        return str(self.key)


class Serial(models.Model):
    """The last number given out of a series (requests, replies) of an agency in a year; held while one is taken."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    series = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["agency", "series", "year"], name="serial_once"),)

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"


class Request(models.Model):
    """政府信息公开申请. The columns under “derived” are a cache of ``deriving.derive``; ``gongkai requests rebuild``
    computes them again and compares. Nothing else writes them."""

    class Channel(models.TextChoices):
        """How it came in (law/data/receipt.toml)."""

        ONLINE = "online", _("网上提交")
        IN_PERSON = "in_person", _("当面提交")
        REGISTERED_MAIL = "registered_mail", _("挂号信、特快专递等需签收的邮寄")
        ORDINARY_MAIL = "ordinary_mail", _("平信等无需签收的邮寄")
        FAX = "fax", _("传真")
        EMAIL = "email", _("电子邮件")

    class Form(models.TextChoices):
        """In which form the information is wanted (《条例》第四十条)."""

        PAPER = "paper", _("纸质")
        ELECTRONIC = "electronic", _("电子文件")
        DISC = "disc", _("光盘等载体")
        INSPECTION = "inspection", _("查阅、抄录")

    class Way(models.TextChoices):
        """By which way the reply is wanted."""

        ONLINE = "online", _("网上获取")
        EMAIL = "email", _("电子邮件")
        MAIL = "mail", _("邮寄")
        IN_PERSON = "in_person", _("当面领取")
        FAX = "fax", _("传真")

    # No index of its own: those below begin with the agency, and SQLite would choose it over them.
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="requests", db_index=False, verbose_name=_("受理机关")
    )
    number = models.CharField(_("申请编号"), max_length=40, unique=True)
    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="requests", verbose_name=_("所属提交")
    )
    part = models.PositiveSmallIntegerField(_("第几项"), default=1)
    channel = models.CharField(_("提交渠道"), max_length=20, choices=Channel.choices)
    applicant = models.ForeignKey(
        Applicant, on_delete=models.PROTECT, related_name="requests", verbose_name=_("申请人")
    )
    title = models.CharField(_("信息名称"), max_length=200)
    document_number = models.CharField(_("文号"), max_length=100, blank=True)
    wanted = models.TextField(_("所需信息的内容描述"))
    purpose = EncryptedText(_("用途（选填）"), blank=True)
    form = models.CharField(_("提供形式"), max_length=20, choices=Form.choices)
    way = models.CharField(_("获取途径"), max_length=20, choices=Way.choices)
    needs_help = models.BooleanField(_("需要无障碍帮助"), default=False)
    written_down_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("口头申请代填人"),
    )
    tracking = models.CharField(_("查询码摘要"), max_length=128, blank=True, editable=False)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="handled_requests",
        verbose_name=_("经办人"),
    )
    transferred_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,  # see indexes: of the few alone that were transferred
        related_name="transferred_to",
        verbose_name=_("转自"),
    )
    version = models.PositiveIntegerField(_("版本"), default=0)

    # Derived
    state = models.CharField(_("状态"), max_length=20, default="not_received")
    received = models.DateField(_("收到日"), null=True, blank=True)
    due = models.DateField(_("到期日"), null=True, blank=True)
    provisional = models.BooleanField(_("到期日暂定"), default=False)
    waits_until = models.DateField(_("等候至"), null=True, blank=True)
    arrived = models.DateField(_("到达日"), null=True, blank=True)
    outcome = models.CharField(_("处理结果"), max_length=40, blank=True)
    cell = models.CharField(_("年报行"), max_length=40, blank=True)
    answered = models.DateField(_("答复日"), null=True, blank=True)
    closed = models.DateField(_("办结日"), null=True, blank=True)
    stage = models.CharField(_("审批环节"), max_length=20, blank=True)
    extension_proposed = models.DateField(_("提请延期日"), null=True, blank=True)
    is_open = models.BooleanField(_("在办"), default=True)

    class Meta:
        verbose_name = verbose_name_plural = _("政府信息公开申请")
        indexes = (
            # All by which the work list groups, so that it is counted from this index alone; SQLite asks for the
            # condition's own column too.
            models.Index(
                fields=[
                    "agency",
                    "due",
                    "state",
                    "waits_until",
                    "arrived",
                    "stage",
                    "extension_proposed",
                    "handler",
                    "is_open",
                ],
                condition=Q(is_open=True),
                name="request_open_of_agency",
            ),
            models.Index(fields=["handler", "due"], condition=Q(is_open=True), name="request_open_of_handler"),
            models.Index(fields=["due"], condition=Q(is_open=True), name="request_open_due"),
            models.Index(fields=["agency", "-id"], name="request_newest"),
            models.Index(fields=["agency", "-received", "-id"], name="request_of_agency"),
            models.Index(fields=["agency", "cell", "answered"], name="request_cell"),
            models.Index(fields=["agency", "answered", "state"], name="request_answered"),
            # Next to none has one: an index over all would look useless to SQLite, which then reads the whole table.
            models.Index(
                fields=["transferred_from"],
                condition=Q(transferred_from__isnull=False),
                name="request_transferred",
            ),
        )

    def __str__(self) -> str:
        return self.number

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores it; where its words were stored, so that it is found by them."""
        super().save(*args, **kwargs)
        changed = kwargs.get("update_fields")
        if changed is None or not SAID.isdisjoint(changed):
            FindingText.enter([self])
