"""Form fields as the public pages have them: each says why it is asked, and what is wrong in words that help."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.refusals import Refused, in_language
from gongkai.law.words import Said
from gongkai.privacy.identity import wrong_phone

Shown = Any
"""Words as Django's forms take them: a text, or one that is translated when it is shown."""
LINE, NAME, NUMBER = 200, 100, 40
"""Characters that a line, a name, a number may have."""


class PlainForm(forms.Form):
    """A form without colons after labels, whose errors stand with their fields."""

    use_required_attribute = False
    error_css_class = "has-error"
    required_css_class = ""
    summary_title = _("请先改正下面的内容")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def typed(self) -> dict[str, Any]:
        """What was typed, to be shown again: as it came, for each field."""
        found: dict[str, Any] = {}
        for name, field in self.fields.items():
            if not isinstance(field, forms.FileField):
                value = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
                found[name] = value if isinstance(value, (str, bool, list)) else ("" if value is None else str(value))
        return found

    def refuse(self, refused: Refused) -> None:
        """Takes a refusal of an action into the form, at its field where the form has it."""
        self.add_error(refused.field if refused.field in self.fields else None, str(refused))

    @property
    def faults(self) -> list[tuple[str, str]]:
        """For the summary on top, in the order of the page: the id of the field (empty for the whole form, which
        comes last) and what is wrong."""
        found = []
        order = [*self.fields, NON_FIELD_ERRORS]
        for name, errors in sorted(self.errors.items(), key=lambda one: order.index(one[0])):
            bound = self[name] if name in self.fields else None
            found += [(bound.id_for_label or f"{bound.auto_id}_0" if bound else "", str(error)) for error in errors]
        return found


def complain(said: Said | None) -> None:
    """Raises ValidationError where a check of gongkai.privacy.identity found something wrong."""
    if said is not None:
        words: Shown = in_language(said)
        raise ValidationError(words)


def line(
    label: Shown, help_text: Shown = "", *, required: Shown = "", length: int = LINE, **attributes: str
) -> forms.CharField:
    """One line of text. ``required`` is what is said where it is empty; without it the field is optional."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(required),
        max_length=length,
        error_messages=messages(required),
        widget=forms.TextInput(attrs=attributes),
    )


def text(
    label: Shown, help_text: Shown = "", *, required: Shown = "", length: int = 5000, rows: int = 6
) -> forms.CharField:
    """Several lines of text."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(required),
        max_length=length,
        error_messages=messages(required),
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def choice(
    label: Shown, choices: Iterable[tuple[str, Shown]], help_text: Shown = "", *, required: Shown
) -> forms.ChoiceField:
    """One of several, as radio buttons."""
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        choices=list(choices),
        error_messages={"required": required, "invalid_choice": required},
        widget=forms.RadioSelect,
    )


def tick(label: Shown, help_text: Shown = "", *, required: Shown = "") -> forms.BooleanField:
    """A box to tick."""
    return forms.BooleanField(
        label=label, help_text=help_text, required=bool(required), error_messages={"required": required}
    )


def telephone(label: Shown, help_text: Shown = "", *, required: Shown = "") -> forms.CharField:
    """A telephone number, checked."""
    field = line(label, help_text, required=required, length=NUMBER, inputmode="tel", autocomplete="tel", **SHORT)
    field.validators.append(lambda value: complain(wrong_phone("".join(value.split()))))
    return field


SHORT = {"class": "short"}


def messages(required: Shown) -> dict[str, Any]:
    """What is said of a text that is empty or too long."""
    return {
        "required": required,
        "max_length": _("最多写%(limit_value)d个字，现在是%(show_value)d个。"),
        "null_characters_not_allowed": _("含有不能识别的字符，请重新输入。"),
    }
