"""Renderings: a made-up report as the files in which reports come, with every noise that an archivist meets.

``render(report, layout, rng)`` gives the bytes and what a reader may be expected to find in them.
"""

from gongkai.demo.rendering.catalogue import Layout, Missing, Rendering, Wording, layouts, render, wordings

__all__ = ["Layout", "Missing", "Rendering", "Wording", "layouts", "render", "wordings"]
