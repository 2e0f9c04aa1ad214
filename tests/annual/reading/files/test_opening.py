"""What a file is is told by its content; whatever it is, it is read or refused in one clear line."""

from __future__ import annotations

import io
import random
import re
import sys
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.finding import Where
from gongkai.annual.reading.document import Document, Grid, GridCell, Line, NoText, Unreadable
from gongkai.annual.reading.files import limits, opening
from gongkai.annual.reading.files.archive import Archive
from gongkai.annual.reading.files.guard import failed
from gongkai.annual.reading.files.kinds import OLE
from gongkai.annual.reading.files.opening import open_document
from tests.annual.reading.files.shapes import archive, docx, lines, only_grid, paragraph, row, rows, table
from tests.annual.reading.files.shapes import cell as docx_cell

HTML = """<html><head><meta charset="utf-8"><title>丙区示例局</title></head><body><p>一、总体情况</p>
<table><tr><td>行政许可</td><td>12</td></tr><tr><td>行政处罚</td><td>3</td></tr></table></body></html>"""
DOCX = docx(paragraph("一、总体情况") + table(row(docx_cell("行政许可"), docx_cell("12"))))
TEXT = "一、总体情况\n\n行政许可\t12\n行政处罚\t3\n"
MARKDOWN = "## 一、总体情况\n\n| 行政许可 | 12 |\n|---|---|\n| 行政处罚 | 3 |\n"


def xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["行政许可", 12])
    sheet.append(["行政处罚", 3])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def mhtml(charset: str = "gb2312", encoding: str = "8bit", page: bytes = b"") -> bytes:
    return (
        b"From: <Saved by WPS>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related;\r\n\tboundary="=-x"\r\n\r\n'
        b'--=-x\r\nContent-Type: text/html; charset="'
        + charset.encode()
        + b'"\r\nContent-Transfer-Encoding: '
        + encoding.encode()
        + b"\r\n\r\n"
        + (page or HTML.replace(' charset="utf-8"', "").encode(charset))
        + b"\r\n--=-x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo="
        + b"\r\n--=-x--\r\n"
    )


FILES = {
    "html": HTML.encode(),
    "docx": DOCX,
    "xlsx": xlsx(),
    "text": TEXT.encode(),
    "markdown": MARKDOWN.encode(),
    "mhtml": mhtml(),
}


def refusal(data: bytes, name: str = "") -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        open_document(data, name)
    error = caught.value
    assert "\n" not in error.message
    assert re.search("[\u4e00-\u9fff]", error.message)
    assert error.message_en.isascii() or "“" in error.message_en
    return error


class TestKinds:
    @pytest.mark.parametrize("kind", FILES)
    @pytest.mark.parametrize("name", ["", "a.pdf", "a.doc", "a.xls", "a.txt", "a.html", "a.docx", "a.jpg"])
    def test_a_wrong_extension_changes_nothing(self, kind: str, name: str) -> None:
        found = open_document(FILES[kind], name)
        assert found.kind == kind.replace("mhtml", "html")
        assert ["行政许可", "12"] in [cells for made in found.grids() for cells in rows(made)]

    @pytest.mark.parametrize(
        "page",
        [
            HTML,
            '<?xml version="1.0" encoding="utf-8"?>\n<!-- x -->\n' + HTML,
            "\ufeff\n\n<!DOCTYPE html>" + HTML,
            "<div>" + HTML[HTML.index("<p>") : HTML.index("</body>")] + "</div>",
            "一些文字在前面" + HTML[HTML.index("<p>") : HTML.index("</body>")] * 3,
            "<table><tr><td>行政许可<td>12</table>",
        ],
    )
    def test_pages_and_pieces_of_pages(self, page: str) -> None:
        assert open_document(page.encode()).kind == "html"

    @pytest.mark.parametrize("text", ["1 < 2，3 > 2。\n", "见 <https://example.org> 网页\n" * 3, "<注> 说明\n"])
    def test_text_with_angle_brackets_is_text(self, text: str) -> None:
        assert open_document(text.encode()).kind == "text"

    def test_text_with_html_tables_in_it_is_text(self) -> None:
        tables = HTML[HTML.index("<table>") : HTML.index("</body>")]
        found = open_document(f"一、总体情况\n\n正文。\n\n{tables}\n二、其他\n{tables}\n".encode())
        assert found.kind == "text"
        assert lines(found) == ["一、总体情况", "正文。", "二、其他"]
        assert len(list(found.grids())) == 2
        centred = f"<div align=center>\n\n## 标题\n\n</div>\n\n一、总体情况\n\n正文。\n\n{tables}".encode()
        assert lines(open_document(centred)) == ["标题", "一、总体情况", "正文。"]

    @pytest.mark.parametrize("charset", ["gb2312", "utf-8"])
    @pytest.mark.parametrize("encoding", ["8bit", "base64", "quoted-printable"])
    def test_web_archives(self, charset: str, encoding: str) -> None:
        import base64
        import quopri

        page = HTML.replace(' charset="utf-8"', "").encode(charset)
        coded = {"8bit": page, "base64": base64.encodebytes(page), "quoted-printable": quopri.encodestring(page)}
        assert lines(open_document(mhtml(charset, encoding, coded[encoding]), "a.doc")) == ["一、总体情况"]


