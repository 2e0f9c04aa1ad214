"""The application."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "gongkai.pages"
    label = "pages"
