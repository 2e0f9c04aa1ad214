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

EXAMPLE = """title = "某市人民政府关于某节放假的通知"
document = "某政发〔2027〕1号"
region = "某市"
confirmed = true
rest = [
  { festival = "某节", from = 2027-03-11, to = 2027-03-12 },
]
work = [2027-03-13]
"""
"""How a notice is written, to be overwritten."""


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
    form = NoticeForm(request.POST or None, initial={"text": EXAMPLE})
    told: dict[str, object] = {"form": form, "example": EXAMPLE}
    if form.is_valid():
        try:
            told["notice"] = notice = read(form.cleaned_data["text"], form.cleaned_data["title"])
            told["days"] = days_changed(notice)
        except Refused as refused:
            form.add_error("text", str(refused))
        else:
            if "load" in request.POST:
                made = done(form, lambda: LoadNotice(actor=actor, **form.cleaned_data))
                if made is not None:
                    return render(request, "administration/notice_loaded.html", made._asdict())
    return render(request, "administration/notice.html", told | {"today": timezone.localdate()})
