"""The application, for start-up checks and the catalogue of translations."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "gongkai.config"
    label = "config"
