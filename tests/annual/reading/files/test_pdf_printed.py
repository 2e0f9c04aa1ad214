"""PDFs as people make them: printed from a browser, exported by an office program, typeset."""

from __future__ import annotations

import subprocess
from html import escape
from pathlib import Path
from shutil import which

import pytest

from gongkai.annual.reading.document import Document, Grid
from gongkai.annual.reading.files.pdf import read_pdf

pytestmark = pytest.mark.slow

COLUMNS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
GROUPS = {
    "（三）不予公开": ["1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益"],
    "（四）无法提供": ["1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"],
    "（五）不予处理": ["1.信访举报投诉类申请", "2.重复申请", "3.要求行政机关确认或重新出具已获取信息"],
    "（六）其他处理": [
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "3.其他",
    ],
}
LABELS = [
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    *(label for labels in GROUPS.values() for label in labels),
    "（七）总计",
]


def figures(label: str) -> list[str]:
    """Seven figures that no other row has in this order."""
    seed = LABELS.index(label) + 3
    return [str(seed * factor % 1009) for factor in (1, 7, 0, 31, 101, 11, 997)]


def as_html(style: str, paragraphs: int) -> str:
    def cells(texts: list[str]) -> str:
        return "".join(f"<td class=n>{escape(text)}</td>" for text in texts)

    rows = ["<tr><td colspan=2 rowspan=2>（本列数据的勾稽关系）</td><td colspan=7>申请人情况</td></tr>"]
    rows.append(f"<tr>{cells(COLUMNS)}</tr>")
    head, rows = "".join(rows), []
    for label in LABELS:
        group = next((name for name, labels in GROUPS.items() if label == labels[0]), None)
        grouped = any(label in labels for labels in GROUPS.values())
        stub = f"<td rowspan={len(GROUPS[group])}>{escape(group)}</td>" if group else ""
        stub += f"<td>{escape(label)}</td>" if grouped else f"<td colspan=2>{escape(label)}</td>"
        rows.append(f"<tr>{stub}{cells(figures(label))}</tr>")
    text = "".join(f"<p>第{number}段：全年主动公开 {number * 7} 条。</p>" for number in range(paragraphs))
    return (
        "<!DOCTYPE html><meta charset=utf-8><title>青禾市年度报告</title><style>"
        'body{font-family:"Noto Serif CJK SC","Noto Sans CJK SC";font-size:14px}'
        f".n{{text-align:center}}{style}</style><h1>年度报告</h1>{text}"
        f"<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table><p>五、存在的主要问题</p>"
    )


def rows_read(document: Document) -> dict[str, list[str]]:
    """The last label and the figures of every row with seven figures at its end."""
    found = {}
    for grid in document.grids():
        for row in grid.rows():
            texts = [cell.text for cell in row]
            if len(texts) > 7 and all(text.isdigit() for text in texts[-7:]):
                found[texts[-8]] = texts[-7:]
    return found


EXPECTED = {label: figures(label) for label in LABELS}

COLLAPSED = "table{border-collapse:collapse}"


@pytest.mark.parametrize("paragraphs", [2, 22])
@pytest.mark.parametrize(
    "style",
    [
        COLLAPSED + "td{border:1px solid}",
        COLLAPSED + "td{border:1px dashed}",
        COLLAPSED + "td{border:2px dotted}",
        COLLAPSED + "td{border:3px double}",
        "table{border:1px solid;border-spacing:2px}td{border:1px solid}",
        "table{background:#000;border-spacing:1px}td{background:#fff}",
    ],
    ids=["solid", "dashed", "dotted", "double", "separate", "white on black"],
)
def test_a_page_printed_by_a_browser(tmp_path: Path, style: str, paragraphs: int) -> None:
    browser = which("chromium") or which("chromium-browser") or which("google-chrome")
    if browser is None:
        pytest.skip("no Chromium here")
    page, printed = tmp_path / "page.html", tmp_path / "page.pdf"
    page.write_text(as_html(style, paragraphs), encoding="utf-8")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    subprocess.run([*command, f"--print-to-pdf={printed}", page.as_uri()], check=True, capture_output=True, timeout=120)
    document = read_pdf(printed.read_bytes())
    assert rows_read(document) == EXPECTED
    found = [line.text.replace(" ", "") for line in document.lines()]
    text = [f"第{number}段：全年主动公开{number * 7}条。" for number in range(paragraphs)]
    assert found == ["年度报告", *text, "五、存在的主要问题"]


