"""Options that several commands share."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from cqcrawler.exceptions import UsageError

Command = Callable[..., Any]

DEFAULT_ARCHIVE = Path("data/archive.db")
DEMO_ARCHIVE = Path("data/demo.db")

archive_option: Callable[[Command], Command] = click.option(
    "--archive",
    "archive_path",
    type=click.Path(path_type=Path, dir_okay=False),
    default=DEFAULT_ARCHIVE,
    envvar="CQCRAWLER_ARCHIVE",
    show_default=True,
    help="The archive file.",
)


def how_to_name(archive_path: Path) -> str:
    """Return what has a command use an archive other than the default."""
    return f"add --archive {archive_path}, or set CQCRAWLER_ARCHIVE={archive_path}"


def demo_archive_hint() -> str:
    """Return how to read the archive that the demo made here; empty without one.

    It is never read unless it is named: nobody should take invented notices for real ones.
    """
    if not DEMO_ARCHIVE.exists():
        return ""
    return f"the demo's archive is at {DEMO_ARCHIVE}: {how_to_name(DEMO_ARCHIVE)}"


json_option: Callable[[Command], Command] = click.option(
    "--json", "as_json", is_flag=True, help="Print machine-readable JSON."
)

quiet_option: Callable[[Command], Command] = click.option(
    "--quiet", is_flag=True, help="Print results only, no progress."
)

limit_option: Callable[[Command], Command] = click.option(
    "--limit",
    type=click.IntRange(min=1, max=10**9),
    default=20,
    show_default=True,
    metavar="N",
    help="Print N at most.",
)

settings_option: Callable[[Command], Command] = click.option(
    "-s", "settings", multiple=True, metavar="NAME=VALUE", help="Set a Scrapy setting."
)
_SETTING = re.compile(r"([A-Z][A-Z0-9_]*)=(.*)", re.DOTALL)


def parse_settings(settings: Sequence[str]) -> dict[str, str]:
    """Return the `-s` options by name."""
    parsed = {}
    for setting in settings:
        match = _SETTING.fullmatch(setting)
        if match is None:
            raise UsageError(f"-s {setting}: write it NAME=VALUE, such as -s DOWNLOAD_DELAY=2")
        parsed[match[1]] = match[2]
    return parsed


def parse_date(text: str) -> date:
    """Read an option such as 2025-07-07."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise click.BadParameter(f"{text!r} is no date: write it like 2025-07-07") from None


_FILTER_OPTIONS = (
    click.option("--region", metavar="NAME", help="A place (渝北, 重庆) or its GB/T 2260 code."),
    click.option("--portal", metavar="NAME", help="The portal that published it."),
    click.option("--tag", metavar="TAG", help="A tag that the portal gives it."),
    click.option(
        "--section",
        metavar="NAME",
        help="A section as portals name it (招商政策), or a kind: news, policy, park, land, space, "
        "flow, company, service.",
    ),
    click.option(
        "--since",
        metavar="DAY",
        help="Published on this day or later: 2025-07-07, 2025-07, 2025, 2025H1, 2025Q3, 7d (the "
        "last 7 days), 昨天.",
    ),
    click.option("--until", metavar="DAY", help="Published on this day or earlier."),
    click.option("--source", metavar="NAME", help="Whom it names as its source (重庆日报)."),
    click.option(
        "--place",
        metavar="NAME",
        help="Its region, or a place that its title or first sentence names; written like "
        "--region.",
    ),
    click.option(
        "--stage", metavar="STAGE", help="Its stage: 洽谈, 签约, 开工, 在建, 竣工 or 投产."
    ),
    click.option("--industry", metavar="NAME", help="An industry that it is about (生物医药)."),
    click.option(
        "--min",
        "min_amount",
        metavar="AMOUNT",
        help="An investment of so many yuan or more: 10亿, 5000万, 1.2e9.",
    ),
    click.option("--event-since", metavar="DAY", help="What it tells of was on this day or later."),
    click.option(
        "--event-until", metavar="DAY", help="What it tells of was on this day or earlier."
    ),
)
_FILTER_NAMES = (
    *("region", "portal", "tag", "section", "since", "until", "source"),
    *("place", "stage", "industry", "min_amount", "event_since", "event_until"),
)
_DAYS = ("since", "until")


def _check_days(first: str | None, last: str | None, what: str) -> None:
    if not (first and last):
        return
    from cqcrawler.archive.search.conditions import day_meant

    begins, ends = day_meant(first), day_meant(last, last=True)
    if begins > ends:
        raise UsageError(f"--{what}since {first} is later than --{what}until {last}: exchange them")


def filter_options(command: Command) -> Command:
    """Add the options that say which articles are meant; the command gets them as `filters`."""
    return _with_filters(command, _FILTER_NAMES)


def filter_options_without_days(command: Command) -> Command:
    """Add them without the days of publication, to a command whose days are others."""
    return _with_filters(command, [name for name in _FILTER_NAMES if name not in _DAYS])


def _with_filters(command: Command, names: Collection[str]) -> Command:
    @wraps(command)
    def with_filters(*args: Any, **kwargs: Any) -> Any:
        asked = {name: kwargs.pop(name) for name in names}
        _check_days(asked.get("since"), asked.get("until"), "")
        _check_days(asked["event_since"], asked["event_until"], "event-")
        from cqcrawler.archive import Filters

        return command(*args, filters=Filters(**asked), **kwargs)

    options = [
        option for name, option in zip(_FILTER_NAMES, _FILTER_OPTIONS, strict=True) if name in names
    ]
    return _with(options, with_filters)


# For commands with `search_options`: a term may begin with a minus.
search_settings: dict[str, Any] = {"ignore_unknown_options": True}
_ORDERS = ("newest", "amount", "relevance")
_SEARCH_OPTIONS = (
    click.option(
        "--sort",
        type=click.Choice(_ORDERS),
        help="What comes first: the newest (as without it), the largest investment, or what "
        "answers the terms best (in the title, early, often, rare words).",
    ),
    click.option(
        "--substring", is_flag=True, help="Find letters and digits inside longer words, too."
    ),
)


def search_options(command: Command) -> Command:
    """Add TERMS, the filters and the order; the command gets them as `search`.

    It is to be made with `search_settings`.
    """

    @filter_options
    @wraps(command)
    def with_search(*args: Any, **kwargs: Any) -> Any:
        _check_arguments(click.get_current_context())
        from cqcrawler.archive import Order, Search

        typed, filters = " ".join(kwargs.pop("terms")), kwargs.pop("filters")
        order, substring = Order(kwargs.pop("sort") or Order.NEWEST), kwargs.pop("substring")
        return command(*args, search=Search(typed, filters, order, substring), **kwargs)

    return click.argument("terms", nargs=-1)(_with(_SEARCH_OPTIONS, with_search))


def _check_arguments(ctx: click.Context) -> None:
    """Raise NoSuchOption for a mistyped option, which would exclude a word that nobody meant."""
    named = [each.name or "" for each in ctx.command.params if isinstance(each, click.Argument)]
    values = [ctx.params[name] for name in named]
    for typed in [str(one) for v in values for one in (v if isinstance(v, tuple) else (v,))]:
        if typed.startswith("--"):
            from difflib import get_close_matches

            option = typed.partition("=")[0]
            options = [name for parameter in ctx.command.params for name in parameter.opts]
            nearest = get_close_matches(option, options, n=1)
            raise click.NoSuchOption(option, possibilities=nearest, ctx=ctx)


def _with(options: Sequence[Command], command: Command) -> Command:
    for option in reversed(options):
        command = option(command)
    return command
