"""``gongkai new-key``: a fresh key, for GONGKAI_KEYS or GONGKAI_SECRET."""

from __future__ import annotations

import typer

from gongkai.cli.options import Lang


def new_key(lang: Lang = "zh") -> None:
    """生成一个密钥：GONGKAI_KEYS 和 GONGKAI_SECRET 各用一个，不可相同
    Make a key: one for GONGKAI_KEYS and another for GONGKAI_SECRET"""
    from gongkai.privacy.keys import new_key as fresh

    typer.echo(fresh())
