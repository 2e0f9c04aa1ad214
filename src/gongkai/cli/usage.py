"""Help and errors of usage in Chinese and English, each error on one line, exit code 2."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from gongkai.annual.showing.words import say
from gongkai.cli import streams

WRONG_USAGE = 2
INTERRUPTED = 130


class _Helped:
    """A command whose help is in both languages: each text is written as Chinese, a line break, English."""

    def get_help_option(self, ctx: Any) -> Any:
        """The option that shows the help."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "显示本帮助\nShow this help"
        return option

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Writes usage, what the command does, its commands, arguments and options, and the exit codes."""
        command: Any = self
        shown = [param for param in command.get_params(ctx) if not param.hidden]
        arguments = [param for param in shown if param.param_type_name == "argument"]
        options = [param for param in shown if param.param_type_name == "option"]
        commands = [(name, command.get_command(ctx, name).help) for name in getattr(command, "commands", {})]
        words = ["命令 COMMAND" if commands else "", *map(_argument, arguments), "[选项 OPTIONS]"]
        formatter.write(
            f"用法 Usage: {ctx.command_path} {' '.join(word for word in words if word)}\n\n{command.help}\n"
        )
        _list(formatter, "命令 Commands", commands)
        _list(formatter, "文件 Files", [(_argument(param), param.help) for param in arguments])
        _list(formatter, "选项 Options", [(_option(param), _explained(param)) for param in options])
        formatter.write(f"\n{_exit_codes(command)}\n")


EXIT_CODES = """退出码：0 做成，1 有错或依法不能，2 读不出或用法不对
Exit codes: 0 done, 1 errors found or not lawful, 2 unreadable or wrong usage"""
"""Of a command whose function says nothing of its own (``exits``)."""

Verb = TypeVar("Verb", bound=Callable[..., Any])


def exits(words: str) -> Callable[[Verb], Verb]:
    """Gives a command its own words on its exit codes, for its help: Chinese, a line break, English."""

    def told(verb: Verb) -> Verb:
        verb.__dict__["exits"] = words
        return verb

    return told


def _exit_codes(command: Any) -> str:
    return str(getattr(command.callback, "exits", EXIT_CODES))  # typer's wrapper keeps what a function carries


def _list(formatter: Any, heading: str, entries: list[tuple[str, str]]) -> None:
    """A heading, and below it each name with its explanation beside it."""
    if entries:
        formatter.write(f"\n{heading}\n")
    for name, words in entries:
        first, *more = words.splitlines()
        beside = name.ljust(INDENT - 4) if len(name) <= INDENT - 4 else f"{name}\n{'':{INDENT - 2}}"
        formatter.write(f"  {beside}  {first}\n" + "".join(f"{'':{INDENT}}{line}\n" for line in more))


INDENT = 28
"""The column at which explanations begin."""


def _argument(param: Any) -> str:
    """The argument's name, in brackets where it may be left out."""
    return str(param.metavar) if param.required else f"[{param.metavar}]"


def _option(param: Any) -> str:
    names = ", ".join(sorted(param.opts, key=len))
    return names if param.is_flag or not param.metavar else f"{names} {param.metavar}"


def _explained(param: Any) -> str:
    """The option's help with its default behind it, and the environment's variable that sets it."""
    default = param.show_default if isinstance(param.show_default, str) else param.default
    words, _, words_en = param.help.partition("\n")
    if default and default is not True:
        words, words_en = f"{words}（默认 {default}）", f"{words_en} (default {default})"
    if param.envvar:
        words, words_en = f"{words}；也可设环境变量 {param.envvar}", f"{words_en}; environment variable {param.envvar}"
    return f"{words}\n{words_en}"


class BilingualCommand(_Helped, TyperCommand):
    """A command of the application."""


class NoSuchCommand(typer.BadParameter):
    """A word that is none of the commands; the message is the word."""


