"""The application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RequestsConfig(AppConfig):
    name = "gongkai.requests"
    label = "requests"
    verbose_name = _("依申请公开")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Names what the log says of requests, and reckons their days anew when a notice of holidays is loaded."""
        from gongkai.agencies.actions.load_notice import AFTER_LOADING
        from gongkai.audit import actions
        from gongkai.requests import logged, rebuilding

        actions.add(logged.ACTIONS)
        if rebuilding.after_loading not in AFTER_LOADING:
            AFTER_LOADING.append(rebuilding.after_loading)
