"""Scans read through the front door: tables, text, and files that are none."""

from __future__ import annotations

import io
import struct
import sys
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("cv2", reason="the extra ocr is not installed")
pytest.importorskip("rapidocr", reason="the extra ocr is not installed")
pytest.importorskip("onnxruntime", reason="the extra ocr is not installed")

import numpy as np
from PIL import Image

from gongkai.annual.reading.document import Document, Grid, Line, Unreadable
from gongkai.annual.reading.files import scan
from gongkai.annual.reading.files.ocr import read_scan
from gongkai.annual.reading.files.scan import picture
from gongkai.demo.rendering import wear
from tests.annual.reading.files.scan import drawing

FIGURES = [
    ["0", "1", "11", "7", "10"],
    ["6", "8", "3", "5", "9"],
    ["100", "1820", "0", "", "88"],
    ["0", "0.5", "33352.43", "2", "17"],
]
TABLE = drawing.page(drawing.plain(FIGURES), [150, 150, 220, 150, 150])

LABELLED = [
    drawing.Drawn("三、\n本年\n度办\n理结\n果", 0, 0, 5, 1),
    drawing.Drawn("申请人情况", 0, 1, 1, 3),
    drawing.Drawn("", 1, 1),
    drawing.Drawn("自然人", 1, 2),
    drawing.Drawn("总计", 1, 3),
    drawing.Drawn("（一）予以公开", 2, 1),
    drawing.Drawn("12", 2, 2),
    drawing.Drawn("15", 2, 3),
    drawing.Drawn("（二）部分公开", 3, 1),
    drawing.Drawn("0", 3, 2),
    drawing.Drawn("3", 3, 3),
    drawing.Drawn("（七）总计", 4, 1),
    drawing.Drawn("12", 4, 2),
    drawing.Drawn("18", 4, 3),
]


def as_bytes(image: Image.Image, kind: str = "PNG") -> bytes:
    held = io.BytesIO()
    image.save(held, kind)
    return held.getvalue()


def grids(document: Document) -> list[Grid]:
    return list(document.grids())


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows()]


def wrong(grid: Grid, truth: list[list[str]]) -> list[tuple[str, str]]:
    """Cells passed on as sure that say something else than what stands there."""
    return [
        (cell.text, truth[cell.row][cell.column])
        for cell in grid.cells
        if not cell.doubtful and cell.text != truth[cell.row][cell.column]
    ]


# ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_a_clean_table_is_read_cell_by_cell_with_its_blank() -> None:
    (grid,) = grids(read_scan(as_bytes(TABLE), "png"))
    assert texts(grid) == FIGURES
    assert grid.exact
    assert all(cell.where.page == 1 and cell.where.box for cell in grid.cells)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["OFFICE", "LAMP", "FILED", "COPIED"])
def test_a_worn_table_gives_no_wrong_figure_and_most_of_them(name: str) -> None:
    seen = wear.degraded(TABLE, getattr(wear, name))
    (grid,) = grids(read_scan(wear.to_pdf([seen]), "pdf"))
    assert wrong(grid, FIGURES) == []
    assert sum(bool(cell.doubtful) for cell in grid.cells) <= 4


@pytest.mark.slow
def test_a_seal_over_figures_leaves_them_right_or_doubtful_and_a_blank_under_it_is_not_sure() -> None:
    seen = wear.stamped(0.5, 0.17, 0.25)(TABLE)
    (grid,) = grids(read_scan(as_bytes(seen), "png"))
    assert wrong(grid, FIGURES) == []
    assert any(cell.doubtful == ("",) for cell in grid.cells if cell.row == 2 and cell.column == 3)


