"""Which agencies take requests on a day, and what their guides say."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from gongkai.agencies.models import Agency, Guide


def accepting(day: date) -> QuerySet[Agency]:
    """The agencies to which a request can be made (《条例》第二十七条), in the order of their tree. Public institutions
    follow the rules of their own trade (第五十五条)."""
    exist = Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))
    agencies: QuerySet[Agency] = Agency.objects.filter(exist).exclude(kind="public_institution").order_by("path")
    return agencies


def with_guides(day: date) -> QuerySet[Agency]:
    """The same, each with its guide of that day as ``current_guides`` (none or one). Two queries."""
    guides = Guide.objects.on(day)
    return accepting(day).prefetch_related(Prefetch("guides", queryset=guides, to_attr="current_guides"))
