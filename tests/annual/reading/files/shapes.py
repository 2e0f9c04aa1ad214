"""Documents in the short forms in which tests say what they expect, and files in which they say what is given."""

from __future__ import annotations

import io
import zipfile

from gongkai.annual.reading.document import Document, Grid, GridCell

W_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def lines(document: Document) -> list[str]:
    """The texts of the lines."""
    return [line.text for line in document.lines()]


def rows(grid: Grid) -> list[list[str]]:
    """The texts of the cells that begin in each row."""
    return [[cell.text for cell in row] for row in grid.rows()]


def only_grid(document: Document) -> Grid:
    """The one grid of the document."""
    (grid,) = document.grids()
    return grid


def spans(grid: Grid) -> dict[str, tuple[int, int, int, int]]:
    """By text: row, column, rowspan, colspan."""
    return {cell.text: (cell.row, cell.column, cell.rowspan, cell.colspan) for cell in grid.cells}


def places(cells: tuple[GridCell, ...]) -> list[tuple[int, int]]:
    """Every place that a cell covers."""
    return [
        (row, column)
        for cell in cells
        for row in range(cell.row, cell.row + cell.rowspan)
        for column in range(cell.column, cell.column + cell.colspan)
    ]


def archive(members: dict[str, str | bytes]) -> bytes:
    """A zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return buffer.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A DOCX with this body, and ``styles`` or ``numbering`` where given."""
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {W_NAMESPACES}><w:body>{body}</w:body></w:document>",
    }
    for name, content in parts.items():
        members[f"word/{name}.xml"] = f"<w:{name} {W_NAMESPACES}>{content}</w:{name}>"
    return archive(members)


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of a DOCX with one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    """A cell of a DOCX table."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row of a DOCX table."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*made: str) -> str:
    """A DOCX table."""
    return f"<w:tbl>{''.join(made)}</w:tbl>"
