"""Writing annual reports: report → file. What is handed over was read back, found the same, and checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module

from gongkai.annual.checking import check
from gongkai.annual.finding import Finding, Severity
from gongkai.annual.form import Form
from gongkai.annual.reading import Unreadable, read
from gongkai.annual.report import Report
from gongkai.annual.writing.notices import notices
from gongkai.annual.writing.paper import Paper, blank_paper, paper_of
from gongkai.annual.writing.proving import Difference, differences, not_blank

__all__ = ["FORMATS", "NotWritten", "Written", "blank", "errors_of", "write", "written"]

FORMATS = ("docx", "pdf", "html", "xlsx", "json")
"""The formats that reports are written in. Each is a module of this room with a function of its own name."""

JSON = "json"
"""The one format that holds the report itself and not what stands on its paper."""

XLSX = "xlsx"
"""The one format that says something beside the report: how to fill it in."""

NAMED = 3
"""So many differences or errors are named in the message; the exception has all."""


class NotWritten(Exception):
    """A report that was not written. ``message`` (``message_en``) is one line: why, and what to do.

    ``findings`` are the errors of its check; ``differences`` what did not read back the same, where that is why.
    """

    def __init__(
        self,
        message: str,
        message_en: str,
        findings: Sequence[Finding] = (),
        differences: Sequence[Difference] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.message_en = message_en
        self.findings = tuple(findings)
        self.differences = tuple(differences)


@dataclass(frozen=True, slots=True)
class Written:
    """A file written and proven: its bytes, and the errors that stand on its face (none, if its check found none)."""

    data: bytes
    errors: tuple[Finding, ...] = ()


def write(report: Report, format: str, *, with_findings: bool = False, lang: str = "zh") -> bytes:
    """The report as a file of that format (one of ``FORMATS``).

    ``lang`` is the language of what a workbook says beside the report: how to fill it in, its checks, its state.

    The bytes are read back, compared with the report cell by cell and text by text, and checked once more before they
    are given. A report whose check finds errors is written only ``with_findings``: they then stand on its face.
    Raises NotWritten where it is not, where neither its form nor its year is known, or where the file does not read
    back the same; ValueError if there is no such format.
    """
    return written(report, format, with_findings=with_findings, lang=lang).data


def written(
    report: Report,
    format: str,
    *,
    with_findings: bool = False,
    errors: Sequence[Finding] | None = None,
    lang: str = "zh",
) -> Written:
    """As ``write``, with the errors that were written on the face of the report.

    ``errors`` are those of its check where it was checked together with other reports (``errors_of``).
    """
    _known(format)
    errors = _errors(report) if errors is None else errors
    if errors and not with_findings:
        raise _at_fault(errors)
    data, again = _proven(report, format, errors, lang)
    known = {_same(error) for error in errors}
    more = [error for error in _errors(again) if _same(error) not in known]
    if not more:
        return Written(data, tuple(errors))
    # Cells that the report lacks are blank on paper, which its check could not know before it was read back.
    if not with_findings:
        raise _at_fault(more)
    data, _ = _proven(report, format, [*errors, *more], lang)
    return Written(data, (*errors, *more))


def blank(form: Form, format: str, *, agency: str = "", year: int | None = None, lang: str = "zh") -> bytes:
    """The blank form as a file of that format, with the agency's name and the year where they are given.

    ``lang`` is the language of what a workbook says beside the form.

    The bytes are read back first: every cell is there, and blank. Raises NotWritten where that is not so; ValueError
    if there is no such format.
    """
    _known(format)
    paper = blank_paper(form, agency, year)
    if format == JSON:
        from gongkai.annual.writing.json import blank_report, json

        data = json(blank_report(form, agency, year, paper.title))
    else:
        data = _set(paper, format, lang)
    wrong = not_blank(form, _read_back(data, format))
    if wrong:
        raise _not_the_same(wrong)
    return data


def _known(format: str) -> None:
    if format not in FORMATS:
        raise ValueError(f"no format {format!r}; there are {', '.join(FORMATS)}")


def _set(paper: Paper, format: str, lang: str) -> bytes:
    """The paper set in that format, whose libraries are loaded only now."""
    if format == XLSX:
        from gongkai.annual.writing.xlsx import xlsx

        return xlsx(paper, lang)
    writer: Callable[[Paper], bytes] = getattr(import_module(f"{__name__}.{format}"), format)
    return writer(paper)


def _proven(report: Report, format: str, errors: Sequence[Finding], lang: str) -> tuple[bytes, Report]:
    """The file and what was read back from it. Raises NotWritten if that is not the same."""
    face = notices(errors)
    if format == JSON:
        from gongkai.annual.writing.json import json

        paper, data = None, json(report, face)
    else:
        try:
            paper = paper_of(report, face)
        except ValueError as error:
            raise NotWritten(
                "不知道按哪一年的表样写：年报既没有年份，也没有可认的表格；请补上年份",
                "which form to write is not known: the report has neither a year nor tables of a form; give its year",
            ) from error
        data = _set(paper, format, lang)
    again = _read_back(data, format)
    found = differences(report, paper, again)
    if found:
        raise _not_the_same(found)
    return data, again


def _read_back(data: bytes, format: str) -> Report:
    try:
        return read(data, f"report.{format}")
    except Unreadable as error:
        raise NotWritten(
            f"写出的文件读不回来（{error.message}），未交出；请换一种格式，并报告这一问题",
            f"what was written cannot be read back ({error.message_en}) and is not given; "
            "take another format and report this fault",
        ) from error


def errors_of(report: Report, findings: Iterable[Finding]) -> list[Finding]:
    """The errors of that report among the findings of a check of several."""
    return [each for each in findings if each.severity is Severity.ERROR and each.source == report.source]


def _errors(report: Report) -> list[Finding]:
    return errors_of(report, check([report]).findings)


def _same(error: Finding) -> tuple[str, frozenset[str]]:
    """By what an error is known again in the file that was read back, where it stands in another place."""
    return error.code, frozenset(error.cells)


_SENTENCE_END = re.compile(r"\. (?!\d)")
"""Behind art. stands a number, and the sentence goes on."""


def _at_fault(errors: Sequence[Finding]) -> NotWritten:
    count = len(errors)
    said = _first([error.message.partition("。")[0] for error in errors], "；")
    said_en = _first([_SENTENCE_END.split(error.message_en, 1)[0] for error in errors], "; ")
    return NotWritten(
        f"核对有 {count} 处错误，未写出：{said}；请先改正",
        f"{count} error{'s' if count > 1 else ''} found on checking, not written: {said_en}; correct them first",
        errors,
    )


def _not_the_same(found: Sequence[Difference]) -> NotWritten:
    return NotWritten(
        f"写出的文件读回来与年报不同，未交出：{_first([one.words() for one in found], '；')}；"
        "请换一种格式，并报告这一问题",
        f"what was written reads back otherwise and is not given: {_first([one.words('en') for one in found], '; ')}; "
        "take another format and report this fault",
        differences=found,
    )


def _first(words: Sequence[str], mark: str) -> str:
    named = mark.join(word.rstrip(".") for word in words[:NAMED])
    return named + ("…" if len(words) > NAMED else "")
