"""Compared reports shown: text, JSON, HTML, XLSX."""
