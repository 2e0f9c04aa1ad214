"""What signing in leaves behind: second factor, recovery codes, past passwords, and where somebody is signed in."""

from __future__ import annotations

import secrets
import time
from binascii import unhexlify

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device, ThrottlingMixin
from django_otp.oath import TOTP

from gongkai.agencies.models.staff import Staff
from gongkai.privacy.fields import EncryptedText, blind

SECRET_BYTES = 20
"""As RFC 4226 recommends."""
STEP_SECONDS, DIGITS = 30, 6
"""What every authenticator app takes for granted (RFC 6238)."""
STEPS_ASIDE = 1
"""How far a clock may be off: one code before, one code after."""
RECOVERY_CODES, RECOVERY_LETTERS = 10, "23456789abcdefghjkmnpqrstuvwxyz"
RECOVERY_LENGTH = 10


def new_secret() -> str:
    """A fresh secret, hex."""
    return secrets.token_hex(SECRET_BYTES)


class SecondFactor(ThrottlingMixin, Device):
    """An authenticator app (TOTP). Its secret is stored encrypted; ``last_step`` so that a code counts once."""

    secret = EncryptedText(_("密钥"), default=new_secret)
    last_step = models.BigIntegerField(default=-1)
    enrolled_at = models.DateTimeField(_("启用时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("动态口令")

    def get_throttle_factor(self) -> int:
        """Seconds to wait after the first wrong code; they double with each further one."""
        return 1

    def totp(self) -> TOTP:
        """The generator of this secret's codes, at the present moment."""
        made = TOTP(unhexlify(self.secret), STEP_SECONDS, 0, DIGITS)
        made.time = time.time()
        return made

    def verify_token(self, token: str) -> bool:
        """Whether it is the code of this moment, not used before, or a recovery code, which is used up by it."""
        allowed, _why = self.verify_is_allowed()
        if not allowed:
            return False
        given = "".join(str(token).split()).lower()
        right = self._is_present_code(given) or self._uses_recovery_code(given)
        if right:
            self.throttle_reset(commit=False)
            self.save()
        else:
            self.throttle_increment(commit=True)
        return right

    def _is_present_code(self, given: str) -> bool:
        if not (given.isascii() and given.isdigit() and len(given) == DIGITS):
            return False
        totp = self.totp()
        if not totp.verify(int(given), STEPS_ASIDE, self.last_step + 1):
            return False
        self.last_step = totp.t()
        return True

    def _uses_recovery_code(self, given: str) -> bool:
        code = given.replace("-", "")
        if len(code) != RECOVERY_LENGTH:
            return False
        unused = self.recovery_codes.filter(digest=blind(code), used_at__isnull=True)
        return bool(unused.update(used_at=timezone.now()))

    def renew_recovery_codes(self) -> list[str]:
        """Fresh recovery codes in place of all before; they are shown once and stored as keyed digests only."""
        self.recovery_codes.all().delete()
        codes = [
            "".join(secrets.choice(RECOVERY_LETTERS) for _letter in range(RECOVERY_LENGTH))
            for _code in range(RECOVERY_CODES)
        ]
        RecoveryCode.objects.bulk_create(RecoveryCode(factor=self, digest=blind(code)) for code in codes)
        half = RECOVERY_LENGTH // 2
        return [f"{code[:half]}-{code[half:]}" for code in codes]


class RecoveryCode(models.Model):
    """A code for the day on which the telephone is lost; it works once."""

    factor = models.ForeignKey(
        SecondFactor, on_delete=models.CASCADE, related_name="recovery_codes", verbose_name=_("动态口令")
    )
    digest = models.CharField(_("摘要"), max_length=64)
    used_at = models.DateTimeField(_("使用时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("恢复码")

    def __str__(self) -> str:
        return f"{self.factor_id}/{self.pk}"


class PastPassword(models.Model):
    """The digest of a password that a person has had, so that it does not come back too soon."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="past_passwords", verbose_name=_("人员"))
    digest = models.CharField(_("摘要"), max_length=128)
    set_at = models.DateTimeField(_("设定时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("曾用密码")
        ordering = ("-set_at", "-pk")

    def __str__(self) -> str:
        return f"{self.staff} {self.set_at}"


BROWSERS = (
    ("Edg/", "Edge"),
    ("QQBrowser", _("QQ浏览器")),
    ("360SE", _("360安全浏览器")),
    ("360EE", _("360极速浏览器")),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
"""By what they say of themselves; the first that fits."""


class SignIn(models.Model):
    """A person signed in, in one browser: from when, from where, and how it ended. ``key`` is the session's."""

    class Ended(models.TextChoices):
        SIGNED_OUT = "signed_out", _("已退出")
        IDLE = "idle", _("长时间未操作")
        EXPIRED = "expired", _("超过一次登录的时限")
        NEWER = "newer", _("在别处登录")
        ENDED_BY_SELF = "ended_by_self", _("本人结束")
        ENDED_BY_ADMINISTRATOR = "ended_by_administrator", _("安全管理员结束")
        PASSWORD_CHANGED = "password_changed", _("密码已修改")

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="sign_ins", verbose_name=_("人员"))
    key = models.CharField(max_length=40, unique=True)
    began_at = models.DateTimeField(_("登录时间"))
    address = models.GenericIPAddressField(_("网络地址"), null=True, blank=True)
    browser = models.CharField(_("浏览器"), max_length=200, blank=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    ended = models.CharField(_("结束原因"), max_length=30, choices=Ended.choices, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("登录")
        ordering = ("-began_at", "-pk")
        indexes = (models.Index(fields=["staff", "ended_at"], name="sign_in_of_staff"),)

    def __str__(self) -> str:
        return f"{self.staff} {self.began_at}"

    @property
    def browser_name(self) -> str:
        """Browser and system in short, by what the browser says of itself."""
        told = [next((str(name) for sign, name in known if sign in self.browser), "") for known in (BROWSERS, SYSTEMS)]
        return "，".join(name for name in told if name) or self.browser