@pytest.mark.slow
def test_labels_spans_and_text_around_the_table_are_read_in_order() -> None:
    page = drawing.page(LABELLED, [130, 420, 150, 150], 56, lines=["收到政府信息公开申请18件，均已办结。"])
    document = read_scan(as_bytes(wear.degraded(page, wear.OFFICE), "JPEG"), "jpeg")
    line, grid = document.blocks[0], grids(document)[0]
    assert isinstance(line, Line)
    assert "18件" in line.text
    assert {(cell.row, cell.column): (cell.rowspan, cell.colspan) for cell in grid.cells}[0, 0] == (5, 1)
    found = texts(grid)
    assert found[0][0] == "三、本年度办理结果"
    assert found[0][1] == "申请人情况"
    assert found[2][1:] == ["12", "15"]
    assert found[4][1:] == ["12", "18"]
    assert "予以公开" in found[2][0]


@pytest.mark.slow
@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_fed_sideways_or_upside_down_is_turned(quarters: int) -> None:
    lines = ["云岭省青禾市澄湾区数据局年度报告", "收到政府信息公开申请18件，均已办结。", "其他需要报告的事项：无。"]
    page = drawing.page(LABELLED, [130, 420, 150, 150], 56, lines=lines)
    document = read_scan(as_bytes(wear.quarter_turned(quarters)(page)), "png")
    assert texts(grids(document)[0])[4][1:] == ["12", "18"]


@pytest.mark.slow
def test_a_table_without_rules_is_lines_whose_words_know_their_places() -> None:
    pixels = Image.new("RGB", (1654, 700), "white")
    from PIL import ImageDraw

    pen = ImageDraw.Draw(pixels)
    for row, figures in enumerate((["10", "200", "3"], ["7", "0", "45"])):
        for column, text in enumerate(figures):
            pen.text((300 + 400 * column, 200 + 80 * row), text, fill=0, font=drawing.type_face(32))
    lines = list(read_scan(as_bytes(pixels), "png").lines())
    assert len(lines) == 2
    assert [word for _, _, word in lines[0].words] == ["10", "200", "3"]
    lefts = [left for left, _, _ in lines[0].words]
    point = 72 * 8.27 / 1654
    assert lefts == pytest.approx([300 * point, 700 * point, 1100 * point], abs=8) or len(set(lefts)) == 3


@pytest.mark.slow
def test_a_table_that_goes_on_over_the_pages_end_says_so_and_pages_can_be_chosen() -> None:
    data = wear.to_pdf([TABLE, TABLE, TABLE])
    document = read_scan(data, "pdf")
    assert document.pages == 3
    assert [grid.where.page for grid in document.grids()] == [1, 2, 3]
    assert [grid.continues for grid in document.grids()] == [False, True, True]
    assert [grid.where.page for grid in read_scan(data, "pdf", pages=[2]).grids()] == [2]


@pytest.mark.slow
def test_every_page_of_a_tiff_is_read() -> None:
    document = read_scan(wear.to_tiff([TABLE, TABLE]), "tiff")
    assert [grid.where.page for grid in document.grids()] == [1, 2]


@pytest.mark.slow
def test_nothing_is_fetched_from_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    from gongkai.annual.reading.files.scan.recognition import Recogniser

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    fresh = Recogniser()
    assert fresh.lines(np.full((64, 64), 255, "uint8")) == []
    assert fresh.read([np.full((40, 80), 255, "uint8")])[0].text == ""


@pytest.mark.slow
def test_a_blank_page_has_no_text_and_says_so() -> None:
    with pytest.raises(Unreadable, match="没有识别出文字"):
        read_scan(as_bytes(Image.new("RGB", (800, 1100), "white")), "png")


# ── Files that are no scans ──────────────────────────────────────────────────────────────────────────────────────


