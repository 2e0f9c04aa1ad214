"""The PDFium functions that are called for each letter or stroke of a page, without pypdfium2's conversions.

They take plain addresses and keep Python's lock: called some thousand times a page, the conversions and the giving up
and taking back of the lock would cost more than the work. Opening and closing a file goes through pypdfium2 as usual.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium


def _quick(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


def address(thing: Any) -> int:
    """The address behind one of pypdfium2's handles."""
    return ctypes.cast(thing, ctypes.c_void_p).value or 0


_P, _I, _U, _F = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint, ctypes.c_float

load_page = _quick(pdfium.FPDF_LoadPage, _P, _P, _I)
close_page = _quick(pdfium.FPDF_ClosePage, None, _P)
load_text = _quick(pdfium.FPDFText_LoadPage, _P, _P)
close_text = _quick(pdfium.FPDFText_ClosePage, None, _P)
page_box = _quick(pdfium.FPDF_GetPageBoundingBox, _I, _P, _P)
page_rotation = _quick(pdfium.FPDFPage_GetRotation, _I, _P)
object_count = _quick(pdfium.FPDFPage_CountObjects, _I, _P)

text_count = _quick(pdfium.FPDFText_CountChars, _I, _P)
text = _quick(pdfium.FPDFText_GetText, _I, _P, _I, _I, _P)
letter_box = _quick(pdfium.FPDFText_GetLooseCharBox, _I, _P, _I, _P)
letter_code = _quick(pdfium.FPDFText_GetUnicode, _U, _P, _I)
letter_angle = _quick(pdfium.FPDFText_GetCharAngle, _F, _P, _I)
letter_object = _quick(pdfium.FPDFText_GetTextObject, _P, _P, _I)

page_object = _quick(pdfium.FPDFPage_GetObject, _P, _P, _I)
form_count = _quick(pdfium.FPDFFormObj_CountObjects, _I, _P)
form_object = _quick(pdfium.FPDFFormObj_GetObject, _P, _P, ctypes.c_ulong)
kind = _quick(pdfium.FPDFPageObj_GetType, _I, _P)
text_mode = _quick(pdfium.FPDFTextObj_GetTextRenderMode, _I, _P)
bounds = _quick(pdfium.FPDFPageObj_GetBounds, _I, _P, _P, _P, _P, _P)
matrix = _quick(pdfium.FPDFPageObj_GetMatrix, _I, _P, _P)
draw_mode = _quick(pdfium.FPDFPath_GetDrawMode, _I, _P, _P, _P)
segment_count = _quick(pdfium.FPDFPath_CountSegments, _I, _P)
segment = _quick(pdfium.FPDFPath_GetPathSegment, _P, _P, _I)
segment_kind = _quick(pdfium.FPDFPathSegment_GetType, _I, _P)
segment_point = _quick(pdfium.FPDFPathSegment_GetPoint, _I, _P, _P, _P)
segment_closes = _quick(pdfium.FPDFPathSegment_GetClose, _I, _P)
