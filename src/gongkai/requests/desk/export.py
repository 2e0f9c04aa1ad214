"""Taking the list away as a file. The platform's log tells of it: what was filtered, never what was typed."""

from __future__ import annotations

from tempfile import TemporaryFile

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBadRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongkai.audit.writing import record
from gongkai.requests.desk.acting import actor_from, calendar_for, moment, today
from gongkai.requests.desk.exporting import as_csv, write_xlsx
from gongkai.requests.desk.filtering import FilterForm
from gongkai.requests.selectors.listing import listed

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """The requests that the query asks for, all of them, in the format asked for."""
    name = request.POST.get("format", "")
    if name not in MEDIA_TYPES:
        return HttpResponseBadRequest(_("只能导出为XLSX或CSV。"))
    actor, day, now = actor_from(request), today(), moment()
    form = FilterForm(request.GET, actor)
    requests = listed(actor, form.filters, day, calendar_for(actor))
    filtered = sorted(field for field, value in form.cleaned_data.items() if value and field != "sort")
    record("requests.exported", now=now, staff=actor.staff_id, address=actor.address, format=name, filtered=filtered)
    response: HttpResponse | StreamingHttpResponse | FileResponse
    if name == "csv":
        response = StreamingHttpResponse(as_csv(requests, day), content_type=MEDIA_TYPES[name])
    else:
        file = TemporaryFile()  # noqa: SIM115 - the response closes it when it is sent
        write_xlsx(requests, day, file)
        file.seek(0)
        response = FileResponse(file, content_type=MEDIA_TYPES[name])
    response["Content-Disposition"] = f'attachment; filename="requests-{day.isoformat()}.{name}"'
    return response
