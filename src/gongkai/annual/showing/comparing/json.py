"""A comparison as JSON."""

from __future__ import annotations

import json as _json

from gongkai.annual.comparing import Comparison
from gongkai.annual.showing.comparing.view import CompareView


def json(compared: Comparison, lang: str = "zh") -> str:
    """What ``gongkai compare --format json`` prints: ``{"headline", "reports", "cells", "sections", …}``."""
    told = {"headline": CompareView(compared, lang).headline, **compared.to_json(lang)}
    return _json.dumps(told, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
