"""A report as a scan: its pages as pictures of 200 dots an inch, askew, blurred, noisy, compressed."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random

import numpy

from gongkai.demo.rendering.catalogue import Missing, Printed, layout
from gongkai.demo.rendering.paper import Paper
from gongkai.demo.rendering.setting import Page, Style, set_pages, width_of

try:
    from PIL import Image, ImageDraw, ImageFilter, ImageFont
except ImportError:  # pragma: no cover - named when a scan is asked for
    Image = None  # type: ignore[assignment]

_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "C:/Windows/Fonts")
_FONTS = ("NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc", "NotoSerifSC-Regular.otf", "simsun.ttc", "uming.ttc")


@cache
def font_file() -> Path:
    """A font with Chinese characters. Raises Missing where the system has none."""
    for name in _FONTS:
        for folder in _FOLDERS:
            for found in Path(folder).rglob(name):
                return found
    raise Missing("需要中文字体（apt-get install fonts-noto-cjk）| a Chinese font is needed (apt-get install fonts-noto-cjk)")


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    path = str(font_file())
    for index in range(9):
        try:
            font = ImageFont.truetype(path, size, index=index)
        except OSError:
            break
        if "SC" in (font.getname()[0] or "") or index == 0 and not path.endswith(".ttc"):
            return font
    return ImageFont.truetype(path, size)


def pictures(pages: list[Page], dots: int = 200) -> list[Image.Image]:
    """The pages as clean grey pictures of that many dots an inch."""
    if Image is None:
        raise Missing("扫描件需要 Pillow（pip install pillow）| a scan needs Pillow (pip install pillow)")
    scale = dots / 72
    drawn = []
    for page in pages:
        picture = Image.new("L", (round(page.width * scale), round(page.height * scale)), 255)
        pen = ImageDraw.Draw(picture)
        for border in page.borders:
            frame = [round(edge * scale) for edge in (border.x0, border.y0, border.x1, border.y1)]
            pen.rectangle(frame, outline=40, width=2)
        for placed in page.placed:
            x = placed.x
            font = _font(round(placed.size * scale))
            for character in placed.text:
                pen.text((x * scale, (placed.y + placed.size * 0.88) * scale), character, fill=20, font=font, anchor="ls")
                x += width_of(character, placed.size)
        drawn.append(picture)
    return drawn


def worn(picture: Image.Image, rng: Random, *, turn: float, blur: float, grain: float) -> Image.Image:
    """The picture as a scanner sees it: turned by so many degrees, out of focus, with grain."""
    turned = picture.rotate(turn, resample=Image.Resampling.BICUBIC, fillcolor=255)
    soft = turned.filter(ImageFilter.GaussianBlur(blur))
    noise = numpy.random.default_rng(rng.randrange(2**32)).normal(-6, grain, (soft.height, soft.width))
    return Image.fromarray(numpy.clip(numpy.asarray(soft, dtype=float) + noise, 0, 255).astype("uint8"))


def as_pdf(shown: list[Image.Image], dots: int = 200, quality: int = 45) -> bytes:
    """Pictures as the pages of a PDF, each compressed as JPEG of that quality."""
    compressed = []
    for picture in shown:
        file = BytesIO()
        picture.save(file, "JPEG", quality=quality)
        compressed.append(Image.open(BytesIO(file.getvalue())))
    made = BytesIO()
    compressed[0].save(made, "PDF", save_all=True, append_images=compressed[1:], resolution=dots)
    return made.getvalue()


@layout("scan", "J", suffix=".pdf")
def scanned_pages(paper: Paper, rng: Random) -> Printed:
    """Pages of 200 dots an inch, turned by 0.6 degrees, blurred, grainy, compressed to a quality of 45"""
    pages = set_pages(paper, Style(table_size=10.5, stub=30, middle=50, margin=50))
    return Printed(as_pdf([worn(picture, rng, turn=0.6, blur=0.7, grain=9) for picture in pictures(pages)]))


@layout("scan", "J", "B4", suffix=".pdf")
def scanned_pages_header_again(paper: Paper, rng: Random) -> Printed:
    """The same, turned the other way and fainter, the header again on each page"""
    pages = set_pages(paper, Style(table_size=10.5, stub=30, middle=50, margin=50, header_again=True))
    return Printed(as_pdf([worn(picture, rng, turn=-0.4, blur=0.9, grain=12) for picture in pictures(pages)]))


@layout("scan", "J", suffix=".png")
def picture_of_the_page(paper: Paper, rng: Random) -> Printed:
    """One long picture of the whole report, straight and clean"""
    pages = set_pages(paper, Style(table_size=10.5, stub=30, middle=50, margin=50, height=2600, page_number=""))
    file = BytesIO()
    pictures(pages)[0].save(file, "PNG")
    return Printed(file.getvalue())