class BilingualGroup(_Helped, TyperGroup):
    """Commands under one name."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the first word names. Raises NoSuchCommand."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise NoSuchCommand(args[0], ctx=ctx)
        return super().resolve_command(ctx, args)


class Bilingual(BilingualGroup):
    """The application: what it cannot understand it says in one line, in the language asked for."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Runs the command of these words (left out: the process's). Ends the process, unless told not to."""
        words = list(sys.argv[1:] if args is None else args)
        if not standalone_mode:
            return super().main(words, prog_name, standalone_mode=False, **extra)
        streams.prepare()
        try:
            code = super().main(words, prog_name, standalone_mode=False, **extra)
        except typer.Abort:
            code = INTERRUPTED
        except Exception as error:
            if not hasattr(error, "format_message"):
                raise
            code = self.explain(error, language(words))
        if code == INTERRUPTED:
            streams.complain("interrupted", language(words))
        streams.finish()
        sys.exit(code if isinstance(code, int) else 0)

    def explain(self, error: Any, lang: str) -> int:
        """Says what is wrong with the command line; the exit code."""
        name = type(error).__name__
        if name == "NoArgsIsHelpError":
            sys.stderr.write(f"{error.format_message()}\n")
            return WRONG_USAGE
        param: Any = getattr(error, "param", None)
        named = getattr(param, "opts", None) or [""]
        message = error.message
        if getattr(param, "min", None) is not None:
            message = say("a_number", lang, least=getattr(param, "min", 0))
        known: dict[str, dict[str, object]] = {
            "NoSuchOption": {"option": getattr(error, "option_name", "")},
            "NoSuchCommand": {"name": message, "commands": " ".join(_group(error, self).commands)},
            "MissingParameter": {"name": _called(param)},
            "BadOptionUsage": {"option": getattr(error, "option_name", "")},
            "BadParameter": {"option": named[0], "message": message},
        }
        key = name if name in known else "UsageError"
        if name == "NoSuchOption" and error.option_name == "--lang" and _group(error, None) is not None:
            key = "language_early"
        elif name == "BadParameter" and _from_environment(error):
            key, known = "BadVariable", {"BadVariable": {"variable": param.envvar, "message": message}}
        streams.complain(f"usage_{key}", lang, **known.get(key, {"message": error.format_message()}))
        return int(getattr(error, "exit_code", WRONG_USAGE))


def _from_environment(error: Any) -> bool:
    """Whether the value that is wrong came from a variable of the environment."""
    source = error.ctx and error.param and error.ctx.get_parameter_source(error.param.name)
    return source is not None and source.name == "ENVIRONMENT"


def _called(param: Any) -> str:
    """What an argument or option goes by: an option by its name, with what is to stand behind it."""
    metavar = getattr(param, "metavar", "") or ""
    if getattr(param, "param_type_name", "") == "option":
        return f"{max(param.opts, key=len)} {metavar}".strip()
    return metavar or (getattr(param, "opts", None) or [""])[0]


def _group(error: Any, application: Any) -> Any:
    """The group among whose commands one was looked for."""
    asked = getattr(getattr(error, "ctx", None), "command", None)
    return asked if hasattr(asked, "commands") else application


def language(words: list[str]) -> str:
    """The language that the words of a command line ask for, before they are understood; else the environment's."""
    asked = os.environ.get("GONGKAI_LANG", "zh")
    for at, word in enumerate(words):
        if word == "--lang":
            asked = (words[at + 1 :] or [asked])[0]
        elif word.startswith("--lang="):
            asked = word.partition("=")[2]
    return "en" if asked == "en" else "zh"


def one_of(*names: str) -> Callable[[Any, Any, str | None], str | None]:
    """A check that an option's value is one of these names (or left out)."""

    def chosen(ctx: Any, param: Any, value: str | None) -> str | None:
        if value is not None and value not in names:
            raise typer.BadParameter("|".join(names), ctx=ctx, param=param)
        return value

    return chosen
