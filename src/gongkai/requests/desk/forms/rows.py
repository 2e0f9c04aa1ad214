"""Several things of one sort in a form, a row for each: points to correct, parts, wishes. Works without a script."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.refusals import Words

MORE = 2
"""Empty rows that "more rows" adds."""
MOST = 50
"""Rows that a form takes."""


@dataclass(frozen=True, slots=True)
class Column:
    """What a row has: a line, some lines (``rows`` above 1), or a choice. ``longest``: so many characters it takes."""

    name: str
    label: Words
    rows: int = 1
    choices: Callable[[], Sequence[tuple[str, Words]]] | None = None
    longest: int = 20_000

    def field(self) -> forms.Field:
        """The field of one row. Nothing is required here: what is missing the action says."""
        if self.choices is not None:
            return forms.ChoiceField(label=str(self.label), required=False, choices=[("", ""), *self.choices()])
        if self.rows > 1:
            return forms.CharField(
                label=str(self.label),
                required=False,
                max_length=self.longest,
                widget=forms.Textarea(attrs={"rows": self.rows}),
            )
        return forms.CharField(label=str(self.label), required=False, max_length=self.longest)


class RowsWidget(forms.Widget):
    """The rows, named ``points-0-what``. Rows left empty at the end are not there."""

    template_name = "desk/request/rows.html"
    use_fieldset = True

    def __init__(self, columns: Sequence[Column], fewest: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.columns, self.fewest = tuple(columns), fewest

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict, name: str) -> list[dict[str, str]]:
        found = re.compile(re.escape(name) + r"-(\d{1,3})-\w+")
        places = {int(match[1]) for key in data if (match := found.fullmatch(key))}
        rows = range(min(max(places) + 1, MOST)) if places else ()
        return [{c.name: str(data.get(f"{name}-{n}-{c.name}", "")).strip() for c in self.columns} for n in rows]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not self.value_from_datadict(data, files, name)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        given = list(value or [])
        given += [{}] * (self.fewest - len(given))
        context["widget"] |= {
            "rows": [self._row(name, n, row) for n, row in enumerate(given)],
            "full": len(given) >= MOST,
        }
        return context

    def _row(self, name: str, place: int, row: Mapping[str, str]) -> list[tuple[str, Words, str]]:
        """The cells of a row: the id, the label, the field as HTML."""
        cells = []
        for column in self.columns:
            field, key = column.field(), f"{name}-{place}-{column.name}"
            html = field.widget.render(key, row.get(column.name, ""), {"id": f"id_{key}"})
            cells.append((f"id_{key}", column.label, html))
        return cells


class Rows(forms.Field):
    """A tuple of what ``make`` gives for each row that is not empty."""

    widget: RowsWidget

    def __init__(self, columns: Sequence[Column], make: Callable[..., Any], fewest: int = 1, **kwargs: Any) -> None:
        super().__init__(widget=RowsWidget(columns, fewest), **kwargs)
        self.columns, self.make = tuple(columns), make

    def clean(self, value: Any) -> tuple[Any, ...]:
        rows = [row for row in value or [] if any(row.values())]
        if self.required and not rows:
            raise ValidationError(self.error_messages["required"], code="required")
        for row in rows:
            for column in self.columns:
                if column.choices is not None and row[column.name] not in {key for key, _label in column.choices()}:
                    raise ValidationError(_("请为每一行选择“%(what)s”。"), params={"what": column.label})
                column.field().clean(row[column.name])
        return tuple(self.make(**row) for row in rows)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data)
