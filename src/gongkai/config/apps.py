"""The application, for start-up checks and the catalogue of translations."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "gongkai.config"
    label = "config"

    def ready(self) -> None:
        """Registers the checks."""
        from gongkai.config import checks  # noqa: F401
