"""The layout of official documents: paper, margins, founts and sizes (GB/T 9704-2012 《党政机关公文格式》, 5 and 7).

The founts are those that the standard names, by the names under which agencies have them. They are licensed and are
never part of this software: a file names them, and the machine that shows it has them or takes their like.
"""

from __future__ import annotations

from typing import Final

PAGE_MM: Final = (210, 297)
"""A4, width and height (5.1)."""

TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 37, 35, 28, 26
"""天头 37 mm, 订口 28 mm and the type area of 156 × 225 mm between them (5.2.1)."""

TEXT_MM: Final = PAGE_MM[0] - LEFT_MM - RIGHT_MM
"""The width of the type area: 156 mm."""

LINE_PT: Final = 28.0
"""The pitch of lines: 22 lines of 3号 on a page (5.2.3)."""

PAGE_NUMBER_MM: Final = 7
"""The page number stands so far below the type area (7.5)."""

TITLE_PT, BODY_PT, PAGE_NUMBER_PT, TABLE_PT = 22.0, 16.0, 14.0, 10.0
"""2号 for the title (7.3.1), 3号 for text (7.3.3), 4号 for page numbers (7.5); in tables a size in which
that of requests stands on one page, as the form has it."""

CELL_PITCH_PT: Final = 13.5
"""The pitch of lines in tables, whatever fount a machine has: the table of requests, with its heading, fills a page."""

TITLE_PITCH_PT: Final = 36.0
"""The pitch of the title's lines, which the standard leaves open."""

INDENT: Final = 2
"""Characters by which a paragraph begins further in (7.3.3)."""

SONG_TITLE = "方正小标宋简体"
FANGSONG = "仿宋_GB2312"
HEI = "黑体"
KAI = "楷体_GB2312"
SONG = "宋体"

LIKE: Final = {SONG_TITLE: "华文中宋", FANGSONG: "仿宋", KAI: "楷体", HEI: "SimHei", SONG: "SimSun"}
"""The fount to take where a machine has not the one named: the same face under the name of newer systems."""

TITLE_CHARACTERS: Final = int(TEXT_MM / 25.4 * 72 / TITLE_PT)
"""So many characters of the title stand on one line."""

RED = "C00000"
"""The colour of notices that a report must not be published."""

SHADE = "DCE6F1"
"""The ground of the lines over the blocks of a table (第二十条第（一）项)."""
