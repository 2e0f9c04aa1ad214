"""A scanned file's pages as pictures of a known resolution, within bounds of time and memory."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdfium2 import raw

from gongkai.annual.reading.document import Unreadable
from gongkai.annual.reading.files.pdf import PDFIUM

Pixels = NDArray[np.uint8]

MOST_PAGES = 60
"""A report has fewer pages; what has more is something else, and would keep the reader busy for minutes."""

MOST_PIXELS = 80_000_000
"""A page of a scan has no more (A3 at 600 dpi has 70 million)."""

DPI = 200
"""The resolution at which pages are read where the scan is not finer."""

FINEST_DPI = 300
COARSEST_DPI = 150
LARGEST_PAGE = 30_000_000
"""Pixels of a page while it is read; a page that would have more is read at a lower resolution."""

PAGE_WIDTH = 8.27
"""Inches: the width of A4, for pictures that do not say how large they are."""

PICTURES = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")


@dataclass(frozen=True)
class Picture:
    """A page: its number from 1, its pixels (height × width × 3, RGB) and their number to the inch."""

    page: int
    pixels: Pixels
    dpi: float


def pictures(data: bytes, kind: str, pages: Sequence[int] | None = None) -> tuple[int, Iterator[Picture]]:
    """The number of pages of the file, and the pages one by one: of a PDF (``kind`` "pdf") or of a picture file.

    ``pages`` (from 1) limits it to some of them. Raises Unreadable if the file is broken, locked, too long or too
    large, at once or when the page in question is asked for.
    """
    return _pdf(data, pages) if kind == "pdf" else _picture_file(data, pages)


def _chosen(count: int, pages: Sequence[int] | None) -> list[int]:
    chosen = [page for page in range(1, count + 1) if pages is None or page in pages]
    if len(chosen) > MOST_PAGES:
        raise Unreadable(
            f"扫描件有 {len(chosen)} 页，超过 {MOST_PAGES} 页；请只截取年度报告所在的页后再读",
            f"the scan has {len(chosen)} pages, more than {MOST_PAGES}; cut out the pages of the report and try again",
        )
    return chosen


# ── PDF ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _pdf(data: bytes, pages: Sequence[int] | None) -> tuple[int, Iterator[Picture]]:
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
            count = len(document)
        except pypdfium2.PdfiumError as error:
            if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD:
                raise Unreadable(
                    "PDF 已加密，打不开；请先去掉密码", "the PDF is encrypted; remove the password first"
                ) from error
            raise _broken() from error
    chosen = _chosen(count, pages)
    if not chosen:
        raise Unreadable(
            "PDF 中没有可读的页；请重新导出或重新扫描", "the PDF has no page to read; export or scan it again"
        )

    def rendered() -> Iterator[Picture]:
        for number in chosen:
            with PDFIUM:
                try:
                    page = document[number - 1]
                    shown = _render(page, number)
                    page.close()
                except pypdfium2.PdfiumError as error:
                    raise _broken(number) from error
            yield shown
        with PDFIUM:
            document.close()

    return count, rendered()


def _render(page: pypdfium2.PdfPage, number: int) -> Picture:
    wide, high = page.get_size()
    if not (wide > 0 and high > 0):
        raise _broken(number)
    dpi = min(max(_embedded_dpi(page, number), DPI), FINEST_DPI)
    dpi = min(dpi, 72 * (LARGEST_PAGE / (wide * high)) ** 0.5)
    bitmap = page.render(
        scale=dpi / 72, rev_byteorder=True, force_bitmap_format=raw.FPDFBitmap_BGR, may_draw_forms=True
    )
    return Picture(number, np.array(bitmap.to_numpy()), dpi)


def _embedded_dpi(page: pypdfium2.PdfPage, number: int) -> float:
    """The resolution of the largest picture on the page, 0 if there is none."""
    best = (0.0, 0.0)
    for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        assert isinstance(image, pypdfium2.PdfImage)
        across, down = image.get_px_size()
        if across * down > MOST_PIXELS:
            raise _too_large(across, down, number)
        left, bottom, right, top = image.get_bounds()
        if right > left and top > bottom:
            best = max(best, ((right - left) * (top - bottom), 72 * across / (right - left)))
    return best[1]


# ── Pictures ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _picture_file(data: bytes, pages: Sequence[int] | None) -> tuple[int, Iterator[Picture]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # large pictures are measured below
            image = Image.open(io.BytesIO(data), formats=PICTURES)
            count = getattr(image, "n_frames", 1)
    except Image.DecompressionBombError as error:
        raise Unreadable(
            "图片大得离谱，不像扫描件；请以 200–300 dpi 重新扫描",
            "the picture is absurdly large, no scan of a page; scan it again at 200–300 dpi",
        ) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, OverflowError) as error:
        raise _broken_picture() from error
    if image.format == "MPO":
        count = 1  # a camera's JPEG with a preview behind it
    if count > 1 and image.format != "TIFF":
        raise Unreadable(
            "动图不是扫描件；请改存为 PDF、TIFF 或单张图片",
            "an animated picture is no scan; save it as PDF, TIFF or single pictures",
        )
    chosen = _chosen(count, pages)

    def frames() -> Iterator[Picture]:
        for number in chosen:
            yield _frame(image, number)

    return count, frames()


def _frame(image: Image.Image, number: int) -> Picture:
    try:
        if number > 1:
            image.seek(number - 1)
        if image.width * image.height > MOST_PIXELS:
            raise _too_large(image.width, image.height, number)
        if image.format == "JPEG":
            image.draft("RGB", (3600, 3600))  # decodes a large photograph at half its size
        flat = ImageOps.exif_transpose(_flat(image))
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, OverflowError, ZeroDivisionError) as error:
        raise _broken_picture(number) from error
    if min(flat.size) < 32:
        raise Unreadable(
            f"图片只有 {flat.width}×{flat.height} 像素，看不清字；请重新扫描",
            f"a picture of {flat.width}×{flat.height} pixels shows no text; scan it again",
        )
    dpi = min(flat.size) / PAGE_WIDTH if max(flat.size) < 2 * min(flat.size) else flat.width / PAGE_WIDTH
    wanted = min(max(dpi, DPI if dpi < COARSEST_DPI else dpi), FINEST_DPI)
    scale = min(wanted / dpi, (LARGEST_PAGE / (flat.width * flat.height)) ** 0.5)
    if abs(scale - 1) > 0.02:
        size = (max(1, round(flat.width * scale)), max(1, round(flat.height * scale)))
        flat = flat.resize(size, Image.Resampling.LANCZOS)
    return Picture(number, np.asarray(flat), dpi * scale)


def _flat(image: Image.Image) -> Image.Image:
    """The picture as RGB on white paper."""
    if image.mode.startswith("I") or image.mode == "F":
        deep = np.asarray(image, dtype=np.float64)
        top = 65535.0 if deep.max(initial=0) > 255 else 255.0
        return Image.fromarray((deep / top * 255).clip(0, 255).astype(np.uint8)).convert("RGB")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        inked = image.convert("RGBA")
        paper = Image.new("RGBA", inked.size, "white")
        return Image.alpha_composite(paper, inked).convert("RGB")
    return image.convert("RGB")


# ── What goes wrong ──────────────────────────────────────────────────────────────────────────────────────────────


def _broken(page: int | None = None) -> Unreadable:
    at, at_en = (f"第 {page} 页", f" on page {page}") if page else ("", "")
    return Unreadable(
        f"PDF {at}已损坏，打不开；请重新导出或重新扫描", f"the PDF is broken{at_en}; export or scan it again"
    )


def _broken_picture(page: int | None = None) -> Unreadable:
    at, at_en = (f"（第 {page} 页）", f" (page {page})") if page and page > 1 else ("", "")
    return Unreadable(
        f"图片已损坏或不完整{at}；请重新保存或重新扫描",
        f"the picture is broken or cut short{at_en}; save or scan it again",
    )


def _too_large(across: int, down: int, page: int) -> Unreadable:
    return Unreadable(
        f"第 {page} 页的图片有 {across}×{down} 像素，大得离谱；请以 200–300 dpi 重新扫描",
        f"the picture on page {page} has {across}×{down} pixels, absurdly many; scan it again at 200–300 dpi",
    )
