"""A merge as JSON: the merged report's own object with a part ``merged``, which ``read`` and ``check`` take again."""

from __future__ import annotations

import json as _json

from gongkai.annual.merging import Merged
from gongkai.annual.showing.merging.view import MergedView


def json(merged: Merged, lang: str = "zh") -> str:
    """What ``gongkai merge --format json`` prints; ``merged.headline`` says it in one sentence."""
    told = merged.to_json(lang)
    told["merged"] = {"headline": MergedView(merged, lang).headline, **told["merged"]}
    return _json.dumps(told, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
