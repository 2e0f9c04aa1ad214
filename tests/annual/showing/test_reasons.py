"""Why a file cannot be opened or written is said in the reader's language."""

from __future__ import annotations

import errno
import os

import duckdb
import pytest

from gongkai.annual.showing.reasons import is_full, reason_of


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOENT, "没有这个文件"),
        (errno.EACCES, "没有权限"),
        (errno.EISDIR, "是文件夹"),
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EROFS, "只能读"),
    ],
)
def test_the_usual_reasons_are_in_plain_words_of_both_languages(number, words):
    error = OSError(number, os.strerror(number))
    assert words in reason_of(error)
    assert reason_of(error).isascii() is False and reason_of(error, "en").isascii()


def test_a_library_that_repeats_the_system_is_understood():
    error = duckdb.IOException(f'IO Error: Could not write file "x": {os.strerror(errno.ENOSPC)}')
    assert reason_of(error) == "磁盘空间不足" and is_full(error)


def test_a_rare_reason_is_told_as_it_comes_on_one_line():
    assert reason_of(OSError(errno.ELOOP, "Too many links")) == "Too many links"
    assert reason_of(ValueError("first\nsecond")) == "first"
    assert reason_of(ValueError()) == "ValueError"