def png_of(wide: int, high: int) -> bytes:
    """The head of a PNG that claims to be so large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def animated() -> bytes:
    held = io.BytesIO()
    frames = [Image.new("RGB", (200, 200), colour) for colour in ("red", "white", "black")]
    frames[0].save(held, "GIF", save_all=True, append_images=frames[1:])
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "kind", "says"),
    [
        (b"", "png", "损坏"),
        (b"no picture at all", "jpeg", "损坏"),
        (as_bytes(TABLE, "JPEG")[:5000], "jpeg", "损坏|不完整"),
        (as_bytes(TABLE)[:3000], "png", "损坏|不完整"),
        (b"II*\0\x08\0\0\0\0\0", "tiff", "损坏"),
        (png_of(50_000, 50_000), "png", "大得离谱"),
        (png_of(12_000, 9_000), "png", "大得离谱"),
        (png_of(1_000, 1_000), "png", "损坏|不完整"),
        (as_bytes(Image.new("RGB", (9, 2000))), "png", "看不清"),
        (animated(), "gif", "动图"),
        (b"%PDF-1.4 broken", "pdf", "损坏"),
        (wear.to_pdf([TABLE])[:2000], "pdf", "损坏"),
    ],
)
def test_a_file_that_is_no_scan_is_unreadable_in_both_languages(data: bytes, kind: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says) as raised:
        read_scan(data, kind)
    assert raised.value.message_en


def test_a_scan_of_too_many_pages_is_refused_before_any_is_read() -> None:
    dot = Image.new("L", (40, 40), 255)
    with pytest.raises(Unreadable, match="超过 60 页"):
        read_scan(wear.to_pdf([dot] * 61), "pdf")
    with pytest.raises(Unreadable) as raised:
        read_scan(wear.to_tiff([dot] * 61), "tiff")
    assert "more than 60" in raised.value.message_en


def test_a_picture_too_large_inside_a_pdf_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "MOST_PIXELS", 1_000_000)
    with pytest.raises(Unreadable, match="大得离谱"):
        read_scan(wear.to_pdf([TABLE]), "pdf")


def test_without_the_extra_the_message_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("gongkai.annual.reading.files.scan.")]:
        monkeypatch.delitem(sys.modules, name)
        monkeypatch.delattr(scan, name.rpartition(".")[2], raising=False)
    monkeypatch.setitem(sys.modules, "cv2", None)
    with pytest.raises(Unreadable, match=r"gongkai\[ocr\]") as raised:
        read_scan(as_bytes(TABLE), "png")
    assert "gongkai[ocr]" in raised.value.message_en


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "I", "F", "CMYK"])
def test_pictures_of_any_kind_are_brought_to_black_on_white(mode: str) -> None:
    grey = Image.new("L", (600, 800), 255)
    grey.paste(0, (100, 100, 500, 300))
    if mode in ("I;16", "I"):
        image = Image.fromarray(np.asarray(grey).astype("uint16") * 257).convert(mode)
    elif mode in ("LA", "RGBA"):
        image = grey.convert(mode)
        image.putalpha(grey.point(lambda value: 255 - value))  # black ink on nothing
    else:
        image = grey.convert(mode)
    held = io.BytesIO()
    image.save(held, "TIFF" if mode in ("F", "CMYK", "I") else "PNG")
    _, pages = picture.pictures(held.getvalue(), "picture")
    page = next(iter(pages))
    high, wide = page.pixels.shape[:2]
    assert page.pixels[high // 4, wide // 2].max() < 40
    assert page.pixels[3 * high // 4, wide // 2].min() > 215


def test_small_pictures_are_enlarged_and_fine_ones_reduced() -> None:
    small = next(iter(picture.pictures(as_bytes(Image.new("L", (600, 850), 255)), "png")[1]))
    fine = next(iter(picture.pictures(as_bytes(Image.new("L", (4960, 7016), 255)), "png")[1]))
    assert small.dpi == pytest.approx(picture.DPI, rel=0.02)
    assert fine.dpi <= picture.FINEST_DPI * 1.02


@settings(max_examples=40)
@given(st.data())
def test_mangled_pictures_are_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(as_bytes(Image.new("RGB", (60, 60), "white"), data.draw(st.sampled_from(["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"]))))  # fmt: skip  # noqa: E501
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        _, pages = picture.pictures(bytes(whole), "picture")
        for page in pages:
            assert page.pixels.ndim == 3
    except Unreadable as refused:
        assert refused.message
        assert refused.message_en
