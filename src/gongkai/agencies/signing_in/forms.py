"""The forms of signing in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, SetPasswordMixin, UsernameField
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Staff
from gongkai.agencies.signing_in.entering import may_enter

WRONG_PASSWORD = "wrong_password"


class SignInForm(AuthenticationForm):
    """User name and password."""

    username = UsernameField(
        label=_("用户名"), widget=forms.TextInput(attrs={"autofocus": True, "autocapitalize": "none"})
    )
    password = forms.CharField(
        label=_("密码"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def get_invalid_login_error(self) -> ValidationError:
        return ValidationError(
            _("用户名或密码不正确，请核对后再试。连续%(tries)s次不正确，账号将暂时锁定。")
            % {"tries": settings.AXES_FAILURE_LIMIT},
            code="invalid_login",
        )

    def confirm_login_allowed(self, user: Any) -> None:
        super().confirm_login_allowed(user)
        if not may_enter(user, timezone.localtime()):
            raise ValidationError(
                _("密码正确，但您的账号今天没有任何角色。请与本机关的安全管理员联系。"), code="no_role"
            )


class CodeForm(forms.Form):
    """A code of the authenticator app, or a recovery code."""

    code = forms.CharField(
        label=_("动态口令"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autofocus": True, "autocomplete": "one-time-code", "inputmode": "text", "spellcheck": "false"}
        ),
    )


class ChangePasswordForm(SetPasswordMixin, forms.Form):
    """The old password, and the new one twice."""

    old = forms.CharField(
        label=_("现在的密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    new_password1, new_password2 = SetPasswordMixin.create_password_fields(
        label1=_("新密码"), label2=_("再输入一次新密码")
    )

    def __init__(self, staff: Staff, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = staff
        self.fields["new_password1"].help_text = ""
        self.fields["new_password2"].help_text = ""

    def clean_old(self) -> str:
        old: str = self.cleaned_data["old"]
        if not self.staff.check_password(old):
            raise ValidationError(_("现在的密码不正确。"), code=WRONG_PASSWORD)
        return old

    def clean(self) -> dict[str, Any]:
        self.validate_passwords("new_password1", "new_password2")
        if self.cleaned_data.get("new_password2"):
            self.validate_password_for_user(self.staff, "new_password2")
        return self.cleaned_data
