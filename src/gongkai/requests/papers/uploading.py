"""Uploads are stopped by their size before they are read: by what is announced, and by counting what comes."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MEGABYTE = 1024 * 1024
FORM_BYTES = MEGABYTE
"""What the other fields of a form may take beside its files."""
LONGEST_NUMBER = 18
"""So many digits a body's length has at most."""


class RefuseTooLarge:
    """Middleware: a body that announces more than settings.GONGKAI_REQUEST_BYTES is answered with 413 and not read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        limit: int = settings.GONGKAI_REQUEST_BYTES
        is_number = announced.isascii() and announced.isdigit() and len(announced) <= LONGEST_NUMBER
        if not is_number or int(announced) > limit + FORM_BYTES:
            context = {"limit": limit // MEGABYTE, "file_limit": settings.GONGKAI_FILE_BYTES // MEGABYTE}
            return render(request, "413.html", context, status=413)
        return self.get_response(request)


class CountingUploadHandler(FileUploadHandler):
    """Counts what comes of each file; what goes beyond settings.GONGKAI_FILE_BYTES is let go and not kept. Such a file
    arrives empty, with ``too_large`` set, and ``store`` refuses it by name. Stands before the handlers that keep."""

    chunk_size = 64 * 2**10

    def new_file(self, *args: object, **kwargs: object) -> None:
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.seen += len(raw_data)
        return None if self.seen > settings.GONGKAI_FILE_BYTES else raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if self.seen <= settings.GONGKAI_FILE_BYTES:
            return None
        refused = InMemoryUploadedFile(
            BytesIO(), self.field_name, self.file_name or "", self.content_type or "", 0, self.charset
        )
        refused.too_large = True  # type: ignore[attr-defined]
        return refused
