"""Clean pages made to look like scans: turned a little, blurred, noisy, badly lit, stamped, punched, seen askew.

Every function takes a picture and gives a new one. Chance is an argument: the same seed gives the same scan.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

Degradation = Callable[[Image.Image], Image.Image]

PAPER = (255, 255, 255)
STAMP_RED = (214, 40, 40)


def pages(pdf: bytes, dpi: int) -> list[Image.Image]:
    """The pages of a PDF as RGB pictures of that resolution, without the text behind them."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]


def turned(degrees: float) -> Degradation:
    """The sheet laid on the glass at an angle (counterclockwise)."""
    return lambda image: image.rotate(degrees, Image.Resampling.BICUBIC, expand=False, fillcolor=PAPER)


def quarter_turned(times: int) -> Degradation:
    """The sheet fed sideways or upside down: turned by so many quarters, counterclockwise."""
    return lambda image: image.rotate(90 * times, expand=True)


def blurred(radius: float) -> Degradation:
    """Out of focus by so many pixels."""
    return lambda image: image.filter(ImageFilter.GaussianBlur(radius))


def noisy(strength: float, seed: int = 0) -> Degradation:
    """Grain: every pixel off by a normal deviation of that strength (of 255)."""

    def add(image: Image.Image) -> Image.Image:
        grain = np.random.default_rng(seed).normal(0, strength, (image.height, image.width, 1))
        return Image.fromarray(np.clip(np.asarray(image) + grain, 0, 255).astype(np.uint8))

    return add


def speckled(per_million: float, seed: int = 0) -> Degradation:
    """Dust: black specks of one or two pixels, so many to a million pixels."""

    def add(image: Image.Image) -> Image.Image:
        chance = np.random.default_rng(seed)
        pixels = np.array(image)
        for _ in range(int(per_million * image.width * image.height / 1e6)):
            x, y = chance.integers(image.width - 2), chance.integers(image.height - 2)
            wide, high = chance.integers(1, 3, 2)
            pixels[y : y + high, x : x + wide] = 30
        return Image.fromarray(pixels)

    return add


def compressed(quality: int) -> Degradation:
    """Saved as JPEG of that quality and opened again."""

    def squeeze(image: Image.Image) -> Image.Image:
        held = io.BytesIO()
        image.save(held, "JPEG", quality=quality)
        return Image.open(io.BytesIO(held.getvalue())).convert("RGB")

    return squeeze


def unevenly_lit(darkest: float = 0.6) -> Degradation:
    """Photographed with the lamp at the top left: the far corner gets only that part of the light."""

    def shade(image: Image.Image) -> Image.Image:
        down = np.linspace(0, 1, image.height)[:, None]
        across = np.linspace(0, 1, image.width)[None, :]
        light = 1 - (1 - darkest) * (0.5 * down + 0.5 * across)
        return Image.fromarray((np.asarray(image) * light[:, :, None]).astype(np.uint8))

    return shade


def faded(lightest: float = 0.45) -> Degradation:
    """Toner running out: black becomes grey of that lightness (0 black, 1 white)."""
    return lambda image: image.point(lambda value: int(255 * lightest + value * (1 - lightest)))


def stamped(
    across: float = 0.7, down: float = 0.4, size: float = 0.2, colour: tuple[int, int, int] = STAMP_RED
) -> Degradation:
    """A round seal over the text: a ring with a star, its middle at those fractions of the page."""

    def press(image: Image.Image) -> Image.Image:
        seal = Image.new("RGB", image.size, PAPER)
        draw = ImageDraw.Draw(seal)
        radius = size * image.width / 2
        x, y = across * image.width, down * image.height
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=colour, width=max(3, int(radius / 14)))
        points = [
            (x + r * math.sin(k * math.pi / 5), y - r * math.cos(k * math.pi / 5))
            for k in range(10)
            for r in [radius * (0.36 if k % 2 == 0 else 0.14)]
        ]
        draw.polygon(points, fill=colour)
        mixed = np.minimum(np.asarray(image), np.asarray(seal))  # ink on ink: the darker stays
        return Image.fromarray(mixed)

    return press


