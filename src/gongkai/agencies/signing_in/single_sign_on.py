"""Single sign-on by OpenID Connect: a provider says who somebody is; what he may do is said here alone."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db.models import QuerySet
from django.http import HttpRequest
from jwt import PyJWTError
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from requests.exceptions import RequestException

from gongkai.agencies.backends import RoleBackend
from gongkai.agencies.models import Staff

logger = logging.getLogger(__name__)
BACKEND = "gongkai.agencies.signing_in.single_sign_on.ProviderBackend"


def is_offered() -> bool:
    """Whether the operator has named a provider."""
    return bool(settings.OIDC_RP_CLIENT_ID)


class ProviderBackend(RoleBackend, OIDCAuthenticationBackend):
    """Finds the one member of staff whose user name the claim bears. Nobody is created, no right is given."""

    def verify_token(self, token: str, **kwargs: Any) -> dict[str, Any]:
        """As the library checks it (signature, expiry, nonce), and that it was made by this provider for us."""
        payload: dict[str, Any] = super().verify_token(token, **kwargs)
        audience = payload.get("aud")
        if self.OIDC_RP_CLIENT_ID not in (audience if isinstance(audience, list) else [audience]):
            raise SuspiciousOperation("the token was made for somebody else")
        if settings.GONGKAI_OIDC_ISSUER and payload.get("iss") != settings.GONGKAI_OIDC_ISSUER:
            raise SuspiciousOperation("the token was made by somebody else")
        return payload

    def get_userinfo(self, access_token: str, id_token: str, payload: dict[str, Any]) -> dict[str, Any]:
        """The claims of the token with those of the provider's endpoint, which must speak of the same person."""
        told: dict[str, Any] = super().get_userinfo(access_token, id_token, payload)
        if told.get("sub") != payload.get("sub"):
            raise SuspiciousOperation("the provider speaks of two people")
        return {**told, **payload}

    def verify_claims(self, claims: dict[str, Any]) -> bool:
        return bool(claims.get(settings.GONGKAI_OIDC_CLAIM))

    def filter_users_by_claims(self, claims: dict[str, Any]) -> QuerySet[Staff]:
        return Staff.objects.filter(username=str(claims[settings.GONGKAI_OIDC_CLAIM]), is_active=True)

    def update_user(self, user: Staff, claims: dict[str, Any]) -> Staff:
        """Nothing of a person is changed by what a provider says."""
        return user

    def authenticate(self, request: HttpRequest | None = None, **kwargs: Any) -> Staff | None:  # type: ignore[override]
        """The person whom the provider names, after its answer has been checked; None where it is no answer of its."""
        if request is None or kwargs.get("nonce") is None:
            return None
        try:
            return OIDCAuthenticationBackend.authenticate(self, request, **kwargs)  # type: ignore[no-any-return]
        except (SuspiciousOperation, RequestException, PyJWTError, KeyError, ValueError) as error:
            logger.warning("single sign-on refused: %s", type(error).__name__)
            return None

    def describe_user_by_claims(self, claims: dict[str, Any]) -> str:
        return f"claim {settings.GONGKAI_OIDC_CLAIM}"
