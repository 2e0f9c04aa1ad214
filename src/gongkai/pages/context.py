"""What every template knows: the language, and whether large print is wanted."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

LARGE_PRINT = "large_print"


MEGABYTE = 1024 * 1024


def page(request: HttpRequest) -> dict[str, Any]:
    """For the frame: ``large_print`` (长辈版) and ``is_demo``; for forms with files, how large these may be."""
    return {
        "large_print": request.COOKIES.get(LARGE_PRINT) == "1",
        "is_demo": settings.GONGKAI_DEMO,
        "file_megabytes": settings.GONGKAI_FILE_BYTES // MEGABYTE,
        "request_megabytes": settings.GONGKAI_REQUEST_BYTES // MEGABYTE,
    }
