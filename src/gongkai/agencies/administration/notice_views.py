"""The pages of holiday notices: those that hold, a new one tried out, and what it moved."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongkai.agencies.actions.load_notice import LoadNotice, days_changed, read
from gongkai.agencies.administration.asking import allowed, demand, done
from gongkai.agencies.administration.forms import NoticeForm
from gongkai.agencies.models import HolidayNotice
from gongkai.agencies.refusals import Refused
from gongkai.law import workdays


def notices(request: HttpRequest) -> HttpResponse:
    """Those that came with the release and those loaded since."""
    actor = demand(request, "see_notices")
    told = {
        "loaded": HolidayNotice.objects.select_related("loaded_by").order_by("-pk"),
        "shipped": list(reversed(workdays.calendar().notices)),
        "settled": workdays.calendar().last_settled_year,
        "may": allowed(actor, None),
    }
    return render(request, "administration/notices.html", told)


def load(request: HttpRequest) -> HttpResponse:
    """Tries a notice out and shows its days; loads it when told to, and shows each due day that moved."""
    actor = demand(request, "load_notice")
    form = NoticeForm(request.POST or None)
    told: dict[str, object] = {"form": form}
    if form.is_valid():
        title, text = form.cleaned_data["title"], form.text
        try:
            told["notice"] = notice = read(text, title)
            told["days"] = days_changed(notice)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            if "load" in request.POST:
                made = done(form, lambda: LoadNotice(actor=actor, title=title, text=text))
                if made is not None:
                    return render(request, "administration/notice_loaded.html", made._asdict())
    return render(request, "administration/notice.html", told | {"today": timezone.localdate()})
