"""``python -m gongkai``: the same as the command ``gongkai``."""

from gongkai.cli import app

if __name__ == "__main__":
    app(prog_name="gongkai")
