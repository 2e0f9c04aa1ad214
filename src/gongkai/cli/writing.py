"""Reports and blank forms written to where they were asked for, each on its own: one that fails stops no other."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from gongkai.annual.finding import Finding
from gongkai.annual.form import Form, form_for, forms
from gongkai.annual.report import Report
from gongkai.annual.showing.reasons import reason_of
from gongkai.annual.showing.words import say
from gongkai.cli import streams
from gongkai.cli.files import STANDARD_INPUT, find
from gongkai.cli.running import Given
from gongkai.cli.target import Target, by_suffix, put, refuse, target

WRITTEN, AT_FAULT, FAILED = 0, 1, 2
"""Exit codes: written; a report has errors (not written, or with them on its face); read, proof or writing failed."""

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
LONGEST = 60
"""So many characters of an agency's name stand in a file's name."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where to write: a folder, in which files get names of their own, or a file (or standard output)."""

    format: str
    folder: Path | None = None
    file: Path | None = None


def place(files: Sequence[str], format: str | None, out: Path | None, formats: Sequence[str], lang: str) -> Place:
    """Where these files are to be written. Ends the command with exit code 2 where that cannot be, before any is read.

    Several reports go into a folder, which is made if only it is missing; one may go into a folder or a file.
    """
    several = len(find(files).files) > 1
    if several and out is None:
        refuse("several_need_folder", lang)
    if out is not None and (out.is_dir() or several):
        if not out.is_dir() and (out.exists() or by_suffix(out)):
            refuse("several_need_folder", lang)
        chosen = target(format, None, formats, lang, terminal=False)
        try:
            out.mkdir(exist_ok=True)
        except OSError as error:
            refuse("cannot_write", lang, file=out, reason=reason_of(error, lang))
        return Place(chosen.format, folder=out)
    chosen = target(format, out, formats, lang)
    return Place(chosen.format, file=chosen.path)


def write_all(given: Given, place: Place, lang: str, *, anyway: bool, quiet: bool) -> int:
    """Writes every report that was read and returns the exit code: the gravest of all.

    They are checked together, so that what is wrong between the years or agencies given counts too.
    """
    from gongkai.annual.checking import check
    from gongkai.annual.writing import errors_of

    findings = check(given.reports, unread=len(given.unread)).findings
    codes = [FAILED if given.unread else WRITTEN]
    inputs = {os.path.realpath(report.source) for report in given.reports if report.source != STANDARD_INPUT}
    taken: set[Path] = set()
    for report in given.reports:
        path = place.file
        if place.folder is not None:
            path = _free(place.folder, _name(report), place.format, taken)
        errors = errors_of(report, findings)
        codes.append(_write(report, errors, Target(place.format, path), inputs, lang, anyway=anyway, quiet=quiet))
    return max(codes)


def _write(
    report: Report,
    errors: Sequence[Finding],
    to: Target,
    inputs: set[str],
    lang: str,
    *,
    anyway: bool,
    quiet: bool,
) -> int:
    from gongkai.annual.writing import NotWritten, written

    source = say("standard_input", lang) if report.source == STANDARD_INPUT else report.source
    if to.path is not None and os.path.realpath(to.path) in inputs:
        message = say("would_overwrite", lang, out=to.path)
        itself = os.path.realpath(to.path) == os.path.realpath(report.source)
        streams.tell(message if itself else say("about_file", lang, file=source, message=message))
        return FAILED
    try:
        done = written(report, to.format, with_findings=anyway, errors=errors, lang=lang)
    except NotWritten as error:
        message = error.message if lang == "zh" else error.message_en
        hint = say("write_anyway", lang) if error.findings else ""
        streams.complain("about_file", lang, file=source, message=message + hint)
        return AT_FAULT if error.findings else FAILED
    try:
        put(done.data, to, lang)
    except typer.Exit:  # said already
        return FAILED
    if to.path is not None and not quiet:
        streams.complain("written", lang, file=to.path)
    if done.errors:
        streams.complain("written_at_fault", lang, file=source, n=len(done.errors))
    return AT_FAULT if done.errors else WRITTEN


def _name(report: Report) -> str:
    """A name for the report's file: agency and year; where they are not known, that of the file it was read from."""
    stem = "" if report.source == STANDARD_INPUT else Path(report.source).stem
    agency = (report.agency or "")[:LONGEST]
    known = f"{agency}{report.year}年年报" if agency and report.year else ""
    return _NOT_IN_NAMES.sub("_", known or stem or "年报")


def _free(folder: Path, name: str, format: str, taken: set[Path]) -> Path:
    """A path in the folder that no report of this run has: a second report of one agency and year is numbered."""
    number, path = 1, folder / f"{name}.{format}"
    while path in taken:
        number += 1
        path = folder / f"{name}（{number}）.{format}"
    taken.add(path)
    return path


def chosen(name: str | None, year: int | None, lang: str) -> Form:
    """The form of that name, or the one due for that year, or the newest. Ends the command where there is none."""
    known = "、".join(forms()) if lang == "zh" else ", ".join(forms())
    if name is not None and name not in forms():
        refuse("no_such_form", lang, form=name, forms=known)
    if name is None:
        due = form_for(year) if year is not None else list(forms().values())[-1]
        if due is None:
            refuse("no_form_for_year", lang, year=year, forms=known)
        return due
    if year is not None and not forms()[name].holds_for(year):
        refuse("form_not_for_year", lang, form=name, year=year)
    return forms()[name]


def write_form(form: Form, agency: str, year: int | None, place: Place, lang: str, *, quiet: bool) -> int:
    """Writes the blank form and returns the exit code."""
    from gongkai.annual.writing import NotWritten, blank

    path = place.file
    if place.folder is not None:
        name = f"{agency[:LONGEST]}{f'{year}年年报' if year else '年报'}表样（{form.name}年版）"
        path = place.folder / f"{_NOT_IN_NAMES.sub('_', name)}.{place.format}"
    try:
        data = blank(form, place.format, agency=agency, year=year, lang=lang)
    except NotWritten as error:
        streams.tell(error.message if lang == "zh" else error.message_en)
        return FAILED
    put(data, Target(place.format, path), lang)
    if path is not None and not quiet:
        streams.complain("written", lang, file=path)
    return WRITTEN
