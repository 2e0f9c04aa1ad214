"""Which form an action has, and a form shown again with more room."""

from __future__ import annotations

from collections.abc import Callable

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from gongkai.requests.desk.forms.base import StepForm
from gongkai.requests.desk.forms.deciding import DraftForm
from gongkai.requests.desk.forms.rows import MORE, Rows

OWN: dict[str, type[StepForm]] = {"draft": DraftForm}
"""Actions whose form is more than what they take."""


def form_class(action: str) -> type[StepForm]:
    """The form of that action."""
    return OWN.get(action, StepForm)


def with_more_rows(made: Callable[..., StepForm], typed: QueryDict) -> StepForm:
    """The form with all that was typed, nothing checked yet, and more rows where ``more`` asks for them."""
    blank = made()
    initial = {
        name: field.widget.value_from_datadict(typed, MultiValueDict(), name) for name, field in blank.fields.items()
    }
    form = made(initial=initial)
    wanted = form.fields.get(typed.get("more", ""))
    if isinstance(wanted, Rows):
        wanted.widget.fewest = len(initial[typed["more"]]) + MORE
    return form
