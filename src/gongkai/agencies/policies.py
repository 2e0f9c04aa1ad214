"""Who administers what: one table. The three administrators are three people, and none handles requests (三员分立)."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Role, Staff
from gongkai.agencies.predicates import Predicate, administers, is_system, predicate

system_admin = administers(Role.SYSTEM_ADMIN, Role.SYSTEM_ADMIN.label)
security_admin = administers(Role.SECURITY_ADMIN, Role.SECURITY_ADMIN.label)
audit_admin = administers(Role.AUDIT_ADMIN, Role.AUDIT_ADMIN.label)
not_self = predicate(
    "not_self",
    lambda actor, thing: not isinstance(thing, Staff) or actor.staff_id != thing.pk,
    _("不能办理自己的账号、任职和权限。"),
)

TABLE: Mapping[str, Predicate] = {
    "see_agencies": system_admin | security_admin,
    "see_staff": system_admin | security_admin,
    "add_agency": system_admin | is_system,
    "edit_agency": system_admin,
    "save_guide": system_admin,
    "save_remedy_body": system_admin,
    "rename": system_admin,
    "merge": system_admin,
    "split": system_admin,
    "move": system_admin,
    "dissolve": system_admin,
    "see_notices": system_admin,
    "load_notice": system_admin,
    "open_account": system_admin | is_system,
    "edit_account": system_admin & not_self,
    "close_account": system_admin & not_self,
    "reopen_account": system_admin & not_self,
    "appoint": (security_admin & not_self) | is_system,
    "end_appointment": security_admin & not_self,
    "give_password": security_admin & not_self,
    "reset_second_factor": security_admin & not_self,
    "unlock": security_admin & not_self,
    "end_sessions": security_admin & not_self,
    "read_log": audit_admin,
    "export_log": audit_admin,
    "prove_log": audit_admin,
}
"""Action × role: the thing is an agency, a person, or None for what belongs to the whole platform."""
