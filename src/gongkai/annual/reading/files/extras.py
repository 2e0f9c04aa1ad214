"""What to say where an extra of the package is not installed."""

from __future__ import annotations

from gongkai.annual.reading.document import Unreadable


def ocr_missing() -> Unreadable:
    """The refusal of a scan or picture without the extra ``ocr``: how to get it, in a clone and as a package."""
    return Unreadable(
        "这是扫描件或图片，要先安装文字识别部件才能读：./run install ocr（或 pip install 'gongkai[ocr]'）",
        "this is a scan or a picture; to read it install text recognition first: ./run install ocr "
        "(or pip install 'gongkai[ocr]')",
    )
