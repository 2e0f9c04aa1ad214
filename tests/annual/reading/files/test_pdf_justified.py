"""Justified lines, as typesetting programs make them, keep all their letters."""

from __future__ import annotations

import pytest
import typst

from gongkai.annual.reading.files.pdf import read_pdf

SOURCE = """
#set page(width: 300pt, height: 400pt, margin: 30pt)
#set text(font: "Noto Serif CJK SC", size: 12pt, lang: "zh", tracking: -0.2pt)
#set par(justify: true)
#sys.inputs.text
"""


def read_back(text: str) -> str:
    data = typst.compile(SOURCE.encode(), sys_inputs={"text": text})
    return "".join(line.text.replace(" ", "") for line in read_pdf(data).lines())


@pytest.mark.parametrize(
    "text",
    [
        "《条例》（国令第711号）（以下简称《条例》）、《办法》（以下简称《办法》），",
        "加以改进：（一）继续公开；（二）“改进”“提高”。2020年，《报告》《解读》！",
        "县（区）、乡（镇）。〔2021〕30号（“30号文”）；",
    ],
)
def test_letters_beside_compressed_punctuation_are_read(text):
    assert read_back(text * 6) == text * 6


@pytest.mark.parametrize("text", ["𠮷田村", "公开𠮷12件", "𠮷"])
def test_characters_beyond_the_basic_plane_are_read(text):
    assert read_back(text + "、" + text) == text + "、" + text
