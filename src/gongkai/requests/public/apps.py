"""The application, for its templates, styles and words."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "gongkai.requests.public"
    label = "public"