def punched(holes: int = 2) -> Degradation:
    """Holes of a file binder at the left edge, dark as the scanner's lid is."""

    def punch(image: Image.Image) -> Image.Image:
        result = image.copy()
        draw = ImageDraw.Draw(result)
        radius, x = 0.0145 * image.width, 0.05 * image.width
        for k in range(holes):
            y = image.height * (0.5 + 0.135 * (k - (holes - 1) / 2) * 2)
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(25, 25, 25))
        return result

    return punch


def askew(amount: float = 0.01) -> Degradation:
    """Photographed not quite from above: the upper edge shorter by twice that part of the width, slightly twisted."""

    def tilt(image: Image.Image) -> Image.Image:
        wide, high = image.size
        d = amount * wide
        corners = [(-d, -d * 0.6), (-0.2 * d, high), (wide + 0.2 * d, high + d * 0.4), (wide + d, 0)]
        seen = [(0, 0), (0, high), (wide, high), (wide, 0)]
        return image.transform(
            image.size,
            Image.Transform.PERSPECTIVE,
            _projection(seen, corners),
            Image.Resampling.BICUBIC,
            fillcolor=PAPER,
        )

    return tilt


def _projection(seen: Sequence[tuple[float, float]], source: Sequence[tuple[float, float]]) -> list[float]:
    """The eight numbers by which Pillow finds for a point seen its point in the source."""
    rows, values = [], []
    for (x, y), (u, v) in zip(seen, source, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return [float(number) for number in np.linalg.solve(np.array(rows, float), np.array(values, float))]


def black_and_white(threshold: int = 160) -> Degradation:
    """As a fax or a copier set to two tones."""
    return lambda image: image.convert("L").point(lambda value: 255 if value > threshold else 0).convert("RGB")


def degraded(image: Image.Image, steps: Iterable[Degradation]) -> Image.Image:
    """The picture after all the steps, in colour."""
    image = image.convert("RGB")
    for step in steps:
        image = step(image)
    return image


OFFICE: tuple[Degradation, ...] = (turned(0.6), blurred(0.7), noisy(8), compressed(45))
"""An office scanner in a hurry: turned by 0.6°, soft, grainy, saved as a small JPEG."""

LAMP: tuple[Degradation, ...] = (askew(0.008), unevenly_lit(), blurred(0.6), noisy(6), compressed(60))
"""A photograph under a desk lamp."""

FILED: tuple[Degradation, ...] = (stamped(), punched(), turned(-0.4), speckled(25), noisy(5), compressed(55))
"""A filed copy: sealed, punched, dusty."""

COPIED: tuple[Degradation, ...] = (blurred(0.6), noisy(10), turned(0.3), black_and_white())
"""A photocopy in black and white."""


def scanned(pdf: bytes, dpi: int = 200, steps: Iterable[Degradation] = OFFICE) -> bytes:
    """The same PDF as a scan: pages that are nothing but pictures."""
    return to_pdf([degraded(page, steps) for page in pages(pdf, dpi)], dpi)


def to_pdf(images: Sequence[Image.Image], dpi: int = 200) -> bytes:
    """A PDF with one picture to a page, as a scanner writes it."""
    held = io.BytesIO()
    images[0].save(held, "PDF", save_all=True, append_images=images[1:], resolution=dpi, quality=90)
    return held.getvalue()


def to_tiff(images: Sequence[Image.Image], dpi: int = 200) -> bytes:
    """A TIFF of several pages, compressed as office scanners do."""
    held = io.BytesIO()
    images[0].save(held, "TIFF", save_all=True, append_images=images[1:], compression="tiff_lzw", dpi=(dpi, dpi))
    return held.getvalue()
