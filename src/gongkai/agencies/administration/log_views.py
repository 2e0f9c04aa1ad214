"""The pages of the log: read, exported, proved; by the audit administrator alone."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.agencies.administration.asking import demand
from gongkai.agencies.administration.forms import LogForm
from gongkai.agencies.models import Staff
from gongkai.audit.actions import ACTIONS, RESULTS, subject_words
from gongkai.audit.models import Entry
from gongkai.audit.reading import Sought, entries, rows
from gongkai.audit.verifying import verify
from gongkai.audit.writing import record
from gongkai.pages.templatetags.written import language

PER_PAGE = 50
PERSON = "staff:"
BYTE_ORDER_MARK = "\ufeff"
"""By which a spreadsheet knows that the file is UTF-8."""
LONGEST_NUMBER = 18


def log(request: HttpRequest) -> HttpResponse:
    """The entries, newest first."""
    demand(request, "read_log")
    form = _form(request)
    found = entries(sought(form))
    older = request.GET.get("older", "")
    if older.isascii() and older.isdigit() and len(older) <= LONGEST_NUMBER:
        found = found.filter(id__lt=int(older))
    page = list(found[: PER_PAGE + 1])
    kept = request.GET.copy()
    kept.pop("older", None)
    told = {
        "form": form,
        "entries": _named(page[:PER_PAGE]),
        "older": page[PER_PAGE - 1].pk if len(page) > PER_PAGE else None,
        "query": kept.urlencode(),
    }
    return render(request, "administration/log.html", told)


@require_POST
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """What was looked for, as CSV. That it was exported stands in the log itself."""
    actor, now = demand(request, "export_log"), timezone.now()
    wanted = sought(_form(request))
    record("log.exported", now=now, staff=actor.staff_id, address=actor.address, sought=_told(wanted))
    name = f"gongkai-log-{timezone.localdate(now).isoformat()}.csv"
    return StreamingHttpResponse(
        _lines(wanted, language()),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def proof(request: HttpRequest) -> HttpResponse:
    """Every chain gone through from its first entry on, when asked to."""
    actor = demand(request, "prove_log")
    told: dict[str, object] = {}
    if request.method == "POST":
        now = timezone.now()
        verdicts = list(verify())
        broken = [verdict.broken for verdict in verdicts if verdict.broken is not None]
        told = {"verdicts": verdicts, "broken": broken, "moment": now, "total": sum(v.entries for v in verdicts)}
        record("log.proved", now=now, staff=actor.staff_id, address=actor.address, broken=len(broken))
    return render(request, "administration/proof.html", told)


def sought(form: LogForm) -> Sought:
    """What the form looks for; a user name that nobody bears finds nothing."""
    if not form.is_valid():
        return Sought(staff=0)
    given = dict(form.cleaned_data)
    username = given.pop("username")
    staff = Staff.objects.filter(username=username).values_list("pk", flat=True).first() or 0 if username else None
    return Sought(staff=staff, **given)


def _form(request: HttpRequest) -> LogForm:
    lang = language()
    actions = [(action, said.words(lang)) for action, said in ACTIONS.items()]
    results = [(result, said.words(lang)) for result, said in RESULTS.items()]
    return LogForm(actions, results, request.GET, label_suffix="")


def _named(page: list[Entry]) -> list[tuple[Entry, str]]:
    """The entries with what they are about; people by name, in one query."""
    about = {entry.subject.removeprefix(PERSON) for entry in page if entry.subject.startswith(PERSON)}
    names = {f"{PERSON}{staff.pk}": str(staff) for staff in Staff.objects.filter(pk__in=about)}
    lang = language()
    return [(entry, names.get(entry.subject) or subject_words(entry.subject).words(lang)) for entry in page]


def _told(wanted: Sought) -> dict[str, Any]:
    """What was exported, for the log: only what was asked."""
    asked = {name: getattr(wanted, name) for name in ("action", "subject", "result", "since", "until")}
    asked["person"] = wanted.staff
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asked.items() if value}


def _lines(wanted: Sought, lang: str) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK
    for row in rows(entries(wanted), lang):
        yield writer.writerow(row)


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, line: str) -> str:
        return line
