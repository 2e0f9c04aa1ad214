"""People who work with the platform, and the roles to which they are appointed."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models.agency import Agency
from gongkai.agencies.models.guide import Dated
from gongkai.privacy.fields import EncryptedText


class Role(models.TextChoices):
    """What a person is appointed to (vocabulary). The last three are three different people (三员分立)."""

    OFFICER = "officer", _("经办人")
    REVIEWER = "reviewer", _("审核人")
    SIGNATORY = "signatory", _("签发人")
    LEAD_HEAD = "lead_head", _("公开工作机构负责人")
    SECRECY_REVIEWER = "secrecy_reviewer", _("保密审查员")
    PUBLISHER = "publisher", _("信息发布员")
    SUPERVISOR = "supervisor", _("主管部门督导员")
    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    SECURITY_ADMIN = "security_admin", _("安全管理员")
    AUDIT_ADMIN = "audit_admin", _("审计管理员")


ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})


class Staff(AbstractUser):  # type: ignore[django-manager-missing] # the second factor's, which has no types
    """A person with a sign-in. What he may do follows from his appointments alone, never from a flag."""

    name = models.CharField(_("姓名"), max_length=50)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="staff", verbose_name=_("所在机关")
    )
    phone = EncryptedText(_("联系电话"), blank=True)
    must_change_password = models.BooleanField(_("须修改密码"), default=True)
    password_changed_at = models.DateTimeField(_("密码修改时间"), null=True, blank=True)

    enters_desk: bool | None = None

    @property
    def first_name(self) -> str:  # type: ignore[override] # a column no more
        """The name, where Wagtail's shell would show a first name or, without one, the user name."""
        return self.name

    class Meta:
        verbose_name = verbose_name_plural = _("工作人员")
        constraints = (
            models.CheckConstraint(condition=models.Q(is_superuser=False, is_staff=False), name="staff_without_flags"),
        )

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class Appointment(Dated):
    """A role of a person in an agency, for a time."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="appointments", verbose_name=_("人员"))
    role = models.CharField(_("角色"), max_length=20, choices=Role.choices)
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="appointments", verbose_name=_("机关"))
    made_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("任命人")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("任职")
        indexes = (models.Index(fields=["staff", "since", "until"], name="appointment_of_staff"),)

    def __str__(self) -> str:
        return f"{self.staff}：{self.agency} {self.get_role_display()}"

    def holds_on(self, day: date) -> bool:
        """Whether it holds on that day."""
        return self.since <= day and (self.until is None or day <= self.until)
