"""Units of cron and systemd that crawl what is due: pure text, for this machine and program."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cqcrawler.exceptions import UsageError

# How often to look what is due, in the notations of cron and systemd. Not on the hour, when
# everybody's jobs start.
EVERY = {
    "15m": ("2,17,32,47 * * * *", "*:02/15"),
    "30m": ("17,47 * * * *", "*:17/30"),
    "1h": ("17 * * * *", "*:17"),
    "3h": ("17 */3 * * *", "00/3:17"),
    "6h": ("17 */6 * * *", "00/6:17"),
    "12h": ("17 6,18 * * *", "06,18:17"),
    "1d": ("17 6 * * *", "06:17"),
}


@dataclass(frozen=True, slots=True)
class Job:
    """What is to run: absolute paths, and the environment that it needs."""

    program: Sequence[str]
    archive: Path
    folder: Path
    environment: Mapping[str, str]
    user: str

    def __post_init__(self) -> None:
        texts = (*self.program, *map(str, (self.archive, self.folder)), *self.environment.values())
        if any(not text.isprintable() for text in texts):
            raise UsageError("a path or CQCRAWLER_ setting has a line break or control character")

    @property
    def crawl(self) -> tuple[str, ...]:
        return (*self.program, "crawl", "--due", "--archive", str(self.archive))


def cron(job: Job, every: str) -> dict[str, str]:
    """Return lines for a crontab, by the name of a file for them."""
    log = str(job.archive.with_name("crawl.log"))
    command = shlex.join([*job.crawl, "--quiet", "--log-file", log])
    # What goes wrong is printed on standard error, which cron mails.
    line = f"cd {shlex.quote(str(job.folder))} && {command} > /dev/null"
    settings = [f"{name}={_cron_value(value)}" for name, value in job.environment.items()]
    # To cron, a bare % ends the command.
    timed = f"{EVERY[every][0]} {line}".replace("%", r"\%")
    return {"cqcrawler.cron": "\n".join([*settings, timed, ""])}


def _cron_value(value: str) -> str:
    """Quote for the settings of a crontab, which know no escapes."""
    mark = next((mark for mark in "\"'" if mark not in value), None)
    if mark is None:
        raise UsageError(f"{value!r} has both kinds of quotes, which no crontab can hold")
    return f"{mark}{value}{mark}"


def systemd(job: Job, every: str) -> dict[str, str]:
    """Return a service and its timer by file name, for /etc/systemd/system."""
    environment = (
        f"Environment={_quoted(f'{name}={value}')}\n" for name, value in job.environment.items()
    )
    program, *arguments = job.crawl
    if set(program) & set("\"'\\"):
        raise UsageError(f"systemd starts no program with quotes or \\ in its path: {program}")
    # Variables are expanded in arguments, and only there; specifiers everywhere.
    words = (_quoted(argument).replace("$", "$$") for argument in arguments)
    command = " ".join([_quoted(program), *words])
    service = _SERVICE.format(
        user=job.user,
        folder=_escaped(str(job.folder)),
        environment="".join(environment),
        command=command,
        writable=_quoted(str(_existing(job.archive.parent))),
        private_tmp="no" if _in_tmp(job) else "yes",
    )
    return {
        "cqcrawler.service": service,
        "cqcrawler.timer": _TIMER.format(calendar=EVERY[every][1]),
    }


_SERVICE = """\
[Unit]
Description=Crawl the investment-promotion portals that are due
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
User={user}
WorkingDirectory={folder}
{environment}ExecStart={command}
# Another run is writing: it does the work.
SuccessExitStatus=3
# Pages on their way are still saved when it is stopped.
TimeoutStopSec=3min
Nice=10
NoNewPrivileges=yes
ProtectSystem=strict
ReadWritePaths={writable}
PrivateTmp={private_tmp}
PrivateDevices=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictSUIDSGID=yes
LockPersonality=yes
"""

_TIMER = """\
[Unit]
Description=Look which portals are due

[Timer]
OnCalendar={calendar}
# A machine that was off catches up once.
Persistent=yes
RandomizedDelaySec=2min

[Install]
WantedBy=timers.target
"""


def _escaped(text: str) -> str:
    return text.replace("%", "%%")


def _quoted(text: str) -> str:
    escaped = _escaped(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _existing(folder: Path) -> Path:
    """Return the folder, or what it will be made in: systemd wants it there."""
    return next(path for path in (folder, *folder.parents) if path.exists())


def _in_tmp(job: Job) -> bool:
    """Whether a private /tmp would hide what the job needs."""
    paths = (Path(job.program[0]), job.archive, job.folder, *map(Path, job.environment.values()))
    return any(path.is_relative_to(tmp) for path in paths for tmp in ("/tmp", "/var/tmp"))