def as_docx(path: Path, paragraphs: int, *, header_again: bool) -> None:
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Cm

    document = docx.Document()
    fonts = document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), "Noto Serif CJK SC")
    for number in range(paragraphs):
        document.add_paragraph(f"第{number}段：全年主动公开 {number * 7} 条。")
    table = document.add_table(len(LABELS) + 2, 9)
    table.style = "Table Grid"
    table.autofit = False
    table.cell(0, 0).merge(table.cell(1, 1)).text = "（本列数据的勾稽关系）"
    table.cell(0, 2).merge(table.cell(0, 8)).text = "申请人情况"
    for column, text in enumerate(COLUMNS, start=2):
        table.cell(1, column).text = text
    for row, label in enumerate(LABELS, start=2):
        group = next((name for name, labels in GROUPS.items() if label == labels[0]), None)
        if group:
            table.cell(row, 0).merge(table.cell(row + len(GROUPS[group]) - 1, 0)).text = group
        if any(label in labels for labels in GROUPS.values()):
            table.cell(row, 1).text = label
        else:
            table.cell(row, 0).merge(table.cell(row, 1)).text = label
        for column, text in enumerate(figures(label), start=2):
            table.cell(row, column).text = text
    for row in table.rows:
        for width, cell in zip([1.6, 4.4, *[1.3] * 7], row.cells, strict=True):
            cell.width = Cm(width)
            cell.vertical_alignment = 1
    if header_again:
        for row in list(table.rows)[:2]:
            properties = row._tr.get_or_add_trPr()
            properties.append(properties.makeelement(qn("w:tblHeader"), {}))
    document.save(str(path))


def test_documents_exported_by_an_office_program_with_the_page_cutting_rows_anywhere(tmp_path: Path) -> None:
    office = which("soffice") or which("libreoffice")
    if office is None:
        pytest.skip("no LibreOffice here")
    for paragraphs in range(8, 26, 2):
        as_docx(tmp_path / f"report{paragraphs}.docx", paragraphs, header_again=paragraphs % 4 == 0)
    files = [str(path) for path in sorted(tmp_path.glob("*.docx"))]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    printed = sorted(tmp_path.glob("*.pdf"))
    assert len(printed) == len(files)
    for path in printed:
        document = read_pdf(path.read_bytes())
        assert rows_read(document) == EXPECTED, path.name
        assert [grid.continues for grid in document.grids()][1:] == [True] * (len(list(document.grids())) - 1)


def test_a_report_typeset_by_typst(tmp_path: Path) -> None:
    typst = pytest.importorskip("typst")
    names = ",".join(f"[{name}]" for name in COLUMNS)
    rows = "".join(f"[{label}]," + ",".join(f"[{figure}]" for figure in figures(label)) + "," for label in LABELS * 3)
    source = tmp_path / "report.typ"
    source.write_text(
        '#set page(paper: "a4", numbering: "— 1 —", header: [云岭省青禾市数据局])\n'
        '#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC"), size: 11pt)\n= 年度报告\n'
        f"#table(columns: (150pt,) + (1fr,) * 7, table.header([事项],{names}),{rows})\n",
        encoding="utf-8",
    )
    typst.compile(str(source), output=str(tmp_path / "report.pdf"))
    document = read_pdf((tmp_path / "report.pdf").read_bytes())
    assert rows_read(document) == EXPECTED
    grids: list[Grid] = list(document.grids())
    assert len(grids) > 1
    assert [grid.continues for grid in grids] == [False] + [True] * (len(grids) - 1)
    assert [line.text for line in document.lines()] == ["年度报告"]
