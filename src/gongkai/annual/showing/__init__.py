"""A result shown to people and machines: text, JSON, HTML, XLSX, CSV, each of a ``Result`` in Chinese or English.

A format is imported where it is used (``from gongkai.annual.showing.html import html``): most commands need but one.
"""
