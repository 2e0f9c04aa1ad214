"""The list as a file, CSV or XLSX: masked as on the screen, harmless to a spreadsheet, written as it is read."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import chain, islice
from string import ascii_uppercase
from typing import IO, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from gongkai.agencies.refusals import in_language
from gongkai.law.outcomes import outcomes
from gongkai.law.words import Said
from gongkai.requests.desk.rows import sign_on
from gongkai.requests.models import Request
from gongkai.requests.selectors.listing import one_by_one

MOST = 1_000_000
"""So many rows a sheet takes at most, the heading not counted."""
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""A spreadsheet takes what begins so for a formula."""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Characters that no XLSX file may hold."""
BYTE_ORDER_MARK = "\ufeff"
"""By which Excel and WPS know that a CSV file is UTF-8."""

WIDTHS = (17, 36, 12, 20, 14, 40, 18, 16, 16, 30, 16, 16, 10)
"""How wide the columns are, in characters: a day that has no room is shown as a row of #."""

Value = str | date | None


def guarded(text: str) -> str:
    """The text such that no spreadsheet computes it: an apostrophe stands before what looks like a formula."""
    clean = CONTROL.sub("", text)
    return f"'{clean}" if clean.startswith(FORMULA) else clean


def heading() -> list[str]:
    """The columns, in the language of the page."""
    return [
        _("申请编号"),
        _("受理机关"),
        _("提交渠道"),
        _("申请人"),
        _("申请人类型"),
        _("信息名称"),
        _("状态"),
        _("收到日"),
        _("到期日"),
        _("处理结果"),
        _("答复日"),
        _("办结日"),
        _("经办人"),
    ]


def values(request: Request, today: date) -> list[Value]:
    """A request in these columns."""
    outcome = outcomes().get(request.outcome)
    return [
        request.number,
        guarded(request.agency.name),
        request.get_channel_display(),
        guarded(request.applicant.shown),
        request.applicant.get_kind_display(),
        guarded(request.title),
        sign_on(request, today).words,
        request.received,
        request.due,
        str(in_language(Said(outcome.label, outcome.label_en))) if outcome else "",
        request.answered,
        request.closed,
        guarded(str(request.handler)) if request.handler is not None else "",
    ]


class _Echo:
    """A file that gives back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def as_csv(requests: QuerySet[Request], today: date) -> Iterator[str]:
    """The lines of a CSV file, days as in ISO 8601."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK
    for row in _rows(requests, today):
        yield writer.writerow(row)


def write_xlsx(requests: QuerySet[Request], today: date, file: IO[bytes]) -> None:
    """Writes an XLSX file, row by row, so that it is never in memory as a whole."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("政府信息公开申请"))
    sheet.freeze_panes = "A2"
    for column, width in zip(ascii_uppercase, WIDTHS, strict=False):
        sheet.column_dimensions[column].width = width
    for row in islice(_rows(requests, today), MOST + 1):
        sheet.append([_cell(sheet, value) for value in row])
    book.save(file)


def _rows(requests: QuerySet[Request], today: date) -> Iterable[list[Any]]:
    return chain([heading()], (values(request, today) for request in one_by_one(requests)))


def _cell(sheet: Any, value: Value) -> Any:
    if not isinstance(value, date):
        return value
    cell = WriteOnlyCell(sheet, value=datetime.combine(value, time()))
    cell.number_format = _('yyyy"年"m"月"d"日"')
    return cell
