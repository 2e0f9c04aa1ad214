"""Who may enter the desk: whoever holds a role today. Flags of Django's own are never asked."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.utils import timezone

from gongkai.agencies.actors import actor_of
from gongkai.agencies.models import Staff

DESK = "wagtailadmin.access_admin"


class RoleBackend(ModelBackend):
    """Password sign-in; the only permission it gives is that of entering the desk."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        if perm != DESK or not isinstance(user_obj, Staff) or not user_obj.is_active:
            return False
        if user_obj.enters_desk is None:  # asked many times for one page
            user_obj.enters_desk = bool(actor_of(user_obj, timezone.localdate()).roles)
        return user_obj.enters_desk

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return {DESK} if self.has_perm(user_obj, DESK) else set()
