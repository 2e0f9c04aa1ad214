"""Which form an action has, and a form shown again with more room."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.forms import Form
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from gongkai.requests.desk.forms.base import StepForm
from gongkai.requests.desk.forms.deciding import DraftForm
from gongkai.requests.desk.forms.dispatching import DispatchForm
from gongkai.requests.desk.forms.rows import MORE, Rows

OWN: dict[str, type[StepForm]] = {"draft": DraftForm, "dispatch": DispatchForm}
"""Actions whose form is more than what they take."""


def form_class(action: str) -> type[StepForm]:
    """The form of that action."""
    return OWN.get(action, StepForm)


F = TypeVar("F", bound=Form)


def with_more_rows(made: Callable[..., F], typed: QueryDict) -> F:
    """The form with all that was typed, nothing checked yet, and more rows where ``more`` asks for them."""
    blank = made()
    initial = {
        name: field.widget.value_from_datadict(typed, MultiValueDict(), name) for name, field in blank.fields.items()
    }
    form = made(initial=initial)
    name = str(typed.get("more", ""))
    wanted = form.fields.get(name)
    if isinstance(wanted, Rows):
        wanted.widget.fewest = len(initial[name]) + MORE
    return form
