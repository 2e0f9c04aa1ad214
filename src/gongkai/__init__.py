"""Gongkai (公开): software for the work of the 《政府信息公开条例》 (State Council Decree 711)."""

__version__ = "0.1.0"
