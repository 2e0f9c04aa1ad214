"""The application, for its templates, styles and words."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "gongkai.requests.desk"
    label = "desk"
