"""An agency in its tree, and the names that it has borne."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node


class Level(models.TextChoices):
    """The level of government (vocabulary)."""

    NATION = "nation", _("国家")
    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    COUNTY = "county", _("县级")
    TOWNSHIP = "township", _("乡级")


class Kind(models.TextChoices):
    """What sort of body (vocabulary)."""

    GOVERNMENT = "government", _("人民政府")
    DEPARTMENT = "department", _("工作部门")
    OFFICE = "office", _("派出机构")
    AUTHORISED_BODY = "authorised_body", _("法律、法规授权的组织")
    PUBLIC_INSTITUTION = "public_institution", _("公共企事业单位")


class Agency(MP_Node):
    """行政机关. ``name`` is the present name; what it was called on a day is asked of ``name_on``.

    ``code`` begins the numbers of its requests (ASCII), ``mark`` (机关代字) the numbers of its letters. ``region``
    names the area whose own holidays hold. ``supervises``: it is the 主管部门 of its
    government's area.
    """

    name = models.CharField(_("名称"), max_length=100)
    short_name = models.CharField(_("简称"), max_length=50)
    code = models.SlugField(_("编号代码"), max_length=20, unique=True)
    mark = models.CharField(_("机关代字"), max_length=20)
    level = models.CharField(_("层级"), max_length=10, choices=Level.choices)
    kind = models.CharField(_("性质"), max_length=20, choices=Kind.choices)
    region = models.CharField(_("行政区划"), max_length=50, blank=True)
    supervises = models.BooleanField(_("政府信息公开工作主管部门"), default=False)
    since = models.DateField(_("设立日期"))
    until = models.DateField(_("撤销日期"), null=True, blank=True)
    heir = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="inherited", verbose_name=_("承继机关")
    )

    # No ``node_order_by``: sister agencies stand in the order in which they were set up. Sorting them would give others
    # new paths each time, and a path that was read before would then name another agency.

    class Meta:
        verbose_name = verbose_name_plural = _("行政机关")

    def __str__(self) -> str:
        return self.name

    def name_on(self, day: date) -> str:
        """What it was called on that day; its present name where no other is recorded."""
        named = self.names.filter(since__lte=day).order_by("-since").first()
        return named.name if named else self.name

    def exists_on(self, day: date) -> bool:
        """Whether it had been set up and not yet been dissolved on that day."""
        return self.since <= day and (self.until is None or day < self.until)

    @property
    def takes_requests(self) -> bool:
        """Whether the Regulation's procedure holds for it; public institutions follow the rules of their own trade
        (《条例》第五十五条)."""
        return self.kind != Kind.PUBLIC_INSTITUTION


class AgencyName(models.Model):
    """A name that an agency has borne, from a day on until the next."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="names", verbose_name=_("机关"))
    name = models.CharField(_("名称"), max_length=100)
    short_name = models.CharField(_("简称"), max_length=50)
    since = models.DateField(_("自"))

    class Meta:
        verbose_name = verbose_name_plural = _("曾用名称")
        ordering = ("since",)
        constraints = (models.UniqueConstraint(fields=["agency", "since"], name="agency_name_once_a_day"),)

    def __str__(self) -> str:
        return f"{self.name}（{self.since}）"
