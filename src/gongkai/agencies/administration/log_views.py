"""The pages of the log: read, exported, proved; by the audit administrator alone."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongkai.agencies.administration.asking import demand
from gongkai.agencies.administration.forms import LogForm
from gongkai.agencies.models import Agency, Staff
from gongkai.audit.actions import ACTIONS, BEARING, KINDS, RESULTS, subject_words
from gongkai.audit.details import Named
from gongkai.audit.models import Entry
from gongkai.audit.reading import Sought, entries, rows
from gongkai.audit.verifying import verify
from gongkai.audit.writing import PLATFORM, record
from gongkai.pages.templatetags.written import language

PER_PAGE = 50
PERSON, AGENCY = "staff:", "agency:"
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
        "names": _names(page[:PER_PAGE]),
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
        named = [(verdict, _chain(verdict.chain)) for verdict in verdicts]
        told = {"verdicts": named, "broken": broken, "moment": now, "total": sum(v.entries for v in verdicts)}
        record("log.proved", now=now, staff=actor.staff_id, address=actor.address, broken=len(broken))
    return render(request, "administration/proof.html", told)


def _chain(name: str) -> str:
    """A chain as people call it; itself where it has no other name."""
    if name == PLATFORM:
        return _("平台的审计日志")
    kind, slash, number = name.rpartition("/")
    agency = Agency.objects.filter(pk=number).first() if slash and number.isdigit() else None
    if agency is None:
        return name
    told = {"agency": agency.name}
    return _("%(agency)s办理申请的记录") % told if kind == "requests/agency" else name


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
    """The entries with what they are about: people and agencies by name, others as they are known. A query for each
    kind."""
    names = {f"{PERSON}{staff.pk}": str(staff) for staff in Staff.objects.filter(pk__in=_about(page, PERSON))}
    agencies = Agency.objects.filter(pk__in=_about(page, AGENCY))
    names |= {f"{AGENCY}{agency.pk}": agency.name for agency in agencies}
    for kind, bearing in BEARING.items():
        borne = bearing(_about(page, f"{kind}:"))
        names |= {f"{kind}:{number}": f"{KINDS[kind].words(language())} {name}" for number, name in borne.items()}
    lang = language()
    return [(entry, names.get(entry.subject) or subject_words(entry.subject).words(lang)) for entry in page]


def _about(page: list[Entry], kind: str) -> set[str]:
    """The numbers of what the entries are about, of that kind."""
    return {entry.subject.removeprefix(kind) for entry in page if entry.subject.startswith(kind)}


def _names(page: list[Entry]) -> Named:
    """Whom and which agencies the numbers in the details mean. Two queries."""
    of_agencies, of_staff = ("agency", "before", "after"), ("account", "person")
    agencies = {pk: agency.name for pk, agency in Agency.objects.in_bulk(_numbers(page, of_agencies)).items()}
    people = {pk: str(staff) for pk, staff in Staff.objects.in_bulk(_numbers(page, of_staff)).items()}
    return dict.fromkeys(of_agencies, agencies) | dict.fromkeys(of_staff, people)


def _numbers(page: list[Entry], names: tuple[str, ...]) -> set[int]:
    """The numbers that stand under those names, alone or listed, at the first level or one below it."""
    told = [entry.details for entry in page]
    told += [inner for outer in told for inner in outer.values() if isinstance(inner, dict)]
    held = [one.get(name) for one in told for name in names]
    listed = [each for one in held for each in (one if isinstance(one, list) else [one])]
    return {each for each in listed if isinstance(each, int) and not isinstance(each, bool)}


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
