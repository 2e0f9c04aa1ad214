"""The application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RequestsConfig(AppConfig):
    name = "gongkai.requests"
    label = "requests"
    verbose_name = _("依申请公开")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Names what requests enter into the platform's log; reckons days anew when a holiday notice is loaded."""
        from gongkai.agencies.actions.load_notice import AFTER_LOADING
        from gongkai.audit.actions import add
        from gongkai.requests.rebuilding import after_loading
        from gongkai.requests.recorded import SUBJECTS, numbers, words

        add(words(), SUBJECTS, {"request": numbers})
        if after_loading not in AFTER_LOADING:
            AFTER_LOADING.append(after_loading)