class TestRefusals:
    @pytest.mark.parametrize(
        ("data", "says"),
        [
            (b"", "空"),
            (b" \r\n\t\x00", "空"),
            (b"\xef\xbb\xbf", "空"),
            (b"\x00" * 5000, "空"),
            (random.Random(7).randbytes(20_000), "编码"),
            (DOCX[: len(DOCX) // 2], "不完整"),
            (b"PK\x03\x04", "不完整"),
            (archive({"a.txt": "x"}), "解压"),
            (archive({"OFD.xml": "<x/>"}), "OFD"),
            (archive({"[Content_Types].xml": "", "_rels/.rels": "", "ppt/presentation.xml": ""}), "DOCX"),
            (b"Rar!\x1a\x07\x00" + b"x" * 50, "RAR"),
            (b"7z\xbc\xaf\x27\x1c" + b"x" * 50, "7z"),
            (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0\0", "加密"),
            (
                OLE + b"\0" * 504 + b"\xec\xa5" + b"\0" * 9 + b"\1" + "WordDocument".encode("utf-16-le") + b"\0\0",
                "加密",
            ),
            (OLE + b"\0" * 600 + "PowerPoint Document".encode("utf-16-le") + b"\0\0", "DOCX"),
            (OLE + b"\0" * 600 + "Workbook".encode("utf-16-le") + b"\0\0", "损坏"),
            (b"%PDF-1.7\n%broken", "PDF"),
            (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n--a\n\nx", "损坏"),
        ],
    )
    def test_say_what_is_wrong(self, data: bytes, says: str) -> None:
        assert says in refusal(data).message

    def test_encrypted_archives(self) -> None:
        # The flag of encryption stands in the local and in the central header of each member.
        data = bytearray(archive({"word/document.xml": "x"}))
        data[6] |= 1
        data[data.index(b"PK\x01\x02") + 8] |= 1
        assert "加密" in refusal(bytes(data)).message


class TestBombs:
    def test_a_file_larger_than_the_limit(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(opening, "FILE_BYTES", 1000)
        assert "上限" in refusal(b"x" * 1001).message

    @pytest.mark.parametrize("name", ["word/document.xml", "xl/workbook.xml", "mimetype"])
    def test_zip_bombs(self, name: str) -> None:
        bomb = b" " * (40 * limits.MEGABYTE)
        refusal(archive({"[Content_Types].xml": "", name: bomb}))
        refusal(archive({"[Content_Types].xml": "", "xl/workbook.xml": "<workbook/>", "xl/media/a.bin": bomb}))

    def test_a_zip_bomb_that_lies_about_its_size(self) -> None:
        data = archive({"xl/workbook.xml": b"<workbook/>", "xl/a.bin": b" " * (40 * limits.MEGABYTE)})
        size = (40 * limits.MEGABYTE).to_bytes(4, "little")
        refusal(data.replace(size, (100).to_bytes(4, "little")))

    def test_archives_in_archives_are_not_opened(self) -> None:
        inner = archive({"x": b" " * (4 * limits.MEGABYTE)})
        members = {f"{n}.zip": inner for n in range(50)}
        assert "解压" in refusal(archive(dict(members))).message

    def test_too_many_members(self) -> None:
        with pytest.raises(Unreadable):
            Archive(archive({str(n): "" for n in range(limits.ARCHIVE_MEMBERS + 1)}))

    def test_entities_are_not_expanded(self) -> None:
        entities = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
        refusal(archive({"word/document.xml": f'{entities}<w:document xmlns:w="x"><w:body>&b;</w:body></w:document>'}))
        assert "ha" not in str(open_document(b"<!DOCTYPE html [<!ENTITY a 'haha'>]><p>&a;" + "正文".encode()))

    def test_messages_in_messages(self) -> None:
        part = b"--a\nContent-Type: multipart/mixed; boundary=a\n\n"
        refusal(b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n" + part * 2000)


class TestPdfs:
    """PDFs and pictures are handed to their readers, and pictures of text to OCR."""

    @staticmethod
    def grid(page: int) -> Grid:
        return Grid((GridCell(str(page), 0, 0, where=Where(page=page)),), Where(page=page))

    def test_a_pdf_without_text_goes_to_ocr(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def without_text(data: bytes) -> Document:
            raise NoText("无文字", "no text", (1,))

        monkeypatch.setattr(opening, "read_pdf", without_text)
        monkeypatch.setattr(opening, "_read_scan", lambda data, kind, pages=None: Document(f"scan of {kind}", ()))
        assert open_document(b"%PDF-1.7 x").kind == "scan of pdf"

    def test_tables_on_picture_pages_are_put_in_their_places(self, monkeypatch: pytest.MonkeyPatch) -> None:
        given_lines = tuple(Line(f"第{page}页", Where(page=page)) for page in (1, 2, 4))
        document = Document("pdf", (*given_lines, self.grid(4)), pages=4, image_pages=(2, 3, 4))
        asked: list[tuple[int, ...]] = []

        def scan(data: bytes, kind: str, pages: tuple[int, ...]) -> Document:
            asked.append(pages)
            return Document("scan", (Line("重复", Where(page=2)), self.grid(2), Line("图中", Where(page=3))))

        monkeypatch.setattr(opening, "read_pdf", lambda data: document)
        monkeypatch.setattr(opening, "_read_scan", scan)
        found = open_document(b"%PDF-1.7 x")
        assert asked == [(2, 3)]
        assert [block.text if isinstance(block, Line) else "grid" for block in found.blocks] == [
            "第1页",
            "第2页",
            "grid",
            "图中",
            "第4页",
            "grid",
        ]
        assert found.image_pages == (4,)

    def test_without_ocr_the_text_is_still_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        document = Document("pdf", (Line("正文", Where(page=1)),), pages=2, image_pages=(2,))
        monkeypatch.setattr(opening, "read_pdf", lambda data: document)
        monkeypatch.setitem(sys.modules, "gongkai.annual.reading.files.ocr", None)
        assert open_document(b"%PDF-1.7 x") == document

    @pytest.mark.parametrize(
        ("data", "kind"),
        [
            (b"\xff\xd8\xff\xe0" + b"x" * 60, "jpeg"),
            (b"\x89PNG\r\n\x1a\n" + b"x" * 60, "png"),
            (b"II*\0" + b"x" * 60, "tiff"),
            (b"RIFFxxxxWEBP" + b"x" * 60, "webp"),
            (b"BMxxxx\0\0\0\0" + b"x" * 60, "bmp"),
        ],
    )
    def test_pictures_go_to_ocr_or_say_what_to_install(
        self, data: bytes, kind: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(opening, "_read_scan", lambda data, kind: Document(kind, ()))
            assert open_document(data, "a.pdf").kind == kind
        monkeypatch.setitem(sys.modules, "gongkai.annual.reading.files.ocr", None)
        assert "./run install ocr（或 pip install 'gongkai[ocr]'）" in refusal(data).message


def opened_or_refused(data: bytes, name: str = "") -> Document | None:
    """The document, or None where the file is refused for a reason. That a reader stumbled is no reason."""
    try:
        return open_document(data, name)
    except Unreadable as error:
        assert error.message != failed().message, error.__cause__
        return None


class TestFuzz:
    NAMES = st.sampled_from(["", "a.md", "a.html", "a.docx", "a.pdf"])

    @given(st.binary(max_size=600), NAMES)
    def test_any_bytes(self, data: bytes, name: str) -> None:
        opened_or_refused(data, name)

    @given(
        st.sampled_from([b"<html>", b"MIME-Version: 1.0\nContent-Type: text/html\n\n", b"PK\x03\x04", OLE, b"{\\x"]),
        st.binary(max_size=400),
    )
    def test_any_bytes_behind_a_known_beginning(self, head: bytes, data: bytes) -> None:
        opened_or_refused(head + data)

    @given(
        st.sampled_from(sorted(FILES)),
        st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=8),
        st.floats(0, 1),
    )
    def test_files_with_bytes_changed_or_cut_off(
        self, kind: str, changes: list[tuple[float, int]], keep: float
    ) -> None:
        data = bytearray(FILES[kind])
        for at, value in changes:
            data[int(at * (len(data) - 1))] = value
        found = opened_or_refused(bytes(data if keep > 0.5 else data[: int(2 * keep * len(data))]))
        if found is not None and kind in ("docx", "xlsx") and found.kind == kind:
            # Archives carry checksums: what can be read at all is what was written.
            assert all(cell.text in "行政许可12行政处罚3" for made in found.grids() for cell in made.cells)

    @given(st.text(st.sampled_from("<>/=\"' \n!-[]tabledrp&;0行|#"), max_size=300))
    def test_any_markup(self, text: str) -> None:
        opened_or_refused(f"<table>{text}".encode())
        opened_or_refused(text.encode(), "a.md")

    @given(st.text(st.sampled_from("<>/=\"' wtcrpblv:&;0行"), max_size=200))
    def test_any_document_part(self, text: str) -> None:
        opened_or_refused(docx(text))


def test_the_same_page_in_every_encoding_and_dress_gives_the_same(shared_reports: Path) -> None:
    data = (shared_reports / "shuyang_ndrc_2023.html").read_bytes()
    expected = [rows(made) for made in open_document(data).grids()]
    for encoding in ("gb18030", "utf-16", "utf-16-le"):
        assert [rows(made) for made in open_document(data.decode().encode(encoding), "a.doc").grids()] == expected


def test_what_is_no_report_file_at_all(shared_reports: Path) -> None:
    refusal((shared_reports / "sealed.bin").read_bytes())


def test_one_grid_for_one_table() -> None:
    assert rows(only_grid(open_document(FILES["text"], "a.pdf"))) == [["行政许可", "12"], ["行政处罚", "3"]]
