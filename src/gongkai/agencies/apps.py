"""The application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgenciesConfig(AppConfig):
    name = "gongkai.agencies"
    label = "agencies"
    verbose_name = _("行政机关")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Has sign-ins written to the log."""
        from gongkai.agencies.signing_in import recording  # noqa: F401 (needs the models)
