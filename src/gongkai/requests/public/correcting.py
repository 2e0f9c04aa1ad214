"""更正信息: one form for a demand to correct a record of oneself (art. 41), and the page on which it is followed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.actors import APPLICANT, Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.refusals import Refused
from gongkai.pages.address import client_address
from gongkai.pages.views import too_often
from gongkai.requests.actions.record_correction import FileCorrection, FiledCorrection
from gongkai.requests.models import Applicant, Paper, RecordCorrection
from gongkai.requests.papers import look_into, store
from gongkai.requests.papers.storing import discard
from gongkai.requests.public import drafts, following, throttles
from gongkai.requests.public.fields import choice, text
from gongkai.requests.public.following import DEMANDED
from gongkai.requests.public.forms import KINDS, SELF, SendForm, WhoForm
from gongkai.requests.selectors.accepting import accepting
from gongkai.requests.selectors.corrections import line_of

MOST_FILES = 5


class CorrectionForm(WhoForm, SendForm):
    """Which record, what is wrong, the evidence; and who asks: citizens, legal persons and other organisations, each
    for itself (《条例》第四十一条)."""

    field_order = (
        *("agency", "record", "wrong", "evidence"),
        *("kind", "name", "document", "document_number", "phone", "email", "address"),
        *("true", "website"),
    )

    kind = choice(_("以谁的名义提出"), KINDS, required=_("请选择以谁的名义提出。"))
    agency = forms.ModelChoiceField(
        queryset=Agency.objects.none(),
        label=_("记录这项信息的机关"),
        empty_label=_("请选择"),
        error_messages={"required": _("请选择机关。"), "invalid_choice": _("请从列表中选择机关。")},
    )
    record = text(
        _("哪一项记录"), _("例如：养老保险个人账户2023年的缴费记录。"), required=_("请写明是哪一项记录。"), rows=3
    )
    wrong = text(_("哪里不准确，应当是什么"), required=_("请写明哪里不准确、应当是什么。"), rows=4)
    evidence = text(
        _("有什么证据"),
        _("写明证据的名称；照片和文件可以在下面上传。"),
        required=_("请写明凭什么证明它不准确。"),
        rows=3,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, kind=Applicant.Kind.NATURAL_PERSON, by=SELF, today=today, **kwargs)
        self.fields["agency"].queryset = accepting(today)  # type: ignore[attr-defined]
        self.fields["name"].label = _("姓名或名称")
        self.fields["name"].error_messages["required"] = _("请填写姓名或名称。")
        self.fields["document"].choices = Applicant.Document.choices  # type: ignore[attr-defined]
        for name in ("fax", "postcode"):
            del self.fields[name]


WHO = ("kind", "name", "document", "document_number", "phone", "email", "address")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form; sent, it has a number and a code."""
    now = timezone.now()
    today = timezone.localdate(now)
    bound = request.method == "POST"
    form = CorrectionForm(request.POST if bound else None, today=today)
    if bound and form.is_valid():
        address = client_address(request)
        if seconds := throttles.filings(address, now) or (request.FILES and throttles.uploads(address, now)):
            return too_often(request, int(seconds))
        try:
            demanded = _demand(request, form.cleaned_data, now)
        except Refused as refused:
            form.refuse(refused)
        else:
            if demanded.code:
                request.session[DEMANDED] = drafts.sealed([demanded.correction.pk, demanded.code])
            return redirect("public:correction_sent")
    key = request.POST.get("key") or str(uuid4())
    context = {"form": form, "key": key}
    return render(request, "public/correct.html", context)


def _demand(request: HttpRequest, cleaned: dict[str, Any], now: datetime) -> FiledCorrection:
    """Files it with its papers. Raises Refused: then nothing is kept."""
    actor = Actor(kind=APPLICANT, address=client_address(request))
    applicant = Applicant(**{name: cleaned[name] for name in WHO})
    uploads = request.FILES.getlist("files")
    if len(uploads) > MOST_FILES:
        raise Refused(_("最多上传%(most)s个文件。") % {"most": MOST_FILES}, "files")
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        key = uuid4()
    for upload in uploads:
        look_into(upload, "files")
    with transaction.atomic():
        papers: list[Paper] = []
        if not RecordCorrection.objects.filter(key=key).exists():
            for upload in uploads:
                kept = store(upload, None, Paper.Kind.OTHER, actor=actor, now=now, field="files", beside=papers)
                papers.append(kept)
        texts = {name: cleaned[name] for name in ("agency", "record", "wrong", "evidence")}
        today = timezone.localdate(now)
        demanded = FileCorrection(applicant=applicant, actor=actor, day=today, key=key, **texts).run(now)
        for paper in papers:
            if not demanded.code:
                discard(paper)
                continue
            paper.correction = demanded.correction
            paper.save(update_fields=["correction"])
        if demanded.code:
            throttles.count_filing(actor.address, f"correction:{demanded.correction.pk}", now)
    return demanded


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Number, code, and what happens next."""
    told = drafts.unsealed(request.session.get(DEMANDED, "")) if DEMANDED in request.session else None
    if told is None:
        return redirect("public:home")
    correction = RecordCorrection.objects.select_related("agency").get(pk=told[0])
    return render(request, "public/correction_sent.html", {"correction": correction, "code": told[1]})


@never_cache
@require_safe
def followed(request: HttpRequest) -> HttpResponse:
    """What became of it."""
    pk = following.bound(request, following.CORRECTION, timezone.now())
    correction = RecordCorrection.objects.select_related("agency", "forwarded_to").filter(pk=pk).first() if pk else None
    if correction is None:
        return redirect("public:track")
    others = [one for one in line_of(correction) if one.pk != correction.pk]
    return render(request, "public/correction.html", {"correction": correction, "others": others})
